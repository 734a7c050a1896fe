/* SPDX-License-Identifier: MIT */
#include "text/letters.h"

#include <unicode/uchar.h>

bool letter_is_tone(UChar mark)
{
    return mark == 0x300 || mark == 0x301 || mark == 0x303 || mark == 0x309 || mark == 0x323;
}

bool letter_is_shape(uint32_t c)
{
    int32_t kind =
        c < 0x80 ? U_DT_NONE : u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE);

    return kind != U_DT_NONE && kind != U_DT_CANONICAL;
}
