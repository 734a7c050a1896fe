/* SPDX-License-Identifier: MIT */
/* index/tiers.h - which segments to merge, so that their number stays logarithmic.
 *
 * A segment's tier is the logarithm of its living bytes; as many segments of one tier as
 * TIERS_MERGE become one of the next. So each document is rewritten once a tier, and there are less
 * than TIERS_MERGE segments in each. A segment of which a third is deleted is rewritten alone. */
#pragma once

#include "index/manifest.h"

enum { TIERS_MERGE = 8 };

/** Indexes into the list, rising; their number, 0: nothing to do. */
size_t tiers_choose(const struct segment_list *list, size_t chosen[TIERS_MERGE]);
