/* SPDX-License-Identifier: MIT */
/* query/query_word.h - what a word of a query says, with its marks or without. */
#pragma once

#include "query/query.h"

/** A word of which only a form without marks is known. */
static inline struct query_word query_word_plain(struct muc_string form)
{
    return (struct query_word){ .exact = form, .folded = form };
}

/** The same word written without its marks. */
static inline struct query_word query_word_bare(const struct query_word *word)
{
    struct query_word bare = *word;

    bare.exact = bare.folded;
    return bare;
}

/** Whether it is typed with a capital at its beginning. */
bool query_word_has_capital(const struct query_word *word, struct muc_string text);

/** It as it was typed or, without marks, as it was meant. */
static inline struct muc_string query_word_form(const struct query_word *word)
{
    return word->meant.size ? word->meant : word->exact;
}

/** Whether it can be a word that begins with this byte: with itself, or any letter with marks. */
static inline bool query_word_may_begin(const struct query_word *word, char first)
{
    return word->exact.bytes[0] == first || (first & 0x80);
}

/** Whether it is this one: a word typed without marks is so whatever the marks, if it does not
 *  certainly mean another. */
bool query_word_is(const struct query_word *word, struct muc_string form);

/** The value of one of one to three digits; 0: it is none. */
unsigned query_word_value(const struct query_word *word);

/** Whether it may be a number, in figures, in letters or as the Romans wrote it: found out once,
 *  when it is known what was meant. */
bool query_word_may_count(struct query_word *word);
