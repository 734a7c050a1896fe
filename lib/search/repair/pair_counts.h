/* SPDX-License-Identifier: MIT */
/* search/repair/pair_counts.h - how often syllables stand next to each other, asked for many at a
 * time.
 *
 * Most pairs of the readings of two syllables are nowhere. How often there is any at all tells the
 * pair whatever its marks, which the search asks for anyway: when nearly so many are found, no
 * other is looked for. So those of the most frequent readings come first. Look-ups wait for memory
 * most of the time, so that those of several places, and of several readings, go on side by side.
 */
#pragma once

#include "search/repair/readings.h"
#include "search/terms.h"

struct pair_counts {
    struct lookups *lookups;
    struct term_counts *found; /* in each segment, of those asked for at a time; in their arena */
};

int pair_counts_start(struct pair_counts *counts, struct lookups *lookups, struct muc_error *err);

/** How often readings of a place are followed by readings of the next one. */
struct known_pairs {
    uint32_t n;
    struct known_pair {
        uint8_t h, i;    /* readings of the first place and the second: rising by both */
        uint32_t n_docs; /* not 0 */
        double log;      /* of how likely the second is behind the first, less TOGETHER of alone */
    } at[];
};

/** Set pairs[p] for places p - 1 and p, 0 < p < n; in the arena, or where lookups are. MUC_OK,
 *  MUC_EDAMAGED, MUC_ENOMEM. */
int pair_counts_read(struct pair_counts *counts, const struct place *places, size_t n,
                     struct arena *arena, const struct known_pairs **pairs, struct muc_error *err);
