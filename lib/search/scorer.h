/* SPDX-License-Identifier: MIT */
/* search/scorer.h - a plan over one segment: the score of documents. */
#pragma once

#include "index/lengths.h"
#include "search/phrase.h"
#include "search/plan.h"

struct scorer {
    const struct plan *plan;
    const struct segment *segment;
    struct arena *arena;
    struct deadline *deadline; /* of phrases; NULL, unless set: none */
    uint32_t s;                /* number of the segment */
    struct cursor **terms;   /* of plan->terms, made when asked; NULL: not yet, or it has no list */
    struct phrase **phrases; /* of plan->phrases, made when asked */
    uint32_t before;         /* the document that was asked for last */
    struct muc_error failure;
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

enum { KS_MOST = 2 * LIST_BLOCK };

/** The same of `n` documents, at most KS_MOST. */
void plan_ks(const struct plan *plan, const struct segment *segment, const uint32_t *docs,
             uint32_t n, double *ks);

/** The part of a phrase that stands there `n` times, `n_typed` of them as typed. */
double phrase_part(const struct scored_phrase *phrase, uint32_t n, uint32_t n_typed, double k);

/** Gets a part of a score: what for, how often that stands there, how often of that in standing
 *  lines, what it adds. */
typedef void scorer_tell(void *context, const struct reason *reason, uint32_t n,
                         uint32_t n_standing, double score);

/** `tell` (may be NULL) gets each part of what stands there. */
double scorer_score(struct scorer *scorer, uint32_t doc, scorer_tell *tell, void *context);

/** What is left of the score of a document without what standing lines add to it, which there are:
 *  discount_find() said so. The same as scorer_score(), but only what stands in lines is asked. */
double scorer_discount(struct scorer *scorer, uint32_t doc, double score);

/** Whether bytes or memory failed meanwhile. */
int scorer_failed(const struct scorer *scorer, struct muc_error *err);
