/* SPDX-License-Identifier: MIT */
/* search/scorer.h - a plan over one segment: the score of documents, rising from call to call. */
#pragma once

#include "index/lengths.h"
#include "search/phrase.h"
#include "search/plan.h"

struct scorer {
    const struct plan *plan;
    const struct segment *segment;
    struct cursor **terms;   /* of plan->terms; NULL: the segment does not have it */
    struct phrase **phrases; /* of plan->phrases */
};

/** Over segment number `s` of the reader. In `arena`; needs scorer_close(). */
int scorer_open(const struct plan *plan, const struct reader *reader, uint32_t s,
                struct arena *arena, struct scorer *scorer, struct muc_error *err);
void scorer_close(struct scorer *scorer);

/** k1 (1 - b + b × length / average) of a document. */
static inline double plan_k(const struct plan *plan, const struct segment *segment, uint32_t doc)
{
    return plan->k_fixed + plan->k_length * length_of(segment->lengths[doc]);
}

/** The part of a phrase that stands there `n` times, `n_typed` of them as typed. */
double phrase_part(const struct scored_phrase *phrase, uint32_t n, uint32_t n_typed, double k);

/** `tell` (may be NULL) gets each part that is not 0. */
double scorer_score(struct scorer *scorer, uint32_t doc,
                    void (*tell)(void *context, const char *kind, struct muc_string text,
                                 double score),
                    void *context);

/** Whether bytes or memory failed meanwhile. */
int scorer_failed(const struct scorer *scorer, struct muc_error *err);
