/* SPDX-License-Identifier: MIT */
/* index/merge.h - several segments into one, without their deleted documents. */
#pragma once

#include "index/merge_watch.h"
#include "index/segment.h"
#include "index/spill.h"

/** What is to be merged. */
struct merge_task {
    struct segment *const *inputs;
    size_t n;
    /** For another order; then also one term's documents of a window a thread, and before that 128
     *  bytes of each document. Texts are read where they lie, so those of a window had better be in
     *  the system's cache. 0: documents stay in their order. */
    size_t memory;
    unsigned threads; /* 1, or 2 that share the work; the caller's is one of them */
    struct spill *spill;
    uint32_t number;           /* of the new segment */
    struct merge_watch *watch; /* NULL: nobody is told */
};

/**
 * Write a segment with the living documents of the inputs, one input after the other, or in an
 * order that puts like ones together (index/bisect.h), which makes lists smaller and answers
 * faster, but takes three times as long. Term by term and block by block: memory holds the columns
 * of the new segment and one term's block a thread. A segment that is in such an order says so, and
 * also one for which it would not pay.
 *
 * Whatever is damaged is not merged (MUC_EDAMAGED): written anew, it would look whole.
 *
 * @param[out] entry what the list is to say of it; n_docs 0: nothing was alive, nothing is written.
 */
int merge_segments(const struct merge_task *task, struct segment_entry *entry,
                   struct muc_error *err);

/** Whether a segment would come into another order if it were merged alone. */
bool merge_would_reorder(const struct segment *segment);
