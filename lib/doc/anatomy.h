/* SPDX-License-Identifier: MIT */
/* doc/anatomy.h - what a plain press release looks like: where its title, date and by-line stand.
 *
 *   CHUNG TAY PHÒNG, CHỐNG DỊCH!              a banner: capitals, above a line that is not
 *   THÔNG CÁO BÁO CHÍ                         a label: gives the kind
 *   Subject: …   Date: …                      a head, as of a letter: title and date
 *
 *   Cần Thơ tổng kết Chương trình …           the title: the first line that is none of these
 *
 *   Cần Thơ, ngày 22 tháng 12 năm 2020 – …    the dateline: a day in the first words
 *   …
 *                              Hà Giang       the by-line: a last line that is a name, or is set
 *                                             to the right, or says "Tin, ảnh: …"
 *
 * The text of the document is everything but the line of the title. */
#pragma once

#include "doc/plain.h"

enum { ANATOMY_HEAD = 10 }; /* lines that are looked at for head, banner, label and title */

struct anatomy {
    struct text_line title;       /* text.size 0: there is none */
    struct muc_string title_text; /* what of that line is the title */
    bool title_is_cut;            /* the line is a paragraph, the title its first words */
    struct muc_string byline, kind;
    struct muc_date date; /* of the head or the dateline; the year may be missing */
};

void anatomy_of(struct muc_string text, struct anatomy *anatomy);
