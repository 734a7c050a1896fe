/* SPDX-License-Identifier: MIT */
/* index/merge.h - several segments into one, without their deleted documents. */
#pragma once

#include "index/segment.h"
#include "index/spill.h"

/**
 * Write segment `number` with the living documents of the inputs, one input after the other. Term
 * by term and block by block: memory holds the columns of the new segment and one term's block
 * a thread.
 *
 * @param threads 1, or 2 that share the work; the caller's is one of them.
 * @param[out] entry what the list is to say of it; n_docs 0: nothing was alive, nothing is written.
 */
int merge_segments(struct segment *const *inputs, size_t n, unsigned threads, struct spill *spill,
                   uint32_t number, struct segment_entry *entry, struct muc_error *err);
