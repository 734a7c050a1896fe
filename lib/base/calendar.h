/* SPDX-License-Identifier: MIT */
/* base/calendar.h - how long months are, and which days there are. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** `month` is 1 … 12. */
static inline unsigned calendar_days(unsigned year, unsigned month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/** Whether there is such a day, month or year, of which 0 stands for what is not known. */
static inline bool calendar_has(int year, unsigned month, unsigned day)
{
    if (year < 0 || year > 9999 || month > 12 || (!year && month) || (!month && day))
        return false;
    return !day || day <= calendar_days((unsigned)year, month);
}
