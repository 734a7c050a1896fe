/* SPDX-License-Identifier: MIT */
#include "text/days.h"

#include <stdlib.h>

#include "base/calendar.h"

/** Plain tokens of a text, by their places. */
struct line {
    const struct analyzer *analyzer;
    struct muc_string text;
    const struct token *tokens;
    size_t n;
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

/** What joins token `i` to the one that ends at `end`: '/', '-', '.', ' ' for blanks alone, or 0.
 */
static char joint(const struct line *line, size_t end, size_t i)
{
    static const char *const dashes[] = { "-", "–", "—", "‐", "‑", "−" };
    struct muc_string gap;

    if (i >= line->n || line->tokens[i].start < end)
        return 0;
    gap = str_of(line->text.bytes + end, line->tokens[i].start - end);
    while (gap.size && gap.bytes[0] == ' ')
        gap = str_of(gap.bytes + 1, gap.size - 1);
    while (gap.size && gap.bytes[gap.size - 1] == ' ')
        gap.size--;
    if (!gap.size)
        return ' ';
    if (gap.size == 1 && (gap.bytes[0] == '/' || gap.bytes[0] == '.'))
        return gap.bytes[0];
    for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++)
        if (str_equal(gap, str_c(dashes[k])))
            return '-';
    return 0;
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

/** Whether the word before says that a day comes, perhaps with one word between. */
static bool is_announced(const struct line *line, size_t i)
{
    static const char *const words[] = { "ngay", "sang", "trua", "chieu", "toi",   "dem", "hom",
                                         "mung", "mong", "tu",   "den",   "truoc", "sau", "nay" };

    i = previous_plain(line, i);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (is_word(line, i, words[k]))
            return true;
    return false;
}

/** Whether more digits, or a year, follow token `i`: then it was no day of a year not said. */
static bool goes_on(const struct line *line, size_t i)
{
    size_t next = next_plain(line, i), end = line->tokens[i].end;
    char between = joint(line, end, next);
    struct muc_string word;

    if (end < line->text.size && line->text.bytes[end] == '%')
        return true;
    if (!between)
        return next < line->n && written(line, next).size == 4 &&
               is_digit(*written(line, next).bytes);
    word = written(line, next);
    if (is_word(line, next, "nam"))
        return true;
    return is_digit(word.bytes[0]) && (between != ' ' || word.size == 4);
}

/** The day that begins with token `i`; its last token, or `n`: there is none. */
static size_t read_day(const struct line *line, size_t i, unsigned *day, unsigned *month)
{
    struct muc_string word = written(line, i);
    const char *point = memchr(word.bytes, '.', word.size);
    size_t next = next_plain(line, i), before = previous_plain(line, i), last = line->n;
    char between;

    if (before < line->n && is_digit(*written(line, before).bytes) &&
        strchr("/.", joint(line, line->tokens[before].end, i)) &&
        joint(line, line->tokens[before].end, i))
        return line->n; /* the end of a longer number */
    if (point) {        /* 22.12 is one word */
        *day = small_number(str_of(word.bytes, (size_t)(point - word.bytes)), 31);
        *month = small_number(str_of(point + 1, word.size - (size_t)(point - word.bytes) - 1), 12);
        return *day && *month && is_announced(line, i) ? i : line->n;
    }
    if (!(*day = small_number(word, 31)) || next == line->n)
        return line->n;
    between = joint(line, line->tokens[i].end, next);
    if (between == ' ' && is_word(line, next, "thang")) {
        last = next_plain(line, next);
        if (last < line->n && joint(line, line->tokens[next].end, last) != ' ')
            return line->n;
    } else if (between == '/' || ((between == '-' || between == '.') && is_announced(line, i))) {
        last = next;
    }
    if (last == line->n || !(*month = small_number(written(line, last), 12)))
        return line->n;
    return last;
}

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

void days_find(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
               size_t n, struct muc_date near, struct buffer *out)
{
    const struct line line = { analyzer, text, tokens, n };

    for (size_t i = 0; near.year && i < n; i++) {
        unsigned day, month;
        size_t last;
        int year;

        if (tokens[i].whole || !is_digit(text.bytes[tokens[i].start]))
            continue;
        last = read_day(&line, i, &day, &month);
        if (last == n || goes_on(&line, last) || !(year = nearest_year(day, month, near)))
            continue;
        buffer_format(out, "%04d%02u%02u ", year, month, day);
        i = last;
    }
}
