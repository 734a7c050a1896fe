/* SPDX-License-Identifier: MIT */
/* search/best/best_parts.h - what a query asks of a segment, taken apart for search/best/best.c. */
#pragma once

#include "search/best/best.h"
#include "search/best/clause.h"
#include "search/phrase.h"

/** A phrase that is no term. */
struct best_phrase {
    const struct scored_phrase *scored;
    struct phrase *phrase;
    bool required, opened; /* opened: here, to be closed here */
    uint32_t first, n;     /* of the clauses, as they were gathered: those it has to be in */
    /* What a document gets from one of these until the phrase itself is counted in it: no less,
     * since the phrase stands there no more often than that. */
    double weight, bonus;
    struct cursor *cursor; /* of its own, for documents that come so far; NULL: no clause does */
};

struct best_parts {
    VECTOR(struct clause)
    clauses; /* those required, the rarest first; the others, by falling bound */
    uint32_t n_required;
    VECTOR(struct matcher *) checks, excluded; /* that a document has to match, or not to */
    VECTOR(struct best_phrase) phrases;
    double phrases_bound;
};

/** Take apart, into the arena. `match` lends its cursors and phrases. 1; 0: it cannot be done; or
 *  what failed. */
int best_parts_open(const struct best_query *query, uint32_t s, struct matcher *match,
                    struct arena *arena, struct best_parts *parts, struct muc_error *err);
/** Whether bytes or memory failed meanwhile, but for what `match` lent. */
int best_parts_failed(const struct best_parts *parts, const struct segment *segment,
                      struct muc_error *err);
void best_parts_close(struct best_parts *parts);
