/* SPDX-License-Identifier: MIT */
/* doc/lines.h - what a line of a press release is, told from its words alone. */
#pragma once

#include "doc/plain.h"

/** The kind of document where the line is a label: "THÔNG CÁO BÁO CHÍ SỐ 7"; else NULL. Constant.
 */
const char *line_label(const struct plain *line);

/** One of the lines that stand above a title and are never it: "Số: …", "Kính gửi …", the motto. */
bool line_is_formal(const struct plain *line);

/** In capitals, but for a word here and there and what is in brackets. */
bool line_is_capitals(const struct plain *line);
bool line_has_letters(const struct plain *line);
bool line_ends_sentence(const struct plain *line);

/** The value of a head line: `name` and a colon stand before it. */
bool line_value(const struct text_line *line, const struct plain *plain, const char *name,
                struct muc_string *value);

/** The first day in the first words of a line; its year may be missing. Ends of spans are none. */
bool line_find_day(const struct plain *line, struct muc_date *date);

/** A dateline that has its line for itself: "Số: 12/TB    Cần Thơ, ngày 22 tháng 12 năm 2020". */
bool line_is_dateline(const struct plain *line, struct muc_date *date);
