/* SPDX-License-Identifier: MIT */
/* doc/plain.h - a line as letters without marks, so that labels, dates and names are told by ASCII.
 *
 *   "  Sáng ngày 22–12, TẠI  Cần Thơ" -> "Sang ngay 22-12, TAI Can Tho"
 *
 * Marks are gone, đ is d, dashes are -, runs of blanks are one space and none at the ends; case
 * stays. A letter of another script is one *, anything else that is not ASCII one ?. Composed,
 * decomposed and unaccented writing give the same. */
#pragma once

#include <stdint.h>

#include "base/str.h"

enum { PLAIN_MAX = 400 }; /* bytes; of a longer line the beginning */

struct plain {
    char at[PLAIN_MAX + 1]; /* NUL behind */
    uint16_t size;
    bool cut;
    uint16_t n_lower; /* letters in lower case */
};

void plain_of(struct muc_string line, struct plain *plain);

/** The first `n` letters of that, which is enough where a line is told by how it begins. */
void plain_beginning(struct muc_string line, size_t n, struct plain *plain);

/** plain_word() where the first letter is right. */
size_t plain_word_begun(const struct plain *plain, size_t at, const char *word);

/** Letter case aside: whether `word` (lower case, ASCII, not empty) stands at `at`, and no letter
 * or digit follows it unless it ends in a sign. Gives the byte behind, or 0. */
static inline size_t plain_word(const struct plain *plain, size_t at, const char *word)
{
    if (at >= plain->size || (plain->at[at] | 0x20) != (word[0] | 0x20)) /* nearly always */
        return 0;
    return plain_word_begun(plain, at, word);
}

/** How many bytes of `text` have the first `n` letters of its plain form. */
size_t plain_bytes(struct muc_string text, size_t n);

static inline bool plain_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}

static inline bool plain_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* ---- lines of a text */

struct text_line {
    struct muc_string text; /* without blanks at its ends */
    size_t start, end;      /* bytes of the whole text; with blanks and its line break */
    size_t indent;          /* columns of blanks before it, a tab going to the next eighth */
    bool first;             /* of a paragraph: the text's start or an empty line is before it */
};

/** The next line that is not empty, from byte `from` on; false at the end. \n, \r\n, a lone \r,
 *  \v, \f, U+0085, U+2028 and U+2029 end a line. */
bool text_line_next(struct muc_string text, size_t from, struct text_line *line);
