/* SPDX-License-Identifier: MIT */
/* text/numeral.h - numbers up to 999 in words: năm mươi, hai trăm linh năm, mười lăm. */
#pragma once

#include "base/str.h"

enum { NUMERAL_SIZE = 48 /* bytes of one, the NUL in */ };

/** What a digit is called; 0 is never said. */
struct numeral_digit {
    struct muc_string usual, other; /* empty: there is no other name */
};

/** The digits, and behind mươi: năm would be years there. */
extern const struct numeral_digit numeral_digits[10], numeral_digits_behind_tens[10];

/** A number of 1 … 999 in words, as it is written most. Its size. */
size_t numeral_write(unsigned value, char out[NUMERAL_SIZE]);

/** The same behind what it is the number of: thứ tư, tháng tư, quý tư. */
size_t numeral_write_ordinal(unsigned value, char out[NUMERAL_SIZE]);
