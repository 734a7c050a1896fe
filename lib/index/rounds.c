/* SPDX-License-Identifier: MIT */
#include "index/rounds.h"

#include "base/error.h"
#include "base/pages.h"
#include "index/radix.h"

enum {
    RANGE_RECORDS = 1 << 14, /* two such buffers fit the second level of a cache */
    ROOM_LEAST = 1 << 16,
    RANGES = 1 << 10, /* as many open ranges as the second level of a TLB reaches, or so */
};

void rounds_init(struct rounds *rounds, size_t memory, size_t targets_most)
{
    *rounds =
        (struct rounds){ .most = memory / sizeof *rounds->records, .targets_most = targets_most };
}

void rounds_free(struct rounds *rounds)
{
    pages_free(rounds->records, rounds->room * sizeof *rounds->records);
    pages_free(rounds->other, rounds->other_room * sizeof *rounds->other);
    rounds->records = rounds->other = NULL;
    rounds->room = rounds->other_room = 0;
    free(rounds->counts);
    free(rounds->targets);
    rounds->counts = NULL;
    rounds->targets = NULL;
    vector_free(&rounds->ranges);
    vector_free(&rounds->ends);
}

int rounds_start(struct rounds *rounds, const uint32_t *counts, uint32_t n_forms,
                 const struct ranks *ranks, struct muc_error *err)
{
    free(rounds->counts);
    free(rounds->targets);
    rounds->counts = calloc(ranks->n + (size_t)1, sizeof *rounds->counts);
    rounds->targets = NULL;
    if (n_forms <= rounds->targets_most)
        rounds->targets = malloc((n_forms + (size_t)1) * sizeof *rounds->targets);
    if (!rounds->counts || (n_forms <= rounds->targets_most && !rounds->targets))
        return error_memory(err);
    rounds->left = 0;
    for (uint32_t i = 0; i < n_forms; i++) {
        rounds->counts[ranks->of[i]] += counts[i]; /* of a form without records: 0 to rank 0 */
        rounds->left += counts[i];
    }
    rounds->ranks = ranks;
    rounds->n_forms = n_forms;
    rounds->low = rounds->high = 0;
    return MUC_OK;
}

/** A buffer of at least `n` records in place of one that may be too small, or far too large. It has
 *  room for the next round, too, which is not much larger: what is not written to takes no memory.
 */
static bool make_room(uint64_t **records, size_t *room, size_t n)
{
    n = n > ROOM_LEAST ? n : ROOM_LEAST;
    if (n <= *room && n >= *room / 4)
        return true;
    n += n / 8;
    pages_free(*records, *room * sizeof **records);
    *records = n <= SIZE_MAX / sizeof **records ? pages_new(n * sizeof **records) : NULL;
    *room = *records ? n : 0;
    if (*records)
        pages_ready(*records, n / 9 * 8 * sizeof **records);
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

/** Whether the round is of one rank that has more records than a round should. */
static bool is_alone(const struct rounds *rounds, size_t n)
{
    return n > rounds->most && rounds->high == rounds->low + 1;
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
    return is_alone(rounds, n) || make_room(&rounds->other, &rounds->other_room, largest);
}

/* Ranges of ranks are where part() left them, in `counts`. */
struct target rounds_find_target(const struct rounds *rounds, uint32_t form)
{
    uint32_t rank = rounds->ranks->of[form], range = 0;

    if (rank >= rounds->low && rank < rounds->high)
        range = rounds->counts[rank];
    return (struct target){ range, rank - rounds->ranges.at[range].low };
}

static void aim(struct rounds *rounds)
{
    for (uint32_t i = 0; i < rounds->n_forms && rounds->targets; i++)
        rounds->targets[i] = rounds_find_target(rounds, i);
}

/** The next ranks: how many records they have. */
static size_t next_ranks(struct rounds *rounds)
{
    uint32_t low = rounds->high, high = low;
    size_t n = 0, n_rounds = rounds->left / rounds->most + 1, share = rounds->left / n_rounds + 1;

    while (high < rounds->ranks->n && n < share &&
           (high == low || n + rounds->counts[high] <= rounds->most))
        n += rounds->counts[high++];
    rounds->left -= n;
    rounds->low = low;
    rounds->high = high;
    return n;
}

/** Make the `n` records of the round, not more than 2^bits ranks in a range. */
static int pick(struct rounds *rounds, const struct rounds_work *work, size_t n, unsigned bits,
                struct muc_error *err)
{
    if (!make_room(&rounds->records, &rounds->room, n) || !part(rounds, n, bits))
        return error_memory(err);
    aim(rounds);
    work->pick(work->context, rounds);
    return MUC_OK;
}

/** The records of a range, key by key. */
static int write_range(struct rounds *rounds, uint32_t number, bool alone,
                       const struct rounds_work *work, struct muc_error *err)
{
    const struct range *range = &rounds->ranges.at[number];
    size_t n = (size_t)(rounds->ends.at[number] - range->start);
    const uint64_t *at = range->start;
    int rc = MUC_OK;

    if (alone)
        radix_sort_in_place(range->start, n, work->low + work->rest);
    else
        at = radix_sort(range->start, rounds->other, n, work->low,
                        work->rest + bits_for(range->high - range->low));
    for (const uint64_t *end = at + n, *next; at < end && !rc; at = next) {
        uint64_t key = *at >> work->low;

        for (next = at + 1; next < end && *next >> work->low == key; next++)
            continue;
        rc = work->write(work->context, (uint32_t)(key >> work->rest) + range->low,
                         (uint32_t)low_bits(key, work->rest), at, next, err);
    }
    return rc;
}

int rounds_walk(struct rounds *rounds, const struct rounds_work *work, struct muc_error *err)
{
    int rc = MUC_OK;

    while (rounds->high < rounds->ranks->n && !rc) {
        size_t n = next_ranks(rounds);
        bool alone = is_alone(rounds, n);

        if (alone && work->write_alone) {
            rc = work->write_alone(work->context, rounds->low, err);
            continue;
        }
        rc = pick(rounds, work, n, 64 - work->low - work->rest, err);
        for (uint32_t i = 1; i < rounds->ranges.n && !rc; i++)
            rc = write_range(rounds, i, alone, work, err);
    }
    return rc;
}
