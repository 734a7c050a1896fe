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
    free(rounds->targets);
    vector_free(&rounds->ranges);
    vector_free(&rounds->ends);
}

int rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_forms,
                 const struct ranks *ranks, struct muc_error *err)
{
    free(rounds->counts);
    free(rounds->targets);
    rounds->counts = calloc(ranks->n + (size_t)1, sizeof *rounds->counts);
    rounds->targets = malloc((n_forms + (size_t)1) * sizeof *rounds->targets);
    if (!rounds->counts || !rounds->targets)
        return error_memory(err);
    for (uint32_t i = 0; i < n_forms; i++)
        rounds->counts[ranks->of[i]] += counts[i]; /* of a form without records: 0 to rank 0 */
    rounds->ranks = ranks;
    rounds->n_forms = n_forms;
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

static bool add_range(struct rounds *rounds, uint64_t *start, uint32_t low)
{
    struct range *range = vector_push(&rounds->ranges);
    uint64_t **end = vector_push(&rounds->ends);

    if (!range || !end)
        return false;
    *range = (struct range){ start, low, low };
    *end = start;
    return true;
}

/** Part the ranks of the round into ranges; `n` is the number of its records. */
static bool part(struct rounds *rounds, size_t n, unsigned bits)
{
    uint64_t widest = bits < 32 ? (uint64_t)1 << bits : (uint64_t)1 << 32;
    size_t most = n / RANGES > RANGE_RECORDS ? n / RANGES : RANGE_RECORDS, largest = 0, size = 0;
    uint64_t *at = rounds->records;

    rounds->ranges.n = rounds->ends.n = 0;
    if (!add_range(rounds, &rounds->none, 0))
        return false;
    for (uint32_t rank = rounds->low; rank < rounds->high; rank++) {
        const struct range *last = &rounds->ranges.at[rounds->ranges.n - 1];
        uint32_t count = rounds->counts[rank];

        if (rank == rounds->low || size + count > most || rank - last->low == widest) {
            if (!add_range(rounds, at, rank))
                return false;
            size = 0;
        }
        size += count;
        at += count;
        rounds->ranges.at[rounds->ranges.n - 1].high = rank + 1;
        rounds->counts[rank] = (uint32_t)rounds->ranges.n - 1; /* of use for that alone now */
        largest = size > largest ? size : largest;
    }
    return make_room(&rounds->other, &rounds->other_room, largest);
}

/** Where the forms' records go, from the ranges of their ranks that part() left in `counts`. */
static void aim(struct rounds *rounds)
{
    for (uint32_t i = 0; i < rounds->n_forms; i++) {
        uint32_t rank = rounds->ranks->of[i], range = 0;

        if (rank >= rounds->low && rank < rounds->high)
            range = rounds->counts[rank];
        rounds->targets[i] = (struct target){ range, rank - rounds->ranges.at[range].low };
    }
}

int rounds_next(struct rounds *rounds, unsigned bits, struct muc_error *err)
{
    uint32_t low = rounds->high, high = low;
    size_t n = 0;

    while (high < rounds->ranks->n && (high == low || n + rounds->counts[high] <= rounds->most))
        n += rounds->counts[high++];
    if (high == low)
        return 0;
    rounds->low = low;
    rounds->high = high;
    if (!make_room(&rounds->records, &rounds->room, n) || !part(rounds, n, bits))
        return error_memory(err);
    aim(rounds);
    return 1;
}

const uint64_t *rounds_sort(struct rounds *rounds, uint32_t range, unsigned low, unsigned bits)
{
    const struct range *it = &rounds->ranges.at[range];

    return radix_sort(it->start, rounds->other, rounds_size(rounds, range), low,
                      bits + bits_for(it->high - it->low));
}
