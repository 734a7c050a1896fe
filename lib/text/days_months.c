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
static size_t next_of_list(const struct day_line *line, size_t last)
{
    static const char *const joining[] = { "và", "đến", "tới", "hoặc", "hay",
                                           "va", "den", "toi", NULL };
    static const char *const leading[] = { "tháng", "thang", "hết",  "het",
                                           "đầu",   "giữa",  "cuối", NULL };
    static const struct day_links links = { day_exact, joining, leading };

    return day_connected(line, last, &links);
}

/** The months of a list, as far as it goes: the last one has a year, or each a tháng. */
static size_t read_months(const struct day_line *line, size_t i, struct month months[LIST_MAX])
{
    size_t n = 0;

    while (i < line->n && n < LIST_MAX && read_month(line, i, &months[n]))
        if (months[n++].year)
            break;
        else
            i = next_of_list(line, months[n - 1].last);
    while (n && !months[n - 1].year && !months[n - 1].named)
        n--;
    for (size_t k = n; k-- > 1 && months[k].year;) { /* từ tháng 11 đến tháng 2/2021 */
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

/** What tới or đến behind a month says. */
enum until {
    UNTIL_NONE,
    UNTIL_COMING, /* tháng 8 tới, tháng 8 tới đây: the next one */
    UNTIL_NOW,    /* từ tháng 8 tới nay: the last one */
    UNTIL_OTHER,  /* từ tháng 8 tới tháng 10, tới cuối năm */
};

/** `at`: the token behind the month; `from`: từ stands before it, so that what tới leads to may
 *  follow, unless a word does that begins what happens then. */
static enum until read_until(const struct day_line *line, size_t at, bool from)
{
    static const char *const times[] = { "tháng", "ngày", "năm", "quý", "tuần", "đầu",  "giữa",
                                         "cuối",  "hết",  "khi", "lúc", "thời", "sáng", "trưa",
                                         "chiều", "tối",  "tết", "mùa", "hôm",  NULL };
    static const char *const now[] = { "nay", "giờ", "bây", NULL };
    static const char *const then[] = { "đây", "sẽ",  "phải", "được", "bị",  "không",
                                        "cần", "có",  "là",   "thì",  "mới", "cũng",
                                        "vẫn", "chỉ", "tại",  "ở",    NULL };
    size_t next = day_next(line, at);
    bool close = next < line->n && day_joint(line, line->tokens[at].end, next) == ' ';
    const char *behind = close ? day_exact(line, next) : "";
    bool coming = !strcmp(day_exact(line, at), "tới");

    if (!coming && strcmp(day_exact(line, at), "đến") != 0)
        return UNTIL_NONE;
    if (day_is_one(behind, now))
        return UNTIL_NOW;
    if (!coming || day_is_one(behind, times) || ascii_is_digit(*behind))
        return UNTIL_OTHER;
    return from && close && !day_is_one(behind, then) ? UNTIL_OTHER : UNTIL_COMING;
}

/** The year of a month by the document's date: of hồi tháng 8, tháng 8 vừa qua, tháng 8 tới nay the
 * last one, of tháng 8 tới the next one, else the one close by. 0: tháng 8 is none of a certain
 * year there. */
static unsigned near_year(const struct day_line *line, const struct month *month)
{
    static const char *const every[] = { "mỗi", "hằng", "hàng", "mạng", "rằm", NULL };
    static const char *const others[] = { "mỗi",  "hằng", "hàng", "âm",   "nghìn", "ngàn", "triệu",
                                          "trăm", "tỷ",   "tỉ",   "đồng", "%",     NULL };
    static const char *const parts[] = { "đầu", "giữa", "cuối", NULL };
    struct muc_date near = line->near;
    size_t next = day_next(line, month->last), before = day_previous(line, month->first);
    bool close = next < line->n && day_joint(line, line->tokens[month->last].end, next) == ' ';
    const char *behind = close ? day_exact(line, next) : "";
    enum until until;

    if (!near.year || !month->named || month->vague || day_is_one(day_exact(line, before), every) ||
        day_is_one(behind, others))
        return 0;
    if (day_is_one(day_exact(line, before), parts))
        before = day_previous(line, before);
    until = close ? read_until(line, next, !strcmp(day_exact(line, before), "từ")) : UNTIL_NONE;
    if (near.month &&
        (!strcmp(day_exact(line, before), "hồi") || !strcmp(behind, "vừa") || until == UNTIL_NOW))
        return (unsigned)near.year - (month->month > near.month);
    if (near.month && until == UNTIL_COMING)
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

        if ((month->found && month->year) || !year || year > YEAR_MAX)
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
