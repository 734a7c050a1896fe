/* SPDX-License-Identifier: MIT */
/* search/walk.h - all documents that match: counted, by facets too, and scored one by one where
 * nothing can be left out (search/best.h is for the rest). */
#pragma once

#include "search/facets.h"
#include "search/filter.h"
#include "search/matcher.h"
#include "search/plan.h"
#include "search/recency.h"
#include "search/topk.h"

struct walk {
    const struct reader *reader;
    const struct plan *plan;
    const struct node *root;
    struct matching matching;
    struct filter filter;
    const struct recency *recency;
    enum muc_sort sort;
    bool count_as_written;
    struct facets *facets;
    struct topk *topk;          /* NULL: count only */
    uint64_t deadline;          /* microseconds of the steady clock; 0: none */
    bool late;                  /* it was met: the rest was left out */
    uint64_t total, as_written; /* documents so far */
};

/** Walk through segment number `s` of the reader. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int walk_segment(struct walk *walk, uint32_t s, struct muc_error *err);
