/* SPDX-License-Identifier: MIT */
/* search/suggest_docs.h - the documents of ways, a bit each.
 *
 * Ways that go on from the same one are counted among its documents, which are found once, and
 * among those of the one before it in turn: so of each way only the list of its last pair is read.
 */
#pragma once

#include "search/suggest_ways.h"

/** The living documents of each segment that have all pairs of a way. */
struct way_docs {
    struct way_docs *before; /* of the way without its last word; NULL: of two words */
    uint64_t **bits;         /* of each segment; NULL: not found yet */
    uint64_t *n;             /* how many they are */
};

/** For a way behind the one that `before` is of (NULL: of one word), in the arena; NULL: no memory.
 */
struct way_docs *way_docs_new(const struct growing *growing, struct way_docs *before);

/** Find those of a way of two words or more without its last word. MUC_OK, MUC_EDAMAGED,
 *  MUC_ENOMEM. */
int way_docs_before(const struct growing *growing, const struct way *way,
                    const struct way_docs **out);

/** How many of segment number `s` have a pair, too, which `pair` is. */
int way_docs_count(const struct growing *growing, const struct way_docs *docs, uint32_t s,
                   const struct lookup *pair, uint64_t *n);
