/* SPDX-License-Identifier: MIT */
/* doc/dateline.h - the place and day that a release begins with.
 *
 *   Cần Thơ, ngày 22 tháng 12 năm 2020 – …      Huế – Sáng 11/11/2014, …      Hué, le 20 novembre …
 *   Sáng ngày 22-12, …                          23 giờ 40 phút đêm 19-12, …
 *   (Cần Thơ, 22/12/2020) …
 *
 * Before the day stand a place (words with capitals and a sign), words for the time of day, both or
 * nothing. A paper or an agency may stand where the place does (NDĐT – Sáng 22/12, …). */
#pragma once

#include "doc/plain.h"

struct dateline {
    struct muc_date date; /* perhaps without its year */
    size_t place;         /* bytes of the line's beginning that are the place, with a bracket before
                             it; 0: it has none */
    bool alone;           /* neither a place stands before the day nor what stands there as one */
};

/** Byte of the line behind the day; 0: it begins with none. */
size_t dateline_find(const struct plain *line, struct dateline *out);
