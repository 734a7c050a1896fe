/* SPDX-License-Identifier: MIT */
/* search/bounds.h - what a document could score at most, told from the impacts of list blocks
 * alone.
 *
 * Impacts are rounded up and were computed with the segment's own average length; where the index's
 * average is larger, lengths weigh less and the bound is raised accordingly (index/format.h). So a
 * bound is never below a score, and leaving out what is bounded below the worst of the best changes
 * nothing. After: Ding and Suel, Faster top-k document retrieval using block-max indexes (2011). */
#pragma once

#include "search/scorer.h"

/** A range of documents whose scores have one bound. */
struct window {
    uint32_t end; /* the last document of it */
    double bound;
};

struct bounds {
    const struct scorer *scorer;
    double scale;     /* of an impact, to at most 1 */
    double phrases;   /* what phrases give at most */
    uint32_t *blocks; /* of each term: where the last look left off */
};

/** In `arena`. False: no memory. */
bool bounds_open(struct bounds *bounds, const struct scorer *scorer, double average,
                 struct arena *arena);

/** What term `i` gives to a document of block `block` at most. */
double bounds_of_block(const struct bounds *bounds, size_t i, uint32_t block);
/** What term `i` gives to any document at most. */
double bounds_of_term(const struct bounds *bounds, size_t i);

/** The window that begins with `doc`; documents rise from call to call. */
struct window bounds_window(struct bounds *bounds, uint32_t doc);
