/* SPDX-License-Identifier: MIT */
#include "search/cursor.h"

#include <string.h>

static void end(struct cursor *cursor, bool bad)
{
    cursor->doc = DOC_END;
    cursor->bad |= bad;
}

static struct cursor *start(struct arena *arena, const struct segment *segment,
                            const struct postings *postings, bool docs_only)
{
    struct cursor *cursor = arena_alloc(arena, sizeof *cursor);
    uint32_t *docs = arena_alloc(arena, 2 * LIST_BLOCK * sizeof *docs);

    if (!cursor || !docs)
        return NULL;
    *cursor = (struct cursor){
        .n_docs = segment->n_docs,
        .postings = *postings,
        .docs = docs,
        .freqs = docs + LIST_BLOCK,
        .freqs_block = UINT32_MAX,
        .docs_only = docs_only,
    };
    cursor_seek_block(cursor, 0, 0);
    return cursor;
}

struct cursor *cursor_new(struct arena *arena, const struct segment *segment,
                          const struct postings *postings)
{
    return start(arena, segment, postings, false);
}

struct cursor *cursor_new_docs(struct arena *arena, const struct segment *segment,
                               const struct postings *postings)
{
    return start(arena, segment, postings, true);
}

/** Take the open block as bits; false: it is not such a one. */
static bool open_dense(struct cursor *cursor)
{
    uint32_t w = 0;

    if (!list_block_dense(&cursor->in, &cursor->dense))
        return false;
    while (!dense_word(&cursor->dense, w)) /* the last one is not 0 */
        w++;
    cursor->first =
        cursor->dense.first + 64 * w + (uint32_t)__builtin_ctzll(dense_word(&cursor->dense, w));
    cursor->last = cursor->dense.last;
    cursor->docs_read = cursor->ranked = false;
    return true;
}

static bool open_full(struct cursor *cursor)
{
    cursor->n = LIST_BLOCK;
    if (open_dense(cursor))
        return true;
    cursor->docs_read = true;
    if (!list_block_docs(&cursor->in, cursor->docs))
        return false;
    cursor->first = cursor->docs[0];
    cursor->last = cursor->docs[LIST_BLOCK - 1];
    return true;
}

_Static_assert(DOC_END == UINT32_MAX, "bytes of 0xff are such");

/** The block is not full; or its bytes are bad. */
static bool open_short(struct cursor *cursor)
{
    const struct list *list = &cursor->postings.list;

    cursor->in.freqs = NULL;
    cursor->docs_read = true;
    if (cursor->docs_only) {
        cursor->n = list_docs(list, cursor->block, cursor->docs);
    } else {
        cursor->n = list_both(list, cursor->block, cursor->docs, cursor->freqs);
        cursor->freqs_block = cursor->block;
    }
    if (!cursor->n)
        return false;
    memset(cursor->docs + cursor->n, 0xff, (LIST_BLOCK - cursor->n) * sizeof *cursor->docs);
    cursor->first = cursor->docs[0];
    cursor->last = cursor->docs[cursor->n - 1];
    return true;
}

static bool open_block(struct cursor *cursor)
{
    return list_block_open(&cursor->postings.list, cursor->block, &cursor->in) ? open_full(cursor)
                                                                               : open_short(cursor);
}

bool cursor_open_block(struct cursor *cursor, uint32_t block)
{
    if (cursor->n == 0 || cursor->block != block) {
        cursor->block = block;
        cursor->run_open = false;
        if (!open_block(cursor) || cursor->last >= cursor->n_docs) {
            cursor->n = 0;
            end(cursor, true);
            return false;
        }
    }
    cursor->at = 0;
    cursor->doc = cursor->first;
    return true;
}

void cursor_read_docs(struct cursor *cursor)
{
    cursor->docs_read = true;
    if (dense_decode(&cursor->dense, cursor->docs))
        return;
    cursor->bad = true;
    for (uint32_t i = 0; i < LIST_BLOCK; i++)
        cursor->docs[i] = cursor->last;
}

void cursor_read_ranks(struct cursor *cursor)
{
    uint32_t n = 0;

    cursor->ranked = true;
    for (uint32_t w = 0; w < cursor->dense.n; w++) {
        cursor->ranks[w] = (uint8_t)n;
        n += count_bits(dense_word(&cursor->dense, w));
    }
    if (n == LIST_BLOCK)
        return;
    cursor->bad = true;
    memset(cursor->ranks, 0, sizeof cursor->ranks); /* places stay below LIST_BLOCK */
}

void cursor_seek_bit(struct cursor *cursor, uint32_t doc)
{
    uint32_t bit = doc - cursor->dense.first, w = bit / 64;
    uint64_t word = dense_word(&cursor->dense, w) & ~(uint64_t)0 << bit % 64;

    while (!word) /* the last one is not 0, and has a bit at or above that of `doc` */
        word = dense_word(&cursor->dense, ++w);
    cursor->doc = cursor->dense.first + 64 * w + (uint32_t)__builtin_ctzll(word);
    cursor->at = cursor_rank(cursor, cursor->doc);
}

void cursor_rewind(struct cursor *cursor)
{
    if (!cursor->bad)
        cursor_open_block(cursor, 0);
}

void cursor_seek_block(struct cursor *cursor, uint32_t block, uint32_t doc)
{
    const struct list *list = &cursor->postings.list;

    block = block < list->n_blocks ? list_seek(list, block, doc) : block;
    if (block >= list->n_blocks)
        end(cursor, false);
    else if (cursor_open_block(cursor, block) && cursor->doc < doc) {
        if (cursor->last < doc)
            end(cursor, false); /* the only block of a short list */
        else
            cursor_seek(cursor, doc);
    }
}

bool cursor_reach_block(struct cursor *cursor, uint32_t doc)
{
    const struct list *list = &cursor->postings.list;
    uint32_t block = list_seek(list, cursor->block + 1, doc);

    if (block < list->n_blocks && cursor_open_block(cursor, block) && cursor->last >= doc)
        return true;
    end(cursor, false);
    return false;
}

void cursor_fill(struct cursor *cursor, uint32_t start, uint32_t n_words, uint64_t *bits)
{
    const struct list *list = &cursor->postings.list;
    uint32_t end_doc = start + 64 * n_words;
    uint8_t *bytes = (uint8_t *)bits; /* lowest first: so few wait for the document before */

    while (cursor->doc < end_doc) {
        if (!cursor->docs_read) {
            dense_fill(&cursor->dense, cursor->doc, start, n_words, bits);
        } else {
            const uint32_t *docs = cursor->docs;

            for (uint32_t i = cursor->at, to = cursor_below(cursor, end_doc); i < to; i++)
                bytes[(docs[i] - start) / 8] |= (uint8_t)(1U << (docs[i] - start) % 8);
        }
        if (cursor->last >= end_doc) {
            cursor_seek(cursor, end_doc);
        } else {
            uint32_t next = list_fill(list, cursor->block + 1, start, n_words, bits);

            if (next < list->n_blocks)
                cursor_open_block(cursor, next);
            else
                end(cursor, false);
        }
    }
}

void cursor_read_freqs(struct cursor *cursor, uint32_t block)
{
    cursor->freqs_block = block;
    cursor->run_open = false; /* it counts by them */
    if (cursor->in.freqs && block == cursor->block
            ? list_block_freqs(&cursor->in, cursor->freqs)
            : list_freqs(&cursor->postings.list, block, cursor->freqs))
        return;
    cursor->bad = true;
    for (uint32_t i = 0; i < LIST_BLOCK; i++)
        cursor->freqs[i] = 1;
}

/** Open the run of positions of the open block. */
static bool open_run(struct cursor *cursor)
{
    const struct postings *postings = &cursor->postings;
    uint32_t start = list_positions_at(&postings->list, cursor->block);

    return postings->positions && start <= postings->positions_size &&
           positions_open(&cursor->run, postings->positions + start,
                          postings->positions_size - start, cursor_freqs(cursor, cursor->block),
                          cursor->n);
}

bool cursor_positions(struct cursor *cursor, struct positions *out)
{
    uint32_t freq = cursor_freq(cursor);

    if (!cursor->run_open && !(cursor->run_open = open_run(cursor))) {
        cursor->bad = true;
        return false;
    }
    if (!vector_reserve(out, freq))
        return false;
    if (!positions_read(&cursor->run, cursor->at, out->at + out->n)) {
        cursor->bad = true;
        return false;
    }
    out->n += freq;
    return true;
}
