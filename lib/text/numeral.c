/* SPDX-License-Identifier: MIT */
#include "text/numeral.h"

#include <stdio.h>

const struct numeral_digit numeral_digits[10] = {
    { STR(""), STR("") },     { STR("một"), STR("") },    { STR("hai"), STR("") },
    { STR("ba"), STR("") },   { STR("bốn"), STR("") },    { STR("năm"), STR("") },
    { STR("sáu"), STR("") },  { STR("bảy"), STR("bẩy") }, { STR("tám"), STR("") },
    { STR("chín"), STR("") },
};

const struct numeral_digit numeral_digits_behind_tens[10] = {
    { STR(""), STR("") },     { STR("mốt"), STR("một") }, { STR("hai"), STR("") },
    { STR("ba"), STR("") },   { STR("tư"), STR("bốn") },  { STR("lăm"), STR("nhăm") },
    { STR("sáu"), STR("") },  { STR("bảy"), STR("bẩy") }, { STR("tám"), STR("") },
    { STR("chín"), STR("") },
};

/** A word behind what is written already, a space between. */
static size_t append(char out[NUMERAL_SIZE], size_t size, struct muc_string word)
{
    return size + (size_t)snprintf(out + size, NUMERAL_SIZE - size, "%s%.*s", size ? " " : "",
                                   (int)word.size, word.bytes);
}

size_t numeral_write(unsigned value, char out[NUMERAL_SIZE])
{
    const unsigned hundreds = value / 100, tens = value / 10 % 10, digit = value % 10;
    size_t size = 0;

    if (hundreds) {
        size = append(out, size, numeral_digits[hundreds].usual);
        size = append(out, size, STR("trăm"));
        if (!tens && digit)
            size = append(out, size, STR("linh"));
    }
    if (tens > 1)
        size = append(out, size, numeral_digits[tens].usual);
    if (tens)
        size = append(out, size, tens > 1 ? STR("mươi") : STR("mười"));
    if (digit)
        size = append(out, size,
                      tens && !(tens == 1 && (digit == 1 || digit == 4))
                          ? numeral_digits_behind_tens[digit].usual
                          : numeral_digits[digit].usual);
    return size;
}

size_t numeral_write_ordinal(unsigned value, char out[NUMERAL_SIZE])
{
    return value == 4 ? append(out, 0, numeral_digits_behind_tens[4].usual)
                      : numeral_write(value, out);
}
