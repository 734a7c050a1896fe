/* SPDX-License-Identifier: MIT */
#include "index/rounds.h"

#include "base/error.h"

void rounds_init(struct rounds *rounds, size_t memory)
{
    *rounds = (struct rounds){ .most = memory / 2 / sizeof *rounds->records };
}

void rounds_free(struct rounds *rounds)
{
    free(rounds->records);
    free(rounds->other);
}

void rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_ranks)
{
    rounds->counts = counts;
    rounds->n_ranks = n_ranks;
    rounds->low = rounds->high = 0;
}

static bool make_room(struct rounds *rounds, size_t n)
{
    if (n <= rounds->room)
        return true;
    rounds_free(rounds);
    rounds->room = 0;
    rounds->other = NULL;
    rounds->records =
        n <= SIZE_MAX / sizeof *rounds->records ? malloc(n * sizeof *rounds->records) : NULL;
    if (!rounds->records || !(rounds->other = malloc(n * sizeof *rounds->other)))
        return false;
    rounds->room = n;
    return true;
}

int rounds_next(struct rounds *rounds, unsigned bits, struct muc_error *err)
{
    uint64_t range = bits < 63 ? (uint64_t)1 << bits : (uint64_t)1 << 63;
    uint32_t low = rounds->high, high = low;
    size_t n = 0;

    while (high < rounds->n_ranks && high - low < range &&
           (high == low || n + rounds->counts[high] <= rounds->most))
        n += rounds->counts[high++];
    if (high == low)
        return 0;
    if (!make_room(rounds, n + 1))
        return error_memory(err);
    rounds->low = low;
    rounds->high = high;
    return 1;
}

uint32_t *rounds_count(const struct records *records, const struct ranks *ranks)
{
    uint32_t *counts = calloc(ranks->n + (size_t)1, sizeof *counts);

    for (size_t i = 0; i < records->n && counts; i++)
        counts[ranks->of[records->at[i] >> RECORD_LOW_BITS]]++;
    return counts;
}
