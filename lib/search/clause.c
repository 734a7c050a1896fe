/* SPDX-License-Identifier: MIT */
#include "search/clause.h"

#include "search/scorer.h"

void clause_start(struct clause *clause, const struct plan *plan, const struct segment *segment)
{
    double average = segment->average_length;

    /* f / (f + a + b / average) grows by at most the ratio of the averages */
    clause->stretch = (average > 0 && plan->average > average ? plan->average / average : 1) / 255;
    clause->bound = 0;
    clause->block = 0;
    clause->parts_block = UINT32_MAX;
    if (clause->weight > 0 || clause->bonus > 0)
        clause->bound = BOUND_CARE * (clause->weight + clause->bonus) + BOUND_ROUNDING;
    if (clause->weight > 0) {
        double saturation = clause->stretch * clause->cursor->postings.list.impact;

        if (saturation < 1)
            clause->bound =
                BOUND_CARE * (clause->weight * saturation + clause->bonus) + BOUND_ROUNDING;
    }
}

double clause_bound_of(const struct clause *clause, double impact)
{
    double saturation = clause->stretch * impact;
    double bound = BOUND_CARE * (clause->weight * saturation + clause->bonus) + BOUND_ROUNDING;

    return bound < clause->bound ? bound : clause->bound;
}

double clause_block_bound(const struct clause *clause, uint32_t block)
{
    return clause_bound_of(clause, list_impact(&clause->cursor->postings.list, block));
}

bool clause_set_range(struct clause *clause, uint32_t first, uint32_t last)
{
    const struct cursor *cursor = clause->cursor;
    const struct list *list = &cursor->postings.list;
    uint8_t impact;

    clause->local = 0;
    if (list->n_blocks == 1) { /* its documents are there */
        if (!cursor->n || cursor->first > last || cursor->last < first)
            return false;
        clause->local = clause->bound;
        return true;
    }
    if (!list_range_impact(list, first, last, &clause->block, &impact)) {
        clause->block = list->n_blocks;
        return false;
    }
    clause->local = clause_bound_of(clause, impact);
    return true;
}

/* ---- adding to a batch */

/** The documents of a batch that a list has. */
struct shared {
    uint32_t n;
    uint8_t at[LIST_BLOCK];     /* in the batch */
    uint8_t places[LIST_BLOCK]; /* in their block, where its documents are read */
    uint32_t docs[LIST_BLOCK];
    double freqs[LIST_BLOCK];
};

/** Find the documents of the batch from `from` on in the cursor's block, up to its last document;
 *  move those to keep to place `*n` on: those that are there, and where they need not be, those
 *  that reach `least` without. Returns behind the last one found. Which are there cannot be
 *  foreseen: nothing branches on it. */
static uint32_t find_places(const struct clause *clause, struct batch *batch, double least,
                            uint32_t from, uint32_t *n, struct shared *shared)
{
    const uint32_t *docs = clause->cursor->docs, last = clause->cursor->last, all = batch->n;
    const bool required = clause->required;
    uint32_t kept = *n, n_shared = shared->n, i = from;

    for (; i < all && batch->docs[i] <= last; i++) {
        uint32_t doc = batch->docs[i], at = docs_below(docs, doc);
        bool found = docs[at] == doc;
        double sum = batch->sums[i];

        batch->docs[kept] = doc;
        batch->sums[kept] = sum;
        shared->at[n_shared] = (uint8_t)kept;
        shared->places[n_shared] = (uint8_t)at;
        shared->docs[n_shared] = doc;
        n_shared += found;
        kept += found | (!required & (sum >= least));
    }
    shared->n = n_shared;
    *n = kept;
    return i;
}

/** The same in a block of a bit each; places are not told. */
static uint32_t find_bits(const struct clause *clause, struct batch *batch, double least,
                          uint32_t from, uint32_t *n, struct shared *shared)
{
    const struct dense dense = clause->cursor->dense;
    const uint32_t all = batch->n;
    const bool required = clause->required;
    uint32_t kept = *n, n_shared = shared->n, i = from;

    for (; i < all && batch->docs[i] <= dense.last; i++) {
        uint32_t doc = batch->docs[i];
        bool found = dense_has(&dense, doc);
        double sum = batch->sums[i];

        batch->docs[kept] = doc;
        batch->sums[kept] = sum;
        shared->at[n_shared] = (uint8_t)kept;
        shared->docs[n_shared] = doc;
        n_shared += found;
        kept += found | (!required & (sum >= least));
    }
    shared->n = n_shared;
    *n = kept;
    return i;
}

static inline uint32_t place_of(struct cursor *cursor, const struct shared *shared, uint32_t i)
{
    return cursor->docs_read ? shared->places[i] : cursor_rank(cursor, shared->docs[i]);
}

/** The frequencies of those from `from` on, which stand in the cursor's open block. Few are read
 * one by one, where those of the whole block are not there. */
static void read_freqs(struct cursor *cursor, struct shared *shared, uint32_t from)
{
    enum { FEW = 8 };
    const uint32_t *found;
    struct packed packed;

    if (shared->n - from <= FEW && cursor->freqs_block != cursor->block &&
        list_freqs_open(&cursor->postings.list, cursor->block, &packed)) {
        for (uint32_t i = from; i < shared->n; i++)
            shared->freqs[i] = 1 + (double)packed_value(&packed, place_of(cursor, shared, i));
        return;
    }
    found = cursor_freqs(cursor, cursor->block);
    for (uint32_t i = from; i < shared->n; i++)
        shared->freqs[i] = found[place_of(cursor, shared, i)];
}

/** Add the parts of the documents that the list has. */
static void add_parts(const struct clause *clause, const struct plan *plan,
                      const struct segment *segment, struct batch *batch,
                      const struct shared *shared)
{
    const double weight = clause->weight, bonus = clause->bonus;

    if (weight > 0) {
        for (uint32_t i = 0; i < shared->n; i++)
            batch->sums[shared->at[i]] +=
                score_part(weight, bonus, shared->freqs[i], plan_k(plan, segment, shared->docs[i]));
    } else if (bonus > 0) {
        for (uint32_t i = 0; i < shared->n; i++)
            batch->sums[shared->at[i]] += score_round(bonus);
    }
}

/** Keep the documents that can reach `least`. */
static void keep_reaching(struct batch *batch, double least)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < batch->n; i++) {
        batch->docs[n] = batch->docs[i];
        batch->sums[n] = batch->sums[i];
        n += batch->sums[i] >= least;
    }
    batch->n = n;
}

void clause_apply(struct clause *clause, const struct plan *plan, const struct segment *segment,
                  double threshold, struct batch *batch)
{
    const double least = threshold - clause->rest;
    struct cursor *cursor = clause->cursor;
    struct shared shared;
    uint32_t n = 0;

    if (!clause->required && clause->bound <= 0) /* it only leads to documents */
        return;
    shared.n = 0;
    for (uint32_t i = 0; i < batch->n;) {
        uint32_t before = shared.n;

        if (!cursor_reach(cursor, batch->docs[i])) {
            for (; i < batch->n && !clause->required; i++, n++) {
                batch->docs[n] = batch->docs[i];
                batch->sums[n] = batch->sums[i];
            }
            break;
        }
        i = cursor->docs_read ? find_places(clause, batch, least, i, &n, &shared)
                              : find_bits(clause, batch, least, i, &n, &shared);
        if (shared.n > before && clause->weight > 0)
            read_freqs(cursor, &shared, before);
    }
    add_parts(clause, plan, segment, batch, &shared);
    batch->n = n;
    keep_reaching(batch, least);
}

const double *clause_parts(struct clause *clause, const struct plan *plan,
                           const struct segment *segment)
{
    struct cursor *cursor = clause->cursor;
    const double weight = clause->weight, bonus = clause->bonus;
    double *restrict parts = clause->parts;
    const uint32_t *docs, *freqs;
    uint32_t n;

    if (clause->parts_block == cursor->block)
        return parts;
    clause->parts_block = cursor->block;
    if (clause->weight <= 0) {
        for (uint32_t i = 0; i < cursor->n; i++)
            parts[i] = score_round(clause->bonus);
        return parts;
    }
    freqs = cursor_freqs(cursor, cursor->block);
    docs = cursor_docs(cursor);
    n = cursor->n;
    plan_ks(plan, segment, docs, n, parts);
    for (uint32_t i = 0; i < n; i++)
        parts[i] = score_part(weight, bonus, freqs[i], parts[i]);
    return parts;
}
