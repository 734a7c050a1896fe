/* SPDX-License-Identifier: MIT */
/* index/rounds.h - sorting more records than there is memory for copies of: some ranks at a time.
 *
 * The records of a round are put straight into ranges of ranks, each of which a cache holds while
 * it is sorted.
 *
 *   while (rounds_next(&rounds, …) > 0) {             the next ranks
 *       … rounds_put(&rounds, rounds.range_of[rank], record) …
 *       for (uint32_t i = 1; i < rounds.ranges.n; i++)
 *           sorted = rounds_sort(&rounds, i, …);
 *   } */
#pragma once

#include "index/ranks.h"

/** Ranks [low, high) and their records; the first range of all takes those of no rank. */
struct range {
    uint64_t *start, *end;
    uint32_t low, high;
};

struct rounds {
    uint64_t *records, *other;     /* room for the records of a round; and of its largest range */
    size_t room, other_room, most; /* most: records of a round, but one rank's always fit */
    uint32_t *counts;              /* records of each rank */
    uint32_t *range_of;            /* range of each rank; 0: not in this round */
    VECTOR(struct range) ranges;
    uint32_t n_ranks, low, high; /* ranks [low, high) are in the round */
    uint64_t none;               /* where the records of no rank go */
};

/** `memory`: bytes for the records, whose buffers are kept from one use to the next. */
void rounds_init(struct rounds *rounds, size_t memory);
void rounds_free(struct rounds *rounds);

/** `counts`: how many records of each form there will be at most. */
int rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_forms,
                 const struct ranks *ranks, struct muc_error *err);

/** The next ranks, not more than 2^bits of them in a range: 1; 0: there are none left; or
 *  MUC_ENOMEM. */
int rounds_next(struct rounds *rounds, unsigned bits, struct muc_error *err);

enum { RANGE_AHEAD = 8 /* records: the next line of the cache */ };

/** Add a record to a range, or to none: range 0 never fills. Nobody foresees which range comes
 * next, so each has the memory it will write next fetched in time. */
static inline void rounds_put(struct rounds *rounds, uint32_t range, uint64_t record)
{
    struct range *to = &rounds->ranges.at[range];

    *to->end = record;
    __builtin_prefetch(to->end + RANGE_AHEAD, 1);
    to->end += range != 0;
}

/** Sort the records of a range by `bits` bits from bit `low` on and those of the rank above, which
 *  counts from the range's first. Returns where they are. */
const uint64_t *rounds_sort(struct rounds *rounds, uint32_t range, unsigned low, unsigned bits);

/** Bits of the numbers below `n`. */
static inline unsigned bits_for(uint64_t n)
{
    return n > 1 ? 64 - (unsigned)__builtin_clzll(n - 1) : 0;
}

static inline uint64_t low_bits(uint64_t value, unsigned bits)
{
    return value & (((uint64_t)1 << bits) - 1);
}
