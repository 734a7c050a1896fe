/* SPDX-License-Identifier: MIT */
/* search/run.h - a query on its way from what was typed to the answer: what search.c, which finds,
 * shares with give_out.c. */
#pragma once

#include "search/deadline.h"
#include "search/facets.h"
#include "search/filter.h"
#include "search/plan.h"
#include "search/recency.h"
#include "search/repair/repairs.h"
#include "search/repair/slips.h"
#include "search/search.h"
#include "search/similar.h"
#include "search/topk.h"

/** One query on its way. */
struct run {
    const struct reader *reader;
    const struct muc_query *query;
    const struct similar *similar; /* what is searched for, where that is no text; else NULL */
    struct answer *answer;
    struct query tree;
    struct repairs repairs;
    struct query typed;           /* where `tree` is another query, which was meant; else nothing */
    struct correction correction; /* of what was typed, to be offered */
    struct arena arena;           /* of what is looked up and planned */
    struct lookups lookups;
    struct plan plan;
    struct facets *facets; /* these two apart: they are large, and mostly hardly used */
    struct filter *filter;
    struct recency recency;
    struct topk best;
    uint64_t *copies;                     /* of each of the best; NULL: not counted */
    uint64_t total, with_all, as_written; /* documents */
    bool any, counted;                    /* counted: the totals are exact */
    struct deadline deadline;
    void *room; /* of SEARCH_ROOM */
    struct kept_terms *kept;
    struct stems **stems;
    struct parser_memory *parsing;
};

/** Fill the answer from what was found. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int run_give_out(struct run *run, struct analyzer *analyzer, struct muc_error *err);
