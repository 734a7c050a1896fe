/* SPDX-License-Identifier: MIT */
/* text/character.h - code points out of UTF-8, and what kind of character each is for words.
 *
 * Classes are those of UAX #29 as ICU knows them (Word_Break), put together for the rules of
 * text/analyzer.h. Characters below CHARACTER_TABLE are looked up in a table made from ICU. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { CHARACTER_BAD = 0xfffffffe, CHARACTER_TABLE = 0x2000 };

enum character_class {
    CLASS_OTHER,       /* separates */
    CLASS_LETTER,      /* ALetter, Hebrew_Letter, Katakana */
    CLASS_DIGIT,       /* Numeric */
    CLASS_EXTEND,      /* Extend, Format, ZWJ, and zero-width space: part of the word it follows */
    CLASS_APOSTROPHE,  /* joins letters, and digits */
    CLASS_POINT,       /* . and , join digits */
    CLASS_SMALL_DIGIT, /* 0 … 9 above or below the line, as NFKC knows them: text/unit.h */
    CLASS_SINGLE,      /* ideographs, hiragana, ㎡, ℃: a word each */
    CLASS_COMPLEX,     /* scripts without spaces: ICU's dictionaries know their words */
};

extern const uint8_t character_classes[CHARACTER_TABLE]; /* written by character_make.c */
enum character_class character_class(uint32_t c);

bool character_is_invisible(uint32_t c);  /* zero-width or soft hyphen: not part of any form */
bool character_is_apostrophe(uint32_t c); /* all kinds are one */
bool character_is_foreign_d(uint32_t c);  /* Ð ð Ɖ ɖ, typed for Đ and đ */
bool character_is_space(uint32_t c);      /* of any width, line breaks apart */
bool character_is_dash(uint32_t c);
bool character_is_upper(uint32_t c);

/** The value of a CLASS_SMALL_DIGIT; -1: it is none. */
int character_small_digit(uint32_t c);

/** The code point at `*at` < text.size, which moves behind it; CHARACTER_BAD for each maximal bad
 *  part. */
static inline uint32_t character_next(struct muc_string text, size_t *at)
{
    const uint8_t *s = (const uint8_t *)text.bytes + *at;
    size_t left = text.size - *at;
    uint32_t c = s[0];

    if (c < 0x80) {
        *at += 1;
        return c;
    }
    if (c >= 0xc2 && c < 0xe0 && left > 1 && (s[1] & 0xc0) == 0x80) {
        *at += 2;
        return (c & 0x1f) << 6 | (s[1] & 0x3f);
    }
    if (c >= 0xe0 && c < 0xf0) {
        uint8_t least = c == 0xe0 ? 0xa0 : 0x80, most = c == 0xed ? 0x9f : 0xbf;

        if (left > 1 && s[1] >= least && s[1] <= most) {
            if (left > 2 && (s[2] & 0xc0) == 0x80) {
                *at += 3;
                return (c & 0xf) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
            }
            *at += 2;
            return CHARACTER_BAD;
        }
    } else if (c >= 0xf0 && c < 0xf5) {
        uint8_t least = c == 0xf0 ? 0x90 : 0x80, most = c == 0xf4 ? 0x8f : 0xbf;

        if (left > 1 && s[1] >= least && s[1] <= most) {
            size_t good = 2;

            while (good < 4 && good < left && (s[good] & 0xc0) == 0x80)
                good++;
            *at += good;
            if (good < 4)
                return CHARACTER_BAD;
            return (c & 7) << 18 | (uint32_t)(s[1] & 0x3f) << 12 | (uint32_t)(s[2] & 0x3f) << 6 |
                   (s[3] & 0x3f);
        }
    }
    *at += 1;
    return CHARACTER_BAD;
}
