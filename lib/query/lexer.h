/* SPDX-License-Identifier: MIT */
/* query/lexer.h - what lex.c shares with field.c, which cuts NAME:value. */
#pragma once

#include <unicode/utypes.h>

#include "query/lex.h"

struct lexer {
    struct query *query;
    struct lexemes *out;
    const char *text;
    uint32_t at, size;
    uint32_t open; /* brackets not closed yet */
    bool boundary; /* `at` begins the text or follows a blank or a bracket */
    bool operand;  /* `at` follows a prefix or a field: what comes is its operand, no operator */
    bool field;    /* … a field: no field either */
    bool no_memory;
    struct lexeme lost; /* written to where memory is out */
};

/** The character at `at`, its end in `next`; negative for a bad sequence, 0 at the end. */
UChar32 lexer_character(const struct lexer *lexer, uint32_t at, uint32_t *next);
bool lexer_is_quote(UChar32 c);
bool lexer_is_blank(UChar32 c);
bool lexer_is_end(const struct lexer *lexer, uint32_t at); /* of a word or a value */

/** `at` is behind an opening quote: where the closing one is, its end in `next`; the size if there
 *  is none. */
uint32_t lexer_find_quote(const struct lexer *lexer, uint32_t at, uint32_t *next);

void lexer_warn(struct lexer *lexer, uint32_t position, enum muc_warning_kind kind);

/** A new lexeme from where the lexer is to `end`, where it goes on. */
struct lexeme *lexer_push(struct lexer *lexer, enum lexeme_kind kind, uint32_t end);

/** NAME: and, of a date or an id, its value. False if there is none, or one that has to be read as
 *  words (said if so). */
bool lexer_field(struct lexer *lexer);
