/* SPDX-License-Identifier: MIT */
/* search/best/best.h - the best documents of a segment, without looking at all that match.
 *
 * What the lists of a query can add to a score is bounded block by block; where the bounds together
 * are below the worst of the best so far nothing is decoded. Two ways, both after Lucene's
 * (block-max MaxScore, and block-max conjunctions, by batches):
 *
 *   led       by one list that every document in question is in: by the rarest that a document has
 *             to be in, or the only one without which a document cannot be among the best;
 *   windows   of documents, in which the lists that can lift a document among the best are added
 *             up, and the other lists are asked about what may still get there.
 *
 * Scores are exact sums (search/score.h): those that scorer_score() gives. */
#pragma once

#include "search/deadline.h"
#include "search/filter.h"
#include "search/matcher.h"
#include "search/plan.h"
#include "search/topk.h"

struct best_query {
    const struct plan *plan;
    const struct reader *reader;
    const struct node *root;
    bool any;                    /* words of an AND need not all be there */
    const struct filter *filter; /* of this segment */
    struct deadline *deadline;
};

/** Whether the query is nothing but words of which any will do: then the documents of the lists
 * that score are those that match. */
bool best_is_union(const struct best_query *query);

/**
 * Add the best documents of segment number `s` to `topk`, which orders by score.
 *
 * @param match the query over this segment, at its first document; it is used up. NULL: the query
 *        is a union, which needs none.
 * @param arena for what is needed meanwhile.
 * @param[out] n_met documents that were found to match.
 * @return 1: done; 0: the query is not of a form that this can be done for, and `match` is as it
 *         was; MUC_EDAMAGED, MUC_ENOMEM.
 */
int best_find(const struct best_query *query, uint32_t s, struct matcher *match,
              struct arena *arena, struct topk *topk, uint64_t *n_met, struct muc_error *err);
