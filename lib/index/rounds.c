/* SPDX-License-Identifier: MIT */
#include "index/rounds.h"

#include "base/error.h"
#include "index/radix.h"

enum {
    RANGE_RECORDS = 1 << 14, /* two such buffers fit the second level of a cache */
    RANGES = 1 << 10,        /* as many open ranges as the second level of a TLB reaches, or so */
};

void rounds_init(struct rounds *rounds, size_t memory)
{
    *rounds = (struct rounds){ .most = memory / sizeof *rounds->records };
}

void rounds_free(struct rounds *rounds)
{
    free(rounds->records);
    free(rounds->other);
    free(rounds->counts);
    free(rounds->range_of);
    vector_free(&rounds->ranges);
}

int rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_forms,
                 const struct ranks *ranks, struct muc_error *err)
{
    free(rounds->counts);
    free(rounds->range_of);
    rounds->counts = calloc(ranks->n + (size_t)1, sizeof *rounds->counts);
    rounds->range_of = calloc(ranks->n + (size_t)1, sizeof *rounds->range_of);
    if (!rounds->counts || !rounds->range_of)
        return error_memory(err);
    for (uint32_t i = 0; i < n_forms; i++)
        rounds->counts[ranks->of[i]] += counts[i]; /* of a form without records: 0 to rank 0 */
    rounds->n_ranks = ranks->n;
    rounds->low = rounds->high = 0;
    return MUC_OK;
}

/** A buffer of at least `n` records in place of one that may be too small. */
static bool make_room(uint64_t **records, size_t *room, size_t n)
{
    if (n <= *room)
        return true;
    free(*records);
    *records = n <= SIZE_MAX / sizeof **records ? malloc(n * sizeof **records) : NULL;
    *room = *records ? n : 0;
    return *records;
}

/** Part the ranks of the round into ranges; `n` is the number of its records. */
static bool part(struct rounds *rounds, size_t n, unsigned bits)
{
    uint64_t widest = bits < 32 ? (uint64_t)1 << bits : (uint64_t)1 << 32;
    size_t most = n / RANGES > RANGE_RECORDS ? n / RANGES : RANGE_RECORDS, largest = 0, size = 0;
    uint64_t *at = rounds->records;
    struct range *range = NULL;

    rounds->ranges.n = 0;
    if (!(range = vector_push(&rounds->ranges)))
        return false;
    *range = (struct range){ .start = &rounds->none, .end = &rounds->none };
    for (uint32_t rank = rounds->low; rank < rounds->high; rank++) {
        uint32_t count = rounds->counts[rank];

        if (rank == rounds->low || size + count > most || rank - range->low == widest) {
            if (!(range = vector_push(&rounds->ranges)))
                return false;
            *range = (struct range){ at, at, rank, rank };
            size = 0;
        }
        size += count;
        at += count;
        range->high = rank + 1;
        rounds->range_of[rank] = (uint32_t)rounds->ranges.n - 1;
        largest = size > largest ? size : largest;
    }
    return make_room(&rounds->other, &rounds->other_room, largest);
}

int rounds_next(struct rounds *rounds, unsigned bits, struct muc_error *err)
{
    uint32_t low = rounds->high, high = low;
    size_t n = 0;

    if (low > rounds->low)
        memset(rounds->range_of + rounds->low, 0, (low - rounds->low) * sizeof *rounds->range_of);
    while (high < rounds->n_ranks && (high == low || n + rounds->counts[high] <= rounds->most))
        n += rounds->counts[high++];
    if (high == low)
        return 0;
    rounds->low = low;
    rounds->high = high;
    if (!make_room(&rounds->records, &rounds->room, n) || !part(rounds, n, bits))
        return error_memory(err);
    return 1;
}

const uint64_t *rounds_sort(struct rounds *rounds, uint32_t range, unsigned low, unsigned bits)
{
    const struct range *it = &rounds->ranges.at[range];

    return radix_sort(it->start, rounds->other, (size_t)(it->end - it->start), low,
                      bits + bits_for(it->high - it->low));
}
