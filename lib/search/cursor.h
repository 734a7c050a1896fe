/* SPDX-License-Identifier: MIT */
/* search/cursor.h - a place in a posting list that only moves forward, a block decoded at a time.
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
    bool freqs_read; /* of the open block */
    bool run_open;   /* so are its positions */
    bool bad;        /* the bytes are damaged: it stands at the end */
    uint32_t n_docs; /* of the segment */
    struct postings postings;
    uint32_t *docs;  /* of the open block; behind its last DOC_END, LIST_BLOCK together */
    uint32_t *freqs; /* of the open block, room for LIST_BLOCK, and a 0 behind that */
    struct positions_run run;
};

/** A cursor at the first document, in the arena; NULL: no memory. */
struct cursor *cursor_new(struct arena *arena, const struct segment *segment,
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

/** Stand at place `at` of the open block, or behind the block if it has no more documents. */
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

/** How many documents of the open block are below `doc`, those passed counted too. */
static inline uint32_t cursor_below(const struct cursor *cursor, uint32_t doc)
{
    return cursor->docs[cursor->n - 1] < doc ? cursor->n : docs_below(cursor->docs, doc);
}

/** Move to the first document >= `doc`. */
static inline void cursor_seek(struct cursor *cursor, uint32_t doc)
{
    if (cursor->doc >= doc)
        return;
    if (cursor->docs[cursor->n - 1] < doc)
        cursor_seek_block(cursor, cursor->block + 1, doc);
    else
        cursor_stand(cursor, docs_below(cursor->docs, doc));
}

void cursor_read_freqs(struct cursor *cursor);

/** Frequency of the term in the current document, which is not DOC_END. */
static inline uint32_t cursor_freq(struct cursor *cursor)
{
    if (!cursor->freqs_read)
        cursor_read_freqs(cursor);
    return cursor->freqs[cursor->at];
}

struct positions {
    uint32_t *at;
    size_t n, room; /* as VECTOR() */
};

/** Append the term's positions in the current document. False: damaged (cursor->bad), or no memory.
 */
bool cursor_positions(struct cursor *cursor, struct positions *out);
