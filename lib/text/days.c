/* SPDX-License-Identifier: MIT */
#include "text/days.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "text/days_parts.h"

enum { LIST_MAX = 8 }; /* days that are told in one list */

/* What the word before a number says of it. */
enum {
    UNTOLD,
    TOLD, /* a day may come: từ, sáng */
    NAMED /* it is one, though it may be in words: ngày, mùng */
};

static const char *const names[] = { "ngay", "mung", "mong", NULL };

uint16_t days_traits(enum token_kind kind, struct muc_string exact, struct muc_string folded)
{
    size_t figures = 0;

    if (kind != TOKEN_WORD)
        return kind == TOKEN_NUMBER ? TRAIT_DAY_NUMBER : 0;
    while (figures < exact.size && strchr("ivx", exact.bytes[figures]))
        figures++;
    if (figures == exact.size)
        return TRAIT_DAY_NUMBER;
    for (const char *const *name = names; *name; name++)
        if (str_equal(folded, str_c(*name)))
            return TRAIT_DAY_NAME;
    return 0;
}

static unsigned told_by(const struct day_line *line, size_t i)
{
    static const char *const words[] = { "sang", "trua",  "chieu", "toi", "dem", "hom", "tu",
                                         "den",  "truoc", "sau",   "nay", "dip", NULL };

    i = day_previous(line, i);
    if (day_is_one(day_folded(line, i), names))
        return NAMED;
    return day_is_one(day_folded(line, i), words) || !strcmp(day_exact(line, i), "lễ") ? TOLD
                                                                                       : UNTOLD;
}

/* ---- one day */

/** A day as a text has it; 0: it leaves that out. */
struct day {
    unsigned day, month, year;
    size_t first, last; /* tokens */
    bool is_told;       /* its year: as năm ngoái */
    bool is_spread;     /* so that its words are not found next to each other: 15. 8., 15/VIII */
};

/** The year behind a day and its month, if there is one. False: digits go on in another way, so
 *  that it was no day; so it is where a year is told in words that say nothing here. */
static bool read_year(const struct day_line *line, bool dashed, struct day *day)
{
    size_t next = day_next(line, day->last), end = line->tokens[day->last].end;
    char between = day_joint(line, end, next);
    unsigned year = day_year_at(line, next);

    if (end < line->text.size && line->text.bytes[end] == '%')
        return false;
    if (next == line->n)
        return true;
    if (between == ' ' && !strcmp(day_exact(line, next), "âm") &&
        day_is_word(line, day_next(line, next), "lich"))
        return false; /* of the moon's year */
    if (between == ' ' && day_is_word(line, next, "nam")) {
        next = day_next(line, next);
        year = day_year_at(line, next);
        if (!year && (year = day_told_year(line, next)))
            day->is_told = true;
        between = '/';
    } else if (!ascii_is_digit(*day_written(line, next).bytes)) {
        return !dashed || between != ' ' || !day_is_word(line, next, "thang"); /* 5-8 tháng 3 */
    }
    if (between == '/' || between == '.' || (between == '-' && year)) {
        day->year = year;
        day->last = next;
        return year > 0;
    }
    return !year && (between != '-' || !dashed); /* 30/4-1/5 is two, 5-8-3 is not 5-8 */
}

/** Days that are one word: 22.12 and 22.12.2020. */
static bool read_points(struct muc_string word, struct day *day)
{
    const char *point = memchr(word.bytes, '.', word.size), *end = word.bytes + word.size, *second;

    if (!point)
        return false;
    second = memchr(point + 1, '.', (size_t)(end - point - 1));
    day->day = day_number(str_of(word.bytes, (size_t)(point - word.bytes)), 31);
    day->month = day_number(str_of(point + 1, (size_t)((second ? second : end) - point - 1)), 12);
    if (second && end - second != 5)
        return false;
    for (const char *at = second ? second + 1 : end; at < end; at++) {
        if (!ascii_is_digit(*at))
            return false;
        day->year = 10 * day->year + (unsigned)(*at - '0');
    }
    return day->day && day->month && (!second || day->year);
}

/** Whether a word that begins with a digit is of those that read_day() takes. */
static bool may_be_day(struct muc_string word)
{
    return day_number(word, 31) || memchr(word.bytes, '.', word.size);
}

/** A day behind whose number tháng stands, `full->last`, where one of the two is in words; without
 * a year only behind ngày: 5 tháng hai lần. False: it is none. */
static bool read_spoken(const struct day_line *line, unsigned told, struct day *full)
{
    size_t next, at = day_next(line, full->last);
    bool capital;
    char between;

    if (at == line->n || day_joint(line, line->tokens[full->last].end, at) != ' ')
        return false;
    capital = line->text.bytes[line->tokens[at].start] <= 'Z';
    full->last = at;
    if (!(full->month = day_month_at(line, at)))
        full->month = day_month_in_words(line, at, &full->last);
    next = day_next(line, full->last);
    between = day_joint(line, line->tokens[full->last].end, next);
    full->is_spread = true;
    if (between == ' ' && day_year_at(line, next) && day_is_word(line, at, "nam") && !capital &&
        told < NAMED)
        return false; /* 6 tháng năm 2021 */
    if ((between == ' ' || between == ',') && (full->year = day_year_at(line, next)))
        full->last = next; /* 5 tháng Ba, 2021 */
    else if (!full->month || !read_year(line, false, full))
        return false;
    return full->month && (full->year || told == NAMED);
}

/** March 5, 2021; 5 Mar. 2021; without a year only by the whole name of the month, and not by that
 *  of May, which is also máy. */
static bool read_abroad(const struct day_line *line, struct day *day)
{
    size_t next = day_next(line, day->first), before = day_previous(line, day->first);
    char joint = day_joint(line, line->tokens[day->first].end, next);
    struct day full = *day;
    bool whole = false;

    if (joint == ' ' && (full.month = day_month_abroad(line, next, &whole))) {
        full.last = next;
    } else if (before < line->n && (full.month = day_month_abroad(line, before, &whole))) {
        joint = day_joint(line, line->tokens[before].end, day->first);
        if (joint != ' ' && joint != '.')
            return false;
        full.first = before;
        full.is_spread = joint == '.';
    }
    next = day_next(line, full.last);
    joint = full.month ? day_joint(line, line->tokens[full.last].end, next) : 0;
    if ((joint == ' ' || joint == ',' || joint == '.') && (full.year = day_year_at(line, next))) {
        full.is_spread |= joint == '.';
        full.last = next;
    }
    if (!full.month || (!full.year && (!whole || full.month == 5)))
        return false;
    *day = full;
    return true;
}

/** The day that begins with token `i`, perhaps the number of the day alone. */
static bool read_day(const struct day_line *line, size_t i, unsigned told, struct day *day)
{
    struct day full = { .first = i, .last = i };
    size_t next;
    bool spoken;
    char between;

    if (told && read_points(day_written(line, i), &full)) {
        *day = full;
        return read_year(line, false, day);
    }
    *day = (struct day){ .first = i, .last = i };
    spoken = !(day->day = day_number(day_written(line, i), 31));
    if (spoken && (told < NAMED || !(day->day = day_in_words(line, i, &day->last))))
        return false;
    if (!spoken && read_abroad(line, day))
        return true;
    full = *day;
    next = full.last = day_next(line, day->last);
    between = day_joint(line, line->tokens[day->last].end, next);
    if (between == ' ' && day_is_word(line, next, "thang")) {
        full.last = day_next(line, next);
        if (spoken || !day_month_at(line, full.last)) {
            full.last = next;
            if (!read_spoken(line, told, &full))
                return false;
            *day = full;
            return true;
        }
        if (day_joint(line, line->tokens[next].end, full.last) != ' ')
            return false;
    } else if (spoken) {
        return false;
    } else if (between != '/' &&
               ((between != '-' && between != '.') || !(told || day_is_roman(line, next)))) {
        return told > UNTOLD;
    }
    full.month = day_month_at(line, full.last);
    full.is_spread = day_is_roman(line, full.last) ||
                     (between == '.' && line->tokens[next].start > line->tokens[i].end + 1);
    if (!full.month || !read_year(line, between == '-', &full))
        return between == '-';
    if (full.is_spread && between != ' ' && !full.year && !(told && between != '.'))
        return told > UNTOLD;
    *day = full;
    return true;
}

/* ---- several days that share a month or a year: từ ngày 5 đến 8/3, các ngày 5, 6 và 7/3/2021 */

/** Where the next day of a list has its number: ", 6", "và 7", "đến hết ngày 22", "- 1-5". */
static size_t next_of_list(const struct day_line *line, size_t last)
{
    static const char *const joining[] = { "va", "den", "toi", NULL };
    static const char *const leading[] = { "ngay", "het", "sang", "trua", "chieu",
                                           "toi",  "dem", "mung", "mong", NULL };
    static const struct day_links links = { day_folded, joining, leading };
    size_t at = day_connected(line, last, &links);

    return at < line->n && ascii_is_digit(*day_written(line, at).bytes) ? at : line->n;
}

/** Whether day `a` comes behind day `b` in a year. */
static bool is_later(const struct day *a, const struct day *b)
{
    return a->month > b->month || (a->month == b->month && a->day > b->day);
}

/** What days leave out they have from the one behind them. One that is then no earlier than that is
 *  none: its day becomes 0. */
static void share(struct day *days, size_t n)
{
    for (size_t k = n; k-- > 1;) {
        struct day *day = &days[k - 1];
        const struct day *behind = &days[k];

        if (day->year)
            continue;
        if (day->month) { /* 30/12 - 2/1/2021 */
            day->year = behind->year && is_later(day, behind) ? behind->year - 1 : behind->year;
            continue;
        }
        day->month = behind->month;
        day->year = behind->year;
        if (day->day >= behind->day)
            *day = (struct day){ 0 };
    }
}

/** Whether a line or sentence begins with a token, or it stands behind a colon or bracket. */
static bool begins(const struct day_line *line, size_t i)
{
    size_t before = day_previous(line, i);

    if (before == line->n || line->tokens[i].position > line->tokens[before].position + 1)
        return true;
    for (size_t at = line->tokens[before].end; at < line->tokens[i].start; at++)
        if (memchr(":([", line->text.bytes[at], 3))
            return true;
    return false;
}

/** Whether a day leads to another with all its parts: 5 - 8.3.2021, (5 - 8/3/2021); not behind
 *  other words: số 5 - 8/3/2021. */
static bool is_of_range(const struct day_line *line, size_t i)
{
    size_t next = day_next(line, i), at = next;
    struct day end = { 0 };

    if (day_joint(line, line->tokens[i].end, next) != '-' || !begins(line, i))
        return false;
    if (read_points(day_written(line, next), &end))
        return end.year > 0;
    for (int part = 0; part < 2; part++) {
        size_t before = at;

        at = day_next(line, at);
        if (day_joint(line, line->tokens[before].end, at) != '/')
            return false;
    }
    return day_year_at(line, at) > 0;
}

/** The days of the list that begins with token `i`: their number, and which of them are written
 * with a year. */
static size_t read_days(const struct day_line *line, size_t i, struct day days[LIST_MAX],
                        bool *full)
{
    size_t n = 0;
    unsigned told = told_by(line, i);

    if (!told && is_of_range(line, i))
        told = TOLD;
    while (i < line->n && n < LIST_MAX && read_day(line, i, told, &days[n])) {
        i = next_of_list(line, days[n++].last);
        if (i < line->n && told_by(line, i) > told)
            told = told_by(line, i);
    }
    while (n && !days[n - 1].month)
        n--;
    for (size_t k = 0; k < n; k++)
        full[k] = days[k].year > 0 && !days[k].is_told && !days[k].is_spread;
    share(days, n);
    return n;
}

/* ---- years that are not said */

/** Days from year 0 on, nearly: only differences matter. */
static int serial(int year, unsigned month, unsigned day)
{
    return year * 365 + (int)month * 30 + (int)day;
}

/** The year in which the day exists and is nearest; 0: in none of the three. */
static int nearest_year(unsigned day, unsigned month, struct muc_date near)
{
    int best = 0, least = 0, from = near.month ? near.year - 1 : near.year;
    int to = near.month ? near.year + 1 : near.year;
    int middle = serial(near.year, near.month, near.day ? near.day : 15);

    for (int year = from < 1 ? 1 : from; year <= to && year <= 9999; year++) {
        int distance = abs(serial(year, month, day) - middle);

        if (day > calendar_days((unsigned)year, month) || (best && distance >= least))
            continue;
        best = year;
        least = distance;
    }
    return best;
}

/** Whether token `i` goes on with a longer number. */
static bool is_inside(const struct day_line *line, size_t i)
{
    size_t before = day_previous(line, i);
    char between;

    if (before == line->n || !ascii_is_digit(*day_written(line, before).bytes))
        return false;
    between = day_joint(line, line->tokens[before].end, i);
    return between == '/' || between == '.';
}

/** Append a day that leaves its year out, if it exists. False if memory is out. */
static bool add_day(const struct day_line *line, const struct day *day, struct muc_date near,
                    struct named_days *out)
{
    unsigned year = day->year;
    struct named_day *named;

    if (!year && near.year)
        year = (unsigned)nearest_year(day->day, day->month, near);
    if (!year || day->day > calendar_days(year, day->month))
        return true;
    if ((named = vector_push(out)))
        *named = (struct named_day){ year * 10000 + day->month * 100 + day->day,
                                     line->tokens[day->first].start, line->tokens[day->last].end,
                                     line->tokens[day->first].position };
    return named;
}

/** Whether the token before looks like ngày, mùng or mồng by its first and last letters. */
static bool may_be_named(const struct day_line *line, size_t i)
{
    const struct token *before = &line->tokens[i - (i > 0)];
    char first = line->text.bytes[before->start] | 0x20;
    char last = line->text.bytes[before->end - 1] | 0x20;

    return i && (first == 'n' || first == 'm') && !before->whole &&
           before->end - before->start >= 4 && (last == 'y' || last == 'g');
}

/** Whether a day or month may begin with the number that token `i` is: hardly any token is one. */
static bool may_be_part(const struct day_line *line, size_t i)
{
    char first = line->text.bytes[line->tokens[i].start];

    if (ascii_is_digit(first))
        return may_be_day(day_written(line, i)) && !is_inside(line, i);
    if (may_be_named(line, i))
        return told_by(line, i) == NAMED && day_in_words(line, i, &(size_t){ 0 });
    return (first == 'I' || first == 'V' || first == 'X') && day_is_roman(line, i) &&
           day_is_word(line, day_previous(line, i), "thang");
}

/** The first token from `i` to `to` that may_be_part() has to be asked about, else the end. */
static size_t find_number(const struct day_line *line, size_t i, size_t to)
{
    const uint16_t *traits_of = analyzer_traits(line->analyzer);
    unsigned before = i && i < to ? traits_of[line->tokens[i - 1].form] : 0;

    for (; i < to; i++) {
        unsigned here = traits_of[line->tokens[i].form];

        if ((here & TRAIT_DAY_NUMBER) | (before & TRAIT_DAY_NAME))
            break;
        before = here;
    }
    return i;
}

bool days_find_part(const struct analyzer *analyzer, struct muc_string text,
                    const struct token *tokens, size_t n, struct muc_date near, size_t *next,
                    size_t to, struct named_days *out)
{
    const struct day_line line = { analyzer, text, tokens, n, near };
    size_t i = *next;

    for (; (i = find_number(&line, i, to)) < to; i++) {
        struct day days[LIST_MAX];
        bool full[LIST_MAX];
        size_t n_days;

        if (tokens[i].whole || !may_be_part(&line, i))
            continue;
        n_days = read_days(&line, i, days, full);
        for (size_t k = 0; k < n_days; k++)
            if (!full[k] && days[k].day && !add_day(&line, &days[k], near, out))
                return false;
        if (n_days)
            i = days[n_days - 1].last;
        else if (!days_add_months(&line, &i, out))
            return false;
    }
    *next = i;
    return true;
}

bool days_find(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
               size_t n, struct muc_date near, struct named_days *out)
{
    size_t i = 0;

    return days_find_part(analyzer, text, tokens, n, near, &i, n, out);
}
