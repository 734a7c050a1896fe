/* SPDX-License-Identifier: MIT */
/* index/rounds.h - sorting more records than there is memory for copies of: some ranks at a time.
 *
 *   while (rounds_next(&rounds, …)) {       ranks [low, high) and their records' number
 *       … rounds.records[i++] = …           put them there, and
 *       sorted = radix_sort(rounds.records, rounds.other, …);
 *   } */
#pragma once

#include "index/ranks.h"

struct rounds {
    uint64_t *records, *other; /* room for the records of a round, and for one more */
    size_t room, most;         /* most: records of a round, but one rank's always fit */
    const uint32_t *counts;    /* records of each rank */
    uint32_t n_ranks, low, high;
};

/** `memory`: bytes for both buffers, which are kept from one use to the next. */
void rounds_init(struct rounds *rounds, size_t memory);
void rounds_free(struct rounds *rounds);

void rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_ranks);

/** The next ranks, not more than 2^bits of them; 0: there are none left, or MUC_ENOMEM. */
int rounds_next(struct rounds *rounds, unsigned bits, struct muc_error *err);

/** How many records have each rank; NULL: memory is out. */
uint32_t *rounds_count(const struct records *records, const struct ranks *ranks);

/** Bits of the numbers below `n`. */
static inline unsigned bits_for(uint64_t n)
{
    return n > 1 ? 64 - (unsigned)__builtin_clzll(n - 1) : 0;
}

static inline uint64_t low_bits(uint64_t value, unsigned bits)
{
    return value & (((uint64_t)1 << bits) - 1);
}
