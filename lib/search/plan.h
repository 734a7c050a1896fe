/* SPDX-License-Identifier: MIT */
/* search/plan.h - what of a query scores, and how much: the same for every segment.
 *
 * A document's score is the sum of
 *
 *   weight × f / (f + k1 (1 - b + b × length / average)) + bonus      f: frequency, where it is > 0
 *
 * over terms and phrases, each part rounded (search/score.h); weight is the rarity of the term
 * (search/terms.h) times what the user and the kind of match give it (plan.c). With --rank bm25 and
 * --accents exact this is BM25 as Lucene computes it. */
#pragma once

#include "search/terms.h"

/** What a part of a score is for: for search/explain.h alone. */
struct reason {
    enum muc_part_kind kind;
    enum muc_origin origin;
    enum field field;
    bool typed;                    /* of the form that is sought, not of any marks */
    uint32_t start, end;           /* bytes of the query that ask for it */
    struct muc_string text;        /* what is sought */
    const struct query_word *word; /* the same, of a WORD */
};

enum { TERM_NONE = UINT32_MAX };

struct scored_term {
    const struct lookup *lookup;
    double weight, bonus; /* weight 0: only that it is there counts */
    bool by_title;        /* that is of a title, and counts less the longer it is */
    uint32_t within; /* number of an earlier term that has all its documents; TERM_NONE: of none */
    struct reason reason;
};

/** A phrase of three words or more, or of a field, or a NEAR; others are terms. */
struct scored_phrase {
    const struct node *node;
    bool typed_only;
    double weight;       /* of occurrences whatever the marks */
    double weight_typed; /* of those as typed */
    double bonus;        /* where there is one as typed */
    double lift;         /* where there is any */
    uint32_t within;     /* number of a term that has all its documents; TERM_NONE: of none */
    struct reason reason;
};

struct plan {
    VECTOR(struct scored_term) terms;
    VECTOR(struct scored_phrase) phrases;
    struct discount *discount; /* search/discount.h; NULL: nothing is taken off */
    bool asks;                 /* a word makes a question of the query */
    double average;            /* length of a document */
    double k_fixed, k_length;  /* k1 (1 - b), and k1 b / average */
};

struct planning {
    struct lookups *lookups;
    enum muc_accents accents;
    enum muc_rank rank;
    bool explains; /* reasons of pairs get their text, which is for search/explain.h alone */
};

/** Words of a tree as typed, without what NOT excludes. */
uint32_t count_words(const struct node *node);

int plan_make(const struct planning *planning, const struct node *root, struct plan *plan,
              struct muc_error *err);
