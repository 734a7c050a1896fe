/* SPDX-License-Identifier: MIT */
/* query/parser_memory.h - what the parser needs meanwhile, kept from one query to the next: most of
 * them are so short that to get it would cost as much as to parse. */
#pragma once

#include "query/lex.h"

struct parser_memory {
    struct lexemes lexemes;
    struct tokens tokens;        /* of the piece of text at hand */
    VECTOR(bool) joined;         /* for each token: typed together with the one before */
    VECTOR(struct node *) nodes; /* children of the groups not finished yet */
};

/** Keep no more than queries as people type them need. */
void parser_memory_trim(struct parser_memory *memory);
void parser_memory_free(struct parser_memory *memory);
