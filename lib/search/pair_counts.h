/* SPDX-License-Identifier: MIT */
/* search/pair_counts.h - how often syllables stand next to each other, asked for many at a time.
 *
 * Most pairs of the readings of two syllables are nowhere. How often there is any at all tells the
 * pair whatever its marks, which the search asks for anyway: when nearly so many are found, no
 * other is looked for. Those of the most frequent readings come first, then the others in the order
 * of the dictionary. */
#pragma once

#include "search/readings.h"
#include "search/terms.h"

struct pair_counts {
    struct lookups *lookups;
    struct term_finder *finders; /* of each segment; in the arena of the lookups */
    uint64_t *left;              /* of each: occurrences of the pair at hand not yet found */
};

int pair_counts_start(struct pair_counts *counts, struct lookups *lookups, struct muc_error *err);

/** How often each reading of a place is followed by each of the next one's: out[h][i] for readings
 *  h and i. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int pair_counts_read(struct pair_counts *counts, const struct place *first,
                     const struct place *second, struct term_counts out[][READINGS_MAX],
                     struct muc_error *err);
