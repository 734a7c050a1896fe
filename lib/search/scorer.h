/* SPDX-License-Identifier: MIT */
/* search/scorer.h - a plan over one segment: the score of documents, rising from call to call. */
#pragma once

#include "search/phrase.h"
#include "search/plan.h"

struct scorer {
    const struct plan *plan;
    const struct segment *segment;
    struct cursor **terms;   /* of plan->terms; NULL: the segment does not have it */
    struct phrase **phrases; /* of plan->phrases */
};

/** In `arena`; needs scorer_close(). */
int scorer_open(const struct plan *plan, const struct segment *segment, struct arena *arena,
                struct scorer *scorer, struct muc_error *err);
void scorer_close(struct scorer *scorer);

/** `tell` (may be NULL) gets each part that is not 0. */
double scorer_score(struct scorer *scorer, uint32_t doc,
                    void (*tell)(void *context, const char *kind, struct muc_string text,
                                 double score),
                    void *context);

/** Whether bytes or memory failed meanwhile. */
int scorer_failed(const struct scorer *scorer, struct muc_error *err);
