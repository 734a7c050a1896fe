/* SPDX-License-Identifier: MIT */
/* search/copies.h - near copies of a document: texts sent again, corrected, or of which a large
 * part was taken (index/sketch.h).
 *
 * Which documents are near copies of each other depends on the two alone; only where very many
 * share a part, not all of these are looked at, in each segment the first ones. */
#pragma once

#include "base/vector.h"
#include "index/reader.h"
#include "search/figures.h"
#include "search/topk.h"

struct copy {
    uint32_t segment, doc;
    unsigned resemblance; /* in a hundred */
};

struct copies {
    struct copy *at;              /* the most alike first, then as they stand in the index */
    size_t n, room;               /* as VECTOR() */
    struct figures_table figures; /* of those met so far */
};

/** The living near copies of a document, itself apart. Where very many share one of its parts, some
 *  of those may be missed. `out` is used again for the next one. False: no memory. */
bool copies_find(const struct reader *reader, uint32_t segment, uint32_t doc, struct copies *out);

void copies_free(struct copies *copies);

/** Leave of documents that are near copies of each other, or, if they are of no series, of the same
 *  one, the first, in place; the number left. UINT32_MAX: no memory.
 *
 * @param[out] n_copies of each that is left; room for `n`. */
uint32_t copies_collapse(const struct reader *reader, struct found *found, uint32_t n,
                         uint64_t *n_copies);
