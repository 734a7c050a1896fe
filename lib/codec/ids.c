/* SPDX-License-Identifier: MIT */
#include "codec/ids.h"

#include <simde/x86/sse2.h>
#include <string.h>

#include "base/str.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "offsets are read in place");

enum { END_BYTES = 4, START_BYTES = 2, NARROW_MOST = UINT8_MAX };

static uint32_t blocks_of(uint32_t n)
{
    return n / IDS_BLOCK + (n % IDS_BLOCK > 0);
}

/* ---- writing */

/** Bytes that all of so many strings, one after the other, begin with. */
static uint32_t shared_by_all(const uint8_t *first, const uint32_t *sizes, uint32_t n)
{
    const uint8_t *at = first + sizes[0];
    uint32_t shared = sizes[0];

    for (uint32_t i = 1; i < n; at += sizes[i++]) {
        uint32_t same = 0;

        while (same < shared && same < sizes[i] && at[same] == first[same])
            same++;
        shared = same;
    }
    return shared;
}

/** Write the block that is open. */
static void close_block(struct ids_builder *builder, uint32_t n)
{
    struct buffer *blocks = &builder->blocks;
    const uint8_t *at = builder->open.at ? builder->open.at : (const uint8_t *)"";
    uint32_t shared = shared_by_all(at, builder->sizes, n), most = 0;

    for (uint32_t i = 0; i < n; i++)
        most = builder->sizes[i] - shared > most ? builder->sizes[i] - shared : most;
    buffer_u16(blocks, (uint16_t)(shared | (most > NARROW_MOST ? IDS_WIDE : 0)));
    for (uint32_t i = 0; i < n; i++)
        if (most > NARROW_MOST)
            buffer_u16(blocks, (uint16_t)(builder->sizes[i] - shared));
        else
            buffer_byte(blocks, (uint8_t)(builder->sizes[i] - shared));
    buffer_append(blocks, at, shared);
    for (uint32_t i = 0; i < n; at += builder->sizes[i++])
        if (builder->sizes[i] > shared)
            buffer_append(blocks, at + shared, builder->sizes[i] - shared);
    buffer_u32(&builder->ends, (uint32_t)blocks->size);
    buffer_clear(&builder->open);
}

void ids_builder_add(struct ids_builder *builder, struct muc_string id)
{
    builder->open.failed |= id.size >= IDS_WIDE;
    if (builder->open.failed)
        return;
    builder->sizes[builder->n++ % IDS_BLOCK] = (uint32_t)id.size;
    buffer_append(&builder->open, id.bytes, id.size);
    if (builder->n % IDS_BLOCK == 0 && !builder->open.failed)
        close_block(builder, IDS_BLOCK);
}

void ids_builder_finish(struct ids_builder *builder, struct buffer *out)
{
    const struct buffer *ends = &builder->ends, *blocks = &builder->blocks;

    if (builder->n % IDS_BLOCK && !builder->open.failed)
        close_block(builder, builder->n % IDS_BLOCK);
    buffer_reserve(out, ends->size + blocks->size);
    buffer_append(out, ends->at, ends->size);
    buffer_append(out, blocks->at, blocks->size);
    out->failed |=
        ends->failed || blocks->failed || builder->open.failed || blocks->size > UINT32_MAX;
    buffer_free(&builder->ends);
    buffer_free(&builder->blocks);
    buffer_free(&builder->open);
    builder->n = 0;
}

void ids_encode(struct buffer *out, const uint32_t *ends, uint32_t n, const uint8_t *bytes)
{
    struct ids_builder builder = { .n = 0 };

    for (uint32_t i = 0; i < n; i++) {
        uint32_t start = i ? ends[i - 1] : 0;
        const char *id = bytes ? (const char *)bytes + start : NULL; /* all may be empty */

        ids_builder_add(&builder, str_of(id, ends[i] - start));
    }
    ids_builder_finish(&builder, out);
}

/* ---- reading */

bool ids_open(struct ids *ids, const uint8_t *at, size_t size, uint32_t n)
{
    size_t table = (size_t)END_BYTES * blocks_of(n);

    if (size < table)
        return false;
    *ids = (struct ids){ .ends = at, .blocks = at + table, .size = size - table, .n = n };
    return true;
}

static uint32_t end_of(const struct ids *ids, uint32_t block)
{
    uint32_t end;

    memcpy(&end, ids->ends + (size_t)END_BYTES * block, sizeof end);
    return end;
}

/** The sum of the first `n` < 16 of sixteen bytes. */
static inline uint32_t sum_first(const uint8_t *bytes, uint32_t n)
{
    static const uint8_t masks[2 * IDS_BLOCK] = { 255, 255, 255, 255, 255, 255, 255, 255,
                                                  255, 255, 255, 255, 255, 255, 255, 255 };
    simde__m128i first =
        simde_mm_and_si128(simde_mm_loadu_si128((const simde__m128i *)bytes),
                           simde_mm_loadu_si128((const simde__m128i *)(masks + IDS_BLOCK - n)));

    first = simde_mm_sad_epu8(first, simde_mm_setzero_si128());
    return (uint32_t)simde_mm_cvtsi128_si32(
        simde_mm_add_epi64(first, simde_mm_unpackhi_epi64(first, first)));
}

/** A size of a block. */
static inline uint32_t size_at(const uint8_t *sizes, uint32_t i, bool wide)
{
    return wide ? sizes[2 * i] | (uint32_t)sizes[2 * i + 1] << 8 : sizes[i];
}

/** What the strings before one of a block have, behind what all begin with. */
static uint32_t size_before(const uint8_t *sizes, uint32_t n, bool wide)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < n; i++)
        sum += size_at(sizes, i, wide);
    return sum;
}

enum { COPY = 32 /* bytes that are copied at once where there is room */ };

/** ids_read() where blocks are not full, or strings are long, or little lies behind them. */
__attribute__((noinline)) static struct muc_string read_any(const struct ids *ids, uint32_t i,
                                                            char *room, size_t room_size)
{
    const uint32_t block = i / IDS_BLOCK, place = i % IDS_BLOCK, left = ids->n - (i - place);
    const size_t at = block ? end_of(ids, block - 1) : 0, end = end_of(ids, block);
    const uint8_t *sizes;
    uint32_t start, n_shared, size;
    size_t all, shared, own; /* from the sizes on: bytes of the block, and where strings are */
    bool wide;

    if (at > end || end > ids->size || end - at < START_BYTES)
        return str_of(room, 0);
    start = ids->blocks[at] | (uint32_t)ids->blocks[at + 1] << 8;
    wide = start >= IDS_WIDE;
    n_shared = start % IDS_WIDE;
    sizes = ids->blocks + at + START_BYTES;
    all = end - at - START_BYTES;
    shared = (size_t)(left < IDS_BLOCK ? left : IDS_BLOCK) << wide;
    if (shared + n_shared > all)
        return str_of(room, 0);
    size = size_at(sizes, place, wide);
    own = shared + n_shared + size_before(sizes, place, wide);
    if (own + size > all || n_shared + size > room_size)
        return str_of(room, 0);
    memcpy(room, sizes + shared, n_shared);
    memcpy(room + n_shared, sizes + own, size);
    return str_of(room, n_shared + size);
}

/* Nearly all strings are short, and what is then left to be asked is little. */
struct muc_string ids_read(const struct ids *ids, uint32_t i, char *room, size_t room_size)
{
    enum { HEAD = START_BYTES + IDS_BLOCK };
    const uint32_t block = i / IDS_BLOCK, place = i % IDS_BLOCK;
    const size_t at = block ? end_of(ids, block - 1) : 0, end = end_of(ids, block);
    const uint8_t *start = ids->blocks + at;
    uint16_t n_shared;
    size_t own, size;

    if ((i | (IDS_BLOCK - 1)) >= ids->n || at + HEAD + COPY > ids->size || room_size < 2 * COPY)
        return read_any(ids, i, room, room_size);
    memcpy(&n_shared, start, sizeof n_shared);
    size = start[START_BYTES + place];
    own = HEAD + n_shared + sum_first(start + START_BYTES, place);
    if (n_shared > COPY || size > COPY || at + own + size > end || end > ids->size ||
        at + own + COPY > ids->size)
        return read_any(ids, i, room, room_size);
    memcpy(room, start + HEAD, COPY);
    memcpy(room + n_shared, start + own, COPY);
    return str_of(room, n_shared + size);
}
