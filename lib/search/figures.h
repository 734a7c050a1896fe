/* SPDX-License-Identifier: MIT */
/* search/figures.h - whether two texts say the same words of other numbers.
 *
 * The bulletins of two days have one title and nearly all words in common, and most of their
 * numbers not; a text that was sent again, corrected or shortened has most numbers of the other.
 * The stored texts are asked, each once for a table: who has many pairs keeps one. */
#pragma once

#include "base/slots.h"
#include "base/vector.h"
#include "index/reader.h"

/** The different numbers of a text, as hashes, rising. */
struct figures {
    const uint32_t *at;
    size_t n;
};

struct figures_table {
    struct slots of_docs; /* into all, by segment and document */
    VECTOR(struct figures) all;
    struct arena arena;
};

/** Whether at most half of the numbers of the text that has fewer are the other's; not so of two or
 *  fewer, nor of a text that cannot be read. False: no memory. */
bool figures_differ(struct figures_table *table, const struct reader *reader, uint32_t segment,
                    uint32_t doc, uint32_t other_segment, uint32_t other_doc, bool *differ);
void figures_free(struct figures_table *table);
