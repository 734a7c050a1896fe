/* SPDX-License-Identifier: MIT */
#include "query/when.h"

#include "base/calendar.h"
#include "query/when_items.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2999 };

bool when_has(const struct query_word *word)
{
    struct when_reading reading = { 0 };

    return when_add_word(&reading, word, 0);
}

uint32_t when_lead(const struct query_word *const *words, uint32_t n)
{
    uint32_t lead = 0;

    while (lead < n) {
        struct when_reading reading = { 0 };

        if (!when_add_word(&reading, words[lead], 0) ||
            (reading.items[0].kind != ITEM_DAY && reading.items[0].kind != ITEM_FROM &&
             reading.items[0].kind != ITEM_YEAR))
            break;
        lead++;
    }
    return lead;
}

/* ---- items to dates */

static bool next_is(const struct when_reading *reading, enum item_kind kind, bool joined)
{
    return reading->at < reading->n && reading->items[reading->at].kind == kind &&
           (!joined || reading->items[reading->at].joined);
}

static bool take(struct when_reading *reading, enum item_kind kind)
{
    bool is = next_is(reading, kind, false);

    reading->at += is;
    return is;
}

/** A day or month: at most two digits. */
static bool take_small(struct when_reading *reading, bool joined, unsigned most, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, joined) || item->digits > 2 || item->value < 1 ||
        item->value > most)
        return false;
    *out = item->value;
    reading->at++;
    return true;
}

static bool take_year(struct when_reading *reading, bool joined, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, joined) || item->digits != 4 || item->value < YEAR_MIN ||
        item->value > YEAR_MAX)
        return false;
    *out = item->value;
    reading->at++;
    return true;
}

/** A year of two digits, as in 22/12/20: one between WHEN_CENTURY and WHEN_CENTURY + 99. Behind
 * points stands the number of a version or a network as well, if no ngày stands before it. */
static bool take_short_year(struct when_reading *reading, bool announced, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, true) || (item->joined == '.' && !announced) ||
        item->digits != 2)
        return false;
    *out = WHEN_CENTURY + (item->value + 100 - WHEN_CENTURY % 100) % 100;
    reading->at++;
    return true;
}

/** Whether năm is May there: where the year's năm stands behind it or, once announced, nothing. */
static bool is_may(const struct when_reading *reading, bool announced)
{
    uint32_t next = reading->at + 1;

    return next_is(reading, ITEM_YEAR, false) &&
           (next < reading->n ? reading->items[next].kind == ITEM_YEAR : announced);
}

/** The name of a month behind tháng: tư, mười hai; bốn only of a day that is announced: not in 6
 *  tháng bốn lần. */
static bool take_name(struct when_reading *reading, bool announced, unsigned *month)
{
    const struct item *item = &reading->items[reading->at];

    if (next_is(reading, ITEM_NAME, false) || (announced && next_is(reading, ITEM_FOUR, false))) {
        *month = item->value;
        reading->at++;
        if (*month == 10 && next_is(reading, ITEM_NAME, false) && item[1].value <= 2)
            *month += reading->items[reading->at++].value;
        return true;
    }
    *month = next_is(reading, ITEM_FROM, false) ? 4 /* typed without marks */
             : is_may(reading, announced)       ? 5
                                                : 0;
    reading->at += *month > 0;
    return *month > 0;
}

/** What stands behind ten or tens: of typed without marks mười is mươi, and một mốt. */
static bool take_behind(struct when_reading *reading, unsigned *day)
{
    const struct item *item = &reading->items[reading->at];

    if (!(next_is(reading, ITEM_NAME, false) && item->value < 10) &&
        !next_is(reading, ITEM_FOUR, false) && !next_is(reading, ITEM_BEHIND, false))
        return false;
    *day += item->value;
    reading->at++;
    return true;
}

/** The number of a day in words, which tháng stands behind: mùng năm, mười lăm, hai mươi mốt. */
static bool take_spoken_day(struct when_reading *reading, unsigned *day)
{
    const struct item *item = &reading->items[reading->at];

    *day = 0;
    if (next_is(reading, ITEM_YEAR, false))
        *day = 5;
    else if ((next_is(reading, ITEM_NAME, false) && item->value <= 10) ||
             next_is(reading, ITEM_FOUR, false))
        *day = item->value;
    else
        return false;
    reading->at++;
    if (*day == 10) {
        take_behind(reading, day);
    } else if ((*day == 2 || *day == 3) &&
               (next_is(reading, ITEM_TENS, false) ||
                (next_is(reading, ITEM_NAME, false) && item[1].value == 10))) {
        *day *= 10;
        reading->at++;
        take_behind(reading, day);
    }
    return *day <= 31 && next_is(reading, ITEM_MONTH, false);
}

/** VIII of 15/VIII/2021, or behind tháng. */
static bool take_roman(struct when_reading *reading, bool joined, unsigned *month)
{
    if (!next_is(reading, ITEM_ROMAN, joined))
        return false;
    *month = reading->items[reading->at++].value;
    return true;
}

/** A month, which a word has announced, of a day that is `announced`, too, or not; then perhaps its
 *  year. */
static bool take_named_month(struct when_reading *reading, bool announced, struct when *when)
{
    bool said;

    if (!take_small(reading, false, 12, &when->month) &&
        !take_roman(reading, false, &when->month) && !take_name(reading, announced, &when->month))
        return false;
    when->may = when->month == 5 && reading->at == reading->n &&
                reading->items[reading->at - 1].kind == ITEM_YEAR;
    said = take(reading, ITEM_YEAR);
    return take_year(reading, false, &when->year) || !said;
}

static bool read_day_first(struct when_reading *reading, struct when *when)
{
    bool announced = take(reading, ITEM_DAY);

    when->kind = WHEN_DAY;
    take(reading, ITEM_DAY); /* ngày mùng */
    if (!take_small(reading, false, 31, &when->day) &&
        !(announced && take_spoken_day(reading, &when->day)))
        return false;
    if (take(reading, ITEM_MONTH))
        return take_named_month(reading, announced, when);
    if (!take_small(reading, true, 12, &when->month) && !take_roman(reading, true, &when->month))
        return false;
    if (take(reading, ITEM_YEAR)) /* 31/12 năm 2020 */
        return take_year(reading, false, &when->year);
    if (!take_year(reading, true, &when->year))
        take_short_year(reading, announced, &when->year);
    return true;
}

static bool read_year_first(struct when_reading *reading, struct when *when)
{
    when->kind = WHEN_DAY;
    return take_year(reading, false, &when->year) && take_small(reading, true, 12, &when->month) &&
           take_small(reading, true, 31, &when->day);
}

/** December 31, 2020; 31 décembre 2020; of doubtful names a month alone is none. */
static bool read_abroad(struct when_reading *reading, struct when *when)
{
    bool day = take_small(reading, false, 31, &when->day);

    if (!next_is(reading, ITEM_ABROAD, false) && !next_is(reading, ITEM_DOUBTFUL, false))
        return false;
    when->month = reading->items[reading->at++].value;
    day = day || take_small(reading, false, 31, &when->day);
    when->kind = day ? WHEN_DAY : WHEN_MONTH;
    return take_year(reading, false, &when->year) && (day || reading->items[0].kind == ITEM_ABROAD);
}

static bool read_month(struct when_reading *reading, struct when *when)
{
    when->kind = WHEN_MONTH;
    if (take(reading, ITEM_MONTH))
        return take_named_month(reading, false, when) && when->year;
    if (take_year(reading, false, &when->year))
        return take_small(reading, true, 12, &when->month);
    return take_small(reading, false, 12, &when->month) && take_year(reading, true, &when->year);
}

static bool read_quarter(struct when_reading *reading, struct when *when)
{
    when->kind = WHEN_QUARTER;
    if (!take(reading, ITEM_QUARTER))
        return false;
    if (next_is(reading, ITEM_ROMAN, false) && reading->items[reading->at].value <= 4)
        when->quarter = reading->items[reading->at++].value;
    else if (!take_small(reading, false, 4, &when->quarter) &&
             (!take_name(reading, true, &when->quarter) || when->quarter > 4))
        return false;
    return take_year(reading, !take(reading, ITEM_YEAR), &when->year);
}

/** tới typed without marks, which is tối as well. */
static bool take_bare_until(struct when_reading *reading)
{
    const struct item *item = &reading->items[reading->at];

    return next_is(reading, ITEM_PART, false) && item->value == EVENING && item->bare &&
           take(reading, ITEM_PART);
}

static bool read_years(struct when_reading *reading, struct when *when)
{
    bool until;

    when->kind = WHEN_YEARS;
    take(reading, ITEM_FROM);
    take(reading, ITEM_YEAR);
    if (!take_year(reading, false, &when->year))
        return false;
    until = take(reading, ITEM_UNTIL) || take_bare_until(reading);
    if (until) {
        take(reading, ITEM_UNTIL); /* đến hết */
        take(reading, ITEM_YEAR);
    }
    if (take_year(reading, !until, &when->last))
        return true;
    return !until && take_short_year(reading, false, &when->last) && when->last == when->year + 1;
}

/** 3 giờ chiều is 15 giờ, and so is 15 giờ chiều. */
static bool take_part(struct when_reading *reading, unsigned *hour)
{
    enum day_part part = (enum day_part)reading->items[reading->at].value;

    if (!when_is_part(reading) || !take(reading, ITEM_PART))
        return false;
    if (*hour < HALF_DAY)
        *hour += HALF_DAY;
    return when_is_in_part(*hour, part);
}

/** How many items from `at` on are am or pm: pm, or of p.m. both letters. */
static uint32_t count_noon(const struct when_reading *reading, uint32_t at)
{
    const struct item *item = &reading->items[at];

    if (at < reading->n && item->kind == ITEM_NOON)
        return 1;
    return at + 1 < reading->n && item->kind == ITEM_INITIAL && item[1].kind == ITEM_MERIDIEM &&
                   item[1].joined == '.'
               ? 2
               : 0;
}

/** 3pm is 15 giờ, 12am is 0 giờ. Apart from its hour am is âm: mùng 5 âm, 2 âm. */
static bool take_noon(struct when_reading *reading, unsigned *hour)
{
    const uint32_t n = count_noon(reading, reading->at);

    if (!n || *hour < 1 || *hour > HALF_DAY)
        return false;
    *hour = *hour % HALF_DAY + reading->items[reading->at].value;
    reading->at += n;
    return true;
}

/** The minutes behind an hour, which giờ or a colon parts from it; a point does before am and pm:
 *  8.30am. Of less than ten the zero may lack before phút. */
static bool is_minute(const struct when_reading *reading, bool named)
{
    const struct item *item = &reading->items[reading->at];
    const uint32_t behind = reading->at + 1;

    if (!next_is(reading, ITEM_NUMBER, false) || item->value >= WHEN_NO_MINUTE)
        return false;
    if (item->digits == 1)
        return named && behind < reading->n && item[1].kind == ITEM_MINUTES;
    return item->digits == 2 &&
           (named || item->clock || (item->joined == '.' && count_noon(reading, behind)));
}

static bool read_clock(struct when_reading *reading, struct when *when)
{
    const struct item *item = reading->items;
    bool named;

    when->kind = WHEN_TIME;
    when->minute = WHEN_NO_MINUTE;
    if (!next_is(reading, ITEM_NUMBER, false) || item->digits > 2 || item->value > 24)
        return false;
    when->hour = item->value;
    reading->at++;
    named = take(reading, ITEM_HOUR);
    if (named && take(reading, ITEM_HALF)) {
        when->minute = WHEN_HALF;
        return true;
    }
    if ((named && !next_is(reading, ITEM_NUMBER, false)) || count_noon(reading, reading->at))
        return true;
    if (!is_minute(reading, named))
        return false;
    when->minute = reading->items[reading->at++].value;
    take(reading, ITEM_MINUTES);
    return true;
}

static bool read_time(struct when_reading *reading, struct when *when)
{
    return read_clock(reading, when) &&
           (reading->at == reading->n || take_noon(reading, &when->hour) ||
            take_part(reading, &when->hour));
}

static bool exists(const struct when *when)
{
    /* without a year the 29th of February is one of some year */
    return when->kind != WHEN_DAY ||
           when->day <= calendar_days(when->year ? when->year : 2000, when->month);
}

bool when_read(struct muc_string text, const struct when_words *typed, struct when *out)
{
    static bool (*const readers[])(struct when_reading *, struct when *) = {
        read_day_first, read_year_first, read_abroad, read_month,
        read_quarter,   read_years,      read_time,
    };
    struct when_reading reading = { .before = typed->before, .behind = typed->behind };
    const struct query_word *const *words = typed->at;

    for (uint32_t i = 0; i < typed->n; i++) {
        uint32_t before = i ? words[i - 1]->end : 0;
        bool behind = i && before <= words[i]->start;
        struct muc_string gap =
            behind ? str_of(text.bytes + before, words[i]->start - before) : str_of(NULL, 0);
        uint32_t first = reading.n;

        if (!when_add_word(&reading, words[i], when_separator(gap)))
            return false;
        reading.items[first].clock = str_equal(gap, STR(":"));
    }
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct when when = { 0 };

        reading.at = 0;
        if (readers[i](&reading, &when) && reading.at == reading.n && exists(&when)) {
            *out = when;
            return true;
        }
    }
    return false;
}
