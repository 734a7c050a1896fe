/* SPDX-License-Identifier: MIT */
/* Months whose year stands elsewhere: tháng 3, 4 và 5/2021; tháng 8; hồi tháng 8; tháng 9 năm
 * ngoái. */
#include <stdlib.h>

#include "text/days_parts.h"

enum { LIST_MAX = 12, NEAR_MONTHS = 3 };

struct month {
    unsigned month, year; /* year 0: not said */
    size_t first, last;   /* tokens */
    bool named;           /* behind a tháng of its own */
    bool found;           /* as it stands, by its words */
    bool vague;           /* of a year that is told in words which say nothing here */
};

static const char *exact(const struct day_line *line, size_t i)
{
    return i < line->n ? analyzer_form(line->analyzer, line->tokens[i].form)->exact : "";
}

static bool is_any(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(word, words[i]))
            return true;
    return false;
}

#define IS_ANY(word, words) is_any(word, words, sizeof words / sizeof *words)

/** The year behind a month, if there is one. */
static void read_year(const struct day_line *line, struct month *month)
{
    size_t next = day_next(line, month->last);
    char between = day_joint(line, line->tokens[month->last].end, next);
    unsigned year = between && between != ',' ? day_year_at(line, next) : 0;

    if (!year && (between == ' ' || between == ',') && day_is_word(line, next, "nam")) {
        size_t behind = day_next(line, next);
        bool close = day_joint(line, line->tokens[next].end, behind) == ' ';

        next = behind;
        year = close ? day_year_at(line, next) : 0;
        if (!year && close && between == ' ' && (year = day_told_year(line, next)))
            month->found = false;
        month->vague = !year;
    }
    if (year) {
        month->year = year;
        month->last = next;
    }
}

static bool read_month(const struct day_line *line, size_t i, struct month *month)
{
    size_t before = day_previous(line, i);

    *month = (struct month){ .first = i, .last = i, .found = !day_is_roman(line, i) };
    if (!(month->month = day_month_at(line, i)))
        return false;
    if (day_is_word(line, before, "thang") && day_joint(line, line->tokens[before].end, i) == ' ') {
        month->named = true;
        month->first = before;
    }
    read_year(line, month);
    return true;
}

/** Where the next month of a list has its number: ", 4", "và tháng 4", "đến hết tháng 4", "- 4". */
static size_t connected(const struct day_line *line, size_t last)
{
    static const char *const words[] = { "và", "đến", "tới", "hoặc", "hay", "va", "den", "toi" };
    static const char *const leads[] = { "tháng", "thang", "hết", "het", "đầu", "giữa", "cuối" };
    size_t at = day_next(line, last);
    char between = day_joint(line, line->tokens[last].end, at);
    bool connects = between == '-' || between == ',';

    if (between == ' ' && IS_ANY(exact(line, at), words)) {
        at = day_next(line, at);
        connects = true;
    }
    for (int n = 0; n < 2 && connects && IS_ANY(exact(line, at), leads); n++)
        at = day_next(line, at);
    return connects ? at : line->n;
}

/** The months of a list, as far as it goes: the last one has a year, or each a tháng. */
static size_t read_months(const struct day_line *line, size_t i, struct month months[LIST_MAX])
{
    size_t n = 0;

    while (i < line->n && n < LIST_MAX && read_month(line, i, &months[n]))
        if (months[n++].year)
            break;
        else
            i = connected(line, months[n - 1].last);
    while (n && !months[n - 1].year && !months[n - 1].named)
        n--;
    for (size_t k = n; n && months[n - 1].year && k-- > 1;) { /* từ tháng 11 đến tháng 2/2021 */
        const struct month *behind = &months[k];

        months[k - 1].year = behind->year - (months[k - 1].month > behind->month);
        months[k - 1].found = false;
    }
    return n;
}

/** The year in which a month is no more than some months from the document's; 0: in none, so that
 *  it may as well be meant of the year before or behind. */
static unsigned close_year(unsigned month, struct muc_date near)
{
    int away = (int)month - near.month;

    if (!near.month || abs(away) <= NEAR_MONTHS)
        return (unsigned)near.year;
    if (abs(away) < 12 - NEAR_MONTHS)
        return 0;
    return (unsigned)(near.year + (away > 0 ? -1 : 1));
}

/** The year of a month by the document's date: of hồi tháng 8, tháng 8 vừa qua the last one, of
 *  tháng 8 tới the next one, else the one close by. 0: tháng 8 is none of a certain year there. */
static unsigned near_year(const struct day_line *line, const struct month *month)
{
    static const char *const every[] = { "mỗi", "hằng", "hàng", "mạng", "rằm" };
    static const char *const others[] = { "mỗi",   "hằng", "hàng", "âm", "nghìn", "ngàn",
                                          "triệu", "trăm", "tỷ",   "tỉ", "đồng",  "%" };
    static const char *const parts[] = { "đầu", "giữa", "cuối" };
    struct muc_date near = line->near;
    size_t next = day_next(line, month->last), before = day_previous(line, month->first);
    bool close = next < line->n && day_joint(line, line->tokens[month->last].end, next) == ' ';
    const char *behind = close ? exact(line, next) : "";

    if (!near.year || !month->named || month->vague || IS_ANY(exact(line, before), every) ||
        IS_ANY(behind, others))
        return 0;
    if (IS_ANY(exact(line, before), parts))
        before = day_previous(line, before);
    if (near.month && (!strcmp(exact(line, before), "hồi") || !strcmp(behind, "vừa")))
        return (unsigned)near.year - (month->month > near.month);
    if (near.month && !strcmp(behind, "tới"))
        return (unsigned)near.year + (month->month < near.month);
    return close_year(month->month, near);
}

bool days_add_months(const struct day_line *line, size_t *i, struct named_days *out)
{
    struct month months[LIST_MAX];
    size_t n;

    if (!day_is_word(line, day_previous(line, *i), "thang") ||
        !(n = read_months(line, *i, months)) || !months[0].named)
        return true;
    for (size_t k = 0; k < n; k++) {
        const struct month *month = &months[k];
        unsigned year = month->year ? month->year : near_year(line, month);
        struct named_day *named;

        if (month->found && month->year)
            continue;
        if (!year)
            continue;
        if (!(named = vector_push(out)))
            return false;
        *named =
            (struct named_day){ year * 10000 + month->month * 100, line->tokens[month->first].start,
                                line->tokens[month->last].end,
                                line->tokens[month->first].position };
    }
    *i = months[n - 1].last;
    return true;
}
