/* SPDX-License-Identifier: MIT */
#include "doc/rtf_fonts.h"

#include "base/str.h"

bool rtf_font_begin(struct rtf_fonts *fonts, int32_t number)
{
    struct rtf_font *font = vector_push(&fonts->all);

    if (font)
        *font = (struct rtf_font){ .number = number };
    fonts->name_size = 0;
    return font;
}

void rtf_font_charset(struct rtf_fonts *fonts, int32_t charset)
{
    static const uint16_t codepages[][2] = {
        { 0, 1252 },   { 128, 932 },  { 129, 949 },  { 134, 936 },  { 136, 950 },
        { 161, 1253 }, { 162, 1254 }, { 163, 1258 }, { 177, 1255 }, { 178, 1256 },
        { 186, 1257 }, { 204, 1251 }, { 222, 874 },  { 238, 1250 },
    };

    for (size_t i = 0; i < sizeof codepages / sizeof *codepages && fonts->all.n; i++)
        if (codepages[i][0] == charset)
            fonts->all.at[fonts->all.n - 1].codepage = codepages[i][1];
}

void rtf_font_name(struct rtf_fonts *fonts, uint8_t byte)
{
    if (byte != ';' && fonts->name_size < RTF_FONT_NAME_MAX && (fonts->name_size || byte != ' '))
        fonts->name[fonts->name_size++] = (char)byte;
}

void rtf_font_end(struct rtf_fonts *fonts)
{
    struct rtf_font *font = fonts->all.n ? &fonts->all.at[fonts->all.n - 1] : NULL;

    while (fonts->name_size && fonts->name[fonts->name_size - 1] == ' ')
        fonts->name_size--;
    if (font && fonts->name_size)
        font->encoding = encoding_of_font(str_of(fonts->name, fonts->name_size), &font->capitals);
    fonts->name_size = 0;
}

const struct rtf_font *rtf_font(const struct rtf_fonts *fonts, int32_t number)
{
    static const struct rtf_font none = { 0 };

    for (size_t i = 0; i < fonts->all.n; i++)
        if (fonts->all.at[i].number == number)
            return &fonts->all.at[i];
    return &none;
}

void rtf_fonts_free(struct rtf_fonts *fonts)
{
    vector_free(&fonts->all);
}
