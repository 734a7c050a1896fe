/* SPDX-License-Identifier: MIT */
/* base/put.h - numbers and short strings written through a pointer, where there is room for the
 * longest: a buffer that each of them grows asks more than writing them takes. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PUT_VARINT_MOST = 10 /* bytes */ };

/** LEB128; the byte behind it. */
static inline uint8_t *put_varint(uint8_t *to, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *to++ = (uint8_t)(value | 0x80);
    *to++ = (uint8_t)value;
    return to;
}

/** Copy what are most often few bytes, by loads and stores that may overlap; the byte behind them.
 */
static inline uint8_t *put_few(uint8_t *to, const void *from, size_t size)
{
    const uint8_t *at = from;
    uint64_t words[2];
    uint32_t halves[2];

    if (size > sizeof words) {
        memcpy(to, from, size);
    } else if (size >= sizeof words[0]) {
        memcpy(&words[0], at, sizeof words[0]);
        memcpy(&words[1], at + size - sizeof words[1], sizeof words[1]);
        memcpy(to, &words[0], sizeof words[0]);
        memcpy(to + size - sizeof words[1], &words[1], sizeof words[1]);
    } else if (size >= sizeof halves[0]) {
        memcpy(&halves[0], at, sizeof halves[0]);
        memcpy(&halves[1], at + size - sizeof halves[1], sizeof halves[1]);
        memcpy(to, &halves[0], sizeof halves[0]);
        memcpy(to + size - sizeof halves[1], &halves[1], sizeof halves[1]);
    } else if (size) { /* the first, the middle and the last of one to three */
        to[0] = at[0];
        to[size / 2] = at[size / 2];
        to[size - 1] = at[size - 1];
    }
    return to + size;
}
