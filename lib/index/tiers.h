/* SPDX-License-Identifier: MIT */
/* index/tiers.h - which segments to merge, so that their number stays logarithmic.
 *
 * A segment's tier is the logarithm of its living bytes to the base TIERS_MERGE. Of so many
 * segments of one tier as are wanted, TIERS_MERGE or more, all become one, but not more than
 * TIERS_MOST. So each document is rewritten once a tier at most. A segment of which a third is
 * deleted is rewritten alone.
 *
 * What a merge holds grows with the documents of the new segment, so there are never more than
 * TIERS_DOCS: the largest column, of 64 bytes a document, is held twice while it is written, and as
 * much are the terms that a new order is chosen by; with numbers that makes 150 MiB, TIERS_DOCUMENT
 * bytes of each. Large archives have several such
 * segments; so that those that are nearly as large are not written once more for little, at least
 * TIERS_FEWEST have to fit into one. */
#pragma once

#include "index/manifest.h"

enum {
    TIERS_MERGE = 10,
    TIERS_MOST = 20,
    TIERS_FEWEST = 4,
    TIERS_DOCS = 1 << 20,
    TIERS_DOCUMENT = 150
};

/** Indexes into the list, rising; their number, 0: nothing to do. `taken`: those of the list that
 *  were chosen before; `least`: segments with lower numbers stay as they are; `wanted`: so many
 *  there have to be in a tier. */
size_t tiers_choose(const struct segment_list *list, const bool *taken, uint32_t least,
                    size_t wanted, size_t chosen[TIERS_MOST]);

/** How many of the segments [from, end) may become one: 1 at least. */
size_t tiers_fit(const struct segment_list *list, size_t from, size_t end);
