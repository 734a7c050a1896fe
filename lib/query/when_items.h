/* SPDX-License-Identifier: MIT */
/* query/when_items.h - the words of a date as its parts: what query/when.c reads. */
#pragma once

#include "query/query.h"

enum { ITEMS_MAX = 16, HALF_DAY = 12, DAY = 2 * HALF_DAY /* hours */ };

enum item_kind {
    ITEM_NUMBER,
    ITEM_DAY,
    ITEM_MONTH,
    ITEM_YEAR,
    ITEM_QUARTER,
    ITEM_ROMAN,
    ITEM_FROM,
    ITEM_UNTIL,
    ITEM_HOUR,
    ITEM_MINUTES,
    ITEM_HALF,     /* rưỡi: thirty minutes */
    ITEM_PART,     /* of the day, behind an hour: chiều */
    ITEM_NOON,     /* am and pm, behind an hour: those before it, 0 or 12 */
    ITEM_INITIAL,  /* the p and a of p.m. and a.m.: as NOON */
    ITEM_MERIDIEM, /* the m of them */
    ITEM_NAME,     /* of a month, behind tháng; of mười hai the first or the second word */
    ITEM_FOUR,     /* bốn: of a month hardly, which is tháng tư */
    ITEM_TENS,     /* mươi */
    ITEM_BEHIND,   /* lăm of mười lăm, mốt of hai mươi mốt */
    ITEM_ABROAD,   /* its name in English or French */
    ITEM_DOUBTFUL  /* the same, but it is also another word: may, mars */
};

/** A number, or a word that dates are written with. */
struct item {
    enum item_kind kind;
    unsigned value, digits;
    char joined; /* by what to the item before: / . - or 0, none of them */
    bool clock;  /* to the item before by a colon */
    bool bare;   /* a word typed without marks */
};

struct when_reading {
    struct item items[ITEMS_MAX];
    uint32_t n, at;
    const struct query_word *before, *behind; /* words around them; NULL: none */
};

/** The one sign between two parts of a date, blanks around it aside: '/', '.' or '-'; 0: there is
 *  none, or more. */
char when_separator(struct muc_string gap);

/** Append what a word says, `joined` to the one before; false: no date has it, or not so many. */
bool when_add_word(struct when_reading *reading, const struct query_word *word, char joined);

/** Whether the item that is read next is a part of the day, and no word of another kind. */
bool when_is_part(const struct when_reading *reading);
