/* SPDX-License-Identifier: MIT */
/* display.h - text of documents on a person's screen: harmless, measured in columns, wrapped.
 *
 * A control character, a bidirectional override or a byte that is not UTF-8 is shown as U+FFFD; a
 * line break, a tab or a no-break space as a space. Columns are the terminal's: none for a
 * combining mark, two for an ideograph. */
#pragma once

#include <stdio.h>

#include "mucluc/mucluc.h"
#include "output.h"

/** Escape sequences; what they begin ends with STYLE_END. */
#define STYLE_BOLD  "\033[1m"
#define STYLE_FAINT "\033[2m"
#define STYLE_FOUND "\033[1;31m" /* a word that was searched for */
#define STYLE_TITLE "\033[1;34m"
#define STYLE_END   "\033[0m"

/** A text with parts of it in another style. */
struct styled {
    struct muc_string text;
    const struct muc_range *ranges; /* rising, not touching */
    size_t n_ranges;
    const char *style;  /* of the ranges */
    const char *around; /* of the rest; "" for none */
};

/** Columns that a text takes on one line. */
size_t display_columns(struct muc_string text);

/** A text on one line, whatever its length. */
void display_clean(FILE *file, struct muc_string text);

/** Bytes of a document: as they are, but on a terminal harmless, line breaks and tabs kept. */
void display_bytes(struct output *out, struct muc_string text);

/** A text cut or filled with blanks to exactly `columns`. */
void display_padded(FILE *file, struct muc_string text, size_t columns);

/**
 * A text from column `indent`, where the cursor is, broken between words to fit the width; further
 * lines are indented alike. Ends without a line break.
 */
void display_wrapped(struct output *out, unsigned indent, const struct styled *text);

/** Begin or end a style, where there is colour. */
void display_style(struct output *out, const char *style);
