/* SPDX-License-Identifier: MIT */
/* utf8.h - one character at a time out of bytes that may be anything. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD         UINT32_MAX     /* the code of a byte that begins no character */
#define UTF8_REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD, shown for it */

/**
 * Decode the character at the front of `size` > 0 bytes.
 *
 * @return its bytes; 1 with UTF8_BAD for what is not UTF-8: surrogates and overlong forms too.
 */
static inline size_t utf8_decode(const char *bytes, size_t size, uint32_t *code)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *at = (const unsigned char *)bytes;
    unsigned n = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t c = n < 2 ? at[0] : at[0] & (0x7Fu >> n);

    *code = UTF8_BAD;
    if (n == 0 || n > size || at[0] > 0xF4)
        return 1;
    for (unsigned i = 1; i < n; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 1;
        c = c << 6 | (at[i] & 0x3F);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 1;
    *code = c;
    return n;
}

/** A control character, which a terminal might obey, or one that turns the order of letters around,
 * so that what is seen is not what is there. */
static inline bool utf8_is_harmful(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}
