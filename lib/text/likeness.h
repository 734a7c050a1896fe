/* SPDX-License-Identifier: MIT */
/* text/likeness.h - how likely a text is what somebody wrote, Vietnamese or not.
 *
 * Letters beyond ASCII and signs are weighed, each by the logarithm of how often it is met: a
 * letter in a well-formed Vietnamese syllable by its frequency, elsewhere as in French or German; a
 * capital behind a small letter, a sign between letters, a control next to never. A word without
 * marks is rarer in Vietnamese than elsewhere, one with several common there alone. */
#pragma once

#include "base/str.h"

struct likeness {
    double vietnamese; /* weight if it must be Vietnamese; at most 0 */
    double any;        /* weight if it may be any language of Latin letters */
    uint32_t n_marked,
        n_marked_ok; /* words with letters beyond ASCII; Vietnamese syllables of them */
    uint32_t n_words, n_words_ok; /* all words of letters, and those that could be Vietnamese */
    uint32_t n_odd;               /* letters and signs where nobody writes them */
};

void likeness_of(struct muc_string text, struct likeness *likeness);

/** Whether there is a letter that only Vietnamese writes: ă đ ơ ư, or a vowel with two marks or
 * with a hook or dot. Stops at the first. The text is UTF-8. */
bool likeness_is_plain(struct muc_string text);
