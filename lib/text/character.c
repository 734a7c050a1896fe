/* SPDX-License-Identifier: MIT */
#include "text/character.h"

#include <unicode/uchar.h>

bool character_is_invisible(uint32_t c)
{
    return c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

bool character_is_foreign_d(uint32_t c)
{
    return c == 0xd0 || c == 0xf0 || c == 0x189 || c == 0x256;
}

bool character_is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0xb4 || c == 0x2bb || c == 0x2bc || c == 0x2018 ||
           c == 0x2019 || c == 0xff07;
}

bool character_is_space(uint32_t c)
{
    return c == ' ' || c == '\t' ||
           (c > 0x7f && c <= UCHAR_MAX_VALUE && u_charType((UChar32)c) == U_SPACE_SEPARATOR);
}

bool character_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58 || c == 0xfe63 ||
           c == 0xff0d;
}

bool character_is_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z'
                    : c <= UCHAR_MAX_VALUE && u_hasBinaryProperty((UChar32)c, UCHAR_UPPERCASE);
}

int character_small_digit(uint32_t c)
{
    int32_t kind;

    if (c < 0x80 || c > UCHAR_MAX_VALUE ||
        u_getIntPropertyValue((UChar32)c, UCHAR_NUMERIC_TYPE) != U_NT_DIGIT)
        return -1;
    kind = u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE);
    return kind == U_DT_SUPER || kind == U_DT_SUB ? (int)u_getNumericValue((UChar32)c) : -1;
}

/** ㎡ ㎏ ℃: a unit of measure that is one character. Their words are those of NFKC. */
static bool is_unit(uint32_t c)
{
    return c >= 0x80 && u_charType((UChar32)c) == U_OTHER_SYMBOL &&
           (c == 0x2103 || c == 0x2109 ||
            (u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE) == U_DT_SQUARE &&
             u_getIntPropertyValue((UChar32)c, UCHAR_BLOCK) == UBLOCK_CJK_COMPATIBILITY));
}

static enum character_class class_from_icu(uint32_t c)
{
    int32_t word_break;

    if (c > UCHAR_MAX_VALUE)
        return CLASS_OTHER;
    word_break = u_getIntPropertyValue((UChar32)c, UCHAR_WORD_BREAK);
    switch (word_break) { /* none of these has a complex context (UAX #29, table 3) */
    case U_WB_ALETTER:
    case U_WB_HEBREW_LETTER:
    case U_WB_KATAKANA:
        return CLASS_LETTER;
    case U_WB_NUMERIC:
        return CLASS_DIGIT;
    default:
        break;
    }
    if (u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT)
        return CLASS_COMPLEX;
    switch (word_break) {
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ:
        return CLASS_EXTEND;
    default:
        if (character_small_digit(c) >= 0)
            return CLASS_SMALL_DIGIT;
        return u_isalpha((UChar32)c) || is_unit(c) ? CLASS_SINGLE : CLASS_OTHER;
    }
}

enum character_class character_class(uint32_t c)
{
    if (character_is_invisible(c))
        return CLASS_EXTEND;
    if (character_is_apostrophe(c))
        return CLASS_APOSTROPHE;
    if (c == '.' || c == ',')
        return CLASS_POINT;
    return class_from_icu(c);
}
