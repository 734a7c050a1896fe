/* SPDX-License-Identifier: MIT */
/* text/unit.h - units of measure behind numbers, and small digits set above or below the line.
 *
 *   100m2  5,5km  100.000đ      a number and its unit, as if a space stood between: 100 m2
 *   m²  100km³                  the power of a unit of length: m2, km3
 *   CO₂  C₆H₁₂O₆                digits below the line: co2, c6h12o6
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
