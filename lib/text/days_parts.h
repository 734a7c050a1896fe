/* SPDX-License-Identifier: MIT */
/* text/days_parts.h - what text/days.c and text/days_months.c share: tokens of a text as parts of
 * dates. A place that is none is `n`. */
#pragma once

#include <string.h>

#include "text/days.h"

enum { YEAR_MAX = 9999 };

/** Plain tokens of a text, by their places. */
struct day_line {
    const struct analyzer *analyzer;
    struct muc_string text;
    const struct token *tokens;
    size_t n;
    struct muc_date near; /* the document's, or year 0 */
};

struct muc_string day_written(const struct day_line *line, size_t i);

/** The plain token behind, and the one before. */
size_t day_next(const struct day_line *line, size_t i);
size_t day_previous(const struct day_line *line, size_t i);

/** What joins token `i` to the one that ends at `end`: '/', '-', '.', ',', ' ' for blanks alone, or
 *  0. A line may be wrapped between them. */
char day_joint(const struct day_line *line, size_t end, size_t i);

/** One or two digits between 1 and `most`, or 0. */
unsigned day_number(struct muc_string text, unsigned most);

/** The month whose number is token `i`, 8 or VIII; or 0. */
unsigned day_month_at(const struct day_line *line, size_t i);
bool day_is_roman(const struct day_line *line, size_t i);

/** The number of a day or a month in words, without marks where the text has none; or 0. `last`:
 * its last token. The first and the last month of the moon's year are none. */
unsigned day_in_words(const struct day_line *line, size_t i, size_t *last);
unsigned day_month_in_words(const struct day_line *line, size_t i, size_t *last);

/** The month whose name in English is token `i`, with a capital; `whole`: it is no short one. */
unsigned day_month_abroad(const struct day_line *line, size_t i, bool *whole);

/** The year of four digits that is token `i`, or 0. */
unsigned day_year_at(const struct day_line *line, size_t i);

/** The year that token `i` tells behind năm: ngoái, nay, tới; 0: none, or the document has no date.
 *  (Năm sau is most often that behind a year which the text names.) */
unsigned day_told_year(const struct day_line *line, size_t i);

/** The forms of token `i`; "": it is none. */
const char *day_exact(const struct day_line *line, size_t i);
const char *day_folded(const struct day_line *line, size_t i);

/** Whether a form is one of these words, behind which NULL stands. */
bool day_is_one(const char *form, const char *const *words);
bool day_is_word(const struct day_line *line, size_t i, const char *folded);

/** How the next day or month of a list is joined to the one before it, besides by - and a comma. */
struct day_links {
    const char *(*form)(const struct day_line *line, size_t i); /* that the words are */
    const char *const *joining;                                 /* và, đến */
    const char *const *leading; /* that may stand in front of the next: đến hết tháng 4 */
};

/** The token at which the next one of a list begins, or `n`: none follows. */
size_t day_connected(const struct day_line *line, size_t last, const struct day_links *links);

/** Append the months of the list that begins with the number at token `*i`, as far as the text
 *  leaves their year out; that moves to the last of them. False if memory is out. */
bool days_add_months(const struct day_line *line, size_t *i, struct named_days *out);
