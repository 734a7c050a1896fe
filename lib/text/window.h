/* SPDX-License-Identifier: MIT */
/* text/window.h - sixty-four bytes of a text at once: where in them words may begin and end. */
#pragma once

#include <simde/x86/sse2.h>
#include <string.h>

#include "base/str.h"

enum {
    WINDOW = 64,
    WINDOW_KEY = 16, /* bytes of a key */
};

/** The next bytes of a text, zeros behind its end, and which of them can be part of a word: ASCII
 *  letters and digits, and all bytes of other characters. */
struct window {
    uint64_t words; /* a bit a byte */
    const char *bytes;
    char last[WINDOW + WINDOW_KEY]; /* a copy, where the text has no more bytes than that */
};

/** Which of sixteen bytes can be part of a word. */
static inline uint32_t window_part(const char *at)
{
    simde__m128i bytes = simde_mm_loadu_si128((const void *)at);
    simde__m128i small = simde_mm_or_si128(bytes, simde_mm_set1_epi8(0x20));
    simde__m128i letters = simde_mm_and_si128(simde_mm_cmpgt_epi8(small, simde_mm_set1_epi8(0x60)),
                                              simde_mm_cmplt_epi8(small, simde_mm_set1_epi8(0x7b)));
    simde__m128i digits = simde_mm_and_si128(simde_mm_cmpgt_epi8(bytes, simde_mm_set1_epi8(0x2f)),
                                             simde_mm_cmplt_epi8(bytes, simde_mm_set1_epi8(0x3a)));

    return (uint32_t)simde_mm_movemask_epi8(
        simde_mm_or_si128(bytes, simde_mm_or_si128(letters, digits)));
}

static inline void window_open(struct window *window, struct muc_string text, size_t at)
{
    window->bytes = text.bytes + at;
    if (text.size - at < sizeof window->last) {
        memset(window->last, 0, sizeof window->last);
        memcpy(window->last, text.bytes + at, text.size - at);
        window->bytes = window->last;
    }
    window->words = window_part(window->bytes) | (uint64_t)window_part(window->bytes + 16) << 16 |
                    (uint64_t)window_part(window->bytes + 32) << 32 |
                    (uint64_t)window_part(window->bytes + 48) << 48;
}

/** `n` bytes of the window with zeros behind, without a branch: lengths of words cannot be
 *  foreseen. */
static inline simde__m128i window_key(const struct window *window, unsigned at, unsigned n)
{
    static const uint8_t ones_then_zeros[2 * WINDOW_KEY] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    };

    return simde_mm_and_si128(
        simde_mm_loadu_si128((const void *)(window->bytes + at)),
        simde_mm_loadu_si128((const void *)(ones_then_zeros + WINDOW_KEY - n)));
}
