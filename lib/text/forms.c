/* SPDX-License-Identifier: MIT */
#include "text/forms.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/days.h"
#include "text/language.h"

enum {
    FIRST_SLOTS = 1 << 12,
    FORMS_KEPT = 3 << 19, /* from one use to the next, in room for them */
    PIECES_MAX = 1 << (32 - FORMS_PIECE_BITS),
};

bool forms_init(struct forms *forms)
{
    *forms = (struct forms){ .n_slots = FIRST_SLOTS };
    forms->slots = calloc(FIRST_SLOTS, sizeof *forms->slots);
    return forms->slots;
}

/** Free all pieces but the first `n`. */
static void drop_pieces(struct forms *forms, size_t n)
{
    while (forms->pieces.n > n)
        free(forms->pieces.at[--forms->pieces.n]);
}

void forms_free(struct forms *forms)
{
    free(forms->slots);
    drop_pieces(forms, 0);
    vector_free(&forms->pieces);
    vector_free(&forms->places);
    vector_free(&forms->traits);
}

void forms_reset(struct forms *forms)
{
    if (forms->places.room > FORMS_KEPT) {
        vector_free(&forms->places);
        vector_free(&forms->traits);
        forms_settle(forms);
    }
    if (forms->slots)
        memset(forms->slots, 0, forms->n_slots * sizeof *forms->slots);
    drop_pieces(forms, 1);
    forms->used = 0;
    forms->places.n = forms->traits.n = 0;
}

void forms_settle(struct forms *forms)
{
    free(forms->slots);
    forms->slots = NULL;
    forms->n_slots = 0;
}

size_t forms_memory(const struct forms *forms)
{
    return forms->pieces.n * FORMS_PIECE + forms->n_slots * sizeof *forms->slots +
           forms->places.room * sizeof *forms->places.at +
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

    while (n / 4 * 3 <= forms->places.n || n <= forms->n_slots)
        n *= 2;
    if (!(slots = calloc(n, sizeof *slots)))
        return false;
    for (uint32_t i = 0; i < forms->places.n; i++) {
        const struct form *form = forms_at(forms, i);
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

/** Room for a form of `size` bytes in all: they are many and small, so none is aligned. False: no
 *  memory. */
static bool take_room(struct forms *forms, size_t size, uint32_t *place)
{
    if (!forms->pieces.n || size > FORMS_PIECE - forms->used) {
        char *piece;

        if (forms->pieces.n == PIECES_MAX || !vector_reserve(&forms->pieces, 1) ||
            !(piece = malloc(FORMS_PIECE)))
            return false;
        forms->pieces.at[forms->pieces.n++] = piece;
        forms->used = 0;
    }
    *place = (uint32_t)((forms->pieces.n - 1) << FORMS_PIECE_BITS | forms->used);
    forms->used += size;
    return true;
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
    struct form *form;
    uint32_t place;

    if (!vector_reserve(&forms->traits, 1) || !vector_reserve(&forms->places, 1) ||
        !take_room(forms, sizeof *form + exact.size + 1 + (behind ? folded.size + 1 : 0), &place))
        return false;
    forms->traits.at[forms->traits.n++] =
        (uint16_t)(language_traits(kind, exact, folded) | days_traits(kind, exact, folded));
    forms->places.at[forms->places.n++] = place;
    form = (void *)(forms->pieces.at[forms->pieces.n - 1] + (place & (FORMS_PIECE - 1)));
    *form = (struct form){ .exact_size = (uint8_t)exact.size,
                           .folded_size = (uint8_t)folded.size,
                           .folded_at = (uint8_t)behind,
                           .kind = (uint8_t)kind };
    put(form->exact, exact);
    if (behind)
        put(form->exact + behind, folded);
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

        if (is_form(forms_at(forms, number), kind, exact, folded))
            return number;
    }
    if (!keep(forms, kind, exact, folded))
        return UINT32_MAX;
    forms->slots[slot & (forms->n_slots - 1)] = (uint32_t)forms->places.n;
    if (forms->places.n > forms->n_slots / 4 * 3 && !grow(forms)) {
        forms->slots[slot & (forms->n_slots - 1)] = 0;
        forms->places.n--;
        forms->traits.n--;
        return UINT32_MAX;
    }
    return (uint32_t)forms->places.n - 1;
}
