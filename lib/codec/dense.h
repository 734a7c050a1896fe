/* SPDX-License-Identifier: MIT */
/* codec/dense.h - 128 rising numbers that lie close together, as a bit each.
 *
 *   dense := u8 head, u64 words[n]
 *   head  := flag (bit 0, the caller's), 0 (bit 1), 32 + n (bits 2 … 7): 2 <= n <= 31; a pack has
 * no such width (codec/pack.h)
 *
 * Bit i of the words, lowest first, stands for the number first + i, where first is one above what
 * the numbers count from; 128 bits are set, one of them in the last word. Where one document of
 * four or so has a term, that takes no more bytes than a pack, and sets are joined, cut and asked a
 * word at a time, without being decoded. */
#pragma once

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"

enum { DENSE_VALUES = 128, DENSE_WORDS = 31, DENSE_FLAG = 1, DENSE_WIDTHS = 32 /* of packs */ };

/** Numbers in their place. */
struct dense {
    const uint8_t *words;
    uint32_t n; /* words; 0: there is nothing */
    uint32_t first, last;
};

static inline uint64_t dense_word(const struct dense *dense, uint32_t i)
{
    uint64_t word;

    memcpy(&word, dense->words + i * sizeof word, sizeof word);
    return word;
}

/** Whether a number, any, is one of these. */
static inline bool dense_has(const struct dense *dense, uint32_t value)
{
    uint32_t bit = value - dense->first;

    return bit < 64 * dense->n && dense_word(dense, bit / 64) >> bit % 64 & 1;
}

/** How many bits are set, where there need not be an instruction for it. */
static inline uint32_t count_bits(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return (uint32_t)(x * 0x0101010101010101 >> 56);
}

/** Bytes that the numbers would take, which count from `before` (UINT32_MAX stands for -1);
 *  SIZE_MAX: too far apart. */
size_t dense_size_of(const uint32_t *values, uint32_t before);
void dense_encode(struct buffer *out, const uint32_t *values, uint32_t before, uint8_t flag);

/** Whether a head is one of these. */
static inline bool dense_is(uint8_t head)
{
    return head >> 2 > DENSE_WIDTHS;
}

/** Bytes that a head speaks of. */
static inline size_t dense_size(uint8_t head)
{
    return 1 + sizeof(uint64_t) * ((size_t)(head >> 2) - DENSE_WIDTHS);
}

/** Open in place. False: the bytes are bad; whether 128 bits are set is not looked at. */
static inline bool dense_open(struct dense *dense, const uint8_t *at, const uint8_t *end,
                              uint32_t before)
{
    struct dense opened = { .first = before + 1 };
    uint64_t last, highest;

    if (at >= end || !dense_is(*at) || *at & 2 || dense_size(*at) > (size_t)(end - at))
        return false;
    opened.words = at + 1;
    opened.n = (uint32_t)(*at >> 2) - DENSE_WIDTHS;
    if (!(last = dense_word(&opened, opened.n - 1)))
        return false;
    highest =
        (uint64_t)opened.first + 64 * (uint64_t)opened.n - 1 - (unsigned)__builtin_clzll(last);
    if (highest > UINT32_MAX)
        return false;
    opened.last = (uint32_t)highest;
    *dense = opened;
    return true;
}

/** All the numbers; false: they are not 128. */
bool dense_decode(const struct dense *dense, uint32_t *values);

/** Set the bits of all numbers, `shift` < 64 above their place, in `n` + 1 words. */
static inline void dense_shift(const struct dense *dense, unsigned shift, uint64_t *bits)
{
    uint64_t carry = 0;

    for (uint32_t w = 0, n = dense->n; w < n; w++) {
        uint64_t word = dense_word(dense, w);

        bits[w] |= word << shift | carry;
        carry = word >> 1 >> (63 - shift);
    }
    bits[dense->n] |= carry;
}

/**
 * Set the bits of those numbers >= `from` that are in [start, start + 64 × n); bit 0 is `start`.
 *
 * @param start a multiple of 64 or not, as are the numbers themselves.
 */
void dense_fill(const struct dense *dense, uint32_t from, uint32_t start, uint32_t n,
                uint64_t *bits);
