/* SPDX-License-Identifier: MIT */
/* search/marks.h - documents of a window marked by a byte each, and gathered as bits.
 *
 * Setting bits one by one is slow: those of one word have to wait for each other. Bytes need not,
 * and gathering a window of them costs little. */
#pragma once

#include <simde/x86/sse2.h>
#include <stdint.h>

/** Set bit i of `bits` where marks[i] is 1. `n`: a multiple of 64. */
static inline void marks_gather(const uint8_t *marks, uint32_t n, uint64_t *bits)
{
    enum { ROW = 16 }; /* bytes of a vector */
    simde__m128i wanted = simde_mm_set1_epi8(1);

    for (uint32_t w = 0; w < n / 64; w++)
        for (uint32_t i = 0; i < 64; i += ROW) {
            const void *at = marks + 64 * w + i;
            simde__m128i same = simde_mm_cmpeq_epi8(simde_mm_loadu_si128(at), wanted);

            bits[w] |= (uint64_t)(uint32_t)simde_mm_movemask_epi8(same) << i;
        }
}
