/* SPDX-License-Identifier: MIT */
/* search/best/best_run.h - a search for the best of a segment on its way, for the files of
 * search/best/best.h: best.c leads by lists, windows.c adds lists up in windows, champions.c
 * looks at what lists tell of their best, and all end with the steps of batch.c. */
#pragma once

#include <math.h>

#include "search/best/best_parts.h"
#include "search/best/ranges.h"
#include "search/scorer.h"

enum { WINDOW = 2048 }; /* documents added up at a time; a multiple of 64 */

struct best {
    const struct best_query *query;
    const struct plan *plan;
    const struct segment *segment;
    uint32_t s;
    struct best_parts parts;
    struct clause *clauses; /* of parts */
    uint32_t n;
    struct topk *topk;
    double floor; /* as many as are wanted are known to have this */
    uint64_t n_met;
    bool no_memory;
    bool any_done; /* of the clauses, whose lists are then asked forwards */
    bool forwards; /* matchers that never go back have to be asked … */
    uint32_t from; /* … and no document before this one matches */
    struct arena *arena;
    struct ranges windows; /* those done may not be looked at again */
    struct batch *batch;
    struct scorer *scorer; /* of documents that something is taken off; NULL: not open yet */
};

/** What a document has to reach to be among the best. */
static inline double best_threshold(const struct best *best)
{
    const double least = best->topk->least;

    return least > best->floor ? least : best->floor;
}

/** Whether the time is over; asked for each block of documents, or each window. */
static inline bool best_is_over(const struct best *best)
{
    return deadline_is_over(best->query->deadline);
}

/** Let all lists begin again. */
void best_rewind(struct best *best);

/** Ranges of documents, whose last ones are known: bound what all clauses but `leader` (UINT32_MAX:
 *  all), and phrases, have there; RANGE_DONE where a list that a document has to be in has none.
 *  What each list has is kept for when a range is looked at. False: no memory. */
bool best_ask_ranges(struct best *best, uint32_t leader, struct ranges *ranges);

/** What clauses but `leader` have in a range, at most and together. Each knows what it has there
 *  itself, or in the ranges before, of which there are documents in the batch. */
double best_enter_range(struct best *best, uint32_t leader, const struct ranges *ranges,
                        uint32_t range);

/** Leave only documents of the batch that are wanted, and not of windows that are done. */
void best_sift(struct best *best, const struct ranges *windows);

/** Ask all clauses that are neither known nor done about the documents of the batch; keep the best.
 */
void best_finish(struct best *best);

/** How many lists have documents that may be among the best without being in the others; windows
 *  are walked through as long as there are several. UINT32_MAX: no memory. */
uint32_t best_walk_windows(struct best *best);

/** Look at the champions of the lists: raises the floor. True: they are all of the best, which were
 *  kept. */
bool best_ask_champions(struct best *best);
