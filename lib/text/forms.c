/* SPDX-License-Identifier: MIT */
#include "text/forms.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/language.h"

enum {
    FIRST_SLOTS = 1 << 12,
    FORMS_KEPT = 3 << 19, /* from one use to the next, in room for them */
    PIECE = 960,          /* bytes of forms: of an arena's first chunk, and eight forms at least */
};

bool forms_init(struct forms *forms)
{
    *forms = (struct forms){ .n_slots = FIRST_SLOTS };
    forms->slots = calloc(FIRST_SLOTS, sizeof *forms->slots);
    return forms->slots;
}

void forms_free(struct forms *forms)
{
    free(forms->slots);
    arena_free(&forms->arena);
    vector_free(&forms->list);
    vector_free(&forms->traits);
}

void forms_reset(struct forms *forms)
{
    if (forms->list.room > FORMS_KEPT) {
        vector_free(&forms->list);
        vector_free(&forms->traits);
        forms_settle(forms);
    }
    if (forms->slots)
        memset(forms->slots, 0, forms->n_slots * sizeof *forms->slots);
    arena_reset(&forms->arena);
    forms->left = 0;
    forms->list.n = forms->traits.n = 0;
}

void forms_settle(struct forms *forms)
{
    free(forms->slots);
    forms->slots = NULL;
    forms->n_slots = 0;
}

size_t forms_memory(const struct forms *forms)
{
    return forms->arena.total + forms->n_slots * sizeof *forms->slots +
           forms->list.room * sizeof *forms->list.at +
           forms->traits.room * sizeof *forms->traits.at;
}

static uint64_t form_hash(uint8_t kind, struct muc_string exact)
{
    return XXH3_64bits_withSeed(exact.bytes, exact.size, kind);
}

/** A table for all forms and some more, larger than the one before. */
static bool grow(struct forms *forms)
{
    uint32_t n = FIRST_SLOTS, *slots;

    while (n / 4 * 3 <= forms->list.n || n <= forms->n_slots)
        n *= 2;
    if (!(slots = calloc(n, sizeof *slots)))
        return false;
    for (uint32_t i = 0; i < forms->list.n; i++) {
        const struct form *form = &forms->list.at[i];
        uint64_t slot = form_hash(form->kind, str_of(form->exact, form->exact_size));

        while (slots[slot & (n - 1)])
            slot++;
        slots[slot & (n - 1)] = i + 1;
    }
    free(forms->slots);
    forms->slots = slots;
    forms->n_slots = n;
    return true;
}

static bool is_form(const struct form *form, enum token_kind kind, struct muc_string exact,
                    struct muc_string folded)
{
    return form->kind == kind && str_equal(str_of(form->exact, form->exact_size), exact) &&
           str_equal(str_of(form_folded(form), form->folded_size), folded);
}

/** Room for the bytes of a form: they are many and small, so none is aligned. NULL: no memory. */
static char *take_room(struct forms *forms, size_t size)
{
    char *at;

    if (size > forms->left) {
        forms->left = 0;
        if (size > PIECE || !(forms->at = arena_alloc(&forms->arena, PIECE)))
            return arena_alloc(&forms->arena, size);
        forms->left = PIECE;
    }
    at = forms->at;
    forms->at += size;
    forms->left -= size;
    return at;
}

static void put(char *to, struct muc_string s)
{
    memcpy(to, s.bytes, s.size);
    to[s.size] = 0;
}

/** Keep a new form. False: no memory. */
static bool keep(struct forms *forms, enum token_kind kind, struct muc_string exact,
                 struct muc_string folded)
{
    size_t behind = str_equal(exact, folded) ? 0 : exact.size + 1;
    char *at = take_room(forms, exact.size + 1 + (behind ? folded.size + 1 : 0));
    uint16_t traits;

    if (!at || !vector_reserve(&forms->traits, 1) || !vector_reserve(&forms->list, 1))
        return false;
    traits = language_traits(kind, exact, folded);
    forms->traits.at[forms->traits.n++] = traits;
    put(at, exact);
    if (behind)
        put(at + behind, folded);
    forms->list.at[forms->list.n++] = (struct form){
        .exact = at,
        .exact_size = (uint8_t)exact.size,
        .folded_size = (uint8_t)folded.size,
        .folded_at = (uint8_t)behind,
        .kind = (uint8_t)kind,
        .traits = traits,
    };
    return true;
}

uint32_t forms_intern(struct forms *forms, enum token_kind kind, struct muc_string exact,
                      struct muc_string folded)
{
    uint64_t slot = form_hash((uint8_t)kind, exact);

    if (!forms->slots && !grow(forms))
        return UINT32_MAX;
    for (; forms->slots[slot & (forms->n_slots - 1)]; slot++) {
        uint32_t number = forms->slots[slot & (forms->n_slots - 1)] - 1;

        if (is_form(&forms->list.at[number], kind, exact, folded))
            return number;
    }
    if (!keep(forms, kind, exact, folded))
        return UINT32_MAX;
    forms->slots[slot & (forms->n_slots - 1)] = (uint32_t)forms->list.n;
    if (forms->list.n > forms->n_slots / 4 * 3 && !grow(forms)) {
        forms->slots[slot & (forms->n_slots - 1)] = 0;
        forms->list.n--;
        forms->traits.n--;
        return UINT32_MAX;
    }
    return (uint32_t)forms->list.n - 1;
}
