/* SPDX-License-Identifier: MIT */
/* base/bytes.h - a reader over bytes that trusts nothing.
 *
 * The first read past the end, or of a varint that is too long, marks it bad; later reads give 0.
 * A decoder therefore asks once, at its end: if (in.bad || in.at != in.end) the bytes are refused.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "mucluc/mucluc.h"

struct bytes {
    const uint8_t *at, *end;
    bool bad;
};

static inline struct bytes bytes_of(const void *data, size_t size)
{
    const uint8_t *at = data;

    return (struct bytes){ at, size ? at + size : at, false }; /* NULL + 0 is not defined */
}

static inline size_t bytes_left(const struct bytes *in)
{
    return (size_t)(in->end - in->at);
}

/** The next `size` bytes, or NULL and marked. */
static inline const uint8_t *bytes_take(struct bytes *in, size_t size)
{
    const uint8_t *at = in->at;

    if (in->bad || size > bytes_left(in)) {
        in->bad = true;
        return NULL;
    }
    in->at += size;
    return at;
}

/** `size` is a constant: then it is one load on most machines. */
static inline uint64_t bytes_little_endian(struct bytes *in, unsigned size)
{
    const uint8_t *at = bytes_take(in, size);
    uint64_t value = 0;

    if (!at)
        return 0;
    for (unsigned i = 0; i < size; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

static inline uint8_t bytes_byte(struct bytes *in)
{
    return (uint8_t)bytes_little_endian(in, 1);
}

static inline uint16_t bytes_u16(struct bytes *in)
{
    return (uint16_t)bytes_little_endian(in, 2);
}

static inline uint32_t bytes_u32(struct bytes *in)
{
    return (uint32_t)bytes_little_endian(in, 4);
}

static inline uint64_t bytes_u64(struct bytes *in)
{
    return bytes_little_endian(in, 8);
}

/** LEB128 of at most 64 bits. */
static inline uint64_t bytes_varint64(struct bytes *in)
{
    uint64_t value = 0;

    if (!in->bad && in->at < in->end && *in->at < 0x80)
        return *in->at++;
    for (unsigned shift = 0; !in->bad && in->at < in->end && shift < 64; shift += 7) {
        uint8_t byte = *in->at++;

        if (shift == 63 && byte > 1)
            break;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    in->bad = true;
    return 0;
}

/** LEB128 of at most 32 bits; a larger value is bad. */
static inline uint32_t bytes_varint(struct bytes *in)
{
    uint64_t value = bytes_varint64(in);

    if (value > UINT32_MAX) {
        in->bad = true;
        return 0;
    }
    return (uint32_t)value;
}

/** A string written by buffer_sized(), borrowed from the bytes. */
static inline struct muc_string bytes_sized(struct bytes *in)
{
    uint64_t size = bytes_varint64(in);
    const uint8_t *at = size <= SIZE_MAX ? bytes_take(in, (size_t)size) : NULL;

    if (!at)
        in->bad = true;
    return (struct muc_string){ (const char *)at, at ? (size_t)size : 0 };
}
