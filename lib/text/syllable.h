/* SPDX-License-Identifier: MIT */
/* text/syllable.h - the structure of a Vietnamese syllable, and where its tone mark belongs.
 *
 * A syllable is an initial (perhaps none), a nucleus of one to three vowels, a final (perhaps none)
 * and a tone. The rime (nucleus and final) alone says which vowel bears the tone mark, so that text
 * typed in the old style (hòa), the new (hoà) or with a slip (hòa, tóan, nứơc) gets one form. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SYLLABLE_MAX = 7 }; /* letters: nghiêng */

/** Letters are code points in lower case, NFC, without tone: a ă â b c d đ e ê … y. */
struct syllable {
    uint8_t initial, nucleus, final; /* letters of each part; together the whole */
    uint8_t bearer;                  /* index of the letter that bears the tone mark */
};

/**
 * Take a word apart.
 *
 * @param letters the word without its tone mark.
 * @return whether it is a well-formed syllable; `syllable` is untouched if not.
 */
bool syllable_parse(const uint32_t *letters, uint32_t n, struct syllable *syllable);

/** Whether a folded form is that of a well-formed syllable, with some marks or without. */
bool syllable_fits(const char *folded, size_t size);

/** Whether a folded form is that of a syllable that is never written without marks: iê, uô and ươ
 *  have theirs, and a rime that ends in c, ch, k, p or t has a tone. */
bool syllable_needs_marks(const char *folded, size_t size);
