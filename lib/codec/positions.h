/* SPDX-License-Identifier: MIT */
/* codec/positions.h - where a term stands in each of its documents, one run for each list block.
 *
 *   run := the positions of the block's documents one after the other, each document's rising:
 *          the first as it is, the others as differences; see positions.c
 *
 * How many positions a document has is its frequency, known from the list. */
#pragma once

#include "base/buffer.h"

/** Append one block's run.
 *
 *  @param firsts the first position of each document.
 *  @param steps  the differences of the others from the one before, each less 1: freqs[0] - 1 of
 * the first document, freqs[1] - 1 of the next … */
void positions_encode(struct buffer *out, const uint32_t *firsts, uint32_t n_docs,
                      const uint32_t *steps, size_t n_steps);

/** A run opened in place, and how far it has been read; borrows the bytes and the freqs. */
struct positions_run {
    const uint8_t *at;
    const uint32_t *freqs;
    uint64_t size; /* bits, and those behind the run */
    uint64_t low;  /* where the low bits of the differences begin */
    uint64_t high; /* where the high parts begin */
    uint64_t n_steps;
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

/** The positions of all documents, as positions_encode() takes them; room for n_docs and n_steps.
 * It takes a third of the time that reading one document after the other does. False: the bytes are
 *  bad. */
bool positions_read_all(const struct positions_run *run, uint32_t *firsts, uint32_t *steps);

/** Bytes of the run of documents with these freqs, 0 if it is bad (for check). */
size_t positions_size(const uint8_t *at, size_t size, const uint32_t *freqs, uint32_t n_docs);
