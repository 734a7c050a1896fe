/* SPDX-License-Identifier: MIT */
/* Writing lists: see list.c for how a block is packed. */
#include "base/put.h"
#include "codec/codes.h"
#include "codec/list_parts.h"

enum { FREQ_ORDERS = 7 };

/* A bit each may take this more than a pack: so much of the pack's bytes, and these besides, so
 * that all blocks of three words are a bit each. One that is a row of documents and a gap would be
 * a pack of five bytes, of which the bits of each document wait for those of the one before. */
enum { DENSE_SHARE = 2, DENSE_MORE = 18 };

/** Codes of fewer than LIST_BLOCK documents; their sums: `all_gaps`, `all_more`. */
static void append_codes(struct buffer *out, const uint32_t *gaps, const uint32_t *more, uint32_t n,
                         uint64_t all_gaps, uint64_t all_more)
{
    unsigned k = codes_best_order(gaps, n, all_gaps, CODE_ORDERS);
    unsigned f = all_more ? 1 + codes_best_order(more, n, all_more, FREQ_ORDERS) : 0;
    struct codes_writer writer;

    buffer_byte(out, (uint8_t)(k | f << 5));
    if (!codes_start(&writer, out))
        return;
    codes_put(&writer, gaps, n, k);
    if (f)
        codes_put(&writer, more, n, f - 1);
    codes_finish(&writer);
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
                         uint32_t n, uint32_t before)
{
    uint32_t gaps[LIST_BLOCK], more[LIST_BLOCK]; /* both less 1 */
    const uint32_t last = docs[n - 1];
    uint64_t all = 0;

    gaps[0] = docs[0] - before - 1;
    for (uint32_t i = 1; i < n; i++)
        gaps[i] = docs[i] - docs[i - 1] - 1;
    for (uint32_t i = 0; i < n; i++)
        all += more[i] = freqs[i] - 1;
    if (n < LIST_BLOCK) {
        append_codes(out, gaps, more, n, (uint32_t)(last - before - n), all);
        return;
    }
    append_full(out, docs, gaps, before, all ? 0 : PACK_FLAG);
    if (all)
        pack_encode(out, more, 0);
}

static void append_single(struct buffer *out, uint32_t doc, uint32_t freq)
{
    uint8_t *to;

    if (!buffer_reserve(out, 2 * (size_t)PUT_VARINT_MOST))
        return;
    to = put_varint(out->at + out->size, (uint64_t)doc << 1 | (freq > 1));
    if (freq > 1)
        to = put_varint(to, freq - 2);
    out->size = (size_t)(to - out->at);
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

static void append_champions(struct buffer *out, const struct champions *champions)
{
    static const struct champions none = { .rest = UINT16_MAX };

    champions = champions ? champions : &none;
    buffer_byte(out, (uint8_t)champions->rest);
    buffer_byte(out, (uint8_t)(champions->rest >> 8));
    buffer_byte(out, (uint8_t)champions->n);
    if (champions->n)
        append_block(out, champions->docs, champions->freqs, champions->n, BEFORE_FIRST);
}

bool list_builder_finish(struct list_builder *builder, const struct champions *champions,
                         struct buffer *out)
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
        append_champions(out, champions);
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
