/* SPDX-License-Identifier: MIT */
/* text/sentence.h - whether a sentence ends between two words.
 *
 * It ends
 *  - at a blank line (two line breaks), a page break, or U+2029;
 *  - at a single line break, unless the next line begins with a lower-case letter or the line
 *    before ends with a comma, or with a dash or slash close behind its last word (a wrapped line);
 *  - at . ! ? or …, closing quotes and brackets behind them, then white space, where an upper-case
 *    letter, a digit or an opening quote or bracket follows. A full stop does not count after an
 *    abbreviation: one letter, up to four capitals without the mark of a tone, or a word without a
 *    vowel (TP. HCM, Th.S. Lê; not CỘNG HÒA. Sáng).
 */
#pragma once

#include "base/str.h"

/**
 * @param before the word before the gap, as written.
 * @param gap what stands between the words.
 * @param next_upper the next word begins with an upper-case letter or a digit.
 */
bool sentence_ends(struct muc_string before, struct muc_string gap, bool next_upper);

/** One letter, up to four capitals without the mark of a tone, or letters without a vowel: what is
 * written with a full stop.
 */
bool sentence_is_abbreviation(struct muc_string word);
