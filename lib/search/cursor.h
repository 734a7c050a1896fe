/* SPDX-License-Identifier: MIT */
/* search/cursor.h - a place in a posting list that only moves forward, a block at a time. Blocks of
 * a bit each (codec/dense.h) are read where they lie until somebody wants their documents.
 */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "codec/positions.h"
#include "index/reader.h"

#define DOC_END UINT32_MAX /* no document: behind the last one */

struct cursor {
    uint32_t doc;   /* the current document, or DOC_END */
    uint32_t at, n; /* place in the open block, its documents */
    uint32_t block;
    uint32_t first, last; /* document of the open block */
    bool docs_read;       /* of the open block; else `dense` has them */
    bool run_open;        /* so are its positions */
    bool bad;             /* the bytes are damaged: it stands at the end */
    bool docs_only;       /* frequencies are not read along with documents */
    uint32_t n_docs;      /* of the segment */
    struct postings postings;
    struct list_block in;       /* the open block, where it is full; else `freqs` is NULL */
    struct dense dense;         /* the same, where docs_read is false */
    bool ranked;                /* the open block's ranks are there: */
    uint8_t ranks[DENSE_WORDS]; /* of dense words, documents of the words before */
    uint32_t *docs;             /* of the open block: cursor_docs(); DOC_END up to LIST_BLOCK */
    uint32_t *freqs;            /* cursor_freqs(); room for LIST_BLOCK */
    uint32_t freqs_block;       /* the block they are of; UINT32_MAX: none yet */
    struct positions_run run;
};

/** A cursor at the first document, in the arena; NULL: no memory. */
struct cursor *cursor_new(struct arena *arena, const struct segment *segment,
                          const struct postings *postings);
/** The same of a list whose frequencies are hardly asked for: of a short one they are not read. */
struct cursor *cursor_new_docs(struct arena *arena, const struct segment *segment,
                               const struct postings *postings);

/** Decode the first block >= `block` that may hold `doc` and stand at the first document >= it. */
void cursor_seek_block(struct cursor *cursor, uint32_t block, uint32_t doc);

/** Stand at the first document of block `block`, which the list has and no earlier one was left
 * for. False: the bytes are bad. */
bool cursor_open_block(struct cursor *cursor, uint32_t block);

/** Back to the first document. */
void cursor_rewind(struct cursor *cursor);

/** Stand at the first document behind the open block. */
static inline void cursor_next_block(struct cursor *cursor)
{
    cursor_seek_block(cursor, cursor->block + 1, 0);
}

void cursor_read_docs(struct cursor *cursor);

/** The documents of the open block. */
static inline const uint32_t *cursor_docs(struct cursor *cursor)
{
    if (!cursor->docs_read)
        cursor_read_docs(cursor);
    return cursor->docs;
}

/** Stand at place `at` of the open block, whose documents were read, or behind the block if it has
 *  no more documents. */
static inline void cursor_stand(struct cursor *cursor, uint32_t at)
{
    if (at == cursor->n) {
        cursor_next_block(cursor);
    } else {
        cursor->at = at;
        cursor->doc = cursor->docs[at];
    }
}

/** How many of a block's documents are below `doc`, which is not above the last of them. Without
 *  branches, which nothing would predict. */
static inline uint32_t docs_below(const uint32_t docs[LIST_BLOCK], uint32_t doc)
{
    uint32_t n = 0;

    for (uint32_t step = LIST_BLOCK / 2; step; step /= 2)
        n += step & -(uint32_t)(docs[n + step - 1] < doc);
    return n;
}

void cursor_read_ranks(struct cursor *cursor);

/** How many documents of the open block, which is a bit each, are below `doc`: one of first … last.
 */
static inline uint32_t cursor_rank(struct cursor *cursor, uint32_t doc)
{
    uint32_t bit = doc - cursor->dense.first;
    uint64_t below = ((uint64_t)1 << bit % 64) - 1;

    if (!cursor->ranked)
        cursor_read_ranks(cursor);
    return cursor->ranks[bit / 64] + count_bits(dense_word(&cursor->dense, bit / 64) & below);
}

/** How many documents of the open block are below `doc`, those passed counted too. */
static inline uint32_t cursor_below(struct cursor *cursor, uint32_t doc)
{
    if (cursor->last < doc)
        return cursor->n;
    if (cursor->docs_read)
        return docs_below(cursor->docs, doc);
    return doc <= cursor->first ? 0 : cursor_rank(cursor, doc);
}

/** As cursor_reach(), behind the open block. */
bool cursor_reach_block(struct cursor *cursor, uint32_t doc);

/** Move to the first document >= `doc` of the open block, which is a bit each and has one. */
void cursor_seek_bit(struct cursor *cursor, uint32_t doc);

/** Move to the first document >= `doc`. */
static inline void cursor_seek(struct cursor *cursor, uint32_t doc)
{
    if (cursor->doc >= doc)
        return;
    if (cursor->last < doc)
        cursor_seek_block(cursor, cursor->block + 1, doc);
    else if (!cursor->docs_read)
        cursor_seek_bit(cursor, doc);
    else
        cursor_stand(cursor, docs_below(cursor->docs, doc));
}

/** Open the first block that may hold documents >= `doc`, wherever the cursor stands in it then, a
 *  document of it below `doc` or above. False: there is none, and it stands at the end. */
static inline bool cursor_reach(struct cursor *cursor, uint32_t doc)
{
    return cursor->doc != DOC_END && (cursor->last >= doc || cursor_reach_block(cursor, doc));
}

/** Set the bits of the documents of [start, start + 64 × n_words), bit 0 that of `start`, and move
 *  to the first document behind; the cursor is not before `start`. */
void cursor_fill(struct cursor *cursor, uint32_t start, uint32_t n_words, uint64_t *bits);

void cursor_read_freqs(struct cursor *cursor, uint32_t block);

/** The frequencies of a block of the list, whether it is open or not. */
static inline const uint32_t *cursor_freqs(struct cursor *cursor, uint32_t block)
{
    if (cursor->freqs_block != block)
        cursor_read_freqs(cursor, block);
    return cursor->freqs;
}

/** Frequency of the term in the current document, which is not DOC_END. */
static inline uint32_t cursor_freq(struct cursor *cursor)
{
    return cursor_freqs(cursor, cursor->block)[cursor->at];
}

struct positions {
    uint32_t *at;
    size_t n, room; /* as VECTOR() */
};

/** Append the term's positions in the current document. False: damaged (cursor->bad), or no memory.
 */
bool cursor_positions(struct cursor *cursor, struct positions *out);
