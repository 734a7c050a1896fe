/* SPDX-License-Identifier: MIT */
/* search/repair/ways.h - the likeliest way through the readings of a run of syllables.
 *
 * A way takes one reading at each place. Its likelihood comes from the archive itself: first from
 * how often each two neighbours stand next to each other (Viterbi over pairs); then, among the ways
 * that are nearly as likely as the best, from how many documents hold both pairs of three
 * neighbours, more than chance would have it: that stands for the counts of three in a row, which
 * an index of pairs does not have (Viterbi over the readings of two places). */
#pragma once

#include "search/repair/pair_counts.h"

/** Set what is taken of `n` >= 2 places with readings. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int take_way(struct place *places, size_t n, struct pair_counts *counts, struct muc_error *err);
