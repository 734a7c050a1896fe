/* SPDX-License-Identifier: MIT */
/* index/sketch.h - what a text resembles, in 64 bytes: by these near copies are known.
 *
 *   sketch := u16 part[SKETCH_PARTS]      one-permutation min-hashing: each three words in a row
 *                                         have a hash, whose highest bits choose a part; a part is
 *                                         the lowest bits of the least hash, SKETCH_NONE where
 *                                         there is none
 *             u16 title, u16 numbers      hashes of the words of the title without digits, and of
 *                                         those with; SKETCH_NONE where there are none
 *
 * Two texts agree in about as many parts as they share of what is in either. A text that has been
 * sent again or corrected agrees in nearly all; one of which half was taken, in half of them; with
 * the lengths that tells how much of the shorter one stands in the other. Marks do not matter, so
 * that a copy whose marks were lost is one. But texts whose titles differ in their numbers alone
 * are of a series, not copies, however alike they are: decision 15 and decision 16, the notices of
 * two days. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "text/analyzer.h"

enum {
    SKETCH_PARTS = 30,
    SKETCH_NONE = 0xffff,
    SKETCH_LEAST = 12,  /* parts that a text needs: shorter ones are alike by chance */
    SKETCH_ALIKE = 20,  /* per cent of the parts in which near copies agree, at least */
    SKETCH_SHARED = 70, /* per cent of the shorter one that stands in the other, at least */
    SKETCH_ORDERS = 8,  /* parts by which documents are found: of two that agree in a third of all,
                         * one of them is the same 24 times of 25 */
};

struct sketch {
    uint16_t parts[SKETCH_PARTS], title, numbers;
};

/** Hashes of forms by their number, each made once, but for those that are met late. */
struct sketch_words {
    VECTOR(uint64_t) hashes;
};

/** One that is being made. */
struct sketch_draft {
    struct sketch_words *words;
    const struct analyzer *analyzer;
    uint64_t first, second; /* the two words before, turned by their places */
    uint64_t least[SKETCH_PARTS];
    size_t n_words;
    uint16_t title, numbers;
};

void sketch_start(struct sketch_draft *draft, struct sketch_words *words,
                  const struct analyzer *analyzer);
/** The title: what it is without its numbers, and what these are. False, here and below: no
 *  memory. */
bool sketch_title(struct sketch_draft *draft, const struct token *tokens, size_t n);
/** The next tokens of the text, in the order of their positions. */
bool sketch_add(struct sketch_draft *draft, const struct token *tokens, size_t n);
void sketch_end(const struct sketch_draft *draft, struct sketch *out);
void sketch_words_reset(struct sketch_words *words); /* the analyzer was */
void sketch_words_free(struct sketch_words *words);

/** The parts in which both agree, a bit each. */
uint32_t sketch_agreement(const struct sketch *a, const struct sketch *b);

/** Whether their titles differ in their numbers alone. */
bool sketch_is_series(const struct sketch *a, const struct sketch *b);

/** Parts in a hundred in which both agree, of those that either has, if that makes them near
 *  copies and they are not of a series; else 0. The lengths: numbers of words, not 0. */
unsigned sketch_resemblance(const struct sketch *a, uint32_t a_length, const struct sketch *b,
                            uint32_t b_length);

/** Append the documents in the order of their part 0, then of part 1, … [SKETCH_ORDERS]: the parts,
 *  u16, and the documents, u32; of equals by number. */
bool sketch_orders(const struct sketch *sketches, uint32_t n, struct buffer *parts,
                   struct buffer *docs);
