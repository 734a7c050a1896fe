/* SPDX-License-Identifier: MIT */
/* search/recency.h - more for newer documents.
 *
 * A score grows by up to RECENCY_MOST of itself: by that much for the newest day of the index, by
 * half as much for a document that is a half-life older, by a quarter after two, and so on; by
 * nothing for a document without a date. What is bounded cannot lift a poor match above a good one.
 */
#pragma once

#include "index/reader.h"

#define RECENCY_MOST 0.5

struct recency {
    uint32_t half_life; /* days; 0: no document gets anything */
    int64_t newest;     /* day of the newest living document */
};

/** `half_life`: 0, or days. Looks at all dates. */
void recency_open(const struct reader *reader, uint32_t half_life, struct recency *recency);

/** What a document of this date (packed) gets on top of `score`. */
double recency_bonus(const struct recency *recency, uint32_t date, double score);
