/* SPDX-License-Identifier: MIT */
/* search/maxscore.h - the best documents of a union of lists, most others not being looked at.
 *
 * MaxScore: Turtle and Flood, Query evaluation: strategies and optimizations (1995). Lists whose
 * bounds together stay below the worst of the best cannot bring a document in; only the others are
 * walked, and of those whole blocks are left out by their impacts. */
#pragma once

#include "search/bounds.h"
#include "search/matcher.h"
#include "search/topk.h"

/** Whether a matcher is a list or a union of lists, each of which a term of the scorer walks too.
 */
bool maxscore_fits(const struct matcher *matcher, const struct scorer *scorer);

struct maxscore {
    const struct matcher *matcher; /* that fits */
    struct scorer *scorer;
    struct bounds *bounds;
    struct topk *best;
    /** Whether a document counts at all. */
    bool (*is_wanted)(const void *context, uint32_t doc);
    const void *context;
    uint32_t segment; /* number, of what is found */
    struct arena *arena;
    uint64_t n_seen; /* documents scored */
};

/** False: no memory. Damage is noted in the cursors. */
bool maxscore_run(struct maxscore *run);
