/* SPDX-License-Identifier: MIT */
/* query/spoken_date.h - a date said with words, in figures: what query/range.h reads.
 *
 *   (ngày) 22 tháng 12 năm 2020   22/12/2020          năm 2020      2020
 *   tháng 12 năm 2020, T12/2020   12/2020             2018 - 2020   2018/2020
 *   quý III/2020, Q3/2020         2020-07..2020-09 */
#pragma once

#include "base/str.h"

enum { SPOKEN_DATE_SIZE = 32 };

/** Its size; 0: it has other words, or none of a date. */
size_t spoken_date(struct muc_string text, char out[SPOKEN_DATE_SIZE]);
