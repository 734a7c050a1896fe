/* SPDX-License-Identifier: MIT */
/* codec/ones.h - where the bits of a word are set, found a byte at a time, whether some are or not:
 * which are cannot be foreseen, and a branch for each would cost more than what it spares. */
#pragma once

#include <simde/x86/sse2.h>
#include <stdint.h>

enum { ONES_WORD = 64, ONES_STEP = 8 /* so many places are written at once */ };

/** The places of the bits that are set in a byte, lowest first, a byte each; how many they are. */
extern const uint64_t ones_of_byte[256];
extern const uint8_t ones_in_byte[256];

/** Write the places of the bits of a word; returns behind them. `first`: the place of bit 0 in all
 *  lanes; moves on to that of the next word. Up to ONES_STEP more are written over. */
static inline uint16_t *ones_find(uint64_t word, simde__m128i *first, uint16_t *places)
{
    const simde__m128i zero = simde_mm_setzero_si128(), step = simde_mm_set1_epi16(ONES_STEP);

    for (unsigned i = 0; i < ONES_WORD; i += ONES_STEP) {
        const uint8_t byte = (uint8_t)(word >> i);
        simde__m128i row = simde_mm_loadl_epi64((const simde__m128i *)&ones_of_byte[byte]);

        row = simde_mm_add_epi16(simde_mm_unpacklo_epi8(row, zero), *first);
        simde_mm_storeu_si128((simde__m128i *)places, row);
        *first = simde_mm_add_epi16(*first, step);
        places += ones_in_byte[byte];
    }
    return places;
}
