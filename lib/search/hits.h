/* SPDX-License-Identifier: MIT */
/* search/hits.h - documents found to hits: their fields, snippets, highlights, explanations. */
#pragma once

#include "search/highlight.h"
#include "search/plan.h"
#include "search/recency.h"
#include "search/repair/repairs.h"
#include "search/search.h"
#include "search/topk.h"

struct hit_making {
    const struct reader *reader;
    const struct muc_query *query;
    const struct plan *plan;
    const struct repairs *repairs; /* of the query, for explanations */
    const struct recency *recency;
    struct highlighter *highlighter;
    struct deadline *deadline; /* of highlights and snippets: where it is over, hits have none */
    struct arena *arena;       /* of what is given out */
};

/** Whether hits get what stands in their documents; then `highlighter` is open. */
static inline bool hits_have_text(const struct muc_query *query)
{
    return !query->no_snippets || query->explain;
}

/** Fill in a hit; where that fails, part of it is 0. */
int hit_make(const struct hit_making *making, const struct found *found, uint64_t rank,
             struct muc_hit *hit, struct muc_error *err);
