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

enum { CODE_MOST = 9 /* bytes that a code touches at most */ };

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

/** Zeros up to the next byte, and the end. */
static inline void bits_finish(struct bits_writer *writer)
{
    bits_store(writer);
    writer->out->size = (size_t)(writer->at - writer->out->at) + (writer->n > 0);
}

/** Place of the highest bit of value + 2^k. */
static inline unsigned code_height(uint32_t value, unsigned k)
{
    return 63 - (unsigned)__builtin_clzll(value + ((uint64_t)1 << k));
}

static inline void bits_put_code(struct bits_writer *writer, uint32_t value, unsigned k)
{
    unsigned height = code_height(value, k), zeros = height - k;
    uint64_t rest = (value + ((uint64_t)1 << k)) ^ (uint64_t)1 << height;

    if (zeros + 1 + height <= 56) {
        bits_put(writer, ((uint64_t)1 | rest << 1) << zeros, zeros + 1 + height);
    } else {
        bits_put(writer, (uint64_t)1 << zeros, zeros + 1);
        bits_put(writer, rest, height);
    }
}

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

/** 1 … 7 bytes, by loads that may overlap. */
static inline uint64_t bits_few(const uint8_t *at, size_t n)
{
    uint32_t low = 0, high = 0;

    if (n >= sizeof low) {
        for (unsigned i = 0; i < sizeof low; i++) {
            low |= (uint32_t)at[i] << 8 * i;
            high |= (uint32_t)at[n - sizeof low + i] << 8 * i;
        }
        return low | (uint64_t)high << 8 * (n - sizeof low);
    }
    return at[0] | (uint64_t)at[n / 2] << 8 * (n / 2) | (uint64_t)at[n - 1] << 8 * (n - 1);
}

/** At least 56 bits in the window, or all there are. */
static inline void bits_fill(struct bits *in)
{
    size_t left = (size_t)(in->end - in->at), n = (63 - in->n) / 8;
    uint64_t more = 0;

    if (left >= sizeof more) { /* all of it in one load */
        for (unsigned i = 0; i < sizeof more; i++)
            more |= (uint64_t)in->at[i] << 8 * i;
    } else {
        if (!left)
            return;
        more = bits_few(in->at, left);
        n = n < left ? n : left;
    }
    in->window |= more << in->n;
    in->at += n;
    in->n += 8 * (unsigned)n;
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

/** A code that the window ends in. */
uint64_t bits_take_rest(struct bits *in, unsigned k);

/** The next code; above UINT32_MAX: bad, whether it is marked or not. */
static inline uint64_t bits_take_code(struct bits *in, unsigned k)
{
    unsigned zeros, size;
    uint64_t high, code;

    if (in->n <= 32) /* zeros of a code are no more */
        bits_fill(in);
    zeros = (unsigned)__builtin_ctzll(in->window | (uint64_t)1 << 63);
    size = 2 * zeros + 1 + k;
    if (size > in->n) {
        struct bits rest = *in; /* a copy: `in` can stay in registers */

        code = bits_take_rest(&rest, k);
        *in = rest;
        return code;
    }
    high = (uint64_t)1 << (zeros + k);
    code = in->window >> zeros >> 1;
    in->window >>= size;
    in->n -= size;
    return (code & (high - 1)) + high - ((uint64_t)1 << k);
}
