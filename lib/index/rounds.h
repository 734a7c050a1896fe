/* SPDX-License-Identifier: MIT */
/* index/rounds.h - sorting more records than there is memory for copies of: some ranks at a time.
 *
 * The records of a round are put straight into ranges of ranks, each of which a cache holds while
 * it is sorted.
 *
 * A record is, from above: the rank within its range, the rest of its key, its value. */
#pragma once

#include "index/ranks.h"

/** Ranks [low, high) and their records; the first range of all takes those of no rank. */
struct range {
    uint64_t *start;
    uint32_t low, high;
};

/** Where the records of a form go: the number of a range, 0 if they are not in this round, and the
 *  form's rank in it. Frequent forms have low numbers, so what is looked up for nearly all records
 *  is close together; ranges by ranks would lie all over the memory. */
struct target {
    uint32_t range, rank;
};

struct rounds {
    const struct ranks *ranks;
    uint64_t *records, *other;     /* room for the records of a round; and of its largest range */
    size_t room, other_room, most; /* most: records of a round that has more than one rank */
    size_t targets_most;           /* forms that have their targets kept */
    size_t left;                   /* records behind the round: all rounds are about alike */
    uint32_t *counts;              /* records of each rank; of those of the round, their range */
    struct target *targets;        /* of each form; NULL: they are too many */
    VECTOR(struct range) ranges;
    VECTOR(uint64_t *) ends;     /* of the records that each range has now */
    uint32_t n_forms, low, high; /* ranks [low, high) are in the round */
    uint64_t none;               /* where the records of no rank go */
};

/** `memory`: bytes for the records, whose buffers are kept from one use to the next. Of more forms
 *  than `targets_most` it is found anew for each record where it goes, to save memory. */
void rounds_init(struct rounds *rounds, size_t memory, size_t targets_most);
void rounds_free(struct rounds *rounds); /* leaves it usable */

/** `counts`: how many records of each of `n_forms` forms there will be at most; 0 for those that
 *  have no rank. Borrows `ranks`. */
int rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_forms,
                 const struct ranks *ranks, struct muc_error *err);

/** What rounds_target() does where targets are not kept. */
struct target rounds_find_target(const struct rounds *rounds, uint32_t form);

/** Where records of a form go. `kept`: rounds->targets, read once for all records. */
static inline struct target rounds_target(const struct rounds *rounds, const struct target *kept,
                                          uint32_t form)
{
    return kept ? kept[form] : rounds_find_target(rounds, form);
}

enum { RANGE_AHEAD = 8 /* records: the next line of the cache */ };

/** Add a record to a range, or to none: range 0 never fills. Nobody foresees which range comes
 * next, so each has the memory it will write next fetched in time. */
static inline void rounds_put(struct rounds *rounds, uint32_t range, uint64_t record)
{
    uint64_t *to = rounds->ends.at[range];

    *to = record;
    __builtin_prefetch(to + RANGE_AHEAD, 1);
    rounds->ends.at[range] = to + (range != 0);
}

/** What is done with records. */
struct rounds_work {
    unsigned low, rest; /* bits of a record's value; of its key below the rank */
    void (*pick)(void *context, struct rounds *rounds); /* rounds_put() each to rounds_target() */
    int (*write)(void *context, uint32_t rank, uint32_t rest, const uint64_t *at,
                 const uint64_t *end, struct muc_error *err); /* those of one key, by value */
    /* Instead of those of a rank that has more than a round should; NULL: there is room for them,
     * but not for sorting them as others are. */
    int (*write_alone)(void *context, uint32_t rank, struct muc_error *err);
    void *context;
};

/** All records, by rising keys; from rounds_start() to its end. MUC_ENOMEM, or what write()
 *  returned. */
int rounds_walk(struct rounds *rounds, const struct rounds_work *work, struct muc_error *err);

/** Bits of the numbers below `n`. */
static inline unsigned bits_for(uint64_t n)
{
    return n > 1 ? 64 - (unsigned)__builtin_clzll(n - 1) : 0;
}

static inline uint64_t low_bits(uint64_t value, unsigned bits)
{
    return value & (((uint64_t)1 << bits) - 1);
}
