/* SPDX-License-Identifier: MIT */
#include "query/when.h"

#include <stdio.h>

#include "base/calendar.h"
#include "text/character.h"

enum { ITEMS_MAX = 16, YEAR_MIN = 1000, YEAR_MAX = 2999, CENTURY = 1950, NO_MINUTE = 60 };

enum item_kind {
    ITEM_NUMBER,
    ITEM_DAY,
    ITEM_MONTH,
    ITEM_YEAR,
    ITEM_QUARTER,
    ITEM_ROMAN,
    ITEM_FROM,
    ITEM_UNTIL,
    ITEM_HOUR,
    ITEM_MINUTES
};

/** A number, or a word that dates are written with. */
struct item {
    enum item_kind kind;
    unsigned value, digits;
    char joined; /* by what to the item before: / . - or 0, none of them */
    bool clock;  /* to the item before by a colon */
};

struct reading {
    struct item items[ITEMS_MAX];
    uint32_t n, at;
};

/* ---- words to items */

/** The one sign between two parts of a date, blanks around it aside: '/', '.' or '-'; 0: there is
 *  none, or more. */
static char separator(struct muc_string gap)
{
    char found = 0;

    for (size_t at = 0; at < gap.size;) {
        uint32_t c = character_next(gap, &at);

        if (character_is_space(c))
            continue;
        if (found || !(c == '/' || c == '.' || character_is_dash(c)))
            return 0;
        found = character_is_dash(c) ? '-' : (char)c;
    }
    return found;
}

static bool add_item(struct reading *reading, struct item item)
{
    if (reading->n == ITEMS_MAX)
        return false;
    reading->items[reading->n++] = item;
    return true;
}

/** 22, or 22.12.2020, which is one word. */
static bool add_numbers(struct reading *reading, struct muc_string word, char joined)
{
    struct item item = { .kind = ITEM_NUMBER, .joined = joined };

    for (size_t i = 0; i < word.size; i++) {
        char c = word.bytes[i];

        if (c >= '0' && c <= '9' && item.digits < 4) {
            item.value = 10 * item.value + (unsigned)(c - '0');
            item.digits++;
        } else if (c != '.' || !item.digits || !add_item(reading, item)) {
            return false;
        } else {
            item = (struct item){ .kind = ITEM_NUMBER, .joined = '.' };
        }
    }
    return item.digits && add_item(reading, item);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** 8h, 8h30, 8g30. */
static bool add_time(struct reading *reading, struct muc_string word)
{
    size_t at = 0;

    while (at < word.size && is_digit(word.bytes[at]))
        at++;
    if (at == word.size ||
        (word.bytes[at] != 'h' && (word.bytes[at] != 'g' || at + 1 == word.size)))
        return false;
    return add_numbers(reading, str_of(word.bytes, at), 0) &&
           add_item(reading, (struct item){ .kind = ITEM_HOUR }) &&
           (at + 1 == word.size ||
            add_numbers(reading, str_of(word.bytes + at + 1, word.size - at - 1), 0));
}

/** T9 of T9/2020, Q3 of Q3/2020. */
static bool add_short(struct reading *reading, struct muc_string word)
{
    enum item_kind kind = word.bytes[0] == 't' ? ITEM_MONTH : ITEM_QUARTER;

    return add_item(reading, (struct item){ .kind = kind }) &&
           add_numbers(reading, str_of(word.bytes + 1, word.size - 1), 0);
}

static bool add_word(struct reading *reading, const struct query_word *word, char joined)
{
    static const struct {
        const char *exact, *folded;
        enum item_kind kind;
        unsigned value;
    } known[] = {
        { "ngày", "ngay", ITEM_DAY, 0 },     { "mùng", "mung", ITEM_DAY, 0 },
        { "mồng", "mong", ITEM_DAY, 0 },     { "tháng", "thang", ITEM_MONTH, 0 },
        { "năm", "nam", ITEM_YEAR, 0 },      { "quý", "quy", ITEM_QUARTER, 0 },
        { "quí", "qui", ITEM_QUARTER, 0 },   { "i", "i", ITEM_ROMAN, 1 },
        { "ii", "ii", ITEM_ROMAN, 2 },       { "iii", "iii", ITEM_ROMAN, 3 },
        { "iv", "iv", ITEM_ROMAN, 4 },       { "từ", "tu", ITEM_FROM, 0 },
        { "đến", "den", ITEM_UNTIL, 0 },     { "tới", "toi", ITEM_UNTIL, 0 },
        { "giờ", "gio", ITEM_HOUR, 0 },      { "h", "h", ITEM_HOUR, 0 },
        { "phút", "phut", ITEM_MINUTES, 0 },
    };

    char first = word->exact.bytes[0];

    if (is_digit(first))
        return add_numbers(reading, word->exact, joined) || add_time(reading, word->exact);
    if ((first == 't' || first == 'q') && word->exact.size > 1 && is_digit(word->exact.bytes[1]))
        return add_short(reading, word->exact);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (word->folded.bytes[0] == known[i].folded[0] && /* hardly any word is one of them */
            str_equal(word->folded, str_c(known[i].folded)) &&
            (!word->marked || str_equal(word->exact, str_c(known[i].exact))))
            return add_item(reading, (struct item){ known[i].kind, known[i].value, 0, joined });
    return false;
}

bool when_has(const struct query_word *word)
{
    struct reading reading = { 0 };

    return add_word(&reading, word, 0);
}

uint32_t when_lead(const struct query_word *const *words, uint32_t n)
{
    uint32_t lead = 0;

    while (lead < n) {
        struct reading reading = { 0 };

        if (!add_word(&reading, words[lead], 0) ||
            (reading.items[0].kind != ITEM_DAY && reading.items[0].kind != ITEM_FROM &&
             reading.items[0].kind != ITEM_YEAR))
            break;
        lead++;
    }
    return lead;
}

/* ---- items to dates */

static bool next_is(const struct reading *reading, enum item_kind kind, bool joined)
{
    return reading->at < reading->n && reading->items[reading->at].kind == kind &&
           (!joined || reading->items[reading->at].joined);
}

static bool take(struct reading *reading, enum item_kind kind)
{
    bool is = next_is(reading, kind, false);

    reading->at += is;
    return is;
}

/** A day or month: at most two digits. */
static bool take_small(struct reading *reading, bool joined, unsigned most, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, joined) || item->digits > 2 || item->value < 1 ||
        item->value > most)
        return false;
    *out = item->value;
    reading->at++;
    return true;
}

static bool take_year(struct reading *reading, bool joined, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, joined) || item->digits != 4 || item->value < YEAR_MIN ||
        item->value > YEAR_MAX)
        return false;
    *out = item->value;
    reading->at++;
    return true;
}

/** A year of two digits, as in 22/12/20: one between CENTURY and CENTURY + 99. Behind points stands
 *  the number of a version or a network as well. */
static bool take_short_year(struct reading *reading, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, true) || item->joined == '.' || item->digits != 2)
        return false;
    *out = CENTURY + (item->value + 100 - CENTURY % 100) % 100;
    reading->at++;
    return true;
}

/** A month, which a word has announced; then perhaps its year. */
static bool take_named_month(struct reading *reading, struct when *when)
{
    bool said;

    if (!take_small(reading, false, 12, &when->month))
        return false;
    said = take(reading, ITEM_YEAR);
    return take_year(reading, false, &when->year) || !said;
}

static bool read_day_first(struct reading *reading, struct when *when)
{
    when->kind = WHEN_DAY;
    take(reading, ITEM_DAY);
    if (!take_small(reading, false, 31, &when->day))
        return false;
    if (take(reading, ITEM_MONTH))
        return take_named_month(reading, when);
    if (!take_small(reading, true, 12, &when->month))
        return false;
    if (!take_year(reading, true, &when->year))
        take_short_year(reading, &when->year);
    return true;
}

static bool read_year_first(struct reading *reading, struct when *when)
{
    when->kind = WHEN_DAY;
    return take_year(reading, false, &when->year) && take_small(reading, true, 12, &when->month) &&
           take_small(reading, true, 31, &when->day);
}

static bool read_month(struct reading *reading, struct when *when)
{
    when->kind = WHEN_MONTH;
    if (take(reading, ITEM_MONTH))
        return take_named_month(reading, when) && when->year;
    if (take_year(reading, false, &when->year))
        return take_small(reading, true, 12, &when->month);
    return take_small(reading, false, 12, &when->month) && take_year(reading, true, &when->year);
}

static bool read_quarter(struct reading *reading, struct when *when)
{
    when->kind = WHEN_QUARTER;
    if (!take(reading, ITEM_QUARTER))
        return false;
    if (next_is(reading, ITEM_ROMAN, false))
        when->quarter = reading->items[reading->at++].value;
    else if (!take_small(reading, false, 4, &when->quarter))
        return false;
    return take_year(reading, !take(reading, ITEM_YEAR), &when->year);
}

static bool read_years(struct reading *reading, struct when *when)
{
    bool until;

    when->kind = WHEN_YEARS;
    take(reading, ITEM_FROM);
    take(reading, ITEM_YEAR);
    if (!take_year(reading, false, &when->year))
        return false;
    until = take(reading, ITEM_UNTIL);
    if (until)
        take(reading, ITEM_YEAR);
    if (take_year(reading, !until, &when->last))
        return true;
    return !until && take_short_year(reading, &when->last) && when->last == when->year + 1;
}

static bool read_time(struct reading *reading, struct when *when)
{
    const struct item *item = reading->items;
    bool named;

    when->kind = WHEN_TIME;
    when->minute = NO_MINUTE;
    if (!next_is(reading, ITEM_NUMBER, false) || item->digits > 2 || item->value > 24)
        return false;
    when->hour = item->value;
    reading->at++;
    named = take(reading, ITEM_HOUR);
    item = &reading->items[reading->at];
    if (named && reading->at == reading->n)
        return true;
    if (!next_is(reading, ITEM_NUMBER, false) || item->digits != 2 || item->value >= NO_MINUTE ||
        (!named && !item->clock))
        return false;
    when->minute = item->value;
    reading->at++;
    take(reading, ITEM_MINUTES);
    return true;
}

static bool exists(const struct when *when)
{
    /* without a year the 29th of February is one of some year */
    return when->kind != WHEN_DAY ||
           when->day <= calendar_days(when->year ? when->year : 2000, when->month);
}

bool when_read(struct muc_string text, const struct query_word *const *words, uint32_t n,
               struct when *out)
{
    static bool (*const readers[])(struct reading *, struct when *) = {
        read_day_first, read_year_first, read_month, read_quarter, read_years, read_time,
    };
    struct reading reading = { 0 };

    for (uint32_t i = 0; i < n; i++) {
        uint32_t before = i ? words[i - 1]->end : 0;
        bool behind = i && before <= words[i]->start;
        struct muc_string gap =
            behind ? str_of(text.bytes + before, words[i]->start - before) : str_of(NULL, 0);
        uint32_t first = reading.n;

        if (!add_word(&reading, words[i], separator(gap)))
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

/* ---- writing */

/* D and M: day and month, perhaps behind a zero; A and B: with two digits; Y: year; C: its last two
 * digits; Q: quarter in roman and in arabic numbers, K: in arabic ones alone; L: the last of years,
 * S: its last two digits, where it is the next one (a season); X: each day of the month; H: hour,
 * perhaps behind a zero; N: minutes. A number such as 2.9 alone is most often no day. */
static const char *const ways_of_day[] = { "D M Y", "D tháng M năm Y", "D.M.Y", "D tháng M Y",
                                           "Y B A", "D M C",           NULL };
static const char *const ways_of_day_alone[] = { "D M",      "D tháng M", "ngày D.M",
                                                 "sáng D.M", "chiều D.M", "tối D.M",
                                                 "lễ D.M",   "dịp D.M",   NULL };
static const char *const ways_of_month[] = { "M Y", "tháng M năm Y", "tM Y", "M.Y", "X.M.Y", NULL };
static const char *const ways_of_quarter[] = { "quý Q Y",     "quý Q năm Y", "quí Q Y",
                                               "quí Q năm Y", "qK Y",        NULL };
static const char *const ways_of_years[] = { "Y L",         "Y đến L", "Y đến năm L", "Y tới L",
                                             "Y tới năm L", "Y S",     NULL };

static const char *const ways_of_hour[] = { "Hh", "H giờ", "Hh00", "H 00", NULL };
static const char *const ways_of_time[] = { "HhN", "H giờ N", "H N", "HgN", NULL };

static const char *const *ways_of(const struct when *when)
{
    switch (when->kind) {
    case WHEN_DAY:
        return when->year ? ways_of_day : ways_of_day_alone;
    case WHEN_MONTH:
        return ways_of_month;
    case WHEN_QUARTER:
        return ways_of_quarter;
    case WHEN_TIME:
        return when->minute == NO_MINUTE || !when->minute ? ways_of_hour : ways_of_time;
    default:
        return ways_of_years;
    }
}

/** In how many ways a letter is written. */
static uint32_t choices(const struct when *when, char letter)
{
    switch (letter) {
    case 'D':
        return when->day < 10 ? 2 : 1;
    case 'M':
        return when->month < 10 ? 2 : 1;
    case 'H':
        return when->hour < 10 ? 2 : 1;
    case 'Q':
        return 2;
    case 'X':
        return 31 + 9;
    case 'C':
        return when->year >= CENTURY && when->year < CENTURY + 100;
    case 'S':
        return when->last == when->year + 1;
    default:
        return 1;
    }
}

static int write_letter(const struct when *when, char letter, uint32_t choice, char *out,
                        size_t room)
{
    static const char *const roman[] = { "i", "ii", "iii", "iv" };

    switch (letter) {
    case 'D':
        return snprintf(out, room, choice ? "0%u" : "%u", when->day);
    case 'M':
        return snprintf(out, room, choice ? "0%u" : "%u", when->month);
    case 'H':
        return snprintf(out, room, choice ? "0%u" : "%u", when->hour);
    case 'N':
        return snprintf(out, room, "%02u", when->minute);
    case 'K':
        return snprintf(out, room, "%u", when->quarter);
    case 'A':
        return snprintf(out, room, "%02u", when->day);
    case 'B':
        return snprintf(out, room, "%02u", when->month);
    case 'Y':
        return snprintf(out, room, "%u", when->year);
    case 'C':
        return snprintf(out, room, "%02u", when->year % 100);
    case 'L':
        return snprintf(out, room, "%u", when->last);
    case 'S':
        return snprintf(out, room, "%02u", when->last % 100);
    case 'X':
        return snprintf(out, room, choice < 31 ? "%u" : "0%u",
                        (unsigned)(choice < 31 ? choice + 1 : choice - 30));
    default:
        return choice ? snprintf(out, room, "%u", when->quarter)
                      : snprintf(out, room, "%s", roman[when->quarter - 1]);
    }
}

size_t when_write(const struct when *when, uint32_t i, char out[WHEN_SIZE])
{
    for (const char *const *way = ways_of(when); *way; way++) {
        uint32_t n = 1;
        size_t size = 0;

        for (const char *c = *way; *c; c++)
            n *= choices(when, *c);
        if (i >= n) {
            i -= n;
            continue;
        }
        for (const char *c = *way; *c; c++) {
            uint32_t n_choices = choices(when, *c);

            if (strchr("DMABYCLSXQKHN", *c))
                size += (size_t)write_letter(when, *c, i % n_choices, out + size, WHEN_SIZE - size);
            else
                out[size++] = *c;
            i /= n_choices;
        }
        return size;
    }
    return 0;
}
