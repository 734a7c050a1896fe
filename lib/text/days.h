/* SPDX-License-Identifier: MIT */
/* text/days.h - days that a text names without their year: "Sáng ngày 22-12".
 *
 *   ngày 22-12   sáng 22.12                        behind a word that a day follows
 *   22/12   22 tháng 12                            by themselves
 *   từ 20 đến 22-12   các ngày 5, 6 và 7/3/2021    the first ones of several
 *
 * Of several days each has the month and the year that the one behind it has. Where none has a
 * year, it is that of the day which is nearest to the document's date. */
#pragma once

#include "base/buffer.h"
#include "text/analyzer.h"

/**
 * Append each such day as "20201222 ".
 *
 * @param tokens of `text`, in its order; whole tokens among them are passed over.
 * @param near the document's date; without its year no year is guessed.
 */
void days_find(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
               size_t n, struct muc_date near, struct buffer *out);
