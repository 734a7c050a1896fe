/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <string.h>

#include "utf8.h"

static void put_character(FILE *file, const char *bytes, size_t size, uint32_t c)
{
    switch (c) {
    case '&':
        fputs("&amp;", file);
        break;
    case '<':
        fputs("&lt;", file);
        break;
    case '>':
        fputs("&gt;", file);
        break;
    case '"':
        fputs("&quot;", file);
        break;
    case UTF8_BAD:
        fputs(UTF8_REPLACEMENT, file);
        break;
    default:
        if (c == '\n' || c == '\t' || !utf8_is_harmful(c))
            fwrite(bytes, 1, size, file);
        else if (c >= 0xA0) /* controls proper have no place in HTML */
            fprintf(file, "&#x%x;", (unsigned)c);
    }
}

/** Bytes at the front that stand for themselves. */
static size_t plain_size(const char *bytes, size_t size)
{
    size_t i = 0;

    while (i < size && bytes[i] >= ' ' && bytes[i] < 0x7F && bytes[i] != '&' && bytes[i] != '<' &&
           bytes[i] != '>' && bytes[i] != '"')
        i++;
    return i;
}

void html_text(FILE *file, struct muc_string text)
{
    for (size_t i = 0; i < text.size;) {
        size_t n = plain_size(text.bytes + i, text.size - i);
        uint32_t c;

        if (n) {
            fwrite(text.bytes + i, 1, n, file);
        } else {
            n = utf8_decode(text.bytes + i, text.size - i, &c);
            put_character(file, text.bytes + i, n, c);
        }
        i += n;
    }
}

void html_words(FILE *file, const char *text)
{
    html_text(file, muc_text(text));
}

void html_marked(FILE *file, struct muc_string text, const struct muc_range *ranges, size_t n,
                 unsigned *numbered)
{
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        html_text(file, (struct muc_string){ text.bytes + at, ranges[i].start - at });
        if (numbered)
            fprintf(file, "<mark id=\"m%u\">", ++*numbered);
        else
            fputs("<mark>", file);
        html_text(file, (struct muc_string){ text.bytes + ranges[i].start,
                                             ranges[i].end - ranges[i].start });
        fputs("</mark>", file);
        at = ranges[i].end;
    }
    html_text(file, (struct muc_string){ text.bytes + at, text.size - at });
}

void html_part(FILE *file, struct muc_string text, bool path)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];

        if (c && (strchr(plain, c) || (path && c == '/')))
            fputc(c, file);
        else
            fprintf(file, "%%%02X", (unsigned)(unsigned char)c);
    }
}
