/* SPDX-License-Identifier: MIT */
/* query/pattern.h - words of which a query says only some letters, or about which.
 *
 *   môi*  *trường  m?i  b*o*      * stands for any letters, also none, ? for one
 *   quyet~  quyet~2               letters put in, taken out, changed or, two side by side, swapped:
 *                                 so many at most. Digits are never among them
 *
 * A form fits as a whole. Only forms of letters, marks and digits do: what is searched as a unit,
 * such as 123/QĐ-UBND, does not. */
#pragma once

#include <unicode/utypes.h>

#include "base/arena.h"
#include "text/analyzer.h"

enum { PATTERN_DISTANCE_MAX = 2 };

/** One form of a pattern. */
struct pattern_form {
    struct muc_string text; /* in its form, * and ? as they stand; of a distance ~N behind it */
    const UChar32 *letters; /* without ~N */
    uint32_t n;
    uint32_t has;  /* bit c - 'a' of those it has of a … z */
    size_t prefix; /* bytes of `text` with which all that fits begins */
};

struct pattern_forms; /* search/pattern_forms.h */

struct pattern {
    uint32_t distance; /* 0: by * and ? */
    struct pattern_form exact, folded;
    const struct pattern_forms *forms; /* what a search has chosen of what fits; NULL: nothing */
};

/** Compile a form; `text` must live as long. False: no memory. */
bool pattern_form_init(struct pattern_form *form, struct muc_string text, uint32_t distance,
                       struct arena *arena);

/** Whether a form of a word fits. Time: the product of both sizes. */
bool pattern_fits(const struct pattern_form *form, uint32_t distance, struct muc_string word);
