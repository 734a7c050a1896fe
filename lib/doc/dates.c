/* SPDX-License-Identifier: MIT */
#include "doc/dates.h"

#include "doc/doc.h"
#include "text/month_names.h"

enum { YEAR_DIGITS = 4, LEAP_YEAR = 2000 };

/* A place in a line; each function below moves it if what it looks for is there. */
struct scan {
    const struct plain *line;
    size_t at;
};

static void skip_space(struct scan *scan)
{
    if (scan->line->at[scan->at] == ' ')
        scan->at++;
}

static bool scan_word(struct scan *scan, const char *word)
{
    size_t end = plain_word(scan->line, scan->at, word);

    if (!end)
        return false;
    scan->at = end;
    skip_space(scan);
    return true;
}

/* A number of that many digits, not 0, that no other digit follows. */
static bool scan_number(struct scan *scan, int least, int most, int *value)
{
    const char *at = scan->line->at + scan->at;
    int n = 0, number = 0;

    for (; ascii_is_digit(at[n]) && n <= most; n++)
        number = n < most ? number * 10 + (at[n] - '0') : number;
    if (n < least || n > most || number == 0)
        return false;
    scan->at += (size_t)n;
    *value = number;
    return true;
}

static bool scan_char(struct scan *scan, char c)
{
    struct scan ahead = *scan;

    skip_space(&ahead);
    if (ahead.line->at[ahead.at] != c)
        return false;
    ahead.at++;
    skip_space(&ahead);
    *scan = ahead;
    return true;
}

/* / . or -, which must be `same` unless that is 0; gives it, or 0. */
static char scan_separator(struct scan *scan, char same)
{
    static const char separators[] = "/.-";

    for (const char *c = separators; *c; c++)
        if ((!same || same == *c) && scan_char(scan, *c))
            return *c;
    return 0;
}

static bool scan_month_name(struct scan *scan, int *month)
{
    for (size_t i = 0; i < MONTH_NAMES; i++)
        if (scan_word(scan, month_names[i].folded)) {
            *month = month_names[i].month;
            return true;
        }
    return false;
}

/* The year behind a month in words: "nam 2020", ", 2020", "/2020", " 2020". */
static bool scan_year_behind(struct scan *scan, int *year)
{
    struct scan ahead = *scan;

    if (!scan_char(&ahead, ',') && !scan_separator(&ahead, 0))
        skip_space(&ahead);
    scan_word(&ahead, "nam");
    if (!scan_number(&ahead, YEAR_DIGITS, YEAR_DIGITS, year))
        return false;
    *scan = ahead;
    return true;
}

/* Behind a day: "/12/2020", "/12", " thang 12 nam 2020", " June 2020", … */
static bool scan_month(struct scan *scan, int *month, int *year)
{
    struct scan ahead = *scan;
    char separator = scan_separator(&ahead, 0);

    if (!separator) {
        skip_space(&ahead);
        if (!(scan_word(&ahead, "thang") && scan_number(&ahead, 1, 2, month)) &&
            !scan_month_name(&ahead, month))
            return false;
        scan_year_behind(&ahead, year);
        *scan = ahead;
        return true;
    }
    if (!scan_number(&ahead, 1, 2, month))
        return false;
    *scan = ahead;
    if (scan_separator(&ahead, separator) && scan_number(&ahead, YEAR_DIGITS, YEAR_DIGITS, year)) {
        *scan = ahead;
        return true;
    }
    ahead = *scan;
    skip_space(&ahead);
    if (scan_word(&ahead, "nam") && scan_number(&ahead, YEAR_DIGITS, YEAR_DIGITS, year))
        *scan = ahead;
    return true;
}

/* 2020, 2020-12, 2020-12-22 */
static bool scan_year_first(struct scan *scan, int *year, int *month, int *day)
{
    struct scan ahead;
    char separator;

    if (!scan_number(scan, YEAR_DIGITS, YEAR_DIGITS, year))
        return false;
    ahead = *scan;
    separator = scan_separator(&ahead, 0);
    if (!separator || !scan_number(&ahead, 1, 2, month)) {
        *month = 0;
        return true;
    }
    *scan = ahead;
    if (scan_separator(&ahead, separator) && scan_number(&ahead, 1, 2, day))
        *scan = ahead;
    else
        *day = 0;
    return true;
}

/* Reads what is at `scan`; parts that are not there stay 0. */
static bool scan_date(struct scan *scan, int *year, int *month, int *day)
{
    struct scan start;

    if (scan_word(scan, "ngay"))
        scan_char(scan, ':');
    start = *scan;
    if (scan_word(scan, "thang") && scan_number(scan, 1, 2, month))
        return scan_year_behind(scan, year);
    *scan = start;
    if (scan_month_name(scan, month)) {
        bool has_day = scan_number(scan, 1, 2, day);

        return scan_year_behind(scan, year) || has_day;
    }
    scan_word(scan, "nam");
    if (scan_year_first(scan, year, month, day))
        return true;
    *scan = start;
    *year = *month = *day = 0;
    if (!scan_number(scan, 1, 2, day))
        return false;
    start = *scan;
    if (scan_separator(scan, 0) && scan_number(scan, YEAR_DIGITS, YEAR_DIGITS, year)) {
        *month = *day;
        *day = 0;
        return true;
    }
    *scan = start;
    return scan_month(scan, month, year);
}

bool doc_date_valid(struct muc_date date)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);

    if (date.year < 0 || date.year > 9999 || date.month > 12)
        return false;
    if (!date.year || !date.month)
        return !date.day && !date.month;
    return date.day <= days[date.month - 1] + (leap && date.month == 2);
}

#define BIT(letter) (1U << ((letter)&31))

static bool is_ascii_letter(char c)
{
    return plain_is_letter(c) && c != '*';
}

/* Whether a date may begin so: a digit, "ngay", "thang", "nam" or the name of a month, told by the
 * second letter and the third that a first one may have behind it. */
static bool may_begin(const char *at)
{
    static const uint32_t letters[32][2] = {
        ['a' & 31] = { BIT('p') | BIT('v') | BIT('u') | BIT('o'), BIT('r') | BIT('g') | BIT('u') },
        ['d' & 31] = { BIT('e'), BIT('c') },
        ['f' & 31] = { BIT('e'), BIT('b') | BIT('v') },
        ['j' & 31] = { BIT('a') | BIT('u'), BIT('n') | BIT('l') | BIT('i') },
        ['m' & 31] = { BIT('a'), BIT('r') | BIT('i') | BIT('y') },
        ['n' & 31] = { BIT('g') | BIT('a') | BIT('o'), BIT('a') | BIT('m') | BIT('v') },
        ['o' & 31] = { BIT('c'), BIT('t') },
        ['s' & 31] = { BIT('e'), BIT('p') },
        ['t' & 31] = { BIT('h'), BIT('a') },
    };
    const uint32_t *behind = letters[at[0] & 31];

    if (ascii_is_digit(at[0]))
        return true;
    return behind[0] & BIT(at[1]) && is_ascii_letter(at[0]) && is_ascii_letter(at[1]) &&
           behind[1] & BIT(at[2]) && is_ascii_letter(at[2]);
}

bool date_at(const struct plain *line, size_t at, struct written_date *found)
{
    struct scan scan = { line, at };
    int year = 0, month = 0, day = 0;
    struct muc_date checked;
    char next;

    if (!may_begin(line->at + at) || !scan_date(&scan, &year, &month, &day))
        return false;
    next = line->at[scan.at];
    if (ascii_is_digit(next) || plain_is_letter(next) ||
        (next && strchr("/.-", next) && ascii_is_digit(line->at[scan.at + 1])))
        return false;
    checked = (struct muc_date){ (int16_t)(year ? year : LEAP_YEAR), (uint8_t)month, (uint8_t)day };
    if (!doc_date_valid(checked) || !(year || month))
        return false;
    while (line->at[scan.at - 1] == ' ')
        scan.at--;
    checked.year = (int16_t)year;
    *found = (struct written_date){ checked, scan.at };
    return true;
}

bool doc_date_parse(struct muc_string text, struct muc_date *date)
{
    struct written_date found;
    struct plain line;

    plain_of(text, &line);
    if (line.cut || !line.size || !date_at(&line, 0, &found) || found.end != line.size ||
        !found.date.year)
        return false;
    *date = found.date;
    return true;
}

/* What stands beside a day in a point in time: 10:00:00+07:00, 10:00 AM, 10 giờ. */
static bool is_time(struct muc_string text)
{
    bool digit = false;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];

        digit |= ascii_is_digit(c);
        if (!ascii_is_digit(c) && !plain_is_letter(c) && !strchr(":.,+-() ", c ? c : '*'))
            return false;
    }
    return digit;
}

static bool parse_day(struct muc_string text, struct muc_date *date)
{
    while (text.size && strchr(" ,-", *text.bytes))
        text = str_of(text.bytes + 1, text.size - 1);
    while (text.size && strchr(" ,-", text.bytes[text.size - 1]))
        text.size--;
    return doc_date_parse(text, date) && date->day;
}

/* Tue, 22 Dec 2020 */
static struct muc_string without_weekday(struct muc_string text)
{
    size_t n = 0;

    while (n < text.size && plain_is_letter(text.bytes[n]))
        n++;
    return n && n < text.size && text.bytes[n] == ','
               ? str_of(text.bytes + n + 1, text.size - n - 1)
               : text;
}

static bool parse_time(struct muc_string text, struct muc_date *date)
{
    enum { MOST = 80 }; /* bytes */

    if (doc_date_parse(text, date))
        return true;
    text = without_weekday(text);
    if (text.size > MOST)
        return false;
    if (parse_day(text, date))
        return true;
    for (size_t i = 1; i < text.size; i++) {
        struct muc_string before = str_of(text.bytes, i);
        struct muc_string behind = str_of(text.bytes + i + 1, text.size - i - 1);

        if (!strchr(" Tt,", text.bytes[i] ? text.bytes[i] : '*'))
            continue;
        if ((is_time(behind) && parse_day(before, date)) ||
            (is_time(before) && parse_day(behind, date)))
            return true;
    }
    return false;
}

bool doc_date_parse_time(struct muc_string text, struct muc_date *date)
{
    enum { FIRST_YEAR = 1000 };
    struct muc_date found;

    if (!parse_time(text, &found) || found.year < FIRST_YEAR)
        return false;
    *date = found;
    return true;
}
