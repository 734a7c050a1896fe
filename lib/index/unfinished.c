/* SPDX-License-Identifier: MIT */
#include "index/unfinished.h"

static uint32_t *slot_of(const struct unfinished *unfinished, struct muc_string id, uint64_t hash)
{
    for (uint64_t at = hash;; at++) {
        uint32_t *slot = &unfinished->slots[at & (unfinished->n_slots - 1)];
        const struct known_id *known = *slot ? &unfinished->ids.at[*slot - 1] : NULL;

        if (!known || (known->hash == hash && str_equal(known->id, id)))
            return slot;
    }
}

static bool grow(struct unfinished *unfinished)
{
    uint32_t n = unfinished->n_slots ? 2 * unfinished->n_slots : 256;
    uint32_t *slots = calloc(n, sizeof *slots);

    if (!slots)
        return false;
    free(unfinished->slots);
    unfinished->slots = slots;
    unfinished->n_slots = n;
    for (size_t i = 0; i < unfinished->ids.n; i++) {
        const struct known_id *known = &unfinished->ids.at[i];

        *slot_of(unfinished, known->id, known->hash) = (uint32_t)i + 1;
    }
    return true;
}

struct known_id *unfinished_find(const struct unfinished *unfinished, struct muc_string id,
                                 uint64_t hash)
{
    uint32_t slot = unfinished->n_slots ? *slot_of(unfinished, id, hash) : 0;

    return slot ? &unfinished->ids.at[slot - 1] : NULL;
}

bool unfinished_add(struct unfinished *unfinished, struct muc_string id, uint64_t hash,
                    uint64_t content, uint32_t doc)
{
    struct known_id *known = unfinished_find(unfinished, id, hash);

    if (known) {
        if (!unfinished_delete(unfinished, known))
            return false;
    } else {
        if (unfinished->ids.n >= unfinished->n_slots / 2 && !grow(unfinished))
            return false;
        if (!(known = vector_push(&unfinished->ids)))
            return false;
        *known = (struct known_id){ arena_copy(&unfinished->arena, id), hash, 0, UINT32_MAX };
        if (!known->id.bytes) {
            unfinished->ids.n--;
            return false;
        }
        *slot_of(unfinished, id, hash) = (uint32_t)unfinished->ids.n;
    }
    known->content = content;
    known->doc = doc;
    return true;
}

bool unfinished_delete(struct unfinished *unfinished, struct known_id *known)
{
    uint32_t *deleted;

    if (known->doc == UINT32_MAX)
        return true;
    if (!(deleted = vector_push(&unfinished->deleted)))
        return false;
    *deleted = known->doc;
    known->doc = UINT32_MAX;
    return true;
}

void unfinished_free(struct unfinished *unfinished)
{
    arena_free(&unfinished->arena);
    vector_free(&unfinished->ids);
    vector_free(&unfinished->deleted);
    free(unfinished->slots);
    *unfinished = (struct unfinished){ 0 };
}
