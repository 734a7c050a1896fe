/* SPDX-License-Identifier: MIT */
/* Documents of a block that may be among the best: filling a batch. */
#include <math.h>
#include <simde/x86/sse2.h>
#include <string.h>

#include "search/best/clause.h"
#include "search/scorer.h"

/* A document's part can be `wanted` where its frequency is at least (code + less) × per_length, of
 * the code of its length: weight × f / (f + k) >= wanted, solved for f, and k linear in the length.
 * Codes are not above lengths. */
struct limit {
    float less, per_length;
};

#define NEVER UINT32_MAX /* a frequency that no document has */

static struct limit find_limit(const struct clause *clause, const struct plan *plan, double wanted)
{
    const double rounding = 1, above = clause->weight - wanted;

    return (struct limit){ (float)(plan->k_fixed / plan->k_length - rounding),
                           above > 0 ? (float)(wanted * plan->k_length / above) : INFINITY };
}

/** The least frequency with which a document, however short, can be wanted, or one below. */
static uint32_t least_freq(const struct limit *limit)
{
    const float care = 1 - 1e-5F;
    float freq = limit->less * limit->per_length * care;

    if (!(freq < UINT16_MAX))
        return NEVER;
    return freq < 1 ? 1 : (uint32_t)freq;
}

static bool is_wanted(const struct limit *limit, uint16_t code, uint32_t freq)
{
    return ((float)code + limit->less) * limit->per_length <= (float)freq;
}

/** The places of a full block that have a frequency of `least` or more; their number. */
static uint32_t find_frequent(const uint32_t freqs[LIST_BLOCK], uint32_t least, uint64_t places[2])
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
    return count_bits(places[0]) + count_bits(places[1]);
}

/** The places of a block whose frequency does not tell that the part is not wanted; their number.
 */
static uint32_t find_places_wanted(const struct list *list, uint32_t block,
                                   const uint32_t freqs[LIST_BLOCK], const struct limit *limit,
                                   uint64_t places[2])
{
    uint32_t n = list_block_size(list, block), freq;

    if (n < LIST_BLOCK) {
        places[0] = n < 64 ? ((uint64_t)1 << n) - 1 : UINT64_MAX;
        places[1] = n > 64 ? ((uint64_t)1 << (n - 64)) - 1 : 0;
        return n;
    }
    freq = least_freq(limit);
    if (freq == 1) { /* all documents have that */
        places[0] = places[1] = UINT64_MAX;
        return LIST_BLOCK;
    }
    return freq == NEVER ? 0 : find_frequent(freqs, freq, places);
}

/** The same limit in whole numbers, rounded down, so that a few more documents pass. */
struct whole_limit {
    simde__m128i less, per_length; /* the latter of 2^16 */
};

/** A number rounded down, as far as positive 16 bits go. */
static simde__m128i whole(float number)
{
    float most = number < INT16_MAX ? number : INT16_MAX;

    return simde_mm_set1_epi16((int16_t)(most > 0 ? most : 0));
}

static struct whole_limit whole_limit(const struct limit *limit)
{
    return (struct whole_limit){ whole(limit->less), whole(limit->per_length * (1 << 16)) };
}

/** Which of eight documents can be wanted: all ones or none. No length asks for as much as the
 *  highest frequency that 16 bits have. */
static inline simde__m128i find_wanted(const uint16_t *lengths, const uint32_t *docs,
                                       const uint32_t *freqs, const struct whole_limit *limit)
{
    const simde__m128i codes = simde_mm_set_epi16(
        (int16_t)lengths[docs[7]], (int16_t)lengths[docs[6]], (int16_t)lengths[docs[5]],
        (int16_t)lengths[docs[4]], (int16_t)lengths[docs[3]], (int16_t)lengths[docs[2]],
        (int16_t)lengths[docs[1]], (int16_t)lengths[docs[0]]);
    simde__m128i row = simde_mm_packs_epi32(simde_mm_loadu_si128((const simde__m128i *)freqs),
                                            simde_mm_loadu_si128((const simde__m128i *)freqs + 1));
    simde__m128i too_few =
        simde_mm_mulhi_epu16(simde_mm_adds_epu16(codes, limit->less), limit->per_length);

    return simde_mm_cmpgt_epi16(row, too_few);
}

/** The places of a full block of documents that can be wanted: all of them are asked. */
static void find_all_wanted(const uint16_t *lengths, const uint32_t docs[LIST_BLOCK],
                            const uint32_t freqs[LIST_BLOCK], const struct limit *limit,
                            uint64_t places[2])
{
    enum { LANES = 8, ROW = 2 * LANES };
    const struct whole_limit most = whole_limit(limit);

    for (uint32_t h = 0; h < 2; h++, docs += 64, freqs += 64) {
        places[h] = 0;
        for (uint32_t i = 0; i < 64; i += ROW) {
            simde__m128i low = find_wanted(lengths, docs + i, freqs + i, &most);
            simde__m128i high = find_wanted(lengths, docs + i + LANES, freqs + i + LANES, &most);

            low = simde_mm_packs_epi16(low, high);
            places[h] |= (uint64_t)(uint32_t)simde_mm_movemask_epi8(low) << i;
        }
    }
}

/* A block that leaves so many documents is asked for all at once. */
enum { MANY = 32 };

/** Append the documents at places of a block, with their frequencies. */
static void take_places(const uint32_t docs[LIST_BLOCK], const uint32_t freqs[LIST_BLOCK],
                        const uint64_t places[2], struct batch *batch)
{
    uint32_t n = batch->n;

    for (uint32_t h = 0; h < 2; h++)
        for (uint64_t left = places[h]; left; left &= left - 1, n++) {
            uint32_t place = 64 * h + (uint32_t)__builtin_ctzll(left);

            batch->docs[n] = docs[place];
            batch->sums[n] = freqs[place];
        }
    batch->n = n;
}

/** Append all documents of the cursor's open block, with their frequencies (NULL: nobody asks for
 *  them). */
static void take_all(struct cursor *cursor, const uint32_t *freqs, struct batch *batch)
{
    double *sums = batch->sums + batch->n;
    const uint32_t n = cursor->n;

    memcpy(batch->docs + batch->n, cursor_docs(cursor), n * sizeof *batch->docs);
    for (uint32_t i = 0; i < n && freqs; i++)
        sums[i] = (int32_t)freqs[i]; /* far below 2^31, and so sooner done */
    for (uint32_t i = 0; i < n && !freqs; i++)
        sums[i] = 1;
    batch->n += n;
}

void clause_pick(struct clause *clause, const struct plan *plan, const struct segment *segment,
                 uint32_t block, double least, struct batch *batch)
{
    struct cursor *cursor = clause->cursor;
    const uint32_t *docs, *freqs;
    struct limit limit;
    uint64_t places[2];
    uint32_t n = batch->n, n_places;

    if (clause->weight <= 0) {
        if (cursor_open_block(cursor, block))
            take_all(cursor, NULL, batch);
        return;
    }
    least = (least - clause->bonus - BOUND_ROUNDING) * (1 / BOUND_CARE);
    if (!cursor_open_block(cursor, block))
        return;
    freqs = cursor_freqs(cursor, block);
    if (least <= 0) {
        take_all(cursor, freqs, batch);
        return;
    }
    limit = find_limit(clause, plan, least);
    n_places = find_places_wanted(&cursor->postings.list, block, freqs, &limit, places);
    if (!n_places)
        return;
    docs = cursor_docs(cursor);
    if (n_places >= MANY && cursor->n == LIST_BLOCK) {
        find_all_wanted(segment->lengths, docs, freqs, &limit, places);
        take_places(docs, freqs, places, batch);
        return;
    }
    for (uint32_t h = 0; h < 2; h++)
        for (uint64_t left = places[h]; left; left &= left - 1) {
            uint32_t place = 64 * h + (uint32_t)__builtin_ctzll(left);
            uint32_t doc = docs[place];

            batch->docs[n] = doc;
            batch->sums[n] = freqs[place];
            n += is_wanted(&limit, segment->lengths[doc], freqs[place]);
        }
    batch->n = n;
}

void clause_begin(const struct clause *clause, const struct plan *plan,
                  const struct segment *segment, struct batch *batch)
{
    double ks[BATCH_MOST], *sums = batch->sums;

    if (clause->weight <= 0) {
        for (uint32_t i = 0; i < batch->n; i++)
            sums[i] = clause_bonus(clause, segment, batch->docs[i]);
        return;
    }
    plan_ks(plan, segment, batch->docs, batch->n, ks);
    for (uint32_t i = 0; i < batch->n; i++)
        sums[i] = score_part(clause->weight, clause->bonus, sums[i], ks[i]);
}

bool clause_champions(struct clause *clause, const struct plan *plan, const struct segment *segment,
                      struct batch *batch, double *rest)
{
    const double steps = 257; /* of what the rest has in one of an impact: 65535 / 255 */
    struct cursor *cursor = clause->cursor;
    struct champions champions;

    if (clause->weight <= 0 || cursor->postings.list.n_blocks < 2)
        return false;
    if (!list_champions(&cursor->postings.list, &champions) ||
        (champions.n && champions.docs[champions.n - 1] >= segment->n_docs)) {
        cursor->bad = true;
        return false;
    }
    batch->n = champions.n;
    memcpy(batch->docs, champions.docs, champions.n * sizeof *batch->docs);
    for (uint32_t i = 0; i < champions.n; i++)
        batch->sums[i] = champions.freqs[i];
    clause_begin(clause, plan, segment, batch);
    *rest = clause_bound_of(clause, champions.rest / steps);
    return true;
}
