/* SPDX-License-Identifier: MIT */
/* format.h - dates, sizes and counts as text, in buffers of the caller. */
#pragma once

#include <stdint.h>

#include "mucluc/mucluc.h"

enum {
    FORMAT_DATE_SIZE = 16,
    FORMAT_NUMBER_SIZE = 32,
};

/** "2020-12-22", "2020-12", "2020" or "", after the date's precision. @return `text`. */
const char *format_date(struct muc_date date, char text[FORMAT_DATE_SIZE]);

/** "1 234 567". @return `text`. */
const char *format_count(uint64_t n, char text[FORMAT_NUMBER_SIZE]);

/** "12.3 MB", powers of 1000. @return `text`. */
const char *format_bytes(uint64_t n, char text[FORMAT_NUMBER_SIZE]);
