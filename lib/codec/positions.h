/* SPDX-License-Identifier: MIT */
/* codec/positions.h - where a term stands in each of its documents, one run for each list block.
 *
 *   run := the positions of the block's documents one after the other, each document's rising and
 *          as differences (the first counts from -1), packed; see positions.c
 *
 * How many positions a document has is its frequency, known from the list. */
#pragma once

#include "base/buffer.h"

/** Append one block's run. `positions` holds freqs[0] + freqs[1] + … numbers, document after
 * document. */
void positions_encode(struct buffer *out, const uint32_t *positions, const uint32_t *freqs,
                      uint32_t n_docs);

/**
 * Read the positions of one document.
 *
 * @param at,size  bytes from the block's run on (they may go on behind it).
 * @param before   positions of the block's documents before this one (the sum of their freqs).
 * @param n        positions of this document (its freq).
 * @param out      room for `n`.
 * @return false if the bytes are bad.
 */
bool positions_decode(const uint8_t *at, size_t size, uint64_t before, uint32_t n, uint32_t *out);

/** Bytes of a run that holds `total` positions, 0 if bad (for merging runs by copying, and for
 * check). */
size_t positions_size(const uint8_t *at, size_t size, uint64_t total);
