/* SPDX-License-Identifier: MIT */
/* search/best/ranges.h - ranges of documents by what they can hold at most: the most promising
 * first.
 *
 * The sooner good documents are found, the more of the others need not be looked at. To sort ranges
 * would make lists jump; so they are walked through forwards in a few phases instead: first for the
 * few highest bounds, then for more, last for all that may still bring something. */
#pragma once

#include "base/arena.h"

/** What share of the ranges, the highest, each phase but the last is for: of windows, which all
 *  lists have to be moved to, or of blocks of one list; or all of them in one phase, where nothing
 *  may be gone back to. */
enum ranges_kind { RANGES_WINDOWS, RANGES_BLOCKS, RANGES_FORWARDS };

enum { PHASES_MAX = 5 };

struct ranges {
    double *bounds;      /* RANGE_DONE: nothing there (any more) */
    uint32_t *lasts;     /* document of each */
    uint8_t *impacts;    /* of each list, `n` of them: best_ask_ranges() */
    uint32_t *order;     /* by phases, forwards in each */
    uint32_t n, at, end; /* at, end: in `order`, of the phase at hand */
    enum ranges_kind kind;
    uint32_t ends[PHASES_MAX]; /* in `order`, of each phase */
};

#define RANGE_DONE (-1.0)

/** `n` ranges whose bounds and last documents are to be written. False: no memory. */
bool ranges_start(struct ranges *ranges, enum ranges_kind kind, uint32_t n, struct arena *arena);

unsigned ranges_phases(const struct ranges *ranges);

/** The bounds are there: find what is looked at in which phase. */
void ranges_sort(struct ranges *ranges);

/** Back to the first range, for another phase; false: it has none. */
bool ranges_begin(struct ranges *ranges, unsigned phase);

/** The next range of the phase whose bound reaches the threshold; it is done then. False: none. */
bool ranges_take(struct ranges *ranges, double threshold, uint32_t *range);
