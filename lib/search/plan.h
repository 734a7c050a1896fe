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

struct scored_term {
    const struct lookup *lookup;
    double weight, bonus;   /* weight 0: only that it is there counts */
    const char *kind;       /* for --explain: "as typed", "any marks", "pair", … */
    struct muc_string text; /* of the query: the words */
};

/** A phrase of three words or more, or of a field, or a NEAR; others are terms. */
struct scored_phrase {
    const struct node *node;
    bool typed_only;
    double weight;       /* of occurrences whatever the marks */
    double weight_typed; /* of those as typed */
    double bonus;        /* where there is one as typed */
    double lift;         /* where there is any */
    const char *kind;    /* as of a term */
    struct muc_string text;
};

struct plan {
    VECTOR(struct scored_term) terms;
    VECTOR(struct scored_phrase) phrases;
    double average;           /* length of a document */
    double k_fixed, k_length; /* k1 (1 - b), and k1 b / average */
};

struct planning {
    struct lookups *lookups;
    enum muc_accents accents;
    enum muc_rank rank;
};

/** Words of a tree as typed, without what NOT excludes. */
uint32_t count_words(const struct node *node);

int plan_make(const struct planning *planning, const struct node *root, struct plan *plan,
              struct muc_error *err);
void plan_free(struct plan *plan);
