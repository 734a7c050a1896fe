/* SPDX-License-Identifier: MIT */
/* text/abbreviation_file.h - a text file that overrides abbreviations.
 *
 *   UBND TAB ủy ban nhân dân TAB 523    short form, meaning, how many documents introduce it
 *   SKHTDA TAB sở kế hoạch              the same without a number, or with 0: it is certain
 *   HTX TAB                             without a meaning: this short form has none
 *   # ...                               a remark
 *
 * A short form that the file names has the meanings that the file gives it, and
 * no others; all others stay as they are. What `mucluc terms --abbreviations` prints is such a
 * file.
 */
#pragma once

#include "text/abbreviation.h"

/** Read a file's text; lines that are none are left out. Strings are in `arena`.
 *  @param[out] bad_line the first of them, from 1; 0: all are good. */
int overrides_read(struct muc_string text, struct arena *arena, struct overrides *out,
                   uint32_t *bad_line, struct muc_error *err);
