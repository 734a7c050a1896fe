/* SPDX-License-Identifier: MIT */
#include "doc/lines.h"

#include "doc/dates.h"

enum {
    DATELINE = 100, /* bytes of a line in which a dateline's date begins */
    PLACE = 60,     /* the same where the dateline has its line for itself */
    BYLINE_CHARACTERS = 70,
    BYLINE_INDENT = 8,
    NAME_WORDS = 6,
};

/** How lines begin that stand above a title and are never it. */
static const char *const formal[] = {
    "so:", "kinh gui", "to:", "from:", "tu:", "toi:", "cc:", "dear", "v/v",
};

/** What such lines hold anywhere: beside it stands who publishes. */
static const char *const mottos[] = {
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
};

bool line_is_formal(const struct plain *line)
{
    for (size_t i = 0; i < sizeof formal / sizeof formal[0]; i++)
        if (plain_word(line, 0, formal[i]))
            return true;
    for (size_t at = 0; at < line->size; at++)
        for (size_t i = 0; i < sizeof mottos / sizeof mottos[0]; i++)
            if ((!at || line->at[at - 1] == ' ') && plain_word(line, at, mottos[i]))
                return true;
    return false;
}

bool line_has_letters(const struct plain *line)
{
    for (size_t at = 0; at < line->size; at++)
        if (plain_is_letter(line->at[at]))
            return true;
    return false;
}

bool line_is_capitals(const struct plain *line)
{
    size_t upper = 0, lower = 0;

    for (const char *at = line->at; *at; at++) { /* but for what is in brackets */
        if (*at == '(' && !(at = strchr(at, ')')))
            break;
        upper += plain_is_upper(*at);
        lower += *at >= 'a' && *at <= 'z';
        if (lower * 8 > line->size)
            return false;
    }
    return upper >= 4 && lower * 8 <= upper;
}

bool line_ends_sentence(const struct plain *line)
{
    return line->size && strchr(".;:,", line->at[line->size - 1]);
}

bool line_value(const struct text_line *line, const struct plain *plain, const char *name,
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

/** Whether byte `at` is inside a number or a run of them, as the 26 of "23-26/11". */
static bool is_inside(const struct plain *line, size_t at)
{
    if (at && (plain_is_letter(line->at[at - 1]) || ascii_is_digit(line->at[at - 1])))
        return true;
    return at > 1 && strchr("/.-", line->at[at - 1]) && ascii_is_digit(line->at[at - 2]);
}

bool line_find_day(const struct plain *line, struct muc_date *date)
{
    for (size_t at = 0; at < line->size && at < DATELINE; at++) {
        struct written_date found;

        if (is_inside(line, at) || !date_at(line, at, &found))
            continue;
        if (found.date.day && found.date.month && !is_span(line, at)) {
            *date = found.date;
            return true;
        }
        at = found.end - 1;
    }
    return false;
}

bool line_is_dateline(const struct plain *line, struct muc_date *date)
{
    for (size_t at = 0; at < line->size && at < PLACE; at++) {
        struct written_date found;
        size_t before = at;

        if (is_inside(line, at) || !date_at(line, at, &found))
            continue;
        while (before && line->at[before - 1] == ' ')
            before--;
        if (found.date.year && found.date.day && (!before || strchr("(,:", line->at[before - 1])) &&
            line->at[found.end + strspn(line->at + found.end, " ).:-")] == 0) {
            *date = found.date;
            return true;
        }
    }
    return false;
}

/* ---- the by-line */

size_t line_credit(const struct plain *line)
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

bool line_is_name(const struct plain *line)
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

/** The last line that is not blank; false: there is none from byte `from` on. */
static bool last_line(struct muc_string text, size_t from, struct text_line *line)
{
    for (size_t at = text.size; at > from;) {
        struct text_line next;
        bool found = false;

        while (at > from && text.bytes[at - 1] == '\n')
            at--;
        while (at > from && text.bytes[at - 1] != '\n')
            at--;
        for (size_t start = at; text_line_next(text, start, &next); start = next.end) {
            *line = next;
            found = true;
        }
        if (found)
            return true;
        text.size = at;
    }
    return false;
}

/** Where a text was taken from: "Nguồn: cantho.example.vn". */
static bool is_origin(const struct plain *line)
{
    return plain_word(line, 0, "nguon:") || plain_word(line, 0, "source:");
}

bool line_is_byline(struct muc_string text, size_t from, struct text_line *line,
                    struct muc_string *name)
{
    struct text_line next, last;
    struct plain plain;

    if (!last_line(text, from, &last) || last.text.size > 4 * BYLINE_CHARACTERS)
        return false;
    plain_of(last.text, &plain);
    if (is_origin(&plain)) {
        text.size = last.start;
        if (!last_line(text, from, &last) || last.text.size > 4 * BYLINE_CHARACTERS)
            return false;
        plain_of(last.text, &plain);
    }
    if (plain.size > BYLINE_CHARACTERS || strpbrk(plain.at, "@0123456789"))
        return false;
    if (line_credit(&plain)) {
        const char *colon = memchr(last.text.bytes, ':', last.text.size);
        struct muc_string rest = { 0 };

        if (colon)
            rest = str_of(colon + 1, last.text.size - (size_t)(colon + 1 - last.text.bytes));
        if (!rest.size || !text_line_next(rest, 0, &next))
            return false;
        *name = next.text;
    } else if (line_is_name(&plain) ||
               (last.indent >= BYLINE_INDENT && !line_ends_sentence(&plain))) {
        *name = last.text;
    } else {
        return false;
    }
    *line = last;
    return true;
}

/* ---- the end of a release */

static bool begins_with(const struct plain *line, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (plain_word(line, 0, words[i]))
            return true;
    return false;
}

bool line_is_notes(const struct plain *line)
{
    static const char *const words[] = {
        "ghi chu cho",     "ghi chu:",          "luu y bien tap",      "notes to editors",
        "note to editors", "notes for editors", "note aux redactions", "note aux redacteurs",
        "about us",
    };

    return begins_with(line, words, sizeof words / sizeof words[0]);
}

bool line_is_contact(const struct plain *line, bool addresses)
{
    static const char *const words[] = {
        "lien he",
        "bao chi lien he",
        "thong tin lien he",
        "moi chi tiet xin lien he",
        "moi thong tin",
        "dau moi",
        "dien thoai",
        "dt:",
        "tel",
        "email",
        "e-mail",
        "thu dien tu",
        "tong dai",
        "duong day nong",
        "truc ban",
        "nguoi phat ngon",
        "noi nhan",
        "dia chi",
        "website",
        "contact",
        "press contact",
        "media contact",
        "for more information",
    };
    const char *at = addresses ? strchr(line->at, '@') : NULL;

    return begins_with(line, words, sizeof words / sizeof words[0]) ||
           (at && at > line->at && plain_is_letter(at[1]) && strchr(at, '.'));
}

bool line_is_credited_picture(const struct plain *plain)
{
    return plain_word(plain, 0, "anh:") || plain_word(plain, 0, "anh minh hoa") ||
           plain_word(plain, 0, "photo:") || plain_word(plain, 0, "caption:");
}
