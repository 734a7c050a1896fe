/* SPDX-License-Identifier: MIT */
#include "search/clause.h"

#include <string.h>

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
        if (!cursor->n || cursor->first > last || cursor->last < first)
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
    const uint32_t *docs = clause->cursor->docs, last = clause->cursor->last, all = batch->n;
    const bool required = clause->required;
    uint32_t kept = *n, i = from;

    for (; i < all && batch->docs[i] <= last; i++) {
        uint32_t doc = batch->docs[i], at = docs_below(docs, doc);
        bool found = docs[at] == doc;

        batch->docs[kept] = doc;
        batch->sums[kept] = batch->sums[i];
        places[kept] = (uint8_t)(found ? at : ABSENT);
        kept += found || !required;
    }
    *n = kept;
    return i;
}

/** The same in a block of a bit each. */
static uint32_t find_bits(const struct clause *clause, struct batch *batch, uint32_t from,
                          uint32_t *n, uint8_t places[LIST_BLOCK])
{
    struct cursor *cursor = clause->cursor;
    uint32_t kept = *n, i = from;

    for (; i < batch->n && batch->docs[i] <= cursor->last; i++) {
        uint32_t doc = batch->docs[i];
        bool found = dense_has(&cursor->dense, doc);

        batch->docs[kept] = doc;
        batch->sums[kept] = batch->sums[i];
        places[kept] = (uint8_t)(found ? cursor_rank(cursor, doc) : ABSENT);
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
    const double weight = clause->weight, bonus = clause->bonus;
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
    for (uint32_t i = from; i < to; i++)
        batch->sums[i] += score_part(weight, freqs[i] > 0 ? bonus : 0, freqs[i], ks[i]);
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

    if (!clause->required && clause->bound <= 0) /* it only leads to documents */
        return;
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
        i = clause->cursor->docs_read ? find_places(clause, batch, i, &n, places)
                                      : find_bits(clause, batch, i, &n, places);
        add_parts(clause, plan, segment, batch, before, n, places);
    }
    batch->n = n;
    keep_reaching(batch, threshold - clause->rest);
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
    if (!cursor->freqs_read)
        cursor_read_freqs(cursor);
    docs = cursor_docs(cursor);
    freqs = cursor->freqs;
    n = cursor->n;
    for (uint32_t i = 0; i < n; i++)
        parts[i] = plan_k(plan, segment, docs[i]);
    for (uint32_t i = 0; i < n; i++)
        parts[i] = score_part(weight, bonus, freqs[i], parts[i]);
    return parts;
}

/* ---- filling a batch */

void clause_all(struct clause *clause, struct candidates *candidates)
{
    struct cursor *cursor = clause->cursor;

    candidates->n = cursor->n;
    memcpy(candidates->docs, cursor_docs(cursor), cursor->n * sizeof *candidates->docs);
    for (uint32_t i = 0; i < LIST_BLOCK; i++)
        candidates->places[i] = (uint8_t)i;
}

void clause_bits(struct clause *clause, const uint64_t bits[DENSE_WORDS],
                 struct candidates *candidates)
{
    const struct dense dense = clause->cursor->dense;
    uint32_t n = 0, place = 0;

    for (uint32_t w = 0; w < dense.n; w++) {
        uint32_t first = dense.first + 64 * w;
        uint64_t wanted = bits[w];

        for (uint64_t own = dense_word(&dense, w); own && place < LIST_BLOCK; own &= own - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(own);

            candidates->docs[n] = first + bit;
            candidates->places[n] = (uint8_t)place++;
            n += wanted >> bit & 1;
        }
    }
    candidates->n = n;
}

void clause_cut(const struct clause *clause, uint32_t first, uint32_t last,
                uint64_t bits[DENSE_WORDS])
{
    const struct list *list = &clause->cursor->postings.list;
    uint64_t own[DENSE_WORDS] = { 0 };
    uint32_t n = (last - first) / 64 + 1;

    for (uint32_t block = clause->block; block < list->n_blocks; block++) {
        struct dense dense;

        if (!list_dense(list, block, &dense))
            return;
        dense_fill(&dense, first, first, n, own);
        if (dense.last >= last)
            break;
    }
    for (uint32_t w = 0; w < n; w++)
        bits[w] &= own[w];
}

void clause_sieve(const struct clause *clause, struct candidates *candidates)
{
    const struct list *list = &clause->cursor->postings.list;
    uint32_t kept = 0, block = clause->block;

    for (uint32_t i = 0; i < candidates->n; block++) {
        uint32_t last;
        struct dense dense;
        bool known;

        if (block >= list->n_blocks) /* nothing of it is left */
            break;
        known = list_dense(list, block, &dense);
        last = known ? dense.last : list_last(list, block);
        for (; i < candidates->n && candidates->docs[i] <= last; i++) {
            candidates->docs[kept] = candidates->docs[i];
            candidates->places[kept] = candidates->places[i];
            kept += !known || dense_has(&dense, candidates->docs[i]);
        }
    }
    candidates->n = kept;
}

enum { LIMITS = 16 }; /* frequencies told apart: of those from the last one on all may be wanted */

/** A document's part can be `wanted` where its length code is not above the limit of its frequency:
 *  weight × f / (f + k) >= wanted, solved for the length in k. Codes are not above lengths. */
static void find_limits(const struct clause *clause, const struct plan *plan, double wanted,
                        int32_t limits[LIMITS])
{
    const double rounding = 1, all = UINT16_MAX;
    double more = plan->k_fixed / plan->k_length - rounding;
    double per_freq = wanted > 0 ? (clause->weight - wanted) / (wanted * plan->k_length) : 0;

    for (int f = 0; f < LIMITS; f++) {
        double limit = f * per_freq - more;

        limits[f] = wanted <= 0 || limit > all ? (int32_t)all : limit < 0 ? -1 : (int32_t)limit;
    }
    if (limits[LIMITS - 1] >= 0 || per_freq > 0)
        limits[LIMITS - 1] = UINT16_MAX;
}

void clause_pick(struct clause *clause, const struct plan *plan, const struct segment *segment,
                 double least, const struct candidates *candidates, struct batch *batch)
{
    struct cursor *cursor = clause->cursor;
    const uint32_t *freqs = cursor->freqs;
    const uint16_t *lengths = segment->lengths;
    const double weight = clause->weight, bonus = clause->bonus;
    double found[LIST_BLOCK], ks[LIST_BLOCK];
    uint8_t places[LIST_BLOCK]; /* bytes may be anybody's: pointers are kept out of their way */
    int32_t limits[LIMITS];
    uint32_t n = 0;

    batch->n = candidates->n;
    if (clause->weight <= 0) {
        for (uint32_t i = 0; i < candidates->n; i++) {
            batch->docs[i] = candidates->docs[i];
            batch->sums[i] = score_round(clause->bonus);
        }
        return;
    }
    if (!candidates->n)
        return;
    if (!cursor->freqs_read)
        cursor_read_freqs(cursor);
    find_limits(clause, plan, (least - clause->bonus - ROUNDING) / CARE, limits);
    for (uint32_t i = 0, all = candidates->n; i < all;
         i++) { /* few pass: spare the others the rest */
        uint8_t place = candidates->places[i];
        uint32_t doc = candidates->docs[i], freq = freqs[place];

        batch->docs[n] = doc;
        places[n] = place;
        n += lengths[doc] <= limits[freq < LIMITS ? freq : LIMITS - 1];
    }
    for (uint32_t i = 0; i < n; i++) {
        found[i] = freqs[places[i]];
        ks[i] = plan_k(plan, segment, batch->docs[i]);
    }
    for (uint32_t i = 0; i < n; i++)
        batch->sums[i] = score_part(weight, bonus, found[i], ks[i]);
    batch->n = n;
}
