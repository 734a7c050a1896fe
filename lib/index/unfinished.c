/* SPDX-License-Identifier: MIT */
#include "index/unfinished.h"

struct known_id *unfinished_find(const struct unfinished *unfinished, struct muc_string id,
                                 uint64_t hash)
{
    uint64_t at = hash;
    uint32_t i;

    while ((i = slots_next(&unfinished->of_ids, hash, &at)) != SLOTS_NONE)
        if (str_equal(unfinished->ids.at[i].id, id))
            return &unfinished->ids.at[i];
    return NULL;
}

bool unfinished_add(struct unfinished *unfinished, struct muc_string id, uint64_t hash,
                    uint64_t content, uint32_t doc)
{
    struct known_id *known = unfinished_find(unfinished, id, hash);

    if (known) {
        if (!unfinished_delete(unfinished, known))
            return false;
    } else {
        if (!slots_reserve(&unfinished->of_ids) || !(known = vector_push(&unfinished->ids)))
            return false;
        *known = (struct known_id){ arena_copy(&unfinished->arena, id), 0, UINT32_MAX };
        if (!known->id.bytes) {
            unfinished->ids.n--;
            return false;
        }
        slots_add(&unfinished->of_ids, hash, (uint32_t)unfinished->ids.n - 1);
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
    slots_free(&unfinished->of_ids);
    *unfinished = (struct unfinished){ 0 };
}
