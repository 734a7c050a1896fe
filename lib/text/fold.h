/* SPDX-License-Identifier: MIT */
/* text/fold.h - a written word to the forms it is searched by, with ICU.
 *
 *   exact   NFC of the folded case, without what cannot be seen (zero-width, soft hyphen);
 *           apostrophes as ', ð as đ, letters and digits of another shape (NFKC: wide Ｂ,
 *           𝐁, ², ﬁ, Ⅲ) as others; in a well-formed Vietnamese syllable the tone mark in
 *           its canonical place
 *   folded  exact without any non-spacing mark, đ as d
 *
 * Numbers lose their thousand separators: 1.000.000 and 1,000,000 are 1000000; telephone numbers
 * the points between their groups: 0292.3820.888 is 02923820888. */
#pragma once

#include "base/str.h"
#include "text/analyzer.h"

enum { TELEPHONE_MIN = 10, TELEPHONE_MAX = 11 }; /* digits, the first of them 0 */

struct folded_word {
    char exact[FORM_MAX + 1], folded[FORM_MAX + 1]; /* NUL behind */
    uint8_t exact_size, folded_size;                /* 0: nothing is left of the word */
};

struct folder; /* ICU's normalizers and room to work in */

int folder_new(struct folder **out, struct muc_error *err);
void folder_free(struct folder *folder);

/** @param number the word starts with a digit. */
int fold_word(struct folder *folder, struct muc_string word, bool number, struct folded_word *out,
              struct muc_error *err);
