/* SPDX-License-Identifier: MIT */
/* codec/bits.h - numbers of so many bits each, which fill bytes from the lowest bit up. */
#pragma once

#include "base/buffer.h"

struct bits_writer {
    struct buffer *out;
    uint8_t *at;
    uint64_t window; /* the lowest `n` bits come next */
    unsigned n;      /* < 64 */
};

/** Begin to write behind `out` what takes at most `most` bytes; false (and marked): no memory. */
static inline bool bits_start(struct bits_writer *writer, struct buffer *out, size_t most)
{
    if (!buffer_reserve(out, most + sizeof writer->window))
        return false;
    *writer = (struct bits_writer){ .out = out, .at = out->at + out->size };
    return true;
}

/** Store the whole bytes of the window: all of it each time, so that there is nothing to ask. */
static inline void bits_store(struct bits_writer *writer)
{
    for (unsigned i = 0; i < sizeof writer->window; i++) /* one store on most machines */
        writer->at[i] = (uint8_t)(writer->window >> 8 * i);
    writer->at += writer->n / 8;
    writer->window >>= writer->n & ~7U;
    writer->n &= 7;
}

/** Write the lowest `n` <= 56 bits of `value`, which has no others. */
static inline void bits_put(struct bits_writer *writer, uint64_t value, unsigned n)
{
    if (writer->n + n > 63)
        bits_store(writer);
    writer->window |= value << writer->n;
    writer->n += n;
}

/** Write `n` <= 62 zeros and a one. */
static inline void bits_put_height(struct bits_writer *writer, unsigned n)
{
    if (writer->n + n > 62)
        bits_store(writer);
    writer->n += n;
    writer->window |= (uint64_t)1 << writer->n++;
}

/** Zeros up to the next byte, and the end. */
static inline void bits_finish(struct bits_writer *writer)
{
    bits_store(writer);
    writer->out->size = (size_t)(writer->at - writer->out->at) + (writer->n > 0);
}
