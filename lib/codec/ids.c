/* SPDX-License-Identifier: MIT */
#include "codec/ids.h"

#include <string.h>

#include "base/str.h"

enum { END_BYTES = 4 };

static uint32_t blocks_of(uint32_t n)
{
    return n / IDS_BLOCK + (n % IDS_BLOCK > 0);
}

static size_t shared_bytes(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    size_t most = a_size < b_size ? a_size : b_size, n = 0;

    while (n < most && a[n] == b[n])
        n++;
    return n;
}

void ids_builder_add(struct ids_builder *builder, struct muc_string id)
{
    const uint8_t *at = (const uint8_t *)id.bytes;
    struct buffer *blocks = &builder->blocks, *last = &builder->last;
    size_t shared = 0;

    if (builder->n % IDS_BLOCK)
        shared = shared_bytes(last->at, last->size, at, id.size);
    else if (builder->n)
        buffer_u32(&builder->ends, (uint32_t)blocks->size);
    if (shared)
        id = str_of(id.bytes + shared, id.size - shared);
    buffer_varint(blocks, shared);
    buffer_varint(blocks, id.size);
    buffer_append(blocks, id.bytes, id.size);
    last->size = shared;
    buffer_append(last, id.bytes, id.size);
    builder->n++;
}

void ids_builder_finish(struct ids_builder *builder, struct buffer *out)
{
    const struct buffer *ends = &builder->ends, *blocks = &builder->blocks;

    if (builder->n)
        buffer_u32(&builder->ends, (uint32_t)blocks->size);
    buffer_reserve(out, ends->size + blocks->size);
    buffer_append(out, ends->at, ends->size);
    buffer_append(out, blocks->at, blocks->size);
    out->failed |=
        ends->failed || blocks->failed || builder->last.failed || blocks->size > UINT32_MAX;
    buffer_free(&builder->ends);
    buffer_free(&builder->blocks);
    buffer_free(&builder->last);
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
    struct bytes in = bytes_of(ids->ends + (size_t)END_BYTES * block, END_BYTES);

    return bytes_u32(&in);
}

enum { COPY = 8 /* bytes that are copied at once where there is room */ };

/* Those before it in its block are written, too, one over the other: most differ by a byte or two,
 * and to keep account of them takes longer. A string is never longer than the bytes of its block:
 * where these fit, with what is copied beyond a string, nothing is asked of each. */
struct muc_string ids_read(const struct ids *ids, uint32_t i, char *room, size_t room_size)
{
    const uint32_t block = i / IDS_BLOCK;
    const size_t start = block ? end_of(ids, block - 1) : 0, end = end_of(ids, block);
    const bool fits = end + COPY <= ids->size && end - start + COPY <= room_size;
    uint64_t size = 0, shared, own;
    struct bytes in;

    if (start > end || end > ids->size)
        return str_of(room, 0);
    in = bytes_of(ids->blocks + start, end - start);
    for (uint32_t left = i % IDS_BLOCK + 1; left; left--) {
        if (bytes_left(&in) >= 2 && (in.at[0] | in.at[1]) < 0x80) { /* as nearly always */
            shared = in.at[0];
            own = in.at[1];
            in.at += 2;
        } else {
            shared = bytes_varint64(&in);
            own = bytes_varint64(&in);
        }
        if (in.bad || own > bytes_left(&in) || shared > size)
            return str_of(room, 0);
        if (fits && own <= COPY)
            memcpy(room + shared, in.at, COPY);
        else if (own <= room_size - shared)
            memcpy(room + shared, in.at, own);
        else
            return str_of(room, 0);
        in.at += own;
        size = shared + own;
    }
    return str_of(room, size);
}
