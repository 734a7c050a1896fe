/* SPDX-License-Identifier: MIT */
/* search/expand/parts.h - what the parts of expand share: making leaves and putting them in place.
 */
#pragma once

#include "search/expand/expand.h"
#include "text/stem.h"

enum {
    STAND_INS_MAX = 24,            /* for one part of a query */
    SPLITS_MAX = 16,               /* long words taken apart in one query */
    EXPANDED_MAX = 96,             /* in one query: bounds its time */
    PART_SIZE = 2 * FORM_MAX + 16, /* bytes of a part written otherwise */
    MEASURE_MAX = 4,               /* letters of a measure that is no word: kWh, Mbps */
};

struct expand {
    const struct expansion *of;
    struct arena *arena; /* of the query */
    uint32_t left;       /* stand-ins that may still be made */
    uint32_t splits;     /* long words taken apart so far */
    bool marked;         /* the query is typed with marks: a word without has none */
    struct muc_error *err;
};

/** A leaf with the words of `text`, made as `typed` was (field, weight, place in the query), on the
 *  tier of its origin; NULL in `out` if a word of it occurs nowhere. */
int expand_leaf(struct expand *expand, const struct node *typed, struct muc_string text,
                enum muc_origin origin, enum marks marks, struct node **out);

/** The same in place of what was typed, whether it occurs or not; NULL if there is no word. */
int expand_typed(struct expand *expand, const struct node *typed, struct muc_string text,
                 struct node **out);

/** Put a leaf that occurs behind what is at `*slot`. */
int expand_stand_in(struct expand *expand, const struct node *typed, struct muc_string text,
                    enum muc_origin origin, enum marks marks, struct node **slot);

/** 1: each word of a leaf occurs, of neighbours each pair; 0: not; or what failed. */
int expand_occurs(struct expand *expand, const struct node *node);

/** Whether a word is a number in figures, points and commas within. */
bool expand_is_amount(const struct query_word *word);

/** A leaf to be written in one of several ways, of which each kind numbers its own. */
struct writing {
    struct muc_string text; /* of the query */
    const struct node *typed;
    unsigned way;
};

/** Ways of writing a vehicle's plate. */
enum plate_way {
    PLATE_PLAIN,          /* 65A 12345, 29B1 12345 */
    PLATE_POINTED,        /* 65A 123.45 */
    PLATE_JOINED,         /* 65A12345 */
    PLATE_PARTED,         /* 29 B1 12345 */
    PLATE_PARTED_POINTED, /* 29 B1 123.45 */
    PLATE_WAYS
};

enum { PLATE_WORDS = 3 /* at most */ };

enum { PLATE_DIGITS = 5 };

/** A plate: 29, B1, 12345. */
struct plate {
    struct muc_string place, letters;
    char number[PLATE_DIGITS + 1];
    bool pointed;
    enum plate_way typed; /* PLATE_WAYS: in none of them, 65A123.45 */
};

/** Whether one to three words are a plate. */
bool plate_read(const struct query_word *const *words, uint32_t n, struct plate *plate);
/** It in one of the ways; its size, 0: it is typed so. */
size_t plate_write(const struct plate *plate, enum plate_way way, char room[PART_SIZE]);

/** Ways of writing the number of a paper. */
enum paper_way {
    PAPER_CENTRE, /* of the party: 14-KL/TW, 14-KL/TƯ */
    PAPER_JOINED, /* its last letters in one: 15/2020/NĐ-CP, 15/2020/NĐCP */
    PAPER_PARTED, /* its last letters and their number apart: 45/2019/QH14, 45/2019/QH 14 */
    PAPER_KEYS,   /* Đ that was typed as DD: 123/QDD-UBND, QDD */
    PAPER_WAYS
};

/** A unit or word in one of them; its size, 0: it is none. */
size_t paper_write(const struct writing *of, char room[PART_SIZE]);

/** Ways of writing a name with an apostrophe, or one that others write with it. */
enum apostrophe_way {
    APOSTROPHE_WITH,     /* Hmông, H'Mông; OConnor, O'Connor */
    APOSTROPHE_WITHOUT,  /* H'Mông, Hmông */
    APOSTROPHE_APART,    /* O'Connor, O Connor */
    APOSTROPHE_GENITIVE, /* Levi's, Levis; Levis and Levi, Levi's */
    APOSTROPHE_OWNER,    /* McDonald's, McDonald */
    APOSTROPHE_WAYS
};

/** A foreign word in one of them; its size, 0: it is none, or is typed so. */
size_t apostrophe_write(const struct writing *of, char room[PART_SIZE]);

/** The number of a paper whose year was left out, 15/NĐ-CP, with any: 15/2023/NĐ-CP. */
int expand_paper_year(struct expand *expand, const struct node *typed, struct node **slot);

/** Ways of writing two numbers or hours with a dash between. */
enum range_way {
    RANGE_UNTIL,             /* 5-7%, 5 đến 7% */
    RANGE_OF_DAYS,           /* 15-20/8, 15 đến ngày 20/8 */
    RANGE_SHARES,            /* 5-7%, 5% - 7% */
    RANGE_SHARES_UNTIL,      /* 5% đến 7% */
    RANGE_OF_SHARES,         /* 5%-7%, 5 - 7% */
    RANGE_OF_SHARES_UNTIL,   /* 5 đến 7% */
    RANGE_HOURS_UNTIL,       /* 8h-17h, 8h đến 17h */
    RANGE_HOURS_NAMED,       /* 8 giờ - 17 giờ */
    RANGE_HOURS_NAMED_UNTIL, /* 8 giờ đến 17 giờ */
    RANGE_DAYS,              /* 15-20/8, 15/8-20/8 */
    RANGE_DAYS_UNTIL,        /* 15/8 đến 20/8 */
    RANGE_DAYS_UNTIL_DAY,    /* 15/8 đến ngày 20/8 */
    RANGE_WAYS
};

/** A unit of such in one of them; its size, 0: it is none. */
size_t range_write(const struct writing *of, char room[PART_SIZE]);

/** Put `other` (NULL: nothing) behind what is at `*slot`. */
int expand_add(struct expand *expand, struct node **slot, struct node *other);

/** The leaf whose words a node is typed with; NULL if it is no plain word or unit. */
const struct node *expand_typed_leaf(const struct node *node);

/** Whether nothing but what stands inside names and dates is between two leaves. */
bool expand_are_neighbours(const struct expand *expand, const struct node *before,
                           const struct node *leaf);

/** The first `n` of the children become what was typed in `either`, which takes their place; where
 *  it is no more than the first child, nothing changes. */
int expand_replace(struct expand *expand, struct node **children, uint32_t n, struct node *either,
                   uint32_t *n_children);

/** The first `n` of the children become one, `node`. */
void expand_close_up(struct node **children, uint32_t n, struct node *node, uint32_t *n_children);

/** Dates among the children of an AND (or one node alone, *n = 1): a date of several words becomes
 * a phrase, since far from each other they are none. */
int expand_dates(struct expand *expand, struct node **children, uint32_t *n);

/** The same for a word that is excluded, where it is certainly a date: what is none would be lost.
 */
int expand_excluded_date(struct expand *expand, struct node **slot);

/** The same for abbreviations and what they are short
 *  for: children that together are a name become one. */
int expand_names(struct expand *expand, struct node **children, uint32_t *n);

/** Words near each other, with other names of some of them: metro NEAR/5 TPHCM. What stands in
 * quotes is meant as it stands. */
int expand_near(struct expand *expand, struct node **slot);

/** Numbers among such children with what they count or name: 3 ha, 3 héc ta; khóa XV, khóa 15. */
int expand_numbers(struct expand *expand, struct node **children, uint32_t *n);

/** The same for numbers in words, which are no part of anything else: năm mươi, 50. */
int expand_numerals(struct expand *expand, struct node **children, uint32_t *n);

/** Two neighbours among the children of an AND that texts write in one (Covid 19, COVID19; 5 G,
 * 5G), both with the other initial (dấu diếm, giấu giếm), or with a quarter's short name (quận 1,
 * Q.1).
 */
int expand_pairs(struct expand *expand, struct node **children, uint32_t *n);

/** A leaf as texts write it apart or in one: a name and its number (covid19, Covid-19), two parts
 * of a foreign word (email, e-mail), decimals and names with the other sign, Q1 and quận 1. */
int expand_otherwise(struct expand *expand, const struct node *typed, struct node **slot);

/** The other name of a quarter, ward, district or commune, long or short, as `second` goes on: a
 *  number, or a name with a capital; into `room`. Its size; 0: the two are no such name. */
size_t place_written_long(struct muc_string text, const struct query_word *first,
                          const struct query_word *second, char room[PART_SIZE]);
size_t place_written_short(struct muc_string text, const struct query_word *first,
                           const struct query_word *second, char room[PART_SIZE]);

/** A decimal with the other sign: 3.5, 3,5; PM2.5, PM2,5. Before three digits the sign groups
 *  thousands. Its size; 0: it is none. */
size_t decimal_with_other_sign(struct muc_string form, char room[PART_SIZE]);

/** The other spelling of a leaf; `typed`: of the form as typed alone. */
int expand_spelling(struct expand *expand, struct node **slot, bool typed);

/** A word that is no Vietnamese syllable, by its stems in other languages. */
int expand_stems(struct expand *expand, const struct node *typed, struct node **slot);

/** All words of a query in one; NULL in `out` if that occurs nowhere, or if they are more, or
 *  others, than such names have. */
int expand_tag(struct expand *expand, const struct node *root, struct node **out);

/** A phrase in quotes with what is searched as one in it, TP.HCM, in one or in parts. */
int expand_phrase(struct expand *expand, const struct node *typed, struct node **slot);
