/* SPDX-License-Identifier: MIT */
#include "query/when.h"

#include <stdio.h>

#include "base/calendar.h"
#include "text/character.h"

enum { ITEMS_MAX = 16, YEAR_MIN = 1000, YEAR_MAX = 2999 };

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
    ITEM_MINUTES,
    ITEM_NAME,    /* of a month, behind tháng; of mười hai the first or the second word */
    ITEM_ABROAD,  /* its name in English or French */
    ITEM_DOUBTFUL /* the same, but it is also another word: may, mars */
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

        if (ascii_is_digit(c) && item.digits < 4) {
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

/** 8h, 8h30, 8g30. */
static bool add_time(struct reading *reading, struct muc_string word)
{
    size_t at = 0;

    while (at < word.size && ascii_is_digit(word.bytes[at]))
        at++;
    if (at == word.size ||
        (word.bytes[at] != 'h' && (word.bytes[at] != 'g' || at + 1 == word.size)))
        return false;
    return add_numbers(reading, str_of(word.bytes, at), 0) &&
           add_item(reading, (struct item){ .kind = ITEM_HOUR }) &&
           (at + 1 == word.size ||
            add_numbers(reading, str_of(word.bytes + at + 1, word.size - at - 1), 0));
}

/** 31st, 1er. */
static bool add_nth(struct reading *reading, struct muc_string word)
{
    static const char *const ends[] = { "st", "nd", "rd", "th", "er" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends && word.size > 2 && word.size <= 4; i++)
        if (!memcmp(word.bytes + word.size - 2, ends[i], 2))
            return add_numbers(reading, str_of(word.bytes, word.size - 2), 0);
    return false;
}

/** T9 of T9/2020, Q3 of Q3/2020, QIII. */
static bool add_short(struct reading *reading, struct muc_string word)
{
    static const char *const quarters[] = { "qi", "qii", "qiii", "qiv" };
    enum item_kind kind = word.bytes[0] == 't' ? ITEM_MONTH : ITEM_QUARTER;

    for (unsigned i = 0; i < sizeof quarters / sizeof *quarters; i++)
        if (str_equal(word, str_c(quarters[i])))
            return add_item(reading, (struct item){ .kind = kind }) &&
                   add_item(reading, (struct item){ .kind = ITEM_ROMAN, .value = i + 1 });
    return ascii_is_digit(word.bytes[1]) && add_item(reading, (struct item){ .kind = kind }) &&
           add_numbers(reading, str_of(word.bytes + 1, word.size - 1), 0);
}

/** Words that dates are written with; those of one folded form behind each other. */
static const struct {
    const char *exact, *folded;
    enum item_kind kind;
    unsigned value;
} known[] = {
    { "ngày", "ngay", ITEM_DAY, 0 },
    { "mùng", "mung", ITEM_DAY, 0 },
    { "mồng", "mong", ITEM_DAY, 0 },
    { "tháng", "thang", ITEM_MONTH, 0 },
    { "năm", "nam", ITEM_YEAR, 0 },
    { "quý", "quy", ITEM_QUARTER, 0 },
    { "quí", "qui", ITEM_QUARTER, 0 },
    { "i", "i", ITEM_ROMAN, 1 },
    { "ii", "ii", ITEM_ROMAN, 2 },
    { "iii", "iii", ITEM_ROMAN, 3 },
    { "iv", "iv", ITEM_ROMAN, 4 },
    { "v", "v", ITEM_ROMAN, 5 },
    { "vi", "vi", ITEM_ROMAN, 6 },
    { "vii", "vii", ITEM_ROMAN, 7 },
    { "viii", "viii", ITEM_ROMAN, 8 },
    { "ix", "ix", ITEM_ROMAN, 9 },
    { "x", "x", ITEM_ROMAN, 10 },
    { "xi", "xi", ITEM_ROMAN, 11 },
    { "xii", "xii", ITEM_ROMAN, 12 },
    { "từ", "tu", ITEM_FROM, 0 },
    { "đến", "den", ITEM_UNTIL, 0 },
    { "tới", "toi", ITEM_UNTIL, 0 },
    { "hết", "het", ITEM_UNTIL, 0 },
    { "giờ", "gio", ITEM_HOUR, 0 },
    { "h", "h", ITEM_HOUR, 0 },
    { "phút", "phut", ITEM_MINUTES, 0 },
    { "giêng", "gieng", ITEM_NAME, 1 },
    { "một", "mot", ITEM_NAME, 1 },
    { "hai", "hai", ITEM_NAME, 2 },
    { "ba", "ba", ITEM_NAME, 3 },
    { "tư", "tu", ITEM_NAME, 4 },
    { "sáu", "sau", ITEM_NAME, 6 },
    { "bảy", "bay", ITEM_NAME, 7 },
    { "tám", "tam", ITEM_NAME, 8 },
    { "chín", "chin", ITEM_NAME, 9 },
    { "mười", "muoi", ITEM_NAME, 10 },
    { "chạp", "chap", ITEM_NAME, 12 },
    { "january", "january", ITEM_ABROAD, 1 },
    { "february", "february", ITEM_ABROAD, 2 },
    { "march", "march", ITEM_ABROAD, 3 },
    { "april", "april", ITEM_ABROAD, 4 },
    { "may", "may", ITEM_DOUBTFUL, 5 },
    { "june", "june", ITEM_ABROAD, 6 },
    { "july", "july", ITEM_ABROAD, 7 },
    { "august", "august", ITEM_ABROAD, 8 },
    { "september", "september", ITEM_ABROAD, 9 },
    { "october", "october", ITEM_ABROAD, 10 },
    { "november", "november", ITEM_ABROAD, 11 },
    { "december", "december", ITEM_ABROAD, 12 },
    { "jan", "jan", ITEM_ABROAD, 1 },
    { "feb", "feb", ITEM_ABROAD, 2 },
    { "mar", "mar", ITEM_ABROAD, 3 },
    { "apr", "apr", ITEM_ABROAD, 4 },
    { "jun", "jun", ITEM_ABROAD, 6 },
    { "jul", "jul", ITEM_ABROAD, 7 },
    { "aug", "aug", ITEM_ABROAD, 8 },
    { "sep", "sep", ITEM_ABROAD, 9 },
    { "oct", "oct", ITEM_ABROAD, 10 },
    { "nov", "nov", ITEM_ABROAD, 11 },
    { "dec", "dec", ITEM_ABROAD, 12 },
    { "janvier", "janvier", ITEM_ABROAD, 1 },
    { "février", "fevrier", ITEM_ABROAD, 2 },
    { "mars", "mars", ITEM_DOUBTFUL, 3 },
    { "avril", "avril", ITEM_ABROAD, 4 },
    { "mai", "mai", ITEM_DOUBTFUL, 5 },
    { "juin", "juin", ITEM_ABROAD, 6 },
    { "juillet", "juillet", ITEM_ABROAD, 7 },
    { "août", "aout", ITEM_ABROAD, 8 },
    { "septembre", "septembre", ITEM_ABROAD, 9 },
    { "octobre", "octobre", ITEM_ABROAD, 10 },
    { "novembre", "novembre", ITEM_ABROAD, 11 },
    { "décembre", "decembre", ITEM_ABROAD, 12 },
};

static bool add_word(struct reading *reading, const struct query_word *word, char joined)
{
    char first = word->exact.bytes[0];

    if (ascii_is_digit(first))
        return add_numbers(reading, word->exact, joined) || add_time(reading, word->exact) ||
               add_nth(reading, word->exact);
    if ((first == 't' || first == 'q') && word->exact.size > 1 &&
        (ascii_is_digit(word->exact.bytes[1]) || (first == 'q' && word->exact.bytes[1] == 'i')))
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

/** A year of two digits, as in 22/12/20: one between WHEN_CENTURY and WHEN_CENTURY + 99. Behind
 * points stands the number of a version or a network as well, if no ngày stands before it. */
static bool take_short_year(struct reading *reading, bool announced, unsigned *out)
{
    const struct item *item = &reading->items[reading->at];

    if (!next_is(reading, ITEM_NUMBER, true) || (item->joined == '.' && !announced) ||
        item->digits != 2)
        return false;
    *out = WHEN_CENTURY + (item->value + 100 - WHEN_CENTURY % 100) % 100;
    reading->at++;
    return true;
}

/** The name of a month behind tháng: tư, mười hai; năm, where the year's năm stands behind it. */
static bool take_name(struct reading *reading, unsigned *month)
{
    const struct item *item = &reading->items[reading->at];

    if (next_is(reading, ITEM_NAME, false)) {
        *month = item->value;
        reading->at++;
        if (*month == 10 && next_is(reading, ITEM_NAME, false) && item[1].value <= 2)
            *month += reading->items[reading->at++].value;
        return true;
    }
    *month = next_is(reading, ITEM_FROM, false) ? 4 /* typed without marks */
             : next_is(reading, ITEM_YEAR, false) && reading->at + 1 < reading->n &&
                     item[1].kind == ITEM_YEAR
                 ? 5
                 : 0;
    reading->at += *month > 0;
    return *month > 0;
}

/** VIII of 15/VIII/2021, or behind tháng. */
static bool take_roman(struct reading *reading, bool joined, unsigned *month)
{
    if (!next_is(reading, ITEM_ROMAN, joined))
        return false;
    *month = reading->items[reading->at++].value;
    return true;
}

/** A month, which a word has announced; then perhaps its year. */
static bool take_named_month(struct reading *reading, struct when *when)
{
    bool said;

    if (!take_small(reading, false, 12, &when->month) &&
        !take_roman(reading, false, &when->month) && !take_name(reading, &when->month))
        return false;
    said = take(reading, ITEM_YEAR);
    return take_year(reading, false, &when->year) || !said;
}

static bool read_day_first(struct reading *reading, struct when *when)
{
    bool announced = take(reading, ITEM_DAY);

    when->kind = WHEN_DAY;
    if (!take_small(reading, false, 31, &when->day))
        return false;
    if (take(reading, ITEM_MONTH))
        return take_named_month(reading, when);
    if (!take_small(reading, true, 12, &when->month) && !take_roman(reading, true, &when->month))
        return false;
    if (take(reading, ITEM_YEAR)) /* 31/12 năm 2020 */
        return take_year(reading, false, &when->year);
    if (!take_year(reading, true, &when->year))
        take_short_year(reading, announced, &when->year);
    return true;
}

static bool read_year_first(struct reading *reading, struct when *when)
{
    when->kind = WHEN_DAY;
    return take_year(reading, false, &when->year) && take_small(reading, true, 12, &when->month) &&
           take_small(reading, true, 31, &when->day);
}

/** December 31, 2020; 31 décembre 2020; of doubtful names a month alone is none. */
static bool read_abroad(struct reading *reading, struct when *when)
{
    bool day = take_small(reading, false, 31, &when->day);

    if (!next_is(reading, ITEM_ABROAD, false) && !next_is(reading, ITEM_DOUBTFUL, false))
        return false;
    when->month = reading->items[reading->at++].value;
    day = day || take_small(reading, false, 31, &when->day);
    when->kind = day ? WHEN_DAY : WHEN_MONTH;
    return take_year(reading, false, &when->year) && (day || reading->items[0].kind == ITEM_ABROAD);
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
    if (next_is(reading, ITEM_ROMAN, false) && reading->items[reading->at].value <= 4)
        when->quarter = reading->items[reading->at++].value;
    else if (!take_small(reading, false, 4, &when->quarter) &&
             (!take_name(reading, &when->quarter) || when->quarter > 4))
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
    if (until) {
        take(reading, ITEM_UNTIL); /* đến hết */
        take(reading, ITEM_YEAR);
    }
    if (take_year(reading, !until, &when->last))
        return true;
    return !until && take_short_year(reading, false, &when->last) && when->last == when->year + 1;
}

static bool read_time(struct reading *reading, struct when *when)
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
    item = &reading->items[reading->at];
    if (named && reading->at == reading->n)
        return true;
    if (!next_is(reading, ITEM_NUMBER, false) || item->digits != 2 ||
        item->value >= WHEN_NO_MINUTE || (!named && !item->clock))
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
        read_day_first, read_year_first, read_abroad, read_month,
        read_quarter,   read_years,      read_time,
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
