/* SPDX-License-Identifier: MIT */
#include "doc/anatomy.h"

#include <strings.h>

#include "doc/dates.h"

enum {
    TITLE_CHARACTERS = 250, /* a longer line is a paragraph */
    CUT_TITLE = 160,        /* bytes that are taken of a paragraph, to the next blank */
    DATELINE = 100,         /* bytes of a line in which a dateline's date begins */
    DATELINE_LINES = 3,     /* lines behind the title in which it may stand */
    BYLINE_CHARACTERS = 70,
    BYLINE_INDENT = 8,
    NAME_WORDS = 6,
};

/* ---- lines */

struct label {
    const char *plain, *kind;
};

static const struct label labels[] = {
    { "thong cao bao chi", "thông cáo báo chí" },       { "press release", "press release" },
    { "for immediate release", "press release" },       { "news release", "press release" },
    { "communique de presse", "communiqué de presse" },
};

/** Lines above a title that are never the title. */
static const char *const formal[] = {
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "so:",
    "kinh gui",
    "to:",
    "from:",
    "tu:",
    "toi:",
    "cc:",
    "dear",
    "v/v",
};

/** The label that the line begins with and that is all of it, but for another one. */
static const struct label *label_of(const struct plain *line)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t end = plain_word(line, 0, labels[i].plain);

        if (end && (end == line->size || strchr(" /:|-.", line->at[end])) &&
            line->size < end + 24 && !line->n_lower)
            return &labels[i];
    }
    return NULL;
}

static bool is_formal(const struct plain *line)
{
    for (size_t i = 0; i < sizeof formal / sizeof formal[0]; i++) {
        size_t size = strlen(formal[i]);

        if (formal[i][size - 1] == ':' ? line->size >= size && plain_word(line, 0, "") == 0 &&
                                             !strncasecmp(line->at, formal[i], size)
                                       : plain_word(line, 0, formal[i]) != 0)
            return true;
    }
    return false;
}

/** In capitals, but for a word here and there and what is in brackets. */
static bool is_capitals(const struct plain *line)
{
    size_t upper = 0, lower = 0;

    for (const char *at = line->at; *at && *at != '('; at++) {
        upper += plain_is_upper(*at);
        lower += *at >= 'a' && *at <= 'z';
    }
    return upper >= 4 && lower * 8 <= upper;
}

static bool ends_sentence(const struct plain *line)
{
    return line->size && strchr(".;:,", line->at[line->size - 1]);
}

/** The value of a head line: `name` and a colon stand before it. */
static bool head_value(const struct text_line *line, const struct plain *plain, const char *name,
                       struct muc_string *value)
{
    size_t end = plain_word(plain, 0, name);
    const char *colon =
        end && plain->at[end] == ':' ? memchr(line->text.bytes, ':', line->text.size) : NULL;
    struct text_line rest;

    if (!colon)
        return false;
    colon++;
    *value = str_of(colon, line->text.size - (size_t)(colon - line->text.bytes));
    if (!text_line_next(*value, 0, &rest))
        return false;
    *value = rest.text;
    return true;
}

/* ---- dates */

/** Whether the words before byte `at` make the date one end of a span: "từ ngày", "đến". */
static bool is_span(const struct plain *line, size_t at)
{
    static const char *const words[] = { "tu", "den", "truoc", "sau", "het", "from", "until" };

    for (int back = 0; back < 2; back++) {
        while (at && line->at[at - 1] == ' ')
            at--;
        while (at && plain_is_letter(line->at[at - 1]))
            at--;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (plain_word(line, at, words[i]))
                return true;
        if (!plain_word(line, at, "ngay"))
            return false;
    }
    return false;
}

/** The first day in the first words of a line. */
static bool dateline(const struct plain *line, struct muc_date *date)
{
    for (size_t at = 0; at < line->size && at < DATELINE; at++) {
        struct written_date found;

        if (at && (plain_is_letter(line->at[at - 1]) || plain_is_digit(line->at[at - 1])))
            continue;
        if (!date_at(line, at, &found))
            continue;
        if (found.date.day && found.date.month && !is_span(line, at)) {
            *date = found.date;
            return true;
        }
        at = found.end - 1;
    }
    return false;
}

/* ---- the head and the title */

static void cut_title(struct anatomy *anatomy)
{
    struct muc_string text = anatomy->title.text;
    size_t at = CUT_TITLE;
    struct plain plain;

    plain_of(text, &plain);
    if (plain.size > TITLE_CHARACTERS) {
        while (at < text.size && text.bytes[at] != ' ')
            at++;
        text.size = at;
    }
    anatomy->title_text = text;
}

/** Whether a line below one of capitals is the title and that one a banner. */
static bool is_title(const struct plain *line)
{
    struct muc_date date;

    return !is_capitals(line) && line->n_lower && line->size <= TITLE_CHARACTERS &&
           !ends_sentence(line) && !dateline(line, &date);
}

static void find_title(struct muc_string text, struct anatomy *anatomy)
{
    struct text_line line, above = { 0 };
    struct plain plain;
    size_t at = 0;

    for (int i = 0; i < ANATOMY_HEAD && text_line_next(text, at, &line); i++, at = line.end) {
        const struct label *label;
        struct muc_string value;

        plain_of(line.text, &plain);
        if (head_value(&line, &plain, "subject", &value) ||
            head_value(&line, &plain, "tieu de", &value) ||
            head_value(&line, &plain, "title", &value)) {
            anatomy->title = line;
            anatomy->title_text = value;
            return;
        }
        if (head_value(&line, &plain, "date", &value) || (label = label_of(&plain)) ||
            is_formal(&plain)) {
            if (label_of(&plain) && !anatomy->kind.size)
                anatomy->kind = str_c(label_of(&plain)->kind);
            continue;
        }
        if (!above.text.size && is_capitals(&plain)) {
            above = line;
            continue;
        }
        if (!above.text.size || is_title(&plain))
            anatomy->title = line;
        break;
    }
    if (!anatomy->title.text.size)
        anatomy->title = above;
    if (anatomy->title.text.size)
        cut_title(anatomy);
}

static void find_date(struct muc_string text, struct anatomy *anatomy)
{
    struct text_line line;
    struct plain plain;
    struct muc_string value;
    size_t at = 0;

    for (int i = 0; i < ANATOMY_HEAD && text_line_next(text, at, &line); i++, at = line.end) {
        plain_of(line.text, &plain);
        if (head_value(&line, &plain, "date", &value)) {
            plain_of(value, &plain);
            if (dateline(&plain, &anatomy->date))
                return;
        }
    }
    at = anatomy->title.text.size ? anatomy->title.end : 0;
    for (int i = 0; i < DATELINE_LINES && text_line_next(text, at, &line); i++, at = line.end) {
        plain_of(line.text, &plain);
        if (dateline(&plain, &anatomy->date))
            return;
    }
}

/* ---- the by-line */

/** Where the name begins behind "Tin, ảnh:" and the like; 0: there is no such label. */
static size_t behind_credit(const struct plain *line)
{
    static const char *const words[] = { "tin", "bai", "anh", "va", "theo", "nguon", "by", "par" };
    size_t at = 0;

    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof words / sizeof words[0] && !more; i++) {
            size_t end = plain_word(line, at, words[i]);

            if (end) {
                more = true;
                at = end;
            }
        }
        while (more && line->at[at] && strchr(" ,&-", line->at[at]))
            at++;
        if (more && line->at[at] == ':')
            return at + 1;
    }
    return 0;
}

/** A few words that all begin with a capital, and nothing else. */
static bool is_name(const struct plain *line)
{
    size_t words = 0;

    for (size_t i = 0; i < line->size; i++) {
        char c = line->at[i];

        if (!plain_is_letter(c) && !strchr(" '-", c))
            return false;
        if (plain_is_letter(c) && (i == 0 || line->at[i - 1] == ' ')) {
            words++;
            if (!plain_is_upper(c) && c != '*')
                return false;
        }
    }
    return words >= 2 && words <= NAME_WORDS && line->n_lower;
}

static void find_byline(struct muc_string text, struct anatomy *anatomy)
{
    struct text_line line, last = { 0 };
    struct plain plain;
    size_t credit;

    for (size_t at = anatomy->title.end; text_line_next(text, at, &line); at = line.end)
        last = line;
    if (!last.text.size || last.text.size > 4 * BYLINE_CHARACTERS)
        return;
    plain_of(last.text, &plain);
    if (plain.size > BYLINE_CHARACTERS || strpbrk(plain.at, "@0123456789"))
        return;
    credit = behind_credit(&plain);
    if (credit) {
        const char *colon = memchr(last.text.bytes, ':', last.text.size);
        struct muc_string rest = { 0 };

        if (colon)
            rest = str_of(colon + 1, last.text.size - (size_t)(colon + 1 - last.text.bytes));
        if (rest.size && text_line_next(rest, 0, &line))
            anatomy->byline = line.text;
    } else if (is_name(&plain) || (last.indent >= BYLINE_INDENT && !ends_sentence(&plain))) {
        anatomy->byline = last.text;
    }
}

void anatomy_of(struct muc_string text, struct anatomy *anatomy)
{
    *anatomy = (struct anatomy){ 0 };
    find_title(text, anatomy);
    find_date(text, anatomy);
    find_byline(text, anatomy);
}
