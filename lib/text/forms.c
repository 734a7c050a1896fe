/* SPDX-License-Identifier: MIT */
#include "text/forms.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    FIRST_SLOTS = 1 << 12,
    SURFACE_SLOTS = 1 << 18, /* 24 bytes each: ways of writing that are kept */
    SURFACE_SIZE = 64,       /* bytes of a word that is worth keeping */
};

bool forms_init(struct forms *forms)
{
    *forms = (struct forms){ .n_slots = FIRST_SLOTS };
    forms->slots = calloc(FIRST_SLOTS, sizeof *forms->slots);
    forms->surfaces = calloc(SURFACE_SLOTS, sizeof *forms->surfaces);
    return forms->slots && forms->surfaces;
}

void forms_free(struct forms *forms)
{
    free(forms->slots);
    free(forms->surfaces);
    arena_free(&forms->arena);
    arena_free(&forms->surface_arena);
    vector_free(&forms->list);
}

static void forget_surfaces(struct forms *forms)
{
    memset(forms->surfaces, 0, SURFACE_SLOTS * sizeof *forms->surfaces);
    forms->n_surfaces = 0;
    arena_reset(&forms->surface_arena);
}

void forms_reset(struct forms *forms)
{
    forget_surfaces(forms);
    memset(forms->slots, 0, forms->n_slots * sizeof *forms->slots);
    arena_reset(&forms->arena);
    forms->list.n = 0;
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

static bool is_form(const struct form *form, enum token_kind kind, struct muc_string exact)
{
    /* the folded form follows from the exact one */
    return form->kind == kind && str_equal(str_of(form->exact, form->exact_size), exact);
}

uint32_t forms_intern(struct forms *forms, enum token_kind kind, struct muc_string exact,
                      struct muc_string folded)
{
    uint64_t slot = form_hash((uint8_t)kind, exact);
    struct muc_string kept, plain;
    struct form *form;

    for (; forms->slots[slot & (forms->n_slots - 1)]; slot++) {
        uint32_t number = forms->slots[slot & (forms->n_slots - 1)] - 1;

        if (is_form(&forms->list.at[number], kind, exact))
            return number;
    }
    kept = arena_copy(&forms->arena, exact);
    plain = str_equal(exact, folded) ? kept : arena_copy(&forms->arena, folded);
    if (!kept.bytes || !plain.bytes || !(form = vector_push(&forms->list)))
        return UINT32_MAX;
    *form = (struct form){ kept.bytes, plain.bytes, (uint8_t)kept.size, (uint8_t)plain.size,
                           (uint8_t)kind };
    forms->slots[slot & (forms->n_slots - 1)] = (uint32_t)forms->list.n;
    if (forms->list.n * 2 > forms->n_slots && !grow(forms)) {
        forms->slots[slot & (forms->n_slots - 1)] = 0;
        forms->list.n--;
        return UINT32_MAX;
    }
    return (uint32_t)forms->list.n - 1;
}

uint32_t forms_of_surface(const struct forms *forms, uint64_t hash, struct muc_string word)
{
    for (uint64_t slot = hash;; slot++) {
        const struct surface *surface = &forms->surfaces[slot & (SURFACE_SLOTS - 1)];

        if (!surface->size)
            return UINT32_MAX;
        if (surface->hash == hash && surface->size == word.size &&
            !memcmp(surface->bytes, word.bytes, word.size))
            return surface->form;
    }
}

void forms_remember(struct forms *forms, uint64_t hash, struct muc_string word, uint32_t form)
{
    struct muc_string kept;
    uint64_t slot = hash;

    if (word.size > SURFACE_SIZE)
        return;
    if (forms->n_surfaces > SURFACE_SLOTS / 2)
        forget_surfaces(forms);
    if (!(kept = arena_copy(&forms->surface_arena, word)).bytes)
        return;
    while (forms->surfaces[slot & (SURFACE_SLOTS - 1)].size)
        slot++;
    forms->surfaces[slot & (SURFACE_SLOTS - 1)] =
        (struct surface){ hash, kept.bytes, (uint32_t)word.size, form };
    forms->n_surfaces++;
}
