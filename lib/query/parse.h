/* SPDX-License-Identifier: MIT */
/* query/parse.h - what the parts of the parser share: operators (parse.c), words (words.c),
 * patterns (patterns.c). */
#pragma once

#include "query/parser_memory.h"

struct parser {
    struct query *query;
    struct muc_string text;
    struct analyzer *analyzer;
    const struct lexeme *at; /* the next one */
    enum field field;        /* of the brackets around it */
    uint32_t left;           /* of QUERY_MAX_WORDS */
    struct parser_memory *memory;
    bool full;      /* it was said that words are left out */
    bool no_memory; /* everything that fails is this; asked once, at the end */
};

/** A new node with weight 1; NULL if memory is out. */
struct node *parser_node(struct parser *parser, enum node_kind kind, uint32_t start, uint32_t end);

/** Use up `n` words of the query's limit; false, with a warning at `position`, if it is reached. */
bool parser_take(struct parser *parser, uint32_t n, uint32_t position);

void parser_warn(struct parser *parser, uint32_t position, enum muc_warning_kind kind);
void parser_push(struct parser *parser, struct node *node); /* NULL: nothing */

/** The nodes pushed since there were `base`, as one: NULL, the node itself, or a group of `kind`.
 */
struct node *parser_fold(struct parser *parser, size_t base, enum node_kind kind);

/** Push the units of a piece of plain text, each a word, a phrase or OR of whole and parts. */
void words_push(struct parser *parser, uint32_t start, uint32_t end);

/** A quoted piece; `slop` above 0: in any order, so near. NULL if there is no word in it. */
struct node *words_phrase(struct parser *parser, uint32_t start, uint32_t end, bool near,
                          uint32_t slop);

/** A phrase of words in any order, within `slop`. */
void near_make(struct node *phrase, uint32_t slop);

/** Both operands near each other, in place of both: each word or phrase of the left one with each
 *  of the right one. NULL: one of them is neither of that nor OR of such, or their fields or marks
 *  differ. */
struct node *near_join(struct parser *parser, const struct node *left, const struct node *right,
                       uint32_t slop);

/** A word with * or ?. NULL, with a warning: it is no pattern, or one too many. */
struct node *pattern_wildcards(struct parser *parser, uint32_t start, uint32_t end);

/** Make a word one of all within a distance, or leave it as it is, with a warning at `position`. */
void pattern_blur(struct parser *parser, struct node *node, uint32_t distance, uint32_t position);
