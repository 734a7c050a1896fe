/* SPDX-License-Identifier: MIT */
/* base/calendar.h - how long months are. */
#pragma once

#include <stdint.h>

/** `month` is 1 … 12. */
static inline unsigned calendar_days(unsigned year, unsigned month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}
