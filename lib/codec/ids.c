/* SPDX-License-Identifier: MIT */
#include "codec/ids.h"

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
    buffer_varint(blocks, shared);
    buffer_varint(blocks, id.size - shared);
    buffer_append(blocks, id.bytes + shared, id.size - shared);
    last->size = shared;
    buffer_append(last, id.bytes + shared, id.size - shared);
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

        ids_builder_add(&builder, str_of((const char *)bytes + start, ends[i] - start));
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

/** What a string does not share with the one before: its bytes from `shared` on. */
struct piece {
    const uint8_t *at;
    size_t shared;
};

/** The pieces of the first `n` strings of a block; the size of the last one. False: they are bad,
 *  or longer than `most`. */
static bool read_pieces(struct bytes in, uint32_t n, size_t most, struct piece pieces[IDS_BLOCK],
                        size_t *size)
{
    size_t before = 0;

    for (uint32_t k = 0; k < n; k++) {
        uint64_t shared, own;

        if (bytes_left(&in) >= 2 && (in.at[0] | in.at[1]) < 0x80) { /* as nearly always */
            shared = in.at[0];
            own = in.at[1];
            in.at += 2;
        } else {
            shared = bytes_varint64(&in);
            own = bytes_varint64(&in);
        }
        if (in.bad || own > bytes_left(&in) || shared > before || own > most - shared)
            return false;
        pieces[k] = (struct piece){ in.at, shared };
        in.at += own;
        before = shared + own;
    }
    *size = before;
    return true;
}

/* Written from its end: most pieces before the last are of strings that share no more with it. */
struct muc_string ids_read(const struct ids *ids, uint32_t i, char *room, size_t room_size)
{
    uint32_t block = i / IDS_BLOCK;
    size_t start = block ? end_of(ids, block - 1) : 0, end = end_of(ids, block), size = 0;
    struct piece pieces[IDS_BLOCK];

    if (start > end || end > ids->size ||
        !read_pieces(bytes_of(ids->blocks + start, end - start), i % IDS_BLOCK + 1, room_size,
                     pieces, &size))
        return str_of(room, 0);
    for (size_t left = size, k = i % IDS_BLOCK + 1; left; k--) { /* the first one shares nothing */
        const struct piece *piece = &pieces[k - 1];

        if (piece->shared < left) {
            memcpy(room + piece->shared, piece->at, left - piece->shared);
            left = piece->shared;
        }
    }
    return str_of(room, size);
}
