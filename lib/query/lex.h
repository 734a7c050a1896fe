/* SPDX-License-Identifier: MIT */
/* query/lex.h - a query string to lexemes in an order that the parser can take as it is.
 *
 * lex() cuts, tidy() repairs: after it brackets are balanced and at most QUERY_MAX_DEPTH deep, and
 * every operator, field and suffix stands where the grammar in query.h allows it. What stood
 * elsewhere has become LEX_WORD, with a warning. The list ends with LEX_END. */
#pragma once

#include "base/vector.h"
#include "query/query.h"

enum lexeme_kind {
    LEX_END,
    LEX_WORD,    /* characters without a blank; perhaps punctuation alone */
    LEX_PATTERN, /* a word with * or ? */
    LEX_PHRASE,  /* "…": inner … inner_end between the quotes */
    LEX_OPEN,
    LEX_CLOSE,
    LEX_OR,
    LEX_AND,
    LEX_NEAR, /* number */
    LEX_NOT,
    LEX_MINUS,
    LEX_PLUS,
    LEX_FIELD,  /* `title:`, directly before its value: field */
    LEX_IN,     /* `in:`, directly before its value */
    LEX_FORM,   /* = or ~ directly before a word */
    LEX_DATE,   /* `date:…`: from, to */
    LEX_ID,     /* `id:…`: inner … inner_end */
    LEX_SLOP,   /* ~N behind a phrase: number */
    LEX_FUZZY,  /* ~ or ~N behind a word: number */
    LEX_WEIGHT, /* ^N: weight */
};

struct lexeme {
    enum lexeme_kind kind;
    uint32_t start, end;       /* bytes of the query, all of it */
    uint32_t inner, inner_end; /* bytes of the value */
    uint32_t number;
    float weight;
    enum field field;
    struct muc_date from, to;
};

struct lexemes {
    struct lexeme *at;
    size_t n, room; /* as VECTOR() */
};

/** Whether * or ? stands for letters in a word: môi*, m?i, ?ội, h??; but no question, no address.
 */
bool lex_is_pattern(struct muc_string word);

/** Cut `text` (at most QUERY_MAX_SIZE bytes); warnings go to `query`. False: no memory. */
bool lex(struct query *query, struct muc_string text, struct lexemes *out);

/** Repair the order in place; never adds a lexeme. False: no memory for a warning. */
bool tidy(struct query *query, struct lexemes *lexemes);
