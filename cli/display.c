/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* wcwidth() */
#include "display.h"

#include <stdbool.h>
#include <wchar.h>

#include "utf8.h"

/** One character as it will be shown. */
struct glyph {
    const char *bytes;
    size_t size;
    unsigned columns;
    bool space;
};

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x2028 ||
           c == 0x2029;
}

/** The character at the front of a text that is not empty. @return bytes of the text it takes. */
static size_t glyph_next(const char *bytes, size_t size, struct glyph *glyph)
{
    uint32_t c;
    size_t n = utf8_decode(bytes, size, &c);
    int columns;

    if (is_space(c)) {
        *glyph = (struct glyph){ " ", 1, 1, true };
    } else if (c == UTF8_BAD || utf8_is_harmful(c)) {
        *glyph = (struct glyph){ UTF8_REPLACEMENT, sizeof UTF8_REPLACEMENT - 1, 1, false };
    } else {
        columns = c < 0x7F ? 1 : wcwidth((wchar_t)c);
        *glyph = (struct glyph){ bytes, n, columns < 0 ? 1 : (unsigned)columns, false };
    }
    return n;
}

size_t display_columns(struct muc_string text)
{
    struct glyph glyph;
    size_t columns = 0;

    for (size_t i = 0; i < text.size; columns += glyph.columns)
        i += glyph_next(text.bytes + i, text.size - i, &glyph);
    return columns;
}

void display_clean(FILE *file, struct muc_string text)
{
    struct glyph glyph;

    for (size_t i = 0; i < text.size;) {
        i += glyph_next(text.bytes + i, text.size - i, &glyph);
        fwrite(glyph.bytes, 1, glyph.size, file);
    }
}

void display_bytes(struct output *out, struct muc_string text)
{
    struct glyph glyph;

    if (!out->terminal) {
        fwrite(text.bytes ? text.bytes : "", 1, text.size, out->file);
        return;
    }
    for (size_t i = 0; i < text.size;) {
        char c = text.bytes[i];

        i += glyph_next(text.bytes + i, text.size - i, &glyph);
        if (c == '\n' || c == '\t')
            fputc(c, out->file);
        else
            fwrite(glyph.bytes, 1, glyph.size, out->file);
    }
}

void display_padded(FILE *file, struct muc_string text, size_t columns)
{
    struct glyph glyph;
    size_t used = 0;

    for (size_t i = 0; i < text.size; used += glyph.columns) {
        i += glyph_next(text.bytes + i, text.size - i, &glyph);
        if (used + glyph.columns > columns)
            break;
        fwrite(glyph.bytes, 1, glyph.size, file);
    }
    for (; used < columns; used++)
        fputc(' ', file);
}

void display_style(struct output *out, const char *style)
{
    if (out->color)
        fputs(style, out->file);
}

/** Where display_wrapped() is. */
struct wrapping {
    struct output *out;
    const struct styled *text;
    unsigned indent, column;
    size_t range; /* the first that does not end before the next character */
    bool inside;  /* its style is on */
};

static void restyle(struct wrapping *w, bool inside)
{
    if (inside == w->inside || !w->out->color)
        return;
    fputs(STYLE_END, w->out->file);
    fputs(inside ? w->text->style : w->text->around, w->out->file);
    w->inside = inside;
}

static void break_line(struct wrapping *w)
{
    bool inside = w->inside;

    restyle(w, false);
    fputc('\n', w->out->file);
    for (w->column = 0; w->column < w->indent; w->column++)
        fputc(' ', w->out->file);
    restyle(w, inside);
}

static void put_glyph(struct wrapping *w, size_t offset, const struct glyph *glyph)
{
    const struct styled *text = w->text;

    if (w->out->width && w->column + glyph->columns > w->out->width && w->column > w->indent)
        break_line(w);
    while (w->range < text->n_ranges && text->ranges[w->range].end <= offset)
        w->range++;
    restyle(w, w->range < text->n_ranges && text->ranges[w->range].start <= offset);
    fwrite(glyph->bytes, 1, glyph->size, w->out->file);
    w->column += glyph->columns;
}

/** Columns of the word at the front of a text, and its size in bytes. */
static size_t word_columns(const char *bytes, size_t size, size_t *word)
{
    struct glyph glyph;
    size_t columns = 0, i = 0;

    while (i < size) {
        size_t n = glyph_next(bytes + i, size - i, &glyph);
        if (glyph.space)
            break;
        columns += glyph.columns;
        i += n;
    }
    *word = i;
    return columns;
}

void display_wrapped(struct output *out, unsigned indent, const struct styled *styled)
{
    struct wrapping w = { out, styled, indent, indent, 0, false };
    struct muc_string text = styled->text;
    const struct glyph blank = { " ", 1, 1, true };
    struct glyph glyph;
    size_t i = 0, blank_at = 0;
    bool between = false; /* words: a blank is owed */

    display_style(out, styled->around);
    while (i < text.size) {
        size_t word, columns = word_columns(text.bytes + i, text.size - i, &word);

        if (word == 0) { /* a space */
            blank_at = i;
            i += glyph_next(text.bytes + i, text.size - i, &glyph);
            between = between || w.column > w.indent;
            continue;
        }
        if (between && out->width && w.column + 1 + columns > out->width)
            break_line(&w);
        else if (between)
            put_glyph(&w, blank_at, &blank);
        between = false;
        for (size_t end = i + word; i < end;) {
            size_t at = i;
            i += glyph_next(text.bytes + i, text.size - i, &glyph);
            put_glyph(&w, at, &glyph);
        }
    }
    if (*styled->around || styled->n_ranges)
        display_style(out, STYLE_END);
}
