/* SPDX-License-Identifier: MIT */
/* doc/lines.h - what a line of a press release is, told from its words alone. */
#pragma once

#include "doc/plain.h"

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

/** Where the name begins behind "Tin, ảnh:" and the like; 0: there is no such label. */
size_t line_credit(const struct plain *line);

/** A few words that all begin with a capital, and nothing else. */
bool line_is_name(const struct plain *line);

/** The last line of a text from byte `from` on if it is a by-line: a credit, a name, or something
 *  set to the right. `name`: without the credit, never empty. */
bool line_is_byline(struct muc_string text, size_t from, struct text_line *line,
                    struct muc_string *name);

/** The beginning of notes to editors. */
bool line_is_notes(const struct plain *line);

/** Whom to ask, and how to reach them. `addresses`: anything with an address, too. */
bool line_is_contact(const struct plain *line, bool addresses);

/** "Ảnh: …": what a picture shows, or who took it. */
bool line_is_credited_picture(const struct plain *line);
