/* SPDX-License-Identifier: MIT */
/* text/letters.h - the forms of single letters, asked of ICU while the library is built.
 *
 * Nearly all words consist of letters and digits (and the points and commas of a number) that fold,
 * compose and decompose each for itself; for these a word's forms are those of its letters in a
 * row. Everything else takes the long way of text/fold.c, which the tests compare with this one. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <unicode/umachine.h>

enum { LETTERS = 0x2000 /* code points from here on are not looked at */ };

/** What a letter becomes; all are one code point below 0x10000. */
struct letter {
    uint16_t exact;    /* its case folded */
    uint16_t toneless; /* that without its Vietnamese tone mark */
    uint16_t folded;   /* without any mark, đ as d */
    uint16_t is_plain; /* else it is no letter, or one that changes in company */
};

extern const struct letter letter_table[LETTERS]; /* written by letters_make.c */

/** Whether it is another shape of others, that is, NFKC has it otherwise than NFC. */
bool letter_is_shape(uint32_t c);

bool letter_is_tone(UChar mark);
