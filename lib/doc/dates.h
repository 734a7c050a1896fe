/* SPDX-License-Identifier: MIT */
/* doc/dates.h - dates as people write them, in plain letters (doc/plain.h).
 *
 *   day    22/12/2020  22.12.2020  22-12-2020  2020-12-22  22 thang 12 nam 2020  22 December 2020
 *          22 Dec 2020  December 22, 2020, each with or without "ngay"
 *   day without a year   22/12  22-12  22 thang 12  22 December
 *   month  12/2020  2020-12  thang 12 nam 2020  thang 12/2020
 *   year   2020  nam 2020
 *
 * A year has four digits; there is one separator in a date of digits. */
#pragma once

#include "doc/plain.h"

/** What stands at a place of a line. Only the parts that are not 0 were written. */
struct written_date {
    struct muc_date date; /* exists in the calendar, in some year if it has none */
    size_t end;           /* byte of the line behind it */
};

/** The longest date that begins at byte `at`, where a word begins. */
bool date_at(const struct plain *line, size_t at, struct written_date *found);
