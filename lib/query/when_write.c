/* SPDX-License-Identifier: MIT */
/* Dates in the ways in which texts have them. */
#include <stdio.h>

#include "query/when.h"
#include "query/when_items.h"
#include "text/month_names.h"
#include "text/numeral.h"

/* D and M: day and month, perhaps behind a zero; A and B: with two digits; Y: year; C: its last two
 * digits; Q: quarter in roman and in arabic numbers; L: the last of years, S: its last two digits,
 * where it is the next one (a season); X: each day of the month; H: hour, perhaps behind a zero; N:
 * minutes; T: those below ten without a zero; G and P: hour of half a day, and the part of the day;
 * K and Z: hour of half a day, and am or pm; V: quarter in words; W: month as it is called behind
 * tháng, E: in English and French, O: day as 31st, U: day in one word. A number such as 2.9 alone
 * is most often no day. */
static const char *const ways_of_day[] = { "D M Y", "D tháng M năm Y", "D.M.Y",     "D tháng M Y",
                                           "Y B A", "D M C",           "D M năm Y", "ngày D.M.C",
                                           "E D Y", "D E Y",           "E O Y",     "O E Y",
                                           NULL };
static const char *const ways_of_day_alone[] = { "D M",      "D tháng M", "D tháng W", "U tháng W",
                                                 "ngày D.M", "sáng D.M",  "chiều D.M", "tối D.M",
                                                 "lễ D.M",   "dịp D.M",   NULL };
static const char *const ways_of_month[] = { "M Y",   "tháng M năm Y", "tM Y", "M.Y",
                                             "X.M.Y", "tháng W năm Y", "E Y",  NULL };
static const char *const ways_of_quarter[] = { "quý Q Y", "quý Q năm Y", "quí Q Y", "quí Q năm Y",
                                               "qQ Y",    "quý V năm Y", NULL };
static const char *const ways_of_years[] = {
    "Y L",         "Y đến L",         "Y đến năm L", "Y tới L", "Y tới năm L",
    "Y đến hết L", "Y đến hết năm L", "Y S",         NULL
};

static const char *const ways_of_hour[] = { "Hh", "H giờ", "Hh00", "H 00", NULL };
static const char *const ways_of_time[] = { "HhN", "H giờ N", "H N", "HgN", "H giờ T phút", NULL };
static const char *const ways_of_half[] = { "HhN",        "H giờ N", "H N", "HgN",
                                            "H giờ rưỡi", "Hh rưỡi", NULL };

static const char *const parts_of_hour[] = { "Gh P", "G giờ P", "Gh00 P", "KZ",
                                             "K Z",  "K 00Z",   "K 00 Z", NULL };
static const char *const parts_of_time[] = {
    "GhN P", "G giờ N P", "G N P", "G giờ N phút P", "G giờ T phút P", "K NZ", "K N Z", "K.NZ",
    "K.N Z", "KhNZ",      NULL
};
static const char *const parts_of_half[] = { "GhN P",        "G giờ N P", "G N P", "G giờ N phút P",
                                             "G giờ rưỡi P", "K NZ",      "K N Z", "K.NZ",
                                             "K.N Z",        "KhNZ",      NULL };

/** Hours, the first and the last, of each part of the day. */
static const struct {
    const char *name;
    unsigned first, last;
} parts[DAY_PARTS] = {
    { "trưa", 13, 14 }, { "chiều", 13, 18 }, { "tối", 18, 23 },
    { "đêm", 19, 23 },  { "khuya", 21, 23 },
};

bool when_is_in_part(unsigned hour, enum day_part part)
{
    return hour >= parts[part].first && hour <= parts[part].last;
}

static uint32_t count_abroad(unsigned month)
{
    uint32_t n = 0;

    for (size_t i = 0; i < MONTH_NAMES; i++)
        n += month_names[i].month == month;
    return n;
}

/** What a month is called in English or French. */
static const char *name_abroad(unsigned month, uint32_t choice)
{
    size_t first = 0;

    while (month_names[first].month != month)
        first++;
    return month_names[first + choice].exact;
}

/** What stands behind the number of a day in English. */
static const char *nth_end(unsigned day)
{
    static const char *const ends[] = { "th", "st", "nd", "rd" };

    return ends[day / 10 == 1 || day % 10 > 3 ? 0 : day % 10];
}

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
        if (when->minute == WHEN_NO_MINUTE || !when->minute)
            return ways_of_hour;
        return when->minute == WHEN_HALF ? ways_of_half : ways_of_time;
    default:
        return ways_of_years;
    }
}

/** Those by the part of the day. */
static const char *const *parts_of(const struct when *when)
{
    static const char *const none[] = { NULL };

    if (when->kind != WHEN_TIME)
        return none;
    if (when->minute == WHEN_NO_MINUTE || !when->minute)
        return parts_of_hour;
    return when->minute == WHEN_HALF ? parts_of_half : parts_of_time;
}

/** How many parts of the day have an hour, which follow each other, and the first of them. */
static uint32_t count_parts(unsigned hour, enum day_part *first)
{
    uint32_t n = 0;

    for (enum day_part part = DAY_PARTS; part-- > 0;)
        if (when_is_in_part(hour, part)) {
            *first = part;
            n++;
        }
    return n;
}

/** In how many ways a letter is written. */
static uint32_t choices(const struct when *when, char letter)
{
    enum day_part part;

    switch (letter) {
    case 'D':
        return when->day < 10 ? 2 : 1;
    case 'M':
        return when->month < 10 ? 2 : 1;
    case 'H':
        return when->hour < 10 ? 2 : 1;
    case 'T':
        return when->minute < 10;
    case 'Q':
        return 2;
    case 'O':
        return when->day == 1 ? 2 : 1; /* le 1er août */
    case 'U':
        return when->day <= 10 && when->day != 4; /* which is bốn */
    case 'W':
        return when->month == 1 ? 2 : 1; /* tháng giêng */
    case 'E':
        return count_abroad(when->month);
    case 'X':
        return 31 + 9;
    case 'P':
        return count_parts(when->hour, &part);
    case 'C':
        return when->year >= WHEN_CENTURY && when->year < WHEN_CENTURY + 100;
    case 'S':
        return when->last == when->year + 1;
    default:
        return 1;
    }
}

static int write_ordinal(unsigned value, char *out, size_t room)
{
    char name[NUMERAL_SIZE];

    numeral_write_ordinal(value, name);
    return snprintf(out, room, "%s", name);
}

static int write_letter(const struct when *when, char letter, uint32_t choice, char *out,
                        size_t room)
{
    static const char *const roman[] = { "i", "ii", "iii", "iv" };
    enum day_part part;

    switch (letter) {
    case 'D':
        return snprintf(out, room, choice ? "0%u" : "%u", when->day);
    case 'M':
        return snprintf(out, room, choice ? "0%u" : "%u", when->month);
    case 'H':
        return snprintf(out, room, choice ? "0%u" : "%u", when->hour);
    case 'N':
        return snprintf(out, room, "%02u", when->minute);
    case 'T':
        return snprintf(out, room, "%u", when->minute);
    case 'G':
        return snprintf(out, room, "%u", when->hour - HALF_DAY);
    case 'K':
        return snprintf(out, room, "%u", (when->hour + HALF_DAY - 1) % HALF_DAY + 1);
    case 'Z':
        return snprintf(out, room, "%s", when->hour % DAY < HALF_DAY ? "am" : "pm");
    case 'P':
        count_parts(when->hour, &part);
        return snprintf(out, room, "%s", parts[part + choice].name);
    case 'O':
        return snprintf(out, room, "%u%s", when->day, choice ? "er" : nth_end(when->day));
    case 'U':
        return write_ordinal(when->day, out, room);
    case 'V':
        return write_ordinal(when->quarter, out, room);
    case 'W':
        return choice ? snprintf(out, room, "giêng") : write_ordinal(when->month, out, room);
    case 'E':
        return snprintf(out, room, "%s", name_abroad(when->month, choice));
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

/** Way number `i` of those that are given. */
static size_t write_way(const struct when *when, const char *const *way, uint32_t i,
                        char out[WHEN_SIZE])
{
    for (; *way; way++) {
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

            if (strchr("DMABYCLSXQHNTGPKZWEOUV", *c))
                size += (size_t)write_letter(when, *c, i % n_choices, out + size, WHEN_SIZE - size);
            else
                out[size++] = *c;
            i /= n_choices;
        }
        return size;
    }
    return 0;
}

size_t when_write(const struct when *when, uint32_t i, char out[WHEN_SIZE])
{
    return write_way(when, ways_of(when), i, out);
}

size_t when_write_part(const struct when *when, uint32_t i, char out[WHEN_SIZE])
{
    return write_way(when, parts_of(when), i, out);
}
