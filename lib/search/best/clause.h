/* SPDX-License-Identifier: MIT */
/* search/best/clause.h - a posting list that adds to scores, or that a document has to be in, and
 * what it can add at most.
 *
 * Bounds come from the impacts of the list's blocks (index/format.h), so that documents are known
 * to be out of the best before anything of them is decoded. */
#pragma once

#include "search/cursor.h"
#include "search/plan.h"
#include "search/score.h"
#include "search/scorer.h"

/* Bounds are a little too high: impacts are computed in single precision, sums are rounded. */
#define BOUND_CARE     (1 + 1e-6)
#define BOUND_ROUNDING 1e-8

enum { BATCH_MOST = KS_MOST }; /* places in a batch fit into a byte */

/** Documents on their way to the best, rising, and the sums of the parts known so far; those of
 *  clause_pick() have their frequencies there until clause_begin(). */
struct batch {
    uint32_t n;
    uint32_t docs[BATCH_MOST];
    double sums[BATCH_MOST];
};

enum { CLAUSE_NONE = UINT32_MAX };

struct clause {
    const struct lookup *lookup;
    struct cursor *cursor;
    double weight, bonus; /* as scored_term; both 0: the list only chooses */
    bool by_title;        /* the same */
    double ratio;         /* of the average lengths: the segment's to the reader's, at most 1 */
    double bound;         /* of all documents */
    double local;         /* of the documents of the ranges at hand */
    uint32_t term;        /* of the plan; TERM_NONE: of none */
    uint32_t within;      /* the clause that has all its documents; CLAUSE_NONE: there is none */
    bool required;
    bool known;           /* its parts are in the sums of the batch */
    bool done;            /* its documents were looked at: none of them is to come again */
    double *parts;        /* of the cursor's documents; room for LIST_BLOCK */
    uint32_t parts_block; /* the block they are of; UINT32_MAX: none yet */
};

/** Set the bounds; the lookup, the cursor and the weights are there. */
void clause_start(struct clause *clause, const struct plan *plan, const struct segment *segment);

/** What impacts, in 1/255, are at most where the average length is the reader's: a part s of
 *  f / (f + k) becomes f / (f + k'), and k' is at least ratio × k. */
static inline double clause_saturation(const struct clause *clause, double impact)
{
    double s = impact * (1.0 / 255);

    return clause->ratio < 1 ? s / (s + clause->ratio * (1 - s)) : s;
}

/** At most this for documents of an impact, in 1/255. */
static inline double clause_bound_of(const struct clause *clause, double impact)
{
    double saturation = clause_saturation(clause, impact);
    double bound = BOUND_CARE * (clause->weight * saturation + clause->bonus) + BOUND_ROUNDING;

    return bound < clause->bound ? bound : clause->bound;
}

/** At most this for the documents of a block. */
static inline double clause_block_bound(const struct clause *clause, uint32_t block)
{
    return clause_bound_of(clause, list_impact(&clause->cursor->postings.list, block));
}

/** The highest impact that documents of each of `n` ranges can have, as list_impacts() has them. */
void clause_impacts(const struct clause *clause, const uint32_t *lasts, uint32_t n,
                    uint8_t *impacts);

/** At most this for the documents of a range, by what clause_impacts() gave for it. */
static inline double clause_local(const struct clause *clause, uint8_t impact)
{
    return impact ? clause_bound_of(clause, impact) : 0;
}

/** Add the parts of the clause to those of a batch that are >= from call to call, and drop those
 *  that have to be in the list and are not, or that are below `least` then. */
void clause_apply(struct clause *clause, const struct plan *plan, const struct segment *segment,
                  double least, struct batch *batch);

/** The parts of the documents of the cursor's open block. */
const double *clause_parts(struct clause *clause, const struct plan *plan,
                           const struct segment *segment);

/** The part of a document of a list without weight. */
static inline double clause_bonus(const struct clause *clause, const struct segment *segment,
                                  uint32_t doc)
{
    return clause->by_title ? title_part(clause->bonus, segment->title_lengths[doc])
                            : score_round(clause->bonus);
}

/** Append to the batch the documents of a block whose part is at least `least`, perhaps a few more,
 *  and their frequencies; there is room for LIST_BLOCK. Of some blocks these tell that there is
 *  none: then documents are not read. */
void clause_pick(struct clause *clause, const struct plan *plan, const struct segment *segment,
                 uint32_t block, double least, struct batch *batch);

/** Turn the frequencies of a batch into parts of the clause. */
void clause_begin(const struct clause *clause, const struct plan *plan,
                  const struct segment *segment, struct batch *batch);

/** clause_begin() of `leader` and clause_apply() of a clause that documents have to be in, at less
 *  cost: where both have weights only those that are in both get parts, else only those whose own
 *  part is enough are asked about, as those with short titles are. */
void clause_begin_with(const struct clause *leader, struct clause *clause, const struct plan *plan,
                       const struct segment *segment, double least, struct batch *batch);

/** Fill the empty batch with the champions of the list (codec/list.h) and their parts; no other
 *  document's part is above `rest`. False: there are none, or the bytes are bad. */
bool clause_champions(struct clause *clause, const struct plan *plan, const struct segment *segment,
                      struct batch *batch, double *rest);
