/* SPDX-License-Identifier: MIT */
/* doc/rtf_fonts.h - the fonts of an RTF, as far as they say what its bytes mean. */
#pragma once

#include "base/vector.h"
#include "text/encodings.h"

enum { RTF_FONT_NAME_MAX = 64, RTF_NO_FONT = INT32_MIN };

struct rtf_font {
    int32_t number;
    uint32_t codepage;               /* 0: that of the document */
    const struct encoding *encoding; /* from before Unicode, as its name gives away; or NULL */
    bool capitals;                   /* it shows small letters as capitals */
};

struct rtf_fonts {
    VECTOR(struct rtf_font) all; /* the last is the one at hand */
    char name[RTF_FONT_NAME_MAX];
    size_t name_size;
};

bool rtf_font_begin(struct rtf_fonts *fonts, int32_t number); /* false: no memory */
void rtf_font_charset(struct rtf_fonts *fonts, int32_t charset);
void rtf_font_name(struct rtf_fonts *fonts, uint8_t byte); /* the next one of its name */
void rtf_font_end(struct rtf_fonts *fonts);                /* its name is complete */

/** Never NULL: of a number that no font has it is one that says nothing. */
const struct rtf_font *rtf_font(const struct rtf_fonts *fonts, int32_t number);
void rtf_fonts_free(struct rtf_fonts *fonts);
