/* SPDX-License-Identifier: MIT */
/* text/capitals.h - capitals that an encoding had no codes for.
 *
 * TCVN3 writes most capitals as small letters and leaves it to a font to show them. Where the
 * letters of ASCII in a word are capitals, so were the others: CộNG HòA -> CỘNG HÒA. A word that
 * does not tell (Xã: of Xã or XÃ?) goes by those beside it in its line. Text that was typed in
 * small letters for a font of capitals cannot be told without the font. */
#pragma once

#include "base/buffer.h"
#include "base/str.h"

/** All work in place: a letter and its capital have as many bytes. */
void capitals_restore(char *text, size_t size);
void capitals_raise(char *text, size_t size); /* every letter */
/** Append a text from `*at` up to [start, end), which a word in small letters takes the place of:
 *  its first letter is raised where that begins with a capital, all are where it begins with two.
 *  `*at` is then behind what was written. */
void capitals_replace(struct buffer *out, struct muc_string text, uint32_t *at, uint32_t start,
                      uint32_t end, struct muc_string word);
