/* SPDX-License-Identifier: MIT */
/* codec/positions.h - where a term stands in each of its documents, one run for each list block.
 *
 *   run := the positions of the block's documents one after the other, each document's rising:
 *          the first as it is, the others as differences; see positions.c
 *
 * How many positions a document has is its frequency, known from the list. */
#pragma once

#include "base/buffer.h"

/** Append one block's run. `positions` holds freqs[0] + freqs[1] + … numbers, document after
 *  document, and is overwritten. */
void positions_encode(struct buffer *out, uint32_t *positions, const uint32_t *freqs,
                      uint32_t n_docs);

/** A run opened in place, and how far it has been read; borrows the bytes and the freqs. */
struct positions_run {
    const uint8_t *at;
    const uint32_t *freqs;
    uint64_t size; /* bits, and those behind the run */
    uint64_t low;  /* where the low bits of the differences begin */
    uint64_t high; /* where the high parts begin */
    uint32_t n_docs;
    uint8_t k, m; /* low bits of a first, of a difference */

    uint32_t doc;          /* the document it stands before; UINT32_MAX: none */
    uint64_t before;       /* differences in front of that */
    uint64_t firsts, more; /* where the high parts of its first and of its differences begin; 0: not
                            * looked for yet */
};

/** @param at,size bytes from the block's run on (they may go on behind it).
 *  @param freqs   of all `n_docs` documents of the block. False: it cannot be theirs. */
bool positions_open(struct positions_run *run, const uint8_t *at, size_t size,
                    const uint32_t *freqs, uint32_t n_docs);

/** The positions of document number `doc` < n_docs of the block; room for its freq. Best asked for
 *  one after the other. False: the bytes are bad. */
bool positions_read(struct positions_run *run, uint32_t doc, uint32_t *out);

/** Bytes of the run of documents with these freqs, 0 if it is bad (for check). */
size_t positions_size(const uint8_t *at, size_t size, const uint32_t *freqs, uint32_t n_docs);
