/* SPDX-License-Identifier: MIT */
/* search/expand/number_run.h - the words around a number in a query, and what may stand in for
 * them: what the parts of expand_numbers() share. */
#pragma once

#include "query/query_word.h"
#include "search/expand/parts.h"

enum {
    NUMBER_RUN_MAX = 8, /* words of a measure with its amount */
    NUMBER_NAME_MAX = 4 /* of anything else */
};

/** The words of neighbouring children, and what may stand in for the first few of these. */
struct number_run {
    struct expand *expand;
    struct node **children;
    const struct query_word *words[NUMBER_RUN_MAX];
    bool has_digit;                /* one of them */
    uint32_t ends[NUMBER_RUN_MAX]; /* children up to a word that is the last one of a child, or 0 */
    uint32_t n;
    struct node leaf, *either;
    uint32_t n_replaced; /* children that `either` stands for; 0: none */
    struct node *phrase; /* what the first `n_phrase` children are typed as, in place of words that
                          * may stand anywhere; NULL: they may */
    uint32_t n_phrase;
};

/** Fill it with the words of `n` children from the first one on, as long as they are neighbours; a
 *  number whose thousands are parted by blanks is one word. */
void number_run_read(struct number_run *run, uint32_t n);

/** Whether its word at `at` may be a number. */
static inline bool number_run_may_count(const struct number_run *run, uint32_t at)
{
    return at < run->n && run->words[at]->may_count == COUNT_MAY;
}

/** The number of words of a name with which the run goes on at `at`; 0: it does not. */
uint32_t number_run_name(const struct number_run *run, uint32_t at, struct muc_string name);

/** The longest of several names, with '|' between; its words, 0: none of them. `found` may be NULL.
 */
uint32_t number_run_longest(const struct number_run *run, uint32_t at, struct muc_string names,
                            struct muc_string *found);

/** Whether the first `n` words are whole children, but for what a slash parts from them (đồng/kg),
 *  and no others were replaced already. */
bool number_run_may_replace(const struct number_run *run, uint32_t n);

/** Let a phrase, as printf() writes it, stand in for the first `n` words, what a slash parts from
 *  them behind it, if it occurs; and the same with blanks between the thousands of its number, as
 *  20 000 đồng. */
__attribute__((format(printf, 3, 4))) int number_run_add(struct number_run *run, uint32_t n,
                                                         const char *format, ...);
/** Only the latter. */
int number_run_add_grouped(struct number_run *run, uint32_t n, const char *text);

/** The first `n` words say something only next to each other: a phrase of them in their place, if
 * it or what stands in for it occurs. */
int number_run_close(struct number_run *run, uint32_t n);

/** An amount, perhaps of thousands, millions …, and its measure, in its other names. */
int expand_measure(struct number_run *run);

/** An amount in one with what is behind it, or apart. */
int expand_amount(struct number_run *run);

/** A number in words, or in figures, as the other. */
int expand_numeral(struct number_run *run);

/** An ordinal in figures, in words or as the Romans wrote it. */
int expand_ordinal(struct number_run *run);

/** A day of the week by its letter, beside a date, an hour or another. */
int expand_weekday(struct number_run *run);

/** A Roman number behind another word, and meetings, centuries and times in their order. */
int expand_roman(struct number_run *run);

/** A road or a quarter by its number, with its name in full or in letters. */
int expand_road(struct number_run *run);

/** A place on a road by its kilometre and metres, apart from its km or in one with it. */
int expand_post(struct number_run *run);

/** A telephone number of this country with and without 84, and in its usual groups. */
int expand_telephone(struct number_run *run);

/** A law whose letters and number of parliament are apart, 45/2019/QH 14, in one. */
int expand_parliament(struct number_run *run);

/** A plate whose place stands in a word of its own: 29-B1 123.45. */
int expand_plate(struct number_run *run);
