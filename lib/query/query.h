/* SPDX-License-Identifier: MIT */
/* query/query.h - a query string to a tree, whatever the string.
 *
 * query knows the language of queries and of text, nothing of an index; pure; includes base and
 * text. Total: every byte string gives a tree, perhaps an empty one, and warnings with positions.
 *
 *   query   := or
 *   or      := and { OR and }
 *   and     := { [+|-|NOT] unary }            juxtaposed operands
 *   unary   := primary [ ^NUMBER ] | primary NEAR/N primary
 *   primary := word | "phrase" [~N] | ( or ) | field:primary | date:RANGE | in:DATE
 *
 * Bounds: at most QUERY_MAX_NODES nodes, QUERY_MAX_DEPTH brackets; beyond them the rest is read as
 * words and dropped with a warning. */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"
#include "text/analyzer.h"

enum {
    QUERY_MAX_SIZE = 64 << 10, /* bytes of a query */
    QUERY_MAX_NODES = 1024,
    QUERY_MAX_DEPTH = 64,
};

enum node_kind {
    NODE_NONE,   /* matches nothing: an empty query, a word without letters */
    NODE_WORD,   /* one syllable: `word` */
    NODE_PHRASE, /* words[0 … n_words) at their relative positions; slop 0 */
    NODE_NEAR,   /* words within `slop` words, any order */
    NODE_AND,    /* juxtaposed children: how they are joined is decided by --match */
    NODE_OR,     /* written OR */
    NODE_NOT,    /* one child, only below NODE_AND */
    NODE_MUST,   /* one child that has to match even under --match any; only below NODE_AND */
    NODE_DATE,   /* the document's date within [from, to], zeros are open ends */
    NODE_ID,     /* value: an id, byte for byte */
};

enum field {
    FIELD_ANY, /* title and text */
    FIELD_TITLE,
    FIELD_BYLINE,
    FIELD_SOURCE,
    FIELD_KIND,
    FIELD_TAG,
    FIELD_LANG,
};

/** One syllable of the query in its forms. */
struct query_word {
    struct muc_string exact, folded; /* owned by the query's arena */
    uint32_t start, end;             /* bytes of the query */
    uint32_t offset;                 /* position relative to the first word of the phrase */
    bool marked;                     /* typed with marks: exact != folded */
};

struct node {
    enum node_kind kind;
    enum field field; /* of WORD, PHRASE, NEAR */
    float weight;     /* ^N, 1 by default */
    uint32_t slop;    /* of NEAR */
    const struct query_word *words;
    uint32_t n_words; /* 1 for WORD */
    struct node **children;
    uint32_t n_children;
    struct muc_date from, to; /* of DATE */
    struct muc_string value;  /* of ID */
    uint32_t start, end;      /* bytes of the query it came from */
    bool spoken;              /* WORD from plain text next to its neighbour: forms pairs with it */
};

struct query_warning {
    uint32_t position;
    struct muc_string message; /* English, one line */
};

struct query {
    struct arena arena;
    struct node *root; /* never NULL after query_parse(); NODE_NONE if there is nothing to search */
    struct query_warning *warnings;
    size_t n_warnings, room_warnings;
};

/** Parse. @return MUC_OK, MUC_EARGUMENT (above QUERY_MAX_SIZE), MUC_ENOMEM. */
int query_parse(struct query *query, struct muc_string text, struct analyzer *analyzer,
                struct muc_error *err);
void query_free(struct query *query);

/** The tree as an S-expression, for tests and --explain: (and (word môi) (phrase bảo vệ)). */
void query_print(const struct query *query, struct buffer *out);
