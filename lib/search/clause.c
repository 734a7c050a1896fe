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

static double part_of(struct clause *clause, const struct plan *plan, const struct segment *segment,
                      uint32_t doc)
{
    if (clause->weight > 0)
        return score_part(clause->weight, clause->bonus, cursor_freq(clause->cursor),
                          plan_k(plan, segment, doc));
    return score_round(clause->bonus);
}

void clause_apply(struct clause *clause, const struct plan *plan, const struct segment *segment,
                  double threshold, struct batch *batch)
{
    struct cursor *cursor = clause->cursor;
    uint32_t n = 0;

    for (uint32_t i = 0; i < batch->n; i++) {
        uint32_t doc = batch->docs[i];
        double sum = batch->sums[i];

        cursor_seek(cursor, doc);
        if (cursor->doc == doc)
            sum += part_of(clause, plan, segment, doc);
        else if (clause->required)
            continue;
        if (sum + clause->rest < threshold)
            continue;
        batch->docs[n] = doc;
        batch->sums[n++] = sum;
    }
    batch->n = n;
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

void clause_pick(struct clause *clause, const struct plan *plan, const struct segment *segment,
                 uint32_t from, double least, struct batch *batch)
{
    struct cursor *cursor = clause->cursor;
    double wanted = (least - clause->bonus - ROUNDING) / CARE; /* of weight × f / (f + k) */
    uint32_t n = 0, i = 0;

    while (i < cursor->n && cursor->docs[i] < from)
        i++;
    if (clause->weight > 0 && !cursor->freqs_read)
        cursor_read_freqs(cursor);
    for (; i < cursor->n && clause->weight > 0; i++) {
        uint32_t doc = cursor->docs[i];
        double k = plan_k(plan, segment, doc), freq = cursor->freqs[i];

        if (clause->weight * freq < wanted * (freq + k)) /* most are: spare the division */
            continue;
        batch->docs[n] = doc;
        batch->sums[n++] = score_part(clause->weight, clause->bonus, cursor->freqs[i], k);
    }
    for (; i < cursor->n; i++) {
        batch->docs[n] = cursor->docs[i];
        batch->sums[n++] = score_round(clause->bonus);
    }
    batch->n = n;
}
