/* SPDX-License-Identifier: MIT */
/* index/invert_families.h - what the files that write an inversion's families share. */
#pragma once

#include "index/rounds.h"
#include "index/runs.h"

struct families {
    struct invert *invert;
    struct ranks exact, folded, written; /* as EXACT, FOLDED and PAIR order them, while needed */
    struct rounds rounds;
    uint32_t *counts; /* of each form, how many of the records at hand have it */
    uint32_t n_forms;
    bool many; /* forms: memory is saved at the cost of time */
};

/** Count the records of each form, of words and, as a first one, of pairs. */
int invert_count(struct families *families, const struct stream *stream, struct muc_error *err);

/** The documents of a term, as they were merged. */
int invert_write_docs(struct family_writer *writer, const struct runs *runs, struct muc_error *err);

/* ---- invert_pairs.c */
/** FAMILY_PAIR and FAMILY_PAIR_FOLDED, of the records of title and text. */
int invert_write_pairs(struct families *families, struct muc_error *err);

/** The words of all ranks, one after the other in their order, which is that of use; empty where a
 *  word has a byte that pairs are not made with. */
struct pair_words {
    char *bytes;
    uint32_t *starts; /* and the end of the last */
};

bool pair_words_copy(struct pair_words *words, const struct analyzer *analyzer,
                     const struct ranks *ranks, bool folded);
void pair_words_free(struct pair_words *words);

enum { PAIR_WORD_COPY = 16 /* bytes that can be read of any word, however short */ };

static inline struct muc_string pair_word(const struct pair_words *words, uint64_t rank)
{
    return str_of(words->bytes + words->starts[rank],
                  words->starts[rank + 1] - words->starts[rank]);
}

static inline void pair_word_put(struct muc_string word, char *to)
{
    memcpy(to, word.bytes, PAIR_WORD_COPY); /* all of nearly every word */
    if (word.size > PAIR_WORD_COPY)
        memcpy(to + PAIR_WORD_COPY, word.bytes + PAIR_WORD_COPY, word.size - PAIR_WORD_COPY);
}

/** The same as term_pair() makes of two words of these. */
static inline struct muc_string pair_term(const struct muc_string words[2], char out[TERM_MAX])
{
    pair_word_put(words[0], out);
    out[words[0].size] = ' ';
    pair_word_put(words[1], out + words[0].size + 1);
    return str_of(out, words[0].size + 1 + words[1].size);
}

/* ---- invert_pairs_folded.c */
/** The lists of FAMILY_PAIR, out of which those of FAMILY_PAIR_FOLDED are made. They are the most
 *  that is held while pairs are written, so nothing but their bytes is kept of them, in pieces,
 *  since all in one would be held twice, and copied, as they grow. A list's place is its piece and
 *  where it begins in it.
 *
 *    list := u32 first, u32 second, documents further size byte{size}
 *
 *  the ranks of the folded words; and in varints the number of documents, how many more occurrences
 *  there are, and the size of the list itself. */
struct pair_lists {
    VECTOR(struct buffer) pieces;
    size_t bytes;     /* of all lists */
    uint32_t *counts; /* lists of each first rank */
};

/** Before the first one; `n`: folded ranks. False if memory is out. */
bool pair_lists_start(struct pair_lists *lists, uint32_t n);
/** Keep the list of a pair of exact words, whose folded ones have these ranks. */
bool pair_lists_add(struct pair_lists *lists, uint32_t first, uint32_t second,
                    const struct written_list *list);
void pair_lists_free(struct pair_lists *lists);
int invert_write_folded_pairs(struct families *families, const struct pair_lists *lists,
                              struct muc_error *err);
