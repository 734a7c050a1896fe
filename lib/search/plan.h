/* SPDX-License-Identifier: MIT */
/* search/plan.h - what of a query scores, and how much: the same for every segment.
 *
 * A document's score is the sum, in the order of the plan, of
 *
 *   weight × f / (f + k1 (1 - b + b × length / average)) + bonus      f: frequency, where it is > 0
 *
 * over terms and phrases; weight is the rarity of the term (search/terms.h) times what the user
 * and the kind of match give it (plan.c). With --rank bm25 and --accents exact this is BM25 as
 * Lucene computes it. */
#pragma once

#include "search/terms.h"

struct scored_term {
    enum family family;
    struct muc_string term;
    double weight, bonus;
    bool presence;          /* weight where it is there, however often */
    const char *kind;       /* for --explain: "exact", "any marks", "pair", … */
    struct muc_string text; /* of the query: the words */
};

struct scored_phrase {
    const struct node *node;
    bool typed_only;
    double weight;       /* of occurrences whatever the marks */
    double weight_typed; /* of those as typed */
};

struct plan {
    VECTOR(struct scored_term) terms;
    VECTOR(struct scored_phrase) phrases;
    double k_fixed, k_length; /* k1 (1 - b), and k1 b / average */
};

struct planning {
    const struct reader *reader;
    enum muc_accents accents;
    enum muc_rank rank;
    struct arena *arena;
};

/** Words of a tree, without what NOT excludes. */
uint32_t count_words(const struct node *node);

int plan_make(const struct planning *planning, const struct node *root, struct plan *plan,
              struct muc_error *err);
void plan_free(struct plan *plan);
