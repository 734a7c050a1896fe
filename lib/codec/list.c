/* SPDX-License-Identifier: MIT */
/* How a block is packed:
 *
 *   block   := full | bits                       by the number of its documents: 128, or fewer
 *   full    := pack(gap - 1) | dense(document), [ pack(frequency - 1) ]     codec/pack.h, dense.h;
 *                                                the flag in the first head: all frequencies are 1
 *                                                and not stored
 *   bits    := k (bits 0 … 4), f (bits 5 … 7), code(gap - 1){n}, [ code(frequency - 1){n} ]
 *                                                codec/bits.h: gaps with order k, frequencies with
 *                                                order f - 1; f = 0: all are 1 and not stored
 *
 * A gap counts from the document before; the first of a list from -1, that of a block from the last
 * document of the block before it. Nothing may be left behind what a block says. */
#include "codec/list.h"

#include <string.h>

#include "base/bytes.h"
#include "codec/bits.h"
#include "codec/dense.h"
#include "codec/list_parts.h"
#include "codec/pack.h"

enum { FREQ_ORDERS = 7 };

/* A bit each may take this more than a pack: so much of the pack's bytes, and these besides. */
enum { DENSE_SHARE = 2, DENSE_MORE = 16 };

_Static_assert((int)DENSE_FLAG == (int)PACK_FLAG && (int)DENSE_VALUES == (int)LIST_BLOCK,
               "either form of a full block says the same of frequencies");

#define BEFORE_FIRST UINT32_MAX /* -1: the first document of a list counts from it */

/* ---- writing */

static void append_bits(struct buffer *out, const uint32_t *gaps, const uint32_t *more, uint32_t n,
                        bool plain)
{
    unsigned k = bits_best_order(gaps, n, CODE_ORDERS);
    unsigned f = plain ? 0 : 1 + bits_best_order(more, n, FREQ_ORDERS);
    struct bits_writer writer;

    if (!bits_start(&writer, out, 1 + 2 * (size_t)n * CODE_MOST))
        return;
    bits_put(&writer, k | f << 5, 8);
    for (uint32_t i = 0; i < n; i++)
        bits_put_code(&writer, gaps[i], k);
    for (uint32_t i = 0; i < n && f; i++)
        bits_put_code(&writer, more[i], f - 1);
    bits_finish(&writer);
}

/** Documents of a full block: a bit each where that takes little more than a pack of their gaps,
 * for it is far sooner read. */
static void append_full(struct buffer *out, const uint32_t *docs, const uint32_t *gaps,
                        uint32_t before, uint8_t flag)
{
    size_t start = out->size, dense = dense_size_of(docs, before), size;

    pack_encode(out, gaps, flag);
    size = out->size - start;
    if (out->failed || dense > size + size / DENSE_SHARE + DENSE_MORE)
        return;
    out->size = start;
    dense_encode(out, docs, before, flag);
}

static void append_block(struct buffer *out, const uint32_t *docs, const uint32_t *freqs,
                         uint32_t n, uint32_t previous)
{
    uint32_t gaps[LIST_BLOCK], more[LIST_BLOCK], all = 0; /* both less 1 */

    gaps[0] = docs[0] - previous - 1;
    for (uint32_t i = 1; i < n; i++)
        gaps[i] = docs[i] - docs[i - 1] - 1;
    for (uint32_t i = 0; i < n; i++)
        all |= more[i] = freqs[i] - 1;
    if (n < LIST_BLOCK) {
        append_bits(out, gaps, more, n, !all);
        return;
    }
    append_full(out, docs, gaps, previous, all ? 0 : PACK_FLAG);
    if (all)
        pack_encode(out, more, 0);
}

enum { SINGLE_MOST = 10 /* bytes */ };

static void append_single(struct buffer *out, uint32_t doc, uint32_t freq)
{
    uint64_t head = (uint64_t)doc << 1 | (freq > 1);
    uint8_t *to;

    if (!buffer_reserve(out, SINGLE_MOST))
        return;
    to = out->at + out->size;
    for (; head >= 0x80; head >>= 7)
        *to++ = (uint8_t)(head | 0x80);
    *to++ = (uint8_t)head;
    out->size = (size_t)(to - out->at);
    if (freq > 1)
        buffer_varint(out, freq - 2);
}

void list_write_short(struct buffer *out, const uint32_t *docs, const uint32_t *freqs, uint32_t n,
                      uint8_t impact)
{
    if (n > 1) {
        buffer_byte(out, impact);
        append_block(out, docs, freqs, n, BEFORE_FIRST);
        return;
    }
    append_single(out, docs[0], freqs[0]);
}

void list_builder_start(struct list_builder *builder, bool with_positions)
{
    buffer_clear(&builder->last);
    buffer_clear(&builder->ends);
    buffer_clear(&builder->positions);
    buffer_clear(&builder->impacts);
    buffer_clear(&builder->blocks);
    builder->n = 0;
    builder->previous = BEFORE_FIRST;
    builder->with_positions = with_positions;
}

void list_builder_block(struct list_builder *builder, const uint32_t *docs, const uint32_t *freqs,
                        uint32_t n, uint8_t impact, uint32_t positions_at)
{
    if (n == 0 || n > LIST_BLOCK)
        return;
    append_block(&builder->blocks, docs, freqs, n, builder->previous);
    if (builder->blocks.size > UINT32_MAX)
        builder->blocks.failed = true;
    builder->previous = docs[n - 1];
    builder->n += n;
    buffer_u32(&builder->last, builder->previous);
    buffer_u32(&builder->ends, (uint32_t)builder->blocks.size);
    if (builder->with_positions)
        buffer_u32(&builder->positions, positions_at);
    buffer_byte(&builder->impacts, impact);
}

/** Bytes that each number of a table needs, 2 … 4. */
static unsigned bytes_needed(const struct buffer *table)
{
    uint32_t most = 0;

    for (size_t i = 0; i < table->size; i++)
        most |= (uint32_t)table->at[i] << 8 * (i % 4);
    return most > 0xffffff ? 4 : most > 0xffff ? 3 : 2;
}

/** The lowest `bytes` bytes of each number of a table. */
static void append_table(struct buffer *out, const struct buffer *table, unsigned bytes)
{
    for (size_t i = 0; i < table->size; i += 4)
        buffer_append(out, table->at + i, bytes);
}

bool list_builder_finish(struct list_builder *builder, struct buffer *out)
{
    struct buffer *const parts[] = { &builder->last, &builder->ends, &builder->positions,
                                     &builder->impacts, &builder->blocks };
    enum { PARTS = sizeof parts / sizeof parts[0] };
    unsigned end_bytes, position_bytes;
    uint8_t impact = 0;

    for (size_t i = 0; i < PARTS; i++)
        if (parts[i]->failed)
            return false;
    end_bytes = bytes_needed(&builder->ends);
    position_bytes = bytes_needed(&builder->positions);
    for (size_t i = 0; i < builder->impacts.size; i++)
        impact = builder->impacts.at[i] > impact ? builder->impacts.at[i] : impact;
    buffer_byte(out, impact);
    if (builder->n > LIST_BLOCK) { /* of one block there is no table */
        buffer_byte(out, (uint8_t)((end_bytes - 1) | (position_bytes - 1) << 2));
        buffer_append(out, builder->last.at, builder->last.size);
        append_table(out, &builder->ends, end_bytes);
        append_table(out, &builder->positions, position_bytes);
        buffer_append(out, builder->impacts.at, builder->impacts.size);
    }
    buffer_append(out, builder->blocks.at, builder->blocks.size);
    list_builder_start(builder, builder->with_positions);
    return !out->failed;
}

void list_builder_free(struct list_builder *builder)
{
    buffer_free(&builder->last);
    buffer_free(&builder->ends);
    buffer_free(&builder->positions);
    buffer_free(&builder->impacts);
    buffer_free(&builder->blocks);
}

/* ---- reading */

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
        opened.impacts = bytes_take(&in, m); /* m >= 2: the bytes behind the tables */
        if (in.bad || entry_of(opened.ends, opened.end_bytes, m - 1) != bytes_left(&in))
            return false;
    }
    opened.blocks = in.at;
    opened.end = in.end;
    if (in.bad)
        return false;
    *list = opened;
    return true;
}

/* One block: where it lies, how many documents, what its first gap counts from. */
struct block {
    const uint8_t *at, *end;
    uint32_t n, before;
};

static bool block_find(const struct list *list, uint32_t i, struct block *block)
{
    size_t size = (size_t)(list->end - list->blocks), start = 0, end = size;

    if (i >= list->n_blocks)
        return false;
    if (list->n_blocks > 1) {
        start = i ? entry_of(list->ends, list->end_bytes, i - 1) : 0;
        end = entry_of(list->ends, list->end_bytes, i);
    }
    if (start > end || end > size)
        return false;
    block->at = list->blocks + start;
    block->end = list->blocks + end;
    block->n = list_block_size(list, i);
    block->before = i ? entry_u32(list->last, i - 1) : UINT32_MAX;
    return true;
}

/** A list of one document; `freq` may be NULL. */
static bool single_read(const struct block *block, uint32_t *doc, uint32_t *freq)
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

/** Documents; `in` is left behind them. (It is read in a copy, which can stay in registers.) */
static bool take_docs(struct bits *in, unsigned k, const struct block *block, uint32_t *docs)
{
    uint64_t next = (uint32_t)(block->before + 1), all = 0; /* next: lowest number still allowed */
    struct bits bits = *in;

    for (uint32_t i = 0; i < block->n; i++) {
        uint64_t gap = bits_take_code(&bits, k);

        all |= gap;
        next += gap;
        docs[i] = (uint32_t)next++;
    }
    *in = bits;
    return !bits.bad && all <= UINT32_MAX && next <= (uint64_t)UINT32_MAX + 1;
}

static bool bits_docs(const struct block *block, uint32_t *docs)
{
    struct bits in = bits_of(block->at, block->end);
    unsigned head = (unsigned)bits_take(&in, 8);

    return take_docs(&in, head & 31, block, docs) && (head >> 5 || bits_at_end(&in));
}

/** Frequencies, from behind the documents on. */
static bool take_freqs(const struct bits *in, unsigned f, uint32_t n, uint32_t *freqs)
{
    struct bits bits = *in;
    uint64_t all = 0;

    if (!f) {
        for (uint32_t i = 0; i < n; i++)
            freqs[i] = 1;
        return bits_at_end(&bits);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint64_t more = bits_take_code(&bits, f - 1);

        all |= more;
        freqs[i] = 1 + (uint32_t)more;
    }
    return all <= UINT32_MAX && bits_at_end(&bits);
}

static bool bits_freqs(const struct block *block, uint32_t *freqs)
{
    struct bits in = bits_of(block->at, block->end);
    unsigned head = (unsigned)bits_take(&in, 8);

    for (uint32_t i = 0; i < block->n; i++)
        bits_take_code(&in, head & 31);
    return take_freqs(&in, head >> 5, block->n, freqs);
}

static bool bits_both(const struct block *block, uint32_t *docs, uint32_t *freqs)
{
    struct bits in = bits_of(block->at, block->end);
    unsigned head = (unsigned)bits_take(&in, 8);

    return take_docs(&in, head & 31, block, docs) && take_freqs(&in, head >> 5, block->n, freqs);
}

/** Bytes of the documents of a full block; 0: bad. */
static size_t full_docs_size(const struct block *block)
{
    size_t left = (size_t)(block->end - block->at), size;

    if (!left || !dense_is(*block->at))
        return pack_size(block->at, block->end);
    size = dense_size(*block->at);
    return size <= left ? size : 0;
}

static bool full_docs(const struct block *block, uint32_t *docs)
{
    size_t size;

    if (block->at < block->end && dense_is(*block->at)) {
        struct dense dense;

        if (!dense_open(&dense, block->at, block->end, block->before) ||
            !dense_decode(&dense, docs))
            return false;
        size = dense_size(*block->at);
    } else {
        size = pack_decode_rising(block->at, block->end, block->before, docs);
    }
    return size && (!(block->at[0] & PACK_FLAG) || block->at + size == block->end);
}

static bool full_freqs(const struct block *block, uint32_t *freqs)
{
    size_t docs = full_docs_size(block);
    size_t size = (size_t)(block->end - block->at);

    if (docs == 0)
        return false;
    if (!(block->at[0] & PACK_FLAG))
        docs += pack_decode(block->at + docs, block->end, 1, freqs);
    else
        for (uint32_t i = 0; i < LIST_BLOCK; i++)
            freqs[i] = 1;
    return docs == size;
}

uint32_t list_docs(const struct list *list, uint32_t block, uint32_t *docs)
{
    struct block in;
    uint32_t freq;
    bool good;

    if (!block_find(list, block, &in))
        return 0;
    if (list->n == 1)
        good = single_read(&in, docs, &freq);
    else if (in.n == LIST_BLOCK)
        good = full_docs(&in, docs);
    else
        good = bits_docs(&in, docs);
    if (good && list->n_blocks > 1)
        good = docs[in.n - 1] == entry_u32(list->last, block);
    return good ? in.n : 0;
}

uint32_t list_both(const struct list *list, uint32_t block, uint32_t *docs, uint32_t *freqs)
{
    struct block in;

    if (!block_find(list, block, &in))
        return 0;
    if (list->n == 1)
        return single_read(&in, docs, freqs) ? 1 : 0;
    if (in.n == LIST_BLOCK)
        return list_docs(list, block, docs) ? list_freqs(list, block, freqs) : 0;
    if (!bits_both(&in, docs, freqs) ||
        (list->n_blocks > 1 && docs[in.n - 1] != entry_u32(list->last, block)))
        return 0;
    return in.n;
}

uint32_t list_read_short(const uint8_t *at, size_t size, uint32_t n, uint32_t *docs,
                         uint32_t *freqs)
{
    struct block in = { at, at + size, n, BEFORE_FIRST };
    bool good;

    if (!n || n > LIST_BLOCK || !size)
        return 0;
    in.at += n > 1; /* the impact */
    if (n == 1)
        good = single_read(&in, docs, freqs);
    else if (n == LIST_BLOCK)
        good = full_docs(&in, docs) && full_freqs(&in, freqs);
    else
        good = bits_both(&in, docs, freqs);
    return good ? n : 0;
}

bool list_dense(const struct list *list, uint32_t block, struct dense *dense)
{
    struct block in;

    return block_find(list, block, &in) && in.n == LIST_BLOCK && in.at < in.end &&
           dense_is(*in.at) && dense_open(dense, in.at, in.end, in.before) &&
           (list->n_blocks == 1 || dense->last == entry_u32(list->last, block));
}

/* One block after the other: each begins where the one before ends, in the bytes and among the
 * documents. */
uint32_t list_fill(const struct list *list, uint32_t block, uint32_t start, uint32_t n_words,
                   uint64_t *bits)
{
    const size_t size = (size_t)(list->end - list->blocks);
    struct dense dense;
    struct block in;

    if (block + 1 >= list->n_blocks || !block_find(list, block, &in))
        return block;
    for (;;) {
        uint32_t offset = in.before + 1 - start, last = entry_u32(list->last, block);
        size_t end;

        if (in.before + 1 < start || !dense_open(&dense, in.at, in.end, in.before) ||
            offset / 64 + dense.n >= n_words || dense.last != last)
            return block;
        dense_shift(&dense, offset % 64, bits + offset / 64);
        if (++block + 1 >= list->n_blocks)
            return block;
        end = entry_of(list->ends, list->end_bytes, block);
        if (end < (size_t)(in.end - list->blocks) || end > size)
            return block;
        in.at = in.end;
        in.end = list->blocks + end;
        in.before = last;
    }
}

uint32_t list_freqs(const struct list *list, uint32_t block, uint32_t *freqs)
{
    struct block in;
    uint32_t doc;
    bool good;

    if (!block_find(list, block, &in))
        return 0;
    if (list->n == 1)
        good = single_read(&in, &doc, freqs);
    else if (in.n == LIST_BLOCK)
        good = full_freqs(&in, freqs);
    else
        good = bits_freqs(&in, freqs);
    return good ? in.n : 0;
}

bool list_freqs_open(const struct list *list, uint32_t block, struct packed *freqs)
{
    struct block in;
    size_t docs;

    if (!block_find(list, block, &in) || in.n < LIST_BLOCK || !(docs = full_docs_size(&in)))
        return false;
    if (*in.at & PACK_FLAG) {
        *freqs = (struct packed){ .end = in.at + docs };
        return freqs->end == in.end;
    }
    return packed_open(freqs, in.at + docs, in.end) && freqs->end == in.end;
}
