/* SPDX-License-Identifier: MIT */
/* search/walk.h - all documents that match: counted, by facets too, and scored one by one where
 * nothing can be left out (search/best/best.h is for the rest). */
#pragma once

#include "search/deadline.h"
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
    const struct filter *filter; /* of the segment at hand */
    const struct recency *recency;
    enum muc_sort sort;
    bool count_as_written;
    struct facets *facets;
    struct topk *topk; /* NULL: count only */
    struct deadline *deadline;
    uint64_t total, as_written; /* documents so far */
};

/** Walk through segment number `s` of the reader. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int walk_segment(struct walk *walk, uint32_t s, struct muc_error *err);
