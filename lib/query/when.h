/* SPDX-License-Identifier: MIT */
/* query/when.h - dates among the words of a query, and the ways in which a text has them.
 *
 *   day       22/12/2020 22-12-2020 22.12.2020 2020-12-22 22/12/20, (ngày) 22 tháng 12 năm 2020,
 *             22/12 năm 2020, 22/XII/2020, 22 tháng mười hai năm 2020, ngày mùng năm tháng ba năm
 *             2021; December 22, 2020, 22 décembre 2020
 *   day of a year not said       22/12 22-12 (ngày) 22.12, (ngày) 22 tháng 12, mùng năm tháng ba
 *   month     12/2020 12.2020 2020-12, tháng 12 năm 2020, tháng 12/2020, T12/2020, tháng mười hai
 *             năm 2020, December 2020
 *   quarter   quý III/2020, quý 3 năm 2020, quý ba năm 2020, Q3/2020
 *   years     2018-2020, (từ) (năm) 2018 đến (năm) 2020; of a season 2020-21
 *   time      8h, 8 giờ, 8h00, 8h30, 8 giờ 30 (phút), 8:30, 8g30, 8 giờ rưỡi; 15h, 3 giờ chiều,
 *             3pm, 3.30pm
 *
 * A zero in front of a day, month or hour is no difference. A day that does not exist is no date. A
 * month is also found in its days. */
#pragma once

#include "query/query.h"

enum {
    WHEN_SIZE = 64,
    WHEN_CENTURY = 1950, /* years of two digits are of it and the 99 years behind it */
    WHEN_HALF = 30,      /* minutes of half an hour */
    WHEN_NO_MINUTE = 60,
};

/** Parts of the day in which an hour is said as one of half a day. */
enum day_part { NOON, AFTERNOON, EVENING, NIGHT, LATE, DAY_PARTS };

enum when_kind { WHEN_DAY, WHEN_MONTH, WHEN_QUARTER, WHEN_YEARS, WHEN_TIME };

struct when {
    enum when_kind kind;
    unsigned year, month, day; /* year 0: not said */
    unsigned quarter;
    unsigned last;         /* of YEARS: from `year` on */
    unsigned hour, minute; /* of TIME; minute 60: not said */
    bool may;              /* ends with tháng năm: it is no day if a number is behind it */
};

/** Words that are neighbours in the query. */
struct when_words {
    const struct query_word *const *at;
    uint32_t n;
    const struct query_word *before, *behind; /* the neighbours of all; NULL: none */
};

/** Whether words of the query `text` are a date and nothing else. */
bool when_read(struct muc_string text, const struct when_words *typed, struct when *out);

/** Whether a date may have this word: where not, none is read across it. */
bool when_has(const struct query_word *word);

/** How many of the words of a date only say that it comes: ngày, mùng, từ năm. */
uint32_t when_lead(const struct query_word *const *words, uint32_t n);

/** Way number `i` of writing it, as words with single spaces; its size, 0 if there are no more. */
size_t when_write(const struct when *when, uint32_t i, char out[WHEN_SIZE]);

/** The same for a time by the part of its day, which its marks tell from other words:
 *  3 giờ chiều for 15h. Other dates have no such way. */
size_t when_write_part(const struct when *when, uint32_t i, char out[WHEN_SIZE]);

/** Whether an hour of 0 … 23 lies in a part of the day, behind noon. */
bool when_is_in_part(unsigned hour, enum day_part part);
