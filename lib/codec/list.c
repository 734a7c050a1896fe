/* SPDX-License-Identifier: MIT */
/* How a block is packed:
 *
 *   block   := full | codes                      by the number of its documents: 128, or fewer
 *   full    := pack(gap - 1) | dense(document), [ pack(frequency - 1) ]     codec/pack.h, dense.h;
 *                                                the flag in the first head: all frequencies are 1
 *                                                and not stored
 *   codes   := u8 k (bits 0 … 4), f (bits 5 … 7), codes(gap - 1){n}, [ codes(frequency - 1){n} ]
 *                                                codec/codes.h: gaps with order k, frequencies with
 *                                                order f - 1; f = 0: all are 1 and not stored
 *
 * A gap counts from the document before; the first of a list from -1, that of a block from the last
 * document of the block before it. Nothing may be left behind what a block says. */
#include "codec/list.h"

#include "base/bytes.h"
#include "codec/codes.h"
#include "codec/dense.h"
#include "codec/list_parts.h"
#include "codec/pack.h"

enum { CHAMPIONS_HEAD = 3 };

_Static_assert((int)DENSE_FLAG == (int)PACK_FLAG && (int)DENSE_VALUES == (int)LIST_BLOCK,
               "either form of a full block says the same of frequencies");

bool list_open(struct list *list, const uint8_t *at, size_t size, uint32_t n, bool with_positions)
{
    struct bytes in = bytes_of(at, size);
    uint32_t m = n / LIST_BLOCK + (n % LIST_BLOCK > 0);
    struct list opened = { .n = n, .n_blocks = m, .impact = UINT8_MAX };

    if (n == 0)
        return false;
    if (n > 1)
        opened.impact = bytes_byte(&in);
    if (m > 1) {
        uint8_t bytes = bytes_byte(&in);

        opened.end_bytes = 1 + (bytes & 3);
        opened.position_bytes = 1 + (bytes >> 2 & 3);
        if (bytes >> 4 || opened.end_bytes < 2 || opened.position_bytes < 2)
            return false;
        opened.last = bytes_take(&in, 4 * (size_t)m);
        opened.ends = bytes_take(&in, opened.end_bytes * (size_t)m);
        if (with_positions)
            opened.position_starts = bytes_take(&in, opened.position_bytes * (size_t)m);
        opened.impacts = bytes_take(&in, m);
        opened.champions = bytes_take(&in, CHAMPIONS_HEAD); /* the bytes behind the tables, too */
        size = in.bad ? 0 : entry_of(opened.ends, opened.end_bytes, m - 1);
        if (in.bad || size > bytes_left(&in))
            return false;
        in.at = in.end - size;
    }
    opened.blocks = in.at;
    opened.end = in.end;
    if (in.bad)
        return false;
    *list = opened;
    return true;
}

/** The only block of a list. */
static struct list_block only_block(const uint8_t *at, const uint8_t *end, uint32_t n)
{
    return (struct list_block){ at, end, NULL, n, BEFORE_FIRST, UINT32_MAX };
}

static inline bool block_find(const struct list *list, uint32_t i, struct list_block *block)
{
    size_t size = (size_t)(list->end - list->blocks), start, end;

    if (i >= list->n_blocks)
        return false;
    if (list->n_blocks == 1) {
        *block = only_block(list->blocks, list->end, list->n);
        return true;
    }
    start = i ? entry_of(list->ends, list->end_bytes, i - 1) : 0;
    end = entry_of(list->ends, list->end_bytes, i);
    if (start > end || end > size)
        return false;
    block->at = list->blocks + start;
    block->end = list->blocks + end;
    block->freqs = NULL;
    block->n = list_block_size(list, i);
    block->before = i ? entry_u32(list->last, i - 1) : BEFORE_FIRST;
    block->last = entry_u32(list->last, i);
    return true;
}

/** A list of one document; `freq` may be NULL. */
static bool single_read(const struct list_block *block, uint32_t *doc, uint32_t *freq)
{
    struct bytes in = { block->at, block->end, false };
    uint64_t head = bytes_varint64(&in);
    uint64_t more = head & 1 ? (uint64_t)bytes_varint(&in) + 1 : 0;

    if (in.bad || in.at != in.end || head >> 1 > UINT32_MAX || more >= UINT32_MAX)
        return false;
    *doc = (uint32_t)(head >> 1);
    *freq = (uint32_t)more + 1;
    return true;
}

/** The documents of a block that is not full; `freqs` is the order of frequencies, and 1. */
static bool take_docs(struct codes *codes, const struct list_block *block, uint32_t *docs,
                      unsigned *freqs)
{
    if (block->at >= block->end || !codes_open(codes, block->at + 1, block->end))
        return false;
    *freqs = *block->at >> 5;
    return docs ? codes_read_rising(codes, *block->at & 31, block->n, block->before, docs)
                : codes_skip(codes, *block->at & 31, block->n);
}

static bool codes_docs(const struct list_block *block, uint32_t *docs)
{
    struct codes codes;
    unsigned f;

    return take_docs(&codes, block, docs, &f) && (f || codes_at_end(&codes));
}

/** `docs`: NULL: they are not asked for. */
static bool codes_both(const struct list_block *block, uint32_t *docs, uint32_t *freqs)
{
    struct codes codes;
    unsigned f;

    if (!take_docs(&codes, block, docs, &f))
        return false;
    if (f && !codes_read(&codes, f - 1, block->n, freqs))
        return false;
    for (uint32_t i = 0; i < block->n && !f; i++)
        freqs[i] = 1;
    return codes_at_end(&codes);
}

/* ---- full blocks */

static bool full_dense(struct list_block *block, struct dense *dense)
{
    if (!dense_open(dense, block->at, block->end, block->before))
        return false;
    block->freqs = block->at + dense_size(*block->at);
    return true;
}

static bool full_docs(struct list_block *block, uint32_t *docs)
{
    struct dense dense;

    if (block->at < block->end && dense_is(*block->at)) {
        if (!full_dense(block, &dense) || !dense_decode(&dense, docs))
            return false;
    } else {
        size_t size = pack_decode_rising(block->at, block->end, block->before, docs);

        if (!size)
            return false;
        block->freqs = block->at + size;
    }
    return !(block->at[0] & PACK_FLAG) || block->freqs == block->end;
}

/** Find where the frequencies are. */
static bool skip_docs(struct list_block *block)
{
    size_t left = (size_t)(block->end - block->at), size;

    if (block->freqs)
        return true;
    size =
        !left || !dense_is(*block->at) ? pack_size(block->at, block->end) : dense_size(*block->at);
    if (!size || size > left)
        return false;
    block->freqs = block->at + size;
    return true;
}

bool list_block_freqs(struct list_block *block, uint32_t *freqs)
{
    size_t left;

    if (!skip_docs(block))
        return false;
    left = (size_t)(block->end - block->freqs);
    if (!(block->at[0] & PACK_FLAG))
        return left && pack_decode(block->freqs, block->end, 1, freqs) == left;
    for (uint32_t i = 0; i < LIST_BLOCK; i++)
        freqs[i] = 1;
    return !left;
}

bool list_block_open(const struct list *list, uint32_t i, struct list_block *block)
{
    return block_find(list, i, block) && block->n == LIST_BLOCK;
}

bool list_block_dense(struct list_block *block, struct dense *dense)
{
    return block->at < block->end && dense_is(*block->at) && full_dense(block, dense) &&
           (block->last == UINT32_MAX || block->last == dense->last);
}

bool list_block_docs(struct list_block *block, uint32_t *docs)
{
    return full_docs(block, docs) &&
           (block->last == UINT32_MAX || block->last == docs[LIST_BLOCK - 1]);
}

bool list_block_freqs_open(struct list_block *block, struct packed *freqs)
{
    if (!skip_docs(block))
        return false;
    if (*block->at & PACK_FLAG) {
        *freqs = (struct packed){ .end = block->freqs };
        return freqs->end == block->end;
    }
    return packed_open(freqs, block->freqs, block->end) && freqs->end == block->end;
}

/* ---- any block */

uint32_t list_docs(const struct list *list, uint32_t block, uint32_t *docs)
{
    struct list_block in;
    uint32_t freq;
    bool good;

    if (!block_find(list, block, &in))
        return 0;
    if (list->n == 1)
        good = single_read(&in, docs, &freq);
    else if (in.n == LIST_BLOCK)
        good = full_docs(&in, docs);
    else
        good = codes_docs(&in, docs);
    if (good && list->n_blocks > 1)
        good = docs[in.n - 1] == entry_u32(list->last, block);
    return good ? in.n : 0;
}

uint32_t list_both(const struct list *list, uint32_t block, uint32_t *docs, uint32_t *freqs)
{
    struct list_block in;

    if (!block_find(list, block, &in))
        return 0;
    if (list->n == 1)
        return single_read(&in, docs, freqs) ? 1 : 0;
    if (in.n == LIST_BLOCK)
        return list_docs(list, block, docs) ? list_freqs(list, block, freqs) : 0;
    if (!codes_both(&in, docs, freqs) ||
        (list->n_blocks > 1 && docs[in.n - 1] != entry_u32(list->last, block)))
        return 0;
    return in.n;
}

uint32_t list_read_short(const uint8_t *at, size_t size, uint32_t n, uint32_t *docs,
                         uint32_t *freqs)
{
    struct list_block in = only_block(at, at + size, n);
    bool good;

    if (!n || n > LIST_BLOCK || !size)
        return 0;
    in.at += n > 1; /* the impact */
    if (n == 1)
        good = single_read(&in, docs, freqs);
    else if (n == LIST_BLOCK)
        good = full_docs(&in, docs) && list_block_freqs(&in, freqs);
    else
        good = codes_both(&in, docs, freqs);
    return good ? n : 0;
}

bool list_champions(const struct list *list, struct champions *champions)
{
    const uint8_t *at = list->champions;
    const struct list_block block = only_block(at + CHAMPIONS_HEAD, list->blocks, at[2]);

    if (block.n > CHAMPIONS_MOST)
        return false;
    champions->n = block.n;
    champions->rest = (uint16_t)(at[0] | at[1] << 8);
    return !block.n || codes_both(&block, champions->docs, champions->freqs);
}

/* One block after the other: each begins where the one before ends, in the bytes and among the
 * documents. There are many, of a few words each: nothing is asked twice, and where one begins does
 * not wait for what is in the one before. */
uint32_t list_fill(const struct list *list, uint32_t block, uint32_t start, uint32_t n_words,
                   uint64_t *bits)
{
    const uint32_t n_full = list->n_blocks - 1;
    const uint8_t *blocks = list->blocks;
    const size_t size = (size_t)(list->end - blocks);
    uint32_t before;
    struct list_block in;
    size_t at;

    if (block >= n_full || !block_find(list, block, &in) || in.before + 1 < start)
        return block;
    at = (size_t)(in.at - blocks);
    before = in.before;
    for (; block < n_full; block++) {
        size_t end = entry_of(list->ends, list->end_bytes, block);
        uint32_t offset = before + 1 - start;
        struct dense dense;

        if (end > size || at > end || !dense_open(&dense, blocks + at, blocks + end, before) ||
            offset / 64 + dense.n >= n_words)
            break;
        before = entry_u32(list->last, block);
        if (dense.last != before)
            break;
        dense_shift(&dense, offset % 64, bits + offset / 64);
        at = end;
    }
    return block;
}

uint32_t list_freqs(const struct list *list, uint32_t block, uint32_t *freqs)
{
    struct list_block in;
    uint32_t doc;
    bool good;

    if (!block_find(list, block, &in))
        return 0;
    if (list->n == 1)
        good = single_read(&in, &doc, freqs);
    else if (in.n == LIST_BLOCK)
        good = list_block_freqs(&in, freqs);
    else
        good = codes_both(&in, NULL, freqs);
    return good ? in.n : 0;
}
