/* SPDX-License-Identifier: MIT */
/* query/range.h - the value of `date:` to a span of days.
 *
 *   range := date | date ".." [date] | ".." date | year DASH year
 *           | (">" | "<" | ">=" | "<=") date
 *   date  := YYYY | YYYY-M | YYYY-M-D | M/YYYY | D/M/YYYY        / - . are equal, years have 4
 * digits
 *           or with words: query/spoken_date.h
 *
 * A date stands for all its days: 2020-02 is 2020-02-01 … 2020-02-29. */
#pragma once

#include <stdbool.h>

#include "base/str.h"

/** Both ends with the precision of days, {0, 0, 0} where open, from <= to: ends written the wrong
 *  way round are exchanged. False, and nothing written, if it is no such range or no such day. */
bool range_parse(struct muc_string text, struct muc_date *from, struct muc_date *to);
