/* SPDX-License-Identifier: MIT */
/* text/window.h - sixty-four bytes of a text at once: where in them words may begin and end. */
#pragma once

#include <simde/x86/avx2.h>
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

static inline simde__m256i window_within(simde__m256i bytes, char low, char high)
{
    return simde_mm256_and_si256(
        simde_mm256_cmpgt_epi8(bytes, simde_mm256_set1_epi8((int8_t)(low - 1))),
        simde_mm256_cmpgt_epi8(simde_mm256_set1_epi8((int8_t)(high + 1)), bytes));
}

/** Which of 32 bytes can be part of a word. */
static inline uint64_t window_part(simde__m256i bytes)
{
    simde__m256i small = simde_mm256_or_si256(bytes, simde_mm256_set1_epi8(0x20));
    simde__m256i ascii =
        simde_mm256_or_si256(window_within(small, 'a', 'z'), window_within(bytes, '0', '9'));

    return (uint32_t)simde_mm256_movemask_epi8(simde_mm256_or_si256(bytes, ascii));
}

static inline simde__m128i window_load(const char *at)
{
    return simde_mm_loadu_si128((const void *)at);
}

/** Copy the last bytes of a text. What is read of the copy is stored as it is read, sixteen bytes
 * at once: a processor waits for narrower stores, and a query is hardly longer than a word. */
static inline void window_copy(struct window *window, struct muc_string text)
{
    unsigned at = 0, left = (unsigned)text.size;

    for (unsigned i = 0; i < sizeof window->last; i += WINDOW_KEY)
        simde_mm_storeu_si128((void *)(window->last + i), simde_mm_setzero_si128());
    for (window->words = 0; left; at += WINDOW_KEY) {
        struct muc_string rest = str_of(text.bytes + at, left);
        simde__m128i bytes;

        if (left >= WINDOW_KEY)
            bytes = window_load(rest.bytes);
        else
            bytes = simde_mm_set_epi64x(
                left > 8 ? (int64_t)str_word(str_of(rest.bytes + 8, left - 8)) : 0,
                (int64_t)str_word(rest));
        simde_mm_storeu_si128((void *)(window->last + at), bytes);
        if (at < WINDOW)
            window->words |= window_part(simde_mm256_zextsi128_si256(bytes)) << at;
        left -= left < WINDOW_KEY ? left : WINDOW_KEY;
    }
    window->bytes = window->last;
}

static inline void window_open(struct window *window, struct muc_string text, size_t at)
{
    const char *bytes = text.bytes + at;

    if (text.size - at < sizeof window->last) {
        window_copy(window, str_of(bytes, text.size - at));
        return;
    }
    window->bytes = bytes;
    window->words = window_part(simde_mm256_loadu_si256((const void *)bytes)) |
                    window_part(simde_mm256_loadu_si256((const void *)(bytes + WINDOW / 2)))
                        << WINDOW / 2;
}

/** `n` bytes of the window with zeros behind, without a branch: lengths of words cannot be
 *  foreseen. */
static inline simde__m128i window_key(const struct window *window, unsigned at, unsigned n)
{
    static const uint8_t ones_then_zeros[2 * WINDOW_KEY] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    };

    return simde_mm_and_si128(
        window_load(window->bytes + at),
        simde_mm_loadu_si128((const void *)(ones_then_zeros + WINDOW_KEY - n)));
}
