/* SPDX-License-Identifier: MIT */
#include "search/clause.h"

#include "search/scorer.h"

/* Bounds are a little too high: impacts are computed in single precision, sums are rounded. */
#define CARE     (1 + 1e-6)
#define ROUNDING 1e-8

void clause_start(struct clause *clause, const struct plan *plan, const struct segment *segment)
{
    double average = segment->average_length;

    /* f / (f + a + b / average) grows by at most the ratio of the averages */
    clause->stretch = (average > 0 && plan->average > average ? plan->average / average : 1) / 255;
    clause->bound = 0;
    clause->block = 0;
    clause->parts_block = UINT32_MAX;
    if (clause->weight > 0 || clause->bonus > 0)
        clause->bound = CARE * (clause->weight + clause->bonus) + ROUNDING;
    if (clause->weight > 0) {
        double saturation = clause->stretch * clause->cursor->postings.list.impact;

        if (saturation < 1)
            clause->bound = CARE * (clause->weight * saturation + clause->bonus) + ROUNDING;
    }
}

static double bound_of(const struct clause *clause, unsigned impact)
{
    double saturation = clause->stretch * impact;
    double bound = CARE * (clause->weight * saturation + clause->bonus) + ROUNDING;

    return bound < clause->bound ? bound : clause->bound;
}

double clause_block_bound(const struct clause *clause, uint32_t block)
{
    return bound_of(clause, list_impact(&clause->cursor->postings.list, block));
}

bool clause_set_range(struct clause *clause, uint32_t first, uint32_t last)
{
    const struct cursor *cursor = clause->cursor;
    const struct list *list = &cursor->postings.list;
    uint32_t end;
    uint8_t impact = 0;

    clause->local = 0;
    if (list->n_blocks == 1) { /* its documents are there */
        if (!cursor->n || cursor->docs[0] > last || cursor->docs[cursor->n - 1] < first)
            return false;
        clause->local = clause->bound;
        return true;
    }
    clause->block = list_seek(list, clause->block, first);
    if (clause->block >= list->n_blocks)
        return false;
    end = list_seek(list, clause->block, last);
    end = end < list->n_blocks ? end + 1 : end;
    for (uint32_t block = clause->block; block < end; block++)
        impact = list->impacts[block] > impact ? list->impacts[block] : impact;
    clause->local = bound_of(clause, impact);
    return true;
}

/* ---- adding to a batch */

/** Where in a block documents stand, or ABSENT: there the frequency is 0. */
enum { ABSENT = LIST_BLOCK };

/** Find the documents of the batch from `from` on in the cursor's block, up to its last document;
 *  move those to keep to place `*n` on and tell their places. Returns behind the last one found. */
static uint32_t find_places(const struct clause *clause, struct batch *batch, uint32_t from,
                            uint32_t *n, uint8_t places[LIST_BLOCK])
{
    const uint32_t *blocks = clause->cursor->docs;
    uint32_t last = blocks[clause->cursor->n - 1], kept = *n, i = from;

    for (; i < batch->n && batch->docs[i] <= last; i++) {
        uint32_t doc = batch->docs[i], at = docs_below(blocks, doc);
        bool found = blocks[at] == doc;

        batch->docs[kept] = doc;
        batch->sums[kept] = batch->sums[i];
        places[kept] = (uint8_t)(found ? at : ABSENT);
        kept += found || !clause->required;
    }
    *n = kept;
    return i;
}

/** Add the parts of the documents from `from` on, of which the places are known. */
static void add_parts(struct clause *clause, const struct plan *plan, const struct segment *segment,
                      struct batch *batch, uint32_t from, uint32_t to,
                      const uint8_t places[LIST_BLOCK])
{
    struct cursor *cursor = clause->cursor;
    double freqs[LIST_BLOCK], ks[LIST_BLOCK];

    if (clause->weight <= 0) {
        for (uint32_t i = from; i < to && clause->bonus > 0; i++)
            batch->sums[i] += places[i] == ABSENT ? 0 : score_round(clause->bonus);
        return;
    }
    if (from < to && !cursor->freqs_read)
        cursor_read_freqs(cursor);
    for (uint32_t i = from; i < to; i++) {
        freqs[i] = cursor->freqs[places[i]];
        ks[i] = plan_k(plan, segment, batch->docs[i]);
    }
    for (uint32_t i = from; i < to; i++) {
        double bonus = freqs[i] > 0 ? clause->bonus : 0;

        batch->sums[i] += score_part(clause->weight, bonus, freqs[i], ks[i]);
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
    uint8_t places[LIST_BLOCK];
    uint32_t n = 0;

    for (uint32_t i = 0; i < batch->n;) {
        uint32_t before = n;

        cursor_seek(clause->cursor, batch->docs[i]);
        if (clause->cursor->doc == DOC_END) {
            for (; i < batch->n && !clause->required; i++, n++) {
                batch->docs[n] = batch->docs[i];
                batch->sums[n] = batch->sums[i];
            }
            break;
        }
        i = find_places(clause, batch, i, &n, places);
        add_parts(clause, plan, segment, batch, before, n, places);
    }
    batch->n = n;
    keep_reaching(batch, threshold - clause->rest);
}

const double *clause_parts(struct clause *clause, const struct plan *plan,
                           const struct segment *segment)
{
    struct cursor *cursor = clause->cursor;
    double *parts = clause->parts;

    if (clause->parts_block == cursor->block)
        return parts;
    clause->parts_block = cursor->block;
    if (clause->weight <= 0) {
        for (uint32_t i = 0; i < cursor->n; i++)
            parts[i] = score_round(clause->bonus);
        return parts;
    }
    if (!cursor->freqs_read)
        cursor_read_freqs(cursor);
    for (uint32_t i = 0; i < cursor->n; i++)
        parts[i] = plan_k(plan, segment, cursor->docs[i]);
    for (uint32_t i = 0; i < cursor->n; i++)
        parts[i] = score_part(clause->weight, clause->bonus, cursor->freqs[i], parts[i]);
    return parts;
}

/** A document's part can be `wanted` where its frequency × `per_freq` reaches its length code plus
 *  `more`: weight × f / (f + k) >= wanted, solved for the length in k. Codes are not above lengths.
 */
static void solve_for_length(const struct clause *clause, const struct plan *plan, double wanted,
                             double *per_freq, double *more)
{
    const double rounding = 1, all = 1e300;

    *more = plan->k_fixed / plan->k_length - rounding;
    *per_freq = wanted > 0 ? (clause->weight - wanted) / (wanted * plan->k_length) : all;
}

void clause_pick(struct clause *clause, const struct plan *plan, const struct segment *segment,
                 double least, struct batch *batch)
{
    struct cursor *cursor = clause->cursor;
    uint8_t places[LIST_BLOCK];
    double per_freq, more;
    uint32_t n = 0;

    if (clause->weight <= 0) {
        for (uint32_t i = 0; i < cursor->n; i++) {
            batch->docs[n] = cursor->docs[i];
            batch->sums[n++] = score_round(clause->bonus);
        }
        batch->n = n;
        return;
    }
    if (!cursor->freqs_read)
        cursor_read_freqs(cursor);
    solve_for_length(clause, plan, (least - clause->bonus - ROUNDING) / CARE, &per_freq, &more);
    for (uint32_t i = 0; i < cursor->n; i++) { /* few pass: spare the others all the rest */
        places[n] = (uint8_t)i;
        n += cursor->freqs[i] * per_freq >= segment->lengths[cursor->docs[i]] + more;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t doc = cursor->docs[places[i]];

        batch->docs[i] = doc;
        batch->sums[i] = score_part(clause->weight, clause->bonus, cursor->freqs[places[i]],
                                    plan_k(plan, segment, doc));
    }
    batch->n = n;
}
