/* SPDX-License-Identifier: MIT */
#include "doc/anatomy.h"

#include <unicode/uchar.h>

#include "doc/dates.h"
#include "doc/kinds.h"
#include "doc/lines.h"
#include "text/character.h"

enum {
    TITLE_CHARACTERS = 250, /* a longer line is a paragraph */
    CUT_TITLE = 160,        /* bytes that are taken of a paragraph, to the next blank … */
    CUT_TITLE_MOST = 400,   /* … unless that is far */
    DATELINE_LINES = 3,     /* lines behind the title in which a dateline may stand */
};

/* ---- the head and the title */

/** The line as the title; of a paragraph its beginning. */
static void take_title(struct anatomy *anatomy, const struct text_line *line,
                       struct muc_string title)
{
    struct plain plain;
    size_t at = CUT_TITLE;

    plain_of(title, &plain);
    if (plain.size > TITLE_CHARACTERS || title.size > 4 * TITLE_CHARACTERS) {
        while (at < title.size && at < CUT_TITLE_MOST && title.bytes[at] != ' ')
            at++;
        while (at && at < title.size && (title.bytes[at] & 0xc0) == 0x80) /* in a character */
            at--;
        anatomy->title_is_cut = at < title.size;
        title.size = at < title.size ? at : title.size;
    }
    anatomy->title = *line;
    anatomy->title_text = title;
}

/** Whether the line is the first of several that one sentence runs over. */
static bool is_wrapped(struct muc_string text, const struct text_line *line)
{
    struct text_line next;
    size_t at = 0;

    return text_line_next(text, line->end, &next) && !next.first &&
           u_islower((UChar32)character_next(next.text, &at)) &&
           text_line_next(text, next.end, &next) && !next.first;
}

/** Whether a line below one of capitals is the title and that one a banner. */
static bool is_title(struct muc_string text, const struct text_line *line,
                     const struct plain *plain)
{
    struct muc_date date;

    return !line_is_capitals(plain) && plain->n_lower && plain->size <= TITLE_CHARACTERS &&
           !line_ends_sentence(plain) && !line_find_day(plain, &date) && !is_wrapped(text, line);
}

static bool is_subject(const struct text_line *line, const struct plain *plain,
                       struct muc_string *title)
{
    return line_value(line, plain, "subject", title) || line_value(line, plain, "tieu de", title) ||
           line_value(line, plain, "title", title);
}

/** Whether the line belongs to a head: it is never the title, though it may tell kind and date. */
static bool is_head(const struct text_line *line, const struct plain *plain,
                    struct anatomy *anatomy)
{
    const char *kind = kind_of_label(plain);
    struct muc_string value;
    struct muc_date date;

    if (kind && !anatomy->kind.size)
        anatomy->kind = str_c(kind);
    if (line_is_dateline(plain, &date)) {
        if (!anatomy->date.year)
            anatomy->date = date;
        return true;
    }
    return kind || line_value(line, plain, "date", &value) || line_is_formal(plain) ||
           !line_has_letters(plain);
}

static void find_title(struct muc_string text, struct anatomy *anatomy)
{
    struct text_line line, above = { 0 };
    struct plain plain;
    size_t at = 0;

    for (int i = 0; i < ANATOMY_HEAD && text_line_next(text, at, &line); i++, at = line.end) {
        struct muc_string title;

        plain_of(line.text, &plain);
        if (!anatomy->title.text.size && is_subject(&line, &plain, &title)) {
            take_title(anatomy, &line, title);
            continue;
        }
        if (is_head(&line, &plain, anatomy) || anatomy->title.text.size)
            continue;
        if (line_is_capitals(&plain)) {
            if (!above.text.size || line.first)
                above = line; /* the last of several banners, in case that nothing better comes */
            continue;
        }
        if (!above.text.size || is_title(text, &line, &plain))
            take_title(anatomy, &line, line.text);
        break;
    }
    if (!anatomy->title.text.size && above.text.size)
        take_title(anatomy, &above, above.text);
}

/** Where find_title() met no dateline: "Date: …" in the head, or a day below the title. */
static void find_date(struct muc_string text, struct anatomy *anatomy)
{
    struct text_line line;
    struct plain plain;
    struct muc_string value;
    size_t at = 0;

    for (int i = 0; i < ANATOMY_HEAD && text_line_next(text, at, &line); i++, at = line.end) {
        plain_of(line.text, &plain);
        if (line_value(&line, &plain, "date", &value)) {
            plain_of(value, &plain);
            if (line_find_day(&plain, &anatomy->date))
                return;
        }
    }
    plain_of(anatomy->title_text, &plain);
    at = anatomy->title_is_cut || line_ends_sentence(&plain) ? anatomy->title.start
                                                             : anatomy->title.end;
    for (int i = 0; i < DATELINE_LINES && text_line_next(text, at, &line); i++, at = line.end) {
        plain_of(line.text, &plain);
        if (line_find_day(&plain, &anatomy->date))
            return;
    }
}

void anatomy_of(struct muc_string text, struct anatomy *anatomy)
{
    struct text_line line;

    *anatomy = (struct anatomy){ 0 };
    find_title(text, anatomy);
    if (!anatomy->date.year)
        find_date(text, anatomy);
    line_is_byline(text, anatomy->title.end, &line, &anatomy->byline);
}
