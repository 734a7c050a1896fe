/* SPDX-License-Identifier: MIT */
/* search/discount.h - what words in standing lines (index/standing.h) add to a score: nothing.
 *
 * A mast-head says the same of all releases of a source. They are found by its words as by others,
 * but how often a word stands in such lines is taken off before it counts, and a release that has
 * it in its head (the field) in such lines alone gets nothing for that either. Scores only fall by
 * it, so bounds of what may be among the best stay bounds.
 *
 * What of a plan stands in a line is looked up when the first document with that line comes up, and
 * kept: most queries never ask. */
#pragma once

#include "index/standing.h"
#include "search/plan.h"

struct discount {
    uint32_t *terms; /* of each of the plan's, how often it is taken off the document at hand */
    struct discount_phrase {
        uint32_t n, n_typed;
    } * phrases; /* the same of its phrases */
    struct discount_state *state;
};

/** For a plan of lookups; NULL where no lines stand. It lives as long as their arena. MUC_OK,
 *  MUC_ENOMEM. */
int discount_new(const struct plan *plan, struct lookups *lookups, struct discount **out,
                 struct muc_error *err);

/** Whether anything is to be taken off a document; then it stands in `terms` and `phrases` until
 *  the next call. `discount` may be NULL. */
bool discount_find(struct discount *discount, const struct segment *segment, uint32_t doc);

/** Whether bytes or memory failed meanwhile. `discount` may be NULL. */
int discount_failed(const struct discount *discount, struct muc_error *err);
