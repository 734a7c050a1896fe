/* SPDX-License-Identifier: MIT */
#include "text/days.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "text/character.h"

enum { LIST_MAX = 8 }; /* days that are told in one list */

/** Plain tokens of a text, by their places. */
struct line {
    const struct analyzer *analyzer;
    struct muc_string text;
    const struct token *tokens;
    size_t n;
    struct muc_date near; /* the document's, or year 0 */
};

static struct muc_string written(const struct line *line, size_t i)
{
    return str_of(line->text.bytes + line->tokens[i].start,
                  line->tokens[i].end - line->tokens[i].start);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** The plain token behind, or `n`. */
static size_t next_plain(const struct line *line, size_t i)
{
    do
        i++;
    while (i < line->n && line->tokens[i].whole);
    return i;
}

/** The plain token before, or `n`. */
static size_t previous_plain(const struct line *line, size_t i)
{
    while (i-- > 0)
        if (!line->tokens[i].whole)
            return i;
    return line->n;
}

/** What joins token `i` to the one that ends at `end`: '/', '-', '.', ',', ' ' for blanks alone, or
 *  0. A line may be wrapped between them. */
static char joint(const struct line *line, size_t end, size_t i)
{
    uint32_t n_breaks = 0;
    char found = ' ';

    if (i >= line->n || line->tokens[i].start < end)
        return 0;
    for (size_t at = end; at < line->tokens[i].start;) {
        uint32_t c = character_next(line->text, &at);

        if (character_is_space(c) || c == '\r' || (c == '\n' && n_breaks++ == 0))
            continue;
        if (found != ' ' || !(c == '/' || c == '.' || c == ',' || character_is_dash(c)))
            return 0;
        found = character_is_dash(c) ? '-' : (char)c;
    }
    return found;
}

/** One or two digits between 1 and `most`, or 0. */
static unsigned small_number(struct muc_string text, unsigned most)
{
    unsigned number = 0;

    if (text.size < 1 || text.size > 2)
        return 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.bytes[i]))
            return 0;
        number = 10 * number + (unsigned)(text.bytes[i] - '0');
    }
    return number <= most ? number : 0;
}

static bool is_word(const struct line *line, size_t i, const char *folded)
{
    const struct form *form;

    if (i >= line->n)
        return false;
    form = analyzer_form(line->analyzer, line->tokens[i].form);
    return str_equal(str_of(form->folded, form->folded_size), str_c(folded));
}

/** Whether the word before says that a day comes. */
static bool is_announced(const struct line *line, size_t i)
{
    static const char *const words[] = { "ngay", "sang",  "trua", "chieu", "toi",
                                         "dem",  "hom",   "mung", "mong",  "tu",
                                         "den",  "truoc", "sau",  "nay",   "dip" };
    const struct form *form;

    i = previous_plain(line, i);
    if (i >= line->n)
        return false;
    form = analyzer_form(line->analyzer, line->tokens[i].form);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (*form->folded == *words[k] && !strcmp(form->folded, words[k]))
            return true;
    return !strcmp(form->exact, "lễ");
}

/* ---- one day */

/** A day as a text has it; 0: it leaves that out. */
struct day {
    unsigned day, month, year;
    size_t first, last; /* tokens */
    bool is_told;       /* its year: as năm ngoái */
};

/** The year that token `i` tells behind năm: ngoái, nay, tới; 0: none, or the document has no date.
 *  (Năm sau is most often that behind a year which the text names.) */
static unsigned told_year(const struct line *line, size_t i)
{
    static const struct {
        const char *exact, *folded;
        int years;
    } words[] = { { "ngoái", "ngoai", -1 }, { "nay", "nay", 0 }, { "tới", "toi", 1 } };
    const struct form *form;

    if (i >= line->n || line->near.year < 2)
        return 0;
    form = analyzer_form(line->analyzer, line->tokens[i].form);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (!strcmp(form->exact, words[k].exact) || !strcmp(form->exact, words[k].folded))
            return (unsigned)(line->near.year + words[k].years);
    return 0;
}

static unsigned year_at(const struct line *line, size_t i)
{
    struct muc_string word;
    unsigned year = 0;

    if (i >= line->n || (word = written(line, i)).size != 4)
        return 0;
    for (size_t k = 0; k < word.size; k++) {
        if (!is_digit(word.bytes[k]))
            return 0;
        year = 10 * year + (unsigned)(word.bytes[k] - '0');
    }
    return year;
}

/** The year behind a day and its month, if there is one. False: digits go on in another way, so
 *  that it was no day; so it is where a year is told in words that say nothing here. */
static bool read_year(const struct line *line, bool dashed, struct day *day)
{
    size_t next = next_plain(line, day->last), end = line->tokens[day->last].end;
    char between = joint(line, end, next);
    unsigned year = year_at(line, next);

    if (end < line->text.size && line->text.bytes[end] == '%')
        return false;
    if (next == line->n)
        return true;
    if (between == ' ' && is_word(line, next, "nam")) {
        next = next_plain(line, next);
        year = year_at(line, next);
        if (!year && (year = told_year(line, next)))
            day->is_told = true;
        between = '/';
    } else if (!is_digit(*written(line, next).bytes)) {
        return !dashed || between != ' ' || !is_word(line, next, "thang"); /* 5-8 tháng 3 */
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
    day->day = small_number(str_of(word.bytes, (size_t)(point - word.bytes)), 31);
    day->month = small_number(str_of(point + 1, (size_t)((second ? second : end) - point - 1)), 12);
    if (second && end - second != 5)
        return false;
    for (const char *at = second ? second + 1 : end; at < end; at++) {
        if (!is_digit(*at))
            return false;
        day->year = 10 * day->year + (unsigned)(*at - '0');
    }
    return day->day && day->month && (!second || day->year);
}

/** Whether a word that begins with a digit is of those that read_day() takes. */
static bool may_be_day(struct muc_string word)
{
    return small_number(word, 31) || memchr(word.bytes, '.', word.size);
}

/** The day that begins with token `i`, perhaps the number of the day alone. */
static bool read_day(const struct line *line, size_t i, bool announced, struct day *day)
{
    size_t next = next_plain(line, i);
    struct day full = { .first = i, .last = i };
    char between = joint(line, line->tokens[i].end, next);

    if (announced && read_points(written(line, i), &full)) {
        *day = full;
        return read_year(line, false, day);
    }
    *day = (struct day){ .first = i, .last = i };
    if (!(day->day = small_number(written(line, i), 31)))
        return false;
    full.last = next;
    if (between == ' ' && is_word(line, next, "thang")) {
        full.last = next_plain(line, next);
        if (joint(line, line->tokens[next].end, full.last) != ' ')
            return false;
    } else if (between != '/' && ((between != '-' && between != '.') || !announced)) {
        return announced;
    }
    full.day = day->day;
    full.month = full.last < line->n ? small_number(written(line, full.last), 12) : 0;
    if (!full.month || !read_year(line, between == '-', &full))
        return between == '-';
    *day = full;
    return true;
}

/* ---- several days that share a month or a year: từ ngày 5 đến 8/3, các ngày 5, 6 và 7/3/2021 */

/** Whether a word may stand in front of the next day of a list: đến hết ngày 22, đến trưa 1-5. */
static bool leads(const struct line *line, size_t i)
{
    static const char *const words[] = { "ngay", "het", "sang", "trua", "chieu",
                                         "toi",  "dem", "mung", "mong" };

    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (is_word(line, i, words[k]))
            return true;
    return false;
}

/** Where the next day of a list begins, or `n`: none follows. */
static size_t connected(const struct line *line, size_t last)
{
    static const char *const words[] = { "va", "den", "toi" };
    size_t at = next_plain(line, last);
    char between = joint(line, line->tokens[last].end, at);
    bool connects = between == '-' || between == ',';

    for (size_t k = 0; k < sizeof words / sizeof *words && between == ' ' && !connects; k++)
        if (is_word(line, at, words[k])) {
            at = next_plain(line, at);
            connects = true;
        }
    for (int n = 0; n < 2 && connects && at < line->n && leads(line, at); n++)
        at = next_plain(line, at);
    return connects && at < line->n && is_digit(*written(line, at).bytes) ? at : line->n;
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

/** The days of the list that begins with token `i`: their number, and which of them are written
 * with a year. */
static size_t read_days(const struct line *line, size_t i, struct day days[LIST_MAX], bool *full)
{
    size_t n = 0;
    bool announced = is_announced(line, i);

    while (i < line->n && n < LIST_MAX && read_day(line, i, announced, &days[n])) {
        i = connected(line, days[n++].last);
        announced = announced || (i < line->n && is_announced(line, i));
    }
    while (n && !days[n - 1].month)
        n--;
    for (size_t k = 0; k < n; k++)
        full[k] = days[k].year > 0 && !days[k].is_told;
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
static bool is_inside(const struct line *line, size_t i)
{
    size_t before = previous_plain(line, i);
    char between;

    if (before == line->n || !is_digit(*written(line, before).bytes))
        return false;
    between = joint(line, line->tokens[before].end, i);
    return between == '/' || between == '.';
}

/** Append a day that leaves its year out, if it exists. False if memory is out. */
static bool add_day(const struct line *line, const struct day *day, struct muc_date near,
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

/** Append the month whose number is token `i`, if its year is told behind it. False if memory is
 *  out. */
static bool add_month(const struct line *line, size_t i, struct named_days *out)
{
    size_t before = previous_plain(line, i), year = next_plain(line, i), told;
    unsigned month = small_number(written(line, i), 12), number;
    struct named_day *named;

    if (!month || !is_word(line, before, "thang") || !is_word(line, year, "nam") ||
        joint(line, line->tokens[before].end, i) != ' ' ||
        joint(line, line->tokens[i].end, year) != ' ')
        return true;
    told = next_plain(line, year);
    if (!(number = told_year(line, told)) || joint(line, line->tokens[year].end, told) != ' ')
        return true;
    if ((named = vector_push(out)))
        *named = (struct named_day){ number * 10000 + month * 100, line->tokens[before].start,
                                     line->tokens[told].end, line->tokens[before].position };
    return named;
}

bool days_find(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
               size_t n, struct muc_date near, struct named_days *out)
{
    const struct line line = { analyzer, text, tokens, n, near };

    for (size_t i = 0; i < n; i++) {
        struct day days[LIST_MAX];
        bool full[LIST_MAX];
        size_t n_days;

        if (tokens[i].whole || !is_digit(text.bytes[tokens[i].start]) ||
            !may_be_day(written(&line, i)) || is_inside(&line, i))
            continue;
        n_days = read_days(&line, i, days, full);
        for (size_t k = 0; k < n_days; k++)
            if (!full[k] && days[k].day && !add_day(&line, &days[k], near, out))
                return false;
        if (n_days)
            i = days[n_days - 1].last;
        else if (!add_month(&line, i, out))
            return false;
    }
    return true;
}
