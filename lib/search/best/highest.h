/* SPDX-License-Identifier: MIT */
/* search/best/highest.h - the highest of some sums, the highest first, without a branch that
 * depends on which they are: that cannot be foreseen, and each wrong guess costs as much as ten
 * comparisons. Pure.
 *
 * Sums stand in rows, and maxima of the columns tell a bound that enough of them reach. Those that
 * do are few, and each one's rank is how many of the others are above it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { HIGHEST_ROW = 16, HIGHEST_ROOM = 256 /* places fit into a byte */ };

struct highest {
    double least; /* none that is as high was left out */
    uint32_t n;
    uint8_t places[HIGHEST_ROOM]; /* the highest first, of the same the first */
};

/**
 * Find the `most` highest of so many sums, those alike with the last of them included; there may be
 * a few more.
 *
 * @param sums of parts of scores (search/score.h), or -INFINITY: taken out, and not found. There is
 *             room for full rows, which are filled up with that.
 * @param n at most HIGHEST_ROOM.
 * @param least those below it are left out.
 */
void highest_find(double *sums, uint32_t n, size_t most, double least, struct highest *found);
