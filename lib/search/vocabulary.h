/* SPDX-License-Identifier: MIT */
/* search/vocabulary.h - the terms of a family that begin alike, over all segments at once.
 *
 * Terms come in their order, each once, with the sums of what the segments say of it: documents
 * that were deleted count until they are merged away. */
#pragma once

#include "index/reader.h"

struct vocabulary {
    struct muc_string term; /* the current one; borrowed until the next call */
    uint64_t n_docs, occurrences;

    struct muc_string prefix;
    struct term_iter *iters; /* of each segment */
    bool *ended;
    uint32_t n, n_open;
    struct arena arena;
    char current[TERM_MAX];
};

/** Open at the first term that begins with `prefix`, at most TERM_MAX bytes. Zeroed or closed
 *  before; needs vocabulary_close() on success alone. */
int vocabulary_open(const struct reader *reader, enum family family, struct muc_string prefix,
                    struct vocabulary *vocabulary, struct muc_error *err);
/** 1: a term; 0: the end; MUC_EDAMAGED. */
int vocabulary_next(struct vocabulary *vocabulary, struct muc_error *err);
void vocabulary_close(struct vocabulary *vocabulary);
