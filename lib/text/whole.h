/* SPDX-License-Identifier: MIT */
/* text/whole.h - runs of words that are also searched as one.
 *
 *   TP.HCM  PGS. TS  U.B.N.D     abbreviations joined by full stops (a space may follow): tphcm
 *   123/QĐ-UBND  47/2011/TT-BCA  document numbers, digits first, with a slash and a letter; a line
 *                                may end behind a slash or dash
 *   1 000 000                    a number in groups of three with spaces: 1000000
 *   0912 345 678  (0292) 3820-888  +84 (0)912 345 678    a telephone number in groups: 0912345678
 *   thegioididong.vn             a name ending as host names do */
#pragma once

#include "text/analyzer.h"

enum {
    WHOLE_RUN = 12,             /* plain tokens of one, at most */
    WHOLE_AHEAD = WHOLE_RUN + 1 /* that are looked at, from the first on */
};

/** A run of plain tokens [first, last] and its exact form. */
struct whole {
    uint32_t first, last;
    char form[FORM_MAX + 1];
    uint8_t size;
    bool number;
};

/** Whether what stands between two tokens, `end` … `start` of the text, can join them into one: a
 *  stop, a slash, a dash, or white space or a bracket before a digit. Most gaps cannot: that is
 *  seen here. */
bool whole_may_join(struct muc_string text, uint32_t end, uint32_t start);

/**
 * The longest run that begins at token `first` of a text, which may be joined to the next.
 *
 * @param tokens,n plain tokens of the text, in order; first + 1 < n.
 * @return whether there is one of at least two tokens whose form fits.
 */
bool whole_at(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
              uint32_t n, uint32_t first, struct whole *whole);
