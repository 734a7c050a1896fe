/* SPDX-License-Identifier: MIT */
/* text/days.h - days that a text names without their year: "Sáng ngày 22-12".
 *
 *   ngày 22-12   sáng 22.12                        behind a word that a day follows
 *   22/12   22 tháng 12                            by themselves
 *   từ 20 đến 22-12   các ngày 5, 6 và 7/3/2021    the first ones of several
 *   22/12 năm ngoái   tháng 9 năm nay, năm tới     by the year of the document's date, months too
 *   tháng 3, 4 và 5/2021   từ tháng 11 đến tháng 2/2021    by the year of the last one
 *   tháng 8   hồi tháng 8   tháng 8 tới    by the document's date
 *   2-IX-1945   15. 8. 2021   ngày 15 tháng VIII năm 2021  with a year, but not by its words
 *   mùng năm tháng ba   ngày 5 tháng Ba   5 tháng Ba, 2021    in words, with a year or without
 *   5 Mar. 2021   March 5    in English
 *
 * Of several days each has the month and the year that the one behind it has. Where none has a
 * year, it is that of the day which is nearest to the document's date. */
#pragma once

#include "base/vector.h"
#include "text/analyzer.h"

/** What a form says of days, above what it says of its language (text/language.h). */
enum {
    TRAIT_DAY_NUMBER = 1 << 10, /* it may be that of a day or a month, also in Roman figures */
    TRAIT_DAY_NAME = 1 << 11,   /* ngày, mùng: what follows may be one in words */
};
uint16_t days_traits(enum token_kind kind, struct muc_string exact, struct muc_string folded);

struct named_day {
    uint32_t number;     /* 20201222; of a month 20201200 */
    uint32_t start, end; /* bytes of the text */
    uint32_t position;   /* of its first token */
};

struct named_days {
    struct named_day *at;
    size_t n, room; /* as VECTOR() */
};

/** The date that days of a document's text are near; a file's time says nothing of them. */
static inline struct muc_date days_near(const struct muc_document *document)
{
    return document->date_origin == MUC_DATE_FILE ? (struct muc_date){ 0 } : document->date;
}

/**
 * Append each such day, in the order of the text.
 *
 * @param tokens of `text`, in its order; whole tokens among them are passed over.
 * @param near days_near(); without its year no year is guessed.
 * @return false if memory is out.
 */
bool days_find(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
               size_t n, struct muc_date near, struct named_days *out);

/** The same of those that begin with tokens [*i, to), where not all of a text are at hand:
 * PART_BACK before and PART_AHEAD behind them (text/analyzer.h) are looked at, too. `*i`: where to
 * go on. */
bool days_find_part(const struct analyzer *analyzer, struct muc_string text,
                    const struct token *tokens, size_t n, struct muc_date near, size_t *i,
                    size_t to, struct named_days *out);
