/* SPDX-License-Identifier: MIT */
#include "search/clause.h"

#include <simde/x86/sse2.h>
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
 *  move those to keep to place `*n` on and tell their places: those that are there, and where they
 *  need not be, those that reach `least` without. Returns behind the last one found. */
static uint32_t find_places(const struct clause *clause, struct batch *batch, double least,
                            uint32_t from, uint32_t *n, uint8_t places[LIST_BLOCK])
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
        kept += found || (!required && batch->sums[kept] >= least);
    }
    *n = kept;
    return i;
}

/** The same in a block of a bit each. */
static uint32_t find_bits(const struct clause *clause, struct batch *batch, double least,
                          uint32_t from, uint32_t *n, uint8_t places[LIST_BLOCK])
{
    struct cursor *cursor = clause->cursor;
    const bool required = clause->required;
    uint32_t kept = *n, i = from;

    for (; i < batch->n && batch->docs[i] <= cursor->last; i++) {
        uint32_t doc = batch->docs[i];
        bool found = dense_has(&cursor->dense, doc);

        batch->docs[kept] = doc;
        batch->sums[kept] = batch->sums[i];
        places[kept] = (uint8_t)(found ? cursor_rank(cursor, doc) : ABSENT);
        kept += found || (!required && batch->sums[kept] >= least);
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
    const uint32_t *found;

    if (clause->weight <= 0) {
        for (uint32_t i = from; i < to && clause->bonus > 0; i++)
            batch->sums[i] += places[i] == ABSENT ? 0 : score_round(clause->bonus);
        return;
    }
    if (from == to)
        return;
    found = cursor_freqs(cursor, cursor->block);
    for (uint32_t i = from; i < to; i++) {
        freqs[i] = found[places[i]];
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
    const double least = threshold - clause->rest;
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
        i = clause->cursor->docs_read ? find_places(clause, batch, least, i, &n, places)
                                      : find_bits(clause, batch, least, i, &n, places);
        add_parts(clause, plan, segment, batch, before, n, places);
    }
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
    for (uint32_t i = 0; i < n; i++)
        parts[i] = plan_k(plan, segment, docs[i]);
    for (uint32_t i = 0; i < n; i++)
        parts[i] = score_part(weight, bonus, freqs[i], parts[i]);
    return parts;
}

/* ---- filling a batch */

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

/** The least of `n` length codes. */
static uint16_t shortest(const uint16_t *codes, uint32_t n)
{
    enum { LANES = 8 };
    simde__m128i least = simde_mm_set1_epi16(-1);
    uint16_t lanes[LANES], all = UINT16_MAX;
    uint32_t i = 0;

    for (; i + LANES <= n; i += LANES) { /* the lesser of two: what is above is taken off */
        simde__m128i more = simde_mm_loadu_si128((const simde__m128i *)(codes + i));

        least = simde_mm_sub_epi16(least, simde_mm_subs_epu16(least, more));
    }
    simde_mm_storeu_si128((simde__m128i *)lanes, least);
    for (uint32_t lane = 0; lane < LANES; lane++)
        all = lanes[lane] < all ? lanes[lane] : all;
    for (; i < n; i++)
        all = codes[i] < all ? codes[i] : all;
    return all;
}

/** The places of a full block that have a frequency of `least` or more. */
static void find_frequent(const uint32_t freqs[LIST_BLOCK], uint32_t least, uint64_t places[2])
{
    enum { LANES = 4, ROW = 16 };
    simde__m128i below = simde_mm_set1_epi32((int32_t)least - 1);

    for (uint32_t h = 0; h < 2; h++) {
        places[h] = 0;
        for (uint32_t i = 0; i < 64; i += ROW) {
            const uint32_t *at = freqs + (size_t)64 * h + i;
            simde__m128i more[LANES];

            for (uint32_t lane = 0; lane < LANES; lane++)
                more[lane] = simde_mm_cmpgt_epi32(
                    simde_mm_loadu_si128((const simde__m128i *)(at + LANES * lane)), below);
            more[0] = simde_mm_packs_epi16(simde_mm_packs_epi32(more[0], more[1]),
                                           simde_mm_packs_epi32(more[2], more[3]));
            places[h] |= (uint64_t)(uint32_t)simde_mm_movemask_epi8(more[0]) << i;
        }
    }
}

/* A block that leaves so many documents, no farther apart than that, is asked for its shortest. */
enum { MANY = 32, NEAR = 8 * LIST_BLOCK };

/** The places of a block whose frequency does not tell that the part is not wanted; false: none. */
static bool find_places_wanted(const struct clause *clause, const struct segment *segment,
                               uint32_t block, const uint32_t freqs[LIST_BLOCK],
                               const int32_t limits[LIMITS], uint64_t places[2])
{
    const struct list *list = &clause->cursor->postings.list;
    uint32_t n = list_block_size(list, block), freq = 1, before;
    uint32_t first = block ? list_last(list, block - 1) + 1 : 0, last = list_last(list, block);

    if (n < LIST_BLOCK) {
        places[0] = n < 64 ? ((uint64_t)1 << n) - 1 : UINT64_MAX;
        places[1] = n > 64 ? ((uint64_t)1 << (n - 64)) - 1 : 0;
        return true;
    }
    while (freq < LIMITS - 1 && limits[freq] < 0)
        freq++;
    find_frequent(freqs, freq, places);
    if (count_bits(places[0]) + count_bits(places[1]) >= MANY && last < segment->n_docs &&
        last - first < NEAR && limits[freq] < segment->average_length / 2) {
        int32_t least = shortest(segment->lengths + first, last - first + 1);

        for (before = freq; freq < LIMITS - 1 && limits[freq] < least;)
            freq++;
        if (freq > before)
            find_frequent(freqs, freq, places);
    }
    return places[0] | places[1];
}

/** All documents of the cursor's open block. */
static void read_all(struct cursor *cursor, struct candidates *candidates)
{
    candidates->n = cursor->n;
    memcpy(candidates->docs, cursor_docs(cursor), cursor->n * sizeof *candidates->docs);
    for (uint32_t i = 0; i < LIST_BLOCK; i++)
        candidates->places[i] = (uint8_t)i;
}

void clause_pick(struct clause *clause, const struct plan *plan, const struct segment *segment,
                 uint32_t block, double least, struct candidates *candidates)
{
    struct cursor *cursor = clause->cursor;
    const uint16_t *lengths = segment->lengths;
    const uint32_t *docs, *freqs;
    int32_t limits[LIMITS];
    uint64_t places[2];
    uint32_t n = 0;

    candidates->n = 0;
    if (clause->weight <= 0) {
        if (cursor_open_block(cursor, block))
            read_all(cursor, candidates);
        return;
    }
    find_limits(clause, plan, (least - clause->bonus - ROUNDING) / CARE, limits);
    freqs = cursor_freqs(cursor, block);
    if (!find_places_wanted(clause, segment, block, freqs, limits, places) ||
        !cursor_open_block(cursor, block))
        return;
    docs = cursor_docs(cursor);
    for (uint32_t h = 0; h < 2; h++)
        for (uint64_t left = places[h]; left; left &= left - 1) { /* few pass */
            uint32_t place = 64 * h + (uint32_t)__builtin_ctzll(left);
            uint32_t doc = docs[place], freq = freqs[place];

            candidates->docs[n] = doc;
            candidates->places[n] = (uint8_t)place;
            n += lengths[doc] <= limits[freq < LIMITS ? freq : LIMITS - 1];
        }
    candidates->n = n;
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

void clause_begin(struct clause *clause, const struct plan *plan, const struct segment *segment,
                  const struct candidates *candidates, struct batch *batch)
{
    const uint32_t n = candidates->n;
    double freqs[LIST_BLOCK], ks[LIST_BLOCK];

    batch->n = n;
    memcpy(batch->docs, candidates->docs, n * sizeof *batch->docs);
    if (clause->weight <= 0) {
        for (uint32_t i = 0; i < n; i++)
            batch->sums[i] = score_round(clause->bonus);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        freqs[i] = clause->cursor->freqs[candidates->places[i]];
        ks[i] = plan_k(plan, segment, candidates->docs[i]);
    }
    for (uint32_t i = 0; i < n; i++)
        batch->sums[i] = score_part(clause->weight, clause->bonus, freqs[i], ks[i]);
}
