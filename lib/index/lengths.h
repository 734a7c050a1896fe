/* SPDX-License-Identifier: MIT */
/* index/lengths.h - a document's length in 16 bits: exact to 32,767 tokens, 11 bits of it above.
 *
 * Lengths that are exact for nearly every document keep equal scores rare, so that a document's
 * rank does not depend on the order in which documents were indexed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

static inline uint16_t length_code(uint32_t length)
{
    unsigned shift = 0;

    if (length < 0x8000)
        return (uint16_t)length;
    while (length >> shift >= 0x1000) /* keep 12 bits, the highest of them is 1 */
        shift++;
    if (shift > 19)
        return UINT16_MAX;
    return (uint16_t)(0x8000 | (shift - 4) << 11 | (length >> shift & 0x7ff));
}

/** Whether a code is not the length itself. */
static inline bool length_is_rounded(uint16_t code)
{
    return code >= 0x8000;
}

static inline uint32_t length_of(uint16_t code)
{
    unsigned shift = (code >> 11 & 15) + 4;

    return !length_is_rounded(code) ? code : (0x800u | (code & 0x7ffu)) << shift;
}
