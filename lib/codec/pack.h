/* SPDX-License-Identifier: MIT */
/* codec/pack.h - 128 numbers at a time as bits of one width, with a few exceptions patched in.
 *
 *   pack    := u8 head, [ u8 n, u8 extra ], row words, [ u8 place[n], high[n] ]
 *   head    := flag (bit 0, the caller's), exceptions follow (bit 1), width (bits 2 … 7: 0 … 32)
 *   words   := width × 16 bytes: 4 lanes side by side, each of `width` little-endian words of 32
 *              bits. Number i is in lane i % 4, at bit (i / 4) × width of it, lowest bit first.
 *   high[n] := n × extra bits, lowest first, up to a whole byte: what the numbers at place[…]
 *              have above `width` bits; 1 <= n < 128, 1 <= extra <= 32 - width
 *
 * All 128 equal to 0 take one byte. Four lanes are what every vector unit of today reads at once,
 * and each row of a lane is a fixed shift, so that unpacking runs about as fast as copying. */
#pragma once

#include "base/buffer.h"

enum { PACK_VALUES = 128, PACK_FLAG = 1 };

/** Append 128 values in the fewest bytes. `flag`: 0 or PACK_FLAG. */
void pack_encode(struct buffer *out, const uint32_t *values, uint8_t flag);

/** A pack in its place: what its first bytes say. */
struct packed {
    unsigned width, n, extra;            /* n: exceptions, 0: none */
    const uint8_t *words, *places, *end; /* places: behind the words */
};

/** False: it is bad, or ends past `end`. Where exceptions belong is not looked at. */
bool packed_open(struct packed *packed, const uint8_t *at, const uint8_t *end);

/** Value i of 0 … 127, where few of them are wanted; of a bad pack some value. */
uint32_t packed_value(const struct packed *packed, unsigned i);

/** Bytes of the pack at `at`; 0 if it is bad or ends past `end`. */
size_t pack_size(const uint8_t *at, const uint8_t *end);

/** Read 128 values and add `more` to each; bytes read, 0 if bad. */
size_t pack_decode(const uint8_t *at, const uint8_t *end, uint32_t more, uint32_t *values);

/**
 * Read 128 rising numbers, of which value - 1 is packed: each counts from the one before, the first
 * from `before` (UINT32_MAX stands for -1). Bytes read, 0 if bad or past 2^32.
 */
size_t pack_decode_rising(const uint8_t *at, const uint8_t *end, uint32_t before, uint32_t *values);
