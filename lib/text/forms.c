/* SPDX-License-Identifier: MIT */
#include "text/forms.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/language.h"

enum {
    FIRST_SLOTS = 1 << 12,
    SLOTS_KEPT = 1 << 21, /* from one use to the next */
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
    if (forms->n_slots > SLOTS_KEPT) {
        vector_free(&forms->list);
        vector_free(&forms->traits);
        forms_settle(forms);
    }
    if (forms->slots)
        memset(forms->slots, 0, forms->n_slots * sizeof *forms->slots);
    else
        forms->n_slots = FIRST_SLOTS / 2; /* grow() makes the first ones */
    arena_reset(&forms->arena);
    forms->left = 0;
    forms->list.n = forms->traits.n = 0;
}

void forms_settle(struct forms *forms)
{
    free(forms->slots);
    forms->slots = NULL;
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

static bool grow(struct forms *forms)
{
    uint32_t n = forms->n_slots * 2;
    uint32_t *slots = calloc(n, sizeof *slots);

    if (!slots)
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
           str_equal(str_of(form->folded, form->folded_size), folded);
}

/** The bytes of a form, NUL behind: they are many and small, so none is aligned. */
static struct muc_string keep(struct forms *forms, struct muc_string s)
{
    char *at;

    if (s.size + 1 > forms->left) {
        forms->left = 0;
        if (s.size + 1 > PIECE || !(forms->at = arena_alloc(&forms->arena, PIECE)))
            return arena_copy(&forms->arena, s);
        forms->left = PIECE;
    }
    at = forms->at;
    memcpy(at, s.bytes, s.size);
    at[s.size] = 0;
    forms->at += s.size + 1;
    forms->left -= s.size + 1;
    return str_of(at, s.size);
}

uint32_t forms_intern(struct forms *forms, enum token_kind kind, struct muc_string exact,
                      struct muc_string folded)
{
    uint64_t slot = form_hash((uint8_t)kind, exact);
    struct muc_string kept, plain;
    struct form *form;

    if (!forms->slots && !grow(forms))
        return UINT32_MAX;
    for (; forms->slots[slot & (forms->n_slots - 1)]; slot++) {
        uint32_t number = forms->slots[slot & (forms->n_slots - 1)] - 1;

        if (is_form(&forms->list.at[number], kind, exact, folded))
            return number;
    }
    kept = keep(forms, exact);
    plain = str_equal(exact, folded) ? kept : keep(forms, folded);
    if (!kept.bytes || !plain.bytes || !vector_reserve(&forms->traits, 1) ||
        !(form = vector_push(&forms->list)))
        return UINT32_MAX;
    *form =
        (struct form){ kept.bytes,          plain.bytes,   (uint8_t)kept.size,
                       (uint8_t)plain.size, (uint8_t)kind, language_traits(kind, exact, folded) };
    forms->traits.at[forms->traits.n++] = form->traits;
    forms->slots[slot & (forms->n_slots - 1)] = (uint32_t)forms->list.n;
    if (forms->list.n * 2 > forms->n_slots && !grow(forms)) {
        forms->slots[slot & (forms->n_slots - 1)] = 0;
        forms->list.n--;
        forms->traits.n--;
        return UINT32_MAX;
    }
    return (uint32_t)forms->list.n - 1;
}
