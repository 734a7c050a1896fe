/* SPDX-License-Identifier: MIT */
#include "search/best/clause.h"

#include <math.h>
#include <simde/x86/avx2.h>

#include "search/scorer.h"

/** What documents of a short list of words of titles get at most: the shortest title decides. */
static double title_bound(const struct clause *clause, const struct segment *segment)
{
    const uint32_t *docs = cursor_docs(clause->cursor);
    uint8_t least = UINT8_MAX;

    for (uint32_t i = 0; i < clause->cursor->n; i++)
        least = segment->title_lengths[docs[i]] < least ? segment->title_lengths[docs[i]] : least;
    return BOUND_CARE * title_part(clause->bonus, least) + BOUND_ROUNDING;
}

void clause_start(struct clause *clause, const struct plan *plan, const struct segment *segment)
{
    double average = segment->average_length;

    clause->ratio = average > 0 && plan->average > average ? average / plan->average : 1;
    clause->parts_block = UINT32_MAX;
    clause->bound = clause->weight > 0 || clause->bonus > 0 ? INFINITY : 0;
    clause->bound = clause_bound_of(clause, clause->cursor->postings.list.impact);
    if (clause->by_title && clause->cursor->postings.list.n_blocks == 1)
        clause->bound = title_bound(clause, segment);
}

void clause_impacts(const struct clause *clause, const uint32_t *lasts, uint32_t n,
                    uint8_t *impacts)
{
    const struct cursor *cursor = clause->cursor;
    const struct list *list = &cursor->postings.list;

    if (list->n_blocks > 1) {
        list_impacts(list, lasts, n, impacts);
        return;
    }
    for (uint32_t i = 0, first = 0; i < n; first = lasts[i++] + 1) /* its documents are there */
        impacts[i] = !cursor->n || cursor->first > lasts[i] || cursor->last < first ? 0
                     : list->impact                                                 ? list->impact
                                                                                    : 1;
}

/* ---- adding to a batch */

/** The documents of a batch that a list has. */
struct shared {
    uint32_t n;
    uint8_t at[BATCH_MOST];     /* in the batch */
    uint8_t places[BATCH_MOST]; /* in their block, where its documents are read */
    uint32_t docs[BATCH_MOST];
    double freqs[BATCH_MOST];
};

/* A block's documents are sought by rows: which row has one is told by the last ones of all rows,
 * where in it by all of the row, each at once. */
enum { LANES = 8, ROW = LIST_BLOCK / LANES };

_Static_assert((int)ROW == 2 * (int)LANES, "a row is two vectors");

/** Which lanes are all ones, a bit each. */
static inline uint32_t lanes_set(simde__m256i lanes)
{
    return (uint32_t)simde_mm256_movemask_ps(simde_mm256_castsi256_ps(lanes));
}

/** The last documents of four rows. */
static inline simde__m128i lasts_of(const uint32_t *docs)
{
    enum { HALF = LANES / 2 };
    const uint32_t *last = docs + ROW - HALF;
    simde__m128i low =
        simde_mm_unpackhi_epi32(simde_mm_loadu_si128((const simde__m128i *)last),
                                simde_mm_loadu_si128((const simde__m128i *)(last + ROW)));
    simde__m128i high =
        simde_mm_unpackhi_epi32(simde_mm_loadu_si128((const simde__m128i *)(last + 2 * ROW)),
                                simde_mm_loadu_si128((const simde__m128i *)(last + 3 * ROW)));

    return simde_mm_unpackhi_epi64(low, high);
}

/** The last documents of all rows. */
static inline simde__m256i rows_of(const uint32_t docs[LIST_BLOCK])
{
    return simde_mm256_set_m128i(lasts_of(docs + LIST_BLOCK / 2), lasts_of(docs));
}

/** Where the row begins that may have a document, which is not above the last one. */
static inline uint32_t find_row(simde__m256i rows, simde__m256i doc)
{
    uint32_t reach = lanes_set(simde_mm256_cmpeq_epi32(simde_mm256_max_epu32(rows, doc), rows));

    return ROW * (uint32_t)__builtin_ctz(reach | 1U << (LANES - 1));
}

/** Where in a row the document is, a bit each. */
static inline uint32_t find_in_row(const uint32_t row[ROW], simde__m256i doc)
{
    simde__m256i low = simde_mm256_loadu_si256((const simde__m256i *)row);
    simde__m256i high = simde_mm256_loadu_si256((const simde__m256i *)(row + LANES));

    return lanes_set(simde_mm256_cmpeq_epi32(doc, low)) |
           lanes_set(simde_mm256_cmpeq_epi32(doc, high)) << LANES;
}

/** Find the documents of the batch from `from` on in the cursor's block, up to its last document.
 *  Returns behind the last one asked about. Which are there cannot be foreseen: nothing branches on
 *  it. */
static uint32_t find_places(const struct cursor *cursor, const struct batch *batch, uint32_t from,
                            struct shared *shared)
{
    const uint32_t *docs = cursor->docs, last = cursor->last, all = batch->n;
    const simde__m256i rows = rows_of(docs);
    uint32_t n = shared->n, i = from;

    for (; i < all && batch->docs[i] <= last; i++) {
        const simde__m256i doc = simde_mm256_set1_epi32((int32_t)batch->docs[i]);
        uint32_t row = find_row(rows, doc), there = find_in_row(docs + row, doc);

        shared->at[n] = (uint8_t)i;
        shared->places[n] = (uint8_t)(row + (uint32_t)__builtin_ctz(there | 1U << ROW));
        shared->docs[n] = batch->docs[i];
        n += there != 0;
    }
    shared->n = n;
    return i;
}

/** Whether the cursor's block reaches as far as the batch does, from `from` on, and seems to have
 *  fewer documents there. */
static inline bool has_fewer(const struct cursor *cursor, const struct batch *batch, uint32_t from)
{
    enum { MANY = 16 };
    const uint32_t asked = batch->n - from, last = batch->docs[batch->n - 1];

    return asked >= MANY && last <= cursor->last &&
           (uint64_t)cursor->n * (last - batch->docs[from]) <
               (uint64_t)asked * (cursor->last - cursor->first);
}

/** The first of so many documents of a batch, from `from` on, that is not below one, or the last.
 */
static inline uint32_t batch_seek(const struct batch *batch, uint32_t from, uint32_t n,
                                  uint32_t doc)
{
    while (n > 1) {
        uint32_t half = n / 2;

        from += half & -(uint32_t)(batch->docs[from + half - 1] < doc);
        n -= half;
    }
    return from;
}

/** As find_places(), where the block has fewer documents: each is sought in the batch. */
__attribute__((noinline)) static void find_in_batch(const struct cursor *cursor,
                                                    const struct batch *batch, uint32_t from,
                                                    struct shared *shared)
{
    const uint32_t *docs = cursor->docs, asked = batch->n - from;
    uint32_t at = docs_below(docs, batch->docs[from]);
    uint32_t to = docs_below(docs, batch->docs[batch->n - 1]) + 1, n = shared->n;

    for (; at < to; at++) {
        uint32_t doc = docs[at], i = batch_seek(batch, from, asked, doc);

        shared->at[n] = (uint8_t)i;
        shared->places[n] = (uint8_t)at;
        shared->docs[n] = doc;
        n += batch->docs[i] == doc;
    }
    shared->n = n;
}

/** The same in a block of a bit each; places are not told. */
static uint32_t find_bits(const struct cursor *cursor, const struct batch *batch, uint32_t from,
                          struct shared *shared)
{
    const struct dense dense = cursor->dense;
    const uint32_t all = batch->n;
    uint32_t n = shared->n, i = from;

    for (; i < all && batch->docs[i] <= dense.last; i++) {
        uint32_t doc = batch->docs[i];

        shared->at[n] = (uint8_t)i;
        shared->docs[n] = doc;
        n += dense_has(&dense, doc);
    }
    shared->n = n;
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
    enum { FEW = 4 };
    const uint32_t *found;
    struct packed packed;

    if (shared->n - from <= FEW && cursor->freqs_block != cursor->block && cursor->in.freqs &&
        list_block_freqs_open(&cursor->in, &packed)) {
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
            batch->sums[shared->at[i]] += clause_bonus(clause, segment, shared->docs[i]);
    }
}

/** Keep the documents that the list has. */
static void keep_shared(struct batch *batch, struct shared *shared)
{
    for (uint32_t i = 0; i < shared->n; i++) {
        batch->docs[i] = shared->docs[i];
        batch->sums[i] = batch->sums[shared->at[i]];
        shared->at[i] = (uint8_t)i;
    }
    batch->n = shared->n;
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

/** Find the documents of the batch that the list has, with their frequencies; if they have to be
 *  there, leave only these. */
static void meet(struct clause *clause, struct batch *batch, struct shared *shared)
{
    struct cursor *cursor = clause->cursor;

    shared->n = 0;
    for (uint32_t i = 0; i < batch->n && cursor_reach(cursor, batch->docs[i]);) {
        uint32_t before = shared->n;

        if (!cursor->docs_read) {
            i = find_bits(cursor, batch, i, shared);
        } else if (has_fewer(cursor, batch, i)) {
            find_in_batch(cursor, batch, i, shared);
            i = batch->n;
        } else {
            i = find_places(cursor, batch, i, shared);
        }
        if (shared->n > before && clause->weight > 0)
            read_freqs(cursor, shared, before);
    }
}

void clause_apply(struct clause *clause, const struct plan *plan, const struct segment *segment,
                  double least, struct batch *batch)
{
    struct shared shared;

    if (!clause->required && clause->local <= 0) /* it adds nothing to those of the range */
        return;
    meet(clause, batch, &shared);
    if (clause->required)
        keep_shared(batch, &shared);
    add_parts(clause, plan, segment, batch, &shared);
    keep_reaching(batch, least);
}

/** Leave only the documents that the other list has, too, with the parts of both lists; drop those
 *  that are below `least` then. */
static void keep_both(const struct clause *one, const struct clause *other, const struct plan *plan,
                      const struct segment *segment, double least, struct batch *batch,
                      const struct shared *shared)
{
    const double weight = one->weight, bonus = one->bonus;
    const double other_weight = other->weight, other_bonus = other->bonus;
    uint32_t n = 0;

    for (uint32_t i = 0; i < shared->n; i++) {
        double freq = batch->sums[shared->at[i]], k = plan_k(plan, segment, shared->docs[i]);
        double sum = score_part(weight, bonus, freq, k) +
                     score_part(other_weight, other_bonus, shared->freqs[i], k);

        batch->docs[n] = shared->docs[i];
        batch->sums[n] = sum;
        n += sum >= least;
    }
    batch->n = n;
}

void clause_begin_with(const struct clause *leader, struct clause *clause, const struct plan *plan,
                       const struct segment *segment, double least, struct batch *batch)
{
    struct shared shared;

    if (leader->weight > 0 && clause->weight > 0) {
        meet(clause, batch, &shared);
        keep_both(leader, clause, plan, segment, least, batch, &shared);
        return;
    }
    clause_begin(leader, plan, segment, batch);
    keep_reaching(batch, least - clause->local);
    clause_apply(clause, plan, segment, least, batch);
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
        docs = clause->by_title ? cursor_docs(cursor) : NULL;
        for (uint32_t i = 0; i < cursor->n; i++)
            parts[i] = clause_bonus(clause, segment, docs ? docs[i] : 0);
        return parts;
    }
    freqs = cursor_freqs(cursor, cursor->block);
    docs = cursor_docs(cursor);
    n = cursor->n;
    plan_ks(plan, segment, docs, n, parts);
    for (uint32_t i = 0; i < n; i++)
        parts[i] = score_part(weight, bonus, (int32_t)freqs[i], parts[i]); /* far below 2^31 */
    return parts;
}
