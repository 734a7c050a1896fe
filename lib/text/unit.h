/* SPDX-License-Identifier: MIT */
/* text/unit.h - units of measure behind numbers, and small digits set above or below the line.
 *
 *   100m2  5,5km  100.000đ      a number and its unit, as if a space stood between: 100 m2
 *   m²  100km³                  the power of a unit of length: m2, km3
 *   CO₂  C₆H₁₂O₆                digits below the line: co2, c6h12o6
 *   50%  50 %  4‰               the sign of parts behind a number: a word of its own
 *
 * A digit above the line behind any other word is the mark of a note, and no part of the word. */
#pragma once

#include "base/str.h"

/** Where the unit begins in a word that begins with a digit; its size if there is none. */
size_t unit_start(struct muc_string word);

/** Whether a small digit goes on with the word before it.
 *
 * @param c of CLASS_SMALL_DIGIT. */
bool unit_takes(struct muc_string word, uint32_t c);

/** Whether the sign of parts of a hundred or thousand stands behind a number, close or with a space
 *  between. That of an address (%20) goes with what follows, and is none.
 *
 * @param at where the number ends.
 * @param[out] start,end the bytes of the sign; untouched if there is none. */
bool unit_parts(struct muc_string text, size_t at, size_t *start, size_t *end);

/** Whether a form is that of such a sign. */
bool unit_is_parts(struct muc_string form);

/** What texts with that sign are searched by: it alone, however wide. */
struct muc_string unit_parts_form(struct muc_string sign);
