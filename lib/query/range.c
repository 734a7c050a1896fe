/* SPDX-License-Identifier: MIT */
#include "query/range.h"

#include <stdio.h>
#include <unicode/utf8.h>

#include "base/calendar.h"
#include "query/spoken_date.h"
#include "text/character.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 9999 }; /* as four digits */

/* The parts of a date as written: "22/12/2020" has three. */
struct numbers {
    unsigned value[3];
    unsigned digits[3];
    unsigned n;
};

static bool is_separator(UChar32 c)
{
    return c == '/' || c == '.' || character_is_dash((uint32_t)c);
}

static bool read_numbers(struct muc_string text, struct numbers *out)
{
    struct numbers numbers = { .n = 1 };

    for (size_t i = 0; i < text.size;) {
        unsigned part = numbers.n - 1;
        UChar32 c;

        U8_NEXT((const uint8_t *)text.bytes, i, text.size, c);
        if (c >= '0' && c <= '9') {
            if (++numbers.digits[part] > 4)
                return false;
            numbers.value[part] = 10 * numbers.value[part] + (unsigned)(c - '0');
        } else if (!is_separator(c) || numbers.digits[part] == 0 || numbers.n++ == 3) {
            return false;
        }
    }
    *out = numbers;
    return numbers.digits[numbers.n - 1] > 0;
}

/* First and last day of the date in `numbers`. */
static bool span_of(const struct numbers *numbers, struct muc_date *first, struct muc_date *last)
{
    unsigned n = numbers->n, year_at = numbers->digits[0] == 4 ? 0 : n - 1;
    unsigned year = numbers->value[year_at];
    unsigned month = n > 1 ? numbers->value[n == 3 || year_at == 0 ? 1 : 0] : 0;
    unsigned day = n == 3 ? numbers->value[2 - year_at] : 0;

    for (unsigned i = 0; i < n; i++)
        if ((numbers->digits[i] == 4) != (i == year_at) || numbers->digits[i] == 3)
            return false;
    if (year < YEAR_MIN || year > YEAR_MAX || (n > 1 && (month < 1 || month > 12)))
        return false;
    if (n == 3 && (day < 1 || day > calendar_days(year, month)))
        return false;
    *first =
        (struct muc_date){ (int16_t)year, n > 1 ? (uint8_t)month : 1, n == 3 ? (uint8_t)day : 1 };
    *last = (struct muc_date){ (int16_t)year, n > 1 ? (uint8_t)month : 12,
                               n == 3 ? (uint8_t)day
                                      : (uint8_t)calendar_days(year, n > 1 ? month : 12) };
    return true;
}

static bool one_date(struct muc_string text, struct muc_date *first, struct muc_date *last)
{
    struct numbers numbers;

    return read_numbers(text, &numbers) && span_of(&numbers, first, last);
}

enum { END_SIZE = 16 /* bytes of a date in figures */ };

/* What stands before a dash, with the month and year that it leaves out from what stands behind:
 * 15-20/8/2021, 30/7-2/8/2021. 0: it is no day. */
static size_t complete(struct muc_string before, struct muc_string behind, char room[END_SIZE])
{
    struct numbers left, right;
    struct muc_date first, last;
    int size;

    if (!read_numbers(before, &left) || !read_numbers(behind, &right) || right.n != 3 ||
        right.digits[2] != 4 || !span_of(&right, &first, &last))
        return 0;
    if (left.n == 3)
        size = snprintf(room, END_SIZE, "%u/%u/%04u", left.value[0], left.value[1], left.value[2]);
    else
        size = snprintf(room, END_SIZE, "%u/%u/%04u", left.value[0],
                        left.n == 2 ? left.value[1] : right.value[1], right.value[2]);
    return size < END_SIZE && left.digits[0] <= 2 &&
                   one_date(str_of(room, (size_t)size), &first, &last)
               ? (size_t)size
               : 0;
}

/* Two days with a dash between them, where that is no date by itself. */
static void split_days(struct muc_string text, char room[END_SIZE], struct muc_string *left,
                       struct muc_string *right)
{
    struct numbers one;

    if (read_numbers(text, &one))
        return;
    for (size_t at = 0, start; at < text.size;) {
        struct muc_string before, behind;
        size_t size;
        UChar32 c;

        start = at;
        U8_NEXT((const uint8_t *)text.bytes, at, text.size, c);
        if (!character_is_dash((uint32_t)c))
            continue;
        before = str_of(text.bytes, start);
        behind = str_of(text.bytes + at, text.size - at);
        if ((size = complete(before, behind, room))) {
            *left = str_of(room, size);
            *right = behind;
            return;
        }
    }
}

/* Where the two ends of a range lie; an end may be empty, a single date is both. */
static void split(struct muc_string text, char room[END_SIZE], struct muc_string *left,
                  struct muc_string *right)
{
    struct numbers numbers;

    *left = *right = text;
    for (size_t i = 0; i + 1 < text.size; i++)
        if (memcmp(text.bytes + i, "..", 2) == 0) {
            *left = str_of(text.bytes, i);
            *right = str_of(text.bytes + i + 2, text.size - i - 2);
            return;
        }
    if (read_numbers(text, &numbers) && numbers.n == 2 && numbers.digits[0] == 4 &&
        numbers.digits[1] == 4) { /* 2018-2020 */
        left->size = 4;
        *right = str_of(text.bytes + text.size - 4, 4);
        return;
    }
    split_days(text, room, left, right);
}

static int order(struct muc_date a, struct muc_date b)
{
    return (a.year * 10000 + a.month * 100 + a.day) - (b.year * 10000 + b.month * 100 + b.day);
}

static struct muc_date day_before(struct muc_date day)
{
    if (--day.day)
        return day;
    if (!--day.month) {
        day.year--;
        day.month = 12;
    }
    day.day = (uint8_t)calendar_days((unsigned)day.year, day.month);
    return day;
}

static struct muc_date day_behind(struct muc_date day)
{
    if (++day.day <= calendar_days((unsigned)day.year, day.month))
        return day;
    day.day = 1;
    if (++day.month > 12) {
        day.year++;
        day.month = 1;
    }
    return day;
}

/* One date, in figures or with words. */
static bool date_in_any_way(struct muc_string text, struct muc_date *first, struct muc_date *last)
{
    char spoken[SPOKEN_DATE_SIZE];
    size_t size;

    if (one_date(text, first, last))
        return true;
    size = spoken_date(text, spoken);
    return size && one_date(str_of(spoken, size), first, last);
}

/* All days behind or before a date, with its own days or without: >2018, <=6/2020; nothing is
 * before the first year and behind the last. */
static bool compared(struct muc_string text, struct muc_date *from, struct muc_date *to)
{
    const bool before = text.bytes[0] == '<', with = text.size > 1 && text.bytes[1] == '=';
    const size_t sign = 1 + with;
    struct muc_date first, last;

    if (!date_in_any_way(str_of(text.bytes + sign, text.size - sign), &first, &last))
        return false;
    if (!with && (before ? first.year == YEAR_MIN : last.year == YEAR_MAX))
        return false;
    *from = *to = (struct muc_date){ 0 };
    if (before)
        *to = with ? last : day_before(first);
    else
        *from = with ? first : day_behind(last);
    return true;
}

static bool in_figures(struct muc_string text, struct muc_date *from, struct muc_date *to)
{
    struct muc_date first[2] = { 0 }, last[2] = { 0 };
    struct muc_string left, right;
    char room[END_SIZE];
    int early;

    split(text, room, &left, &right);
    if ((left.size == 0 && right.size == 0) ||
        (left.size && !one_date(left, &first[0], &last[0])) ||
        (right.size && !one_date(right, &first[1], &last[1])))
        return false;
    early = left.size && right.size && order(first[0], first[1]) > 0;
    *from = first[early];
    *to = last[!early];
    return true;
}

bool range_parse(struct muc_string text, struct muc_date *from, struct muc_date *to)
{
    char spoken[SPOKEN_DATE_SIZE];
    size_t size;

    if (text.size && (text.bytes[0] == '<' || text.bytes[0] == '>'))
        return compared(text, from, to);
    if (in_figures(text, from, to))
        return true;
    size = spoken_date(text, spoken);
    return size && in_figures(str_of(spoken, size), from, to);
}
