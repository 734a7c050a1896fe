/* SPDX-License-Identifier: MIT */
/* text/window.h - sixteen bytes of a text at once: where in them words may end. */
#pragma once

#include <simde/x86/sse2.h>
#include <string.h>

#include "base/str.h"

enum { WINDOW = 16 };

/** The next bytes of a text, zeros behind its end, and which of them can be part of a word: ASCII
 *  letters and digits, and all bytes of other characters. */
struct window {
    simde__m128i bytes;
    uint32_t words; /* a bit a byte */
};

static inline struct window window_at(struct muc_string text, size_t at)
{
    simde__m128i bytes, small, letters, digits;
    uint8_t last[WINDOW] = { 0 };

    if (text.size - at >= WINDOW) {
        bytes = simde_mm_loadu_si128((const void *)(text.bytes + at));
    } else {
        memcpy(last, text.bytes + at, text.size - at);
        bytes = simde_mm_loadu_si128((const void *)last);
    }
    small = simde_mm_or_si128(bytes, simde_mm_set1_epi8(0x20));
    letters = simde_mm_and_si128(simde_mm_cmpgt_epi8(small, simde_mm_set1_epi8('a' - 1)),
                                 simde_mm_cmplt_epi8(small, simde_mm_set1_epi8('z' + 1)));
    digits = simde_mm_and_si128(simde_mm_cmpgt_epi8(bytes, simde_mm_set1_epi8('0' - 1)),
                                simde_mm_cmplt_epi8(bytes, simde_mm_set1_epi8('9' + 1)));
    return (struct window){ bytes, (uint32_t)simde_mm_movemask_epi8(simde_mm_or_si128(
                                       bytes, simde_mm_or_si128(letters, digits))) };
}

/** The first `n` bytes of the window, without a branch: lengths of words cannot be foreseen. */
static inline simde__m128i key_of(const struct window *window, unsigned n)
{
    static const uint8_t ones_then_zeros[2 * WINDOW] = { 255, 255, 255, 255, 255, 255, 255, 255,
                                                         255, 255, 255, 255, 255, 255, 255, 255 };

    return simde_mm_and_si128(window->bytes,
                              simde_mm_loadu_si128((const void *)(ones_then_zeros + WINDOW - n)));
}
