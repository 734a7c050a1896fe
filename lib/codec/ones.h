/* SPDX-License-Identifier: MIT */
/* codec/ones.h - where the bits of a word are set, found a byte at a time, whether some are or not:
 * which are cannot be foreseen, and a branch for each would cost more than what it spares. */
#pragma once

#include <simde/x86/sse2.h>
#include <stdint.h>

enum { ONES_WORD = 64, ONES_STEP = 8 /* so many places are written at once */ };

/** The places of the bits that are set in a byte, lowest first, a byte each. */
extern const uint64_t ones_of_byte[256];

/** Of each byte of a word, how many bits are set in it and in those below. */
static inline uint64_t ones_count_up(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return x * 0x0101010101010101;
}

/** Write the places of the bits of a word, of which ones_count_up() gave `up`. `first`: the place
 *  of bit 0 in all lanes; moves on to that of the next word. Up to ONES_STEP more are written over.
 */
static inline void ones_find(uint64_t word, uint64_t up, simde__m128i *first, uint16_t *places)
{
    const simde__m128i zero = simde_mm_setzero_si128(), step = simde_mm_set1_epi16(ONES_STEP);
    const uint64_t before = up << ONES_STEP;

    for (unsigned i = 0; i < ONES_WORD; i += ONES_STEP) {
        simde__m128i row =
            simde_mm_loadl_epi64((const simde__m128i *)&ones_of_byte[word >> i & UINT8_MAX]);

        row = simde_mm_add_epi16(simde_mm_unpacklo_epi8(row, zero), *first);
        simde_mm_storeu_si128((simde__m128i *)(places + (before >> i & UINT8_MAX)), row);
        *first = simde_mm_add_epi16(*first, step);
    }
}
