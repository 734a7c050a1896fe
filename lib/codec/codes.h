/* SPDX-License-Identifier: MIT */
/* codec/codes.h - runs of numbers too short to be packed 128 at a time.
 *
 * Numbers are written with a parameter k (0 … 31), as in exponential Golomb codes of order k: w =
 * v + 2^k has its highest bit at place z + k; written are
 *
 *   height  z zeros and a one, and
 *   digits  the z + k bits of w below its highest,
 *
 * so numbers below 2^k take k + 1 bits, and ever larger ones two bits more for each doubling. The
 * heights of all numbers stand one behind the other from the first bit on, lowest bits of a byte
 * first, their digits from the last bit backwards, each number's highest digit last; less than 8
 * zeros lie between. So where a number's digits are is known from the ones in front of it, without
 * reading any other's: many are on their way at once. */
#pragma once

#include <string.h>

#include "codec/bits.h"
#include "codec/ones.h"

enum { CODE_ORDERS = 32, CODE_DIGITS = 32 /* that a code has at most */ };
enum { CODES_MOST = 256 /* numbers of all runs that are written together */ };
enum { CODES_BYTES = 8 * CODES_MOST + CODES_MOST / 8 /* that these take at most */ };

/** Place of the highest bit of value + 2^k. */
static inline unsigned code_height(uint32_t value, unsigned k)
{
    return 63 - (unsigned)__builtin_clzll(value + ((uint64_t)1 << k));
}

/** The order below `orders` that writes these values, whose sum this is, in the fewest bits. */
unsigned codes_best_order(const uint32_t *values, uint32_t n, uint64_t sum, unsigned orders);

struct codes_writer {
    struct bits_writer heights;
    uint64_t window; /* digits that were not stored yet: the highest `n` < 64 bits */
    unsigned n;
    uint8_t *to;  /* where the digits begin that were stored */
    size_t start; /* of the buffer, where the heights begin */
    uint8_t digits[CODES_MOST * CODE_DIGITS / 8 + sizeof(uint64_t)]; /* from their end on */
};

/** Begin to write behind `out`; false (and marked): no memory. */
bool codes_start(struct codes_writer *writer, struct buffer *out);
void codes_put(struct codes_writer *writer, const uint32_t *values, uint32_t n, unsigned k);
void codes_finish(struct codes_writer *writer);

enum { CODES_AT_ONCE = 8 /* numbers; arrays have room for full groups of them */ };

/** Runs on their way. */
struct codes {
    const uint8_t *at, *end;
    uint32_t n_words; /* of heights, which were looked at */
    uint32_t n_found; /* heights in them */
    uint32_t n;       /* numbers that were read; digits: the bits of theirs */
    uint32_t digits;
    /* where each height ends, in front of the first one 0; behind those that were found there are
     * some that might be */
    uint16_t ends[1 + CODES_MOST + ONES_WORD + ONES_STEP];
};

/** Begin to read. False: so many bytes are no codes. */
static inline bool codes_open(struct codes *codes, const uint8_t *at, const uint8_t *end)
{
    codes->at = at;
    codes->end = end;
    codes->n_words = codes->n_found = codes->n = codes->digits = 0;
    codes->ends[0] = 0;
    return end - at <= CODES_BYTES;
}

/** The next run, of `n` numbers of order `k`, each and 1; false: it is bad. All runs together have
 *  CODES_MOST; `values` has room for full groups of CODES_AT_ONCE. */
bool codes_read(struct codes *codes, unsigned k, uint32_t n, uint32_t *values);

/** The same, added up: each of `values` is that much above the one before, the first above `before`
 *  (UINT32_MAX stands for -1). Such a run has fewer than 128 numbers: of so many below 2^25 the sum
 *  wraps once at most, by which it is seen to be bad. */
bool codes_read_rising(struct codes *codes, unsigned k, uint32_t n, uint32_t before,
                       uint32_t *values);

/** Leave a run out. */
bool codes_skip(struct codes *codes, unsigned k, uint32_t n);

/** Whether nothing but less than 8 zeros is left. */
bool codes_at_end(const struct codes *codes);
