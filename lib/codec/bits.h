/* SPDX-License-Identifier: MIT */
/* codec/bits.h - single numbers as bits, for runs too short to be packed 128 at a time.
 *
 * Bits fill bytes from the lowest up. A number v is written with a parameter k (0 … 31), as in
 * exponential Golomb codes of order k: w = v + 2^k has its highest bit at place z + k; written are
 *
 *   z zero bits, a one, the z + k bits of w below its highest
 *
 * so numbers below 2^k take k + 1 bits, and ever larger ones two bits more for each doubling. */
#pragma once

#include "base/buffer.h"

enum { CODE_ORDERS = 32 };

struct bits_writer {
    struct buffer *out;
    uint64_t window; /* the lowest `n` bits wait to be written */
    unsigned n;      /* < 32 between calls */
};

/** Write the lowest `n` <= 32 bits of `value`, which has no others. */
static inline void bits_put(struct bits_writer *writer, uint64_t value, unsigned n)
{
    writer->window |= value << writer->n;
    writer->n += n;
    if (writer->n < 32)
        return;
    buffer_u32(writer->out, (uint32_t)writer->window);
    writer->window >>= 32;
    writer->n -= 32;
}

void bits_flush(struct bits_writer *writer); /* zeros up to the next byte */

void bits_put_code(struct bits_writer *writer, uint32_t value, unsigned k);

/** The order below `orders` that writes these values in the fewest bits. */
unsigned bits_best_order(const uint32_t *values, uint32_t n, unsigned orders);

/** Reading past the end gives zeros and marks it bad. */
struct bits {
    const uint8_t *at, *end;
    uint64_t window;
    unsigned n; /* bits in the window that came from the bytes */
    bool bad;
};

static inline struct bits bits_of(const uint8_t *at, const uint8_t *end)
{
    return (struct bits){ at, end, 0, 0, false };
}

/** At least 57 bits in the window, or all there are. */
static inline void bits_fill(struct bits *in)
{
    while (in->n <= 56 && in->at < in->end) {
        in->window |= (uint64_t)*in->at++ << in->n;
        in->n += 8;
    }
}

/** The next `n` <= 33 bits. */
static inline uint64_t bits_take(struct bits *in, unsigned n)
{
    uint64_t value;

    if (in->n < n)
        bits_fill(in);
    if (in->n < n) {
        in->bad = true;
        return 0;
    }
    value = in->window & (((uint64_t)1 << n) - 1);
    in->window >>= n;
    in->n -= n;
    return value;
}

/** Whether nothing but the zeros of bits_flush() is left. */
static inline bool bits_at_end(const struct bits *in)
{
    return !in->bad && in->at == in->end && in->n < 8 && in->window == 0;
}

static inline uint32_t bits_take_code(struct bits *in, unsigned k)
{
    unsigned zeros;
    uint64_t value;

    bits_fill(in);
    zeros = in->window ? (unsigned)__builtin_ctzll(in->window) : 64;
    if (zeros + k > 32 || zeros >= in->n) {
        in->bad = true;
        return 0;
    }
    bits_take(in, zeros + 1);
    value = ((uint64_t)1 << (zeros + k) | bits_take(in, zeros + k)) - ((uint64_t)1 << k);
    if (value > UINT32_MAX)
        in->bad = true;
    return (uint32_t)value;
}
