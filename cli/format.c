/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *format_date(struct muc_date date, char text[FORMAT_DATE_SIZE])
{
    if (date.day)
        snprintf(text, FORMAT_DATE_SIZE, "%04d-%02u-%02u", date.year, (unsigned)date.month,
                 (unsigned)date.day);
    else if (date.month)
        snprintf(text, FORMAT_DATE_SIZE, "%04d-%02u", date.year, (unsigned)date.month);
    else if (date.year)
        snprintf(text, FORMAT_DATE_SIZE, "%04d", date.year);
    else
        text[0] = '\0';
    return text;
}

const char *format_count(uint64_t n, char text[FORMAT_NUMBER_SIZE])
{
    char digits[FORMAT_NUMBER_SIZE];
    size_t size = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n);
    char *at = text;

    for (size_t i = 0; i < size; i++) {
        if (i && (size - i) % 3 == 0)
            *at++ = ' ';
        *at++ = digits[i];
    }
    *at = '\0';
    return text;
}

const char *format_bytes(uint64_t n, char text[FORMAT_NUMBER_SIZE])
{
    static const char *const units[] = { "kB", "MB", "GB", "TB", "PB" };
    double value = (double)n / 1000;
    size_t unit = 0;

    if (n < 1000) {
        snprintf(text, FORMAT_NUMBER_SIZE, "%u B", (unsigned)n);
        return text;
    }
    for (; value >= 999.95 && unit + 1 < sizeof units / sizeof units[0]; unit++)
        value /= 1000;
    snprintf(text, FORMAT_NUMBER_SIZE, "%.1f %s", value, units[unit]);
    return text;
}
