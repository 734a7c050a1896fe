/* SPDX-License-Identifier: MIT */
/* search/score.h - the part of a score that one term or phrase gives a document.
 *
 * Parts are multiples of 2^-28: their sums, below 2^24 for every query that can be parsed, are
 * exact in a double, so that a score has the same bits in whatever order it was added up. */
#pragma once

#include <stdint.h>

/** Round to a multiple of 2^-28: the distance of doubles from 2^24 to 2^25. */
static inline double score_round(double score)
{
    const double rounder = 3 << 23; /* stays in that range for all |score| < 2^23 */
    double sum = score + rounder;

    return sum - rounder;
}

/** What of a bonus a word of a title of so many words gets: a short title is about its words, a
 * long one has some of everything. */
static inline double title_part(double bonus, uint8_t length)
{
    enum { FULL = 3 };

    return score_round(length > FULL ? bonus * FULL / length : bonus);
}

/** BM25's saturation of the frequency; `k` is k1 (1 - b + b × length / average). */
static inline double score_part(double weight, double bonus, double freq, double k)
{
    return score_round(weight * (freq / (freq + k)) + bonus);
}
