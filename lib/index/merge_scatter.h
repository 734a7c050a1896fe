/* SPDX-License-Identifier: MIT */
/* index/merge_scatter.h - the postings of a term whose documents come in another order than they
 * are to be written in.
 *
 * A document's new number is in the same window of numbers as the one it would have had without a
 * new order. So each window is gathered, every posting at the place of its document, and written
 * before the next one is: memory holds the postings of a term in one window. */
#pragma once

#include "index/segment_write.h"

struct scatter;

/** For windows of so many documents, a power of two; NULL: no memory. */
struct scatter *scatter_new(uint32_t window);
void scatter_free(struct scatter *scatter);

/** The next `n` documents of the term: they stand behind those of `block`, with their new numbers,
 *  and are taken away, and their positions. What is complete goes to `out`. */
int scatter_docs(struct scatter *scatter, struct posting_block *block, uint32_t n,
                 struct family_writer *out, struct muc_error *err);
/** No more documents come: the others go there as well. */
int scatter_flush(struct scatter *scatter, struct family_writer *out, struct muc_error *err);
