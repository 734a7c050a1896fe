/* SPDX-License-Identifier: MIT */
/* search/topk.h - the best so many documents.
 *
 * The order is total and does not depend on the order of indexing: the key, then the newer date,
 * then the smaller id. */
#pragma once

#include "base/arena.h"
#include "index/reader.h"

struct found {
    double key; /* larger is better: the score, or a date */
    double score;
    uint32_t date, segment, doc;
};

struct topk {
    const struct reader *reader;
    struct arena *arena;
    struct found *at; /* in the order they came; from the first one too many on a heap, the worst on
                       * top; until topk_sort() */
    size_t n, most, room;
    bool is_heap;
    double least; /* a key below that is not among the best */
};

/** Begin, also once more: what there was is forgotten, but its room, which is of the same arena as
 *  all else, is taken again. Empty at first ({ 0 }). */
void topk_start(struct topk *topk, const struct reader *reader, size_t most, struct arena *arena);

/** Make room for so many more; false: no memory. */
static inline bool topk_fit(struct topk *topk, size_t more)
{
    return topk->room - topk->n >= more ||
           arena_fit(topk->arena, &topk->at, topk->n, &topk->room, more, sizeof *topk->at);
}

/** Whether a document with this key may still be among the best. */
static inline bool topk_wants(const struct topk *topk, double key)
{
    return key >= topk->least;
}

/** topk_add() where more is to be done than to append. */
bool topk_add_slowly(struct topk *topk, struct found found);

/** False: no memory. (The members go from registers to their place: a copy in memory would be read
 *  in wider pieces than it was written, and waited for.) */
static inline bool topk_add(struct topk *topk, struct found found)
{
    if (topk->n + 1 >= topk->most || topk->n == topk->room)
        return topk_add_slowly(topk, found);
    topk->at[topk->n++] = found;
    return true;
}
/** Best first. */
void topk_sort(struct topk *topk);
