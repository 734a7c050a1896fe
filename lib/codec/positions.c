/* SPDX-License-Identifier: MIT */
/* A run is two Rice codes, one of the first positions and one of the differences, which are far
 * smaller and alike. Their low bits stand apart from the high ones:
 *
 *   run  := k (5 bits), m (5 bits), low k bits of each first, low m bits of each difference - 1,
 *           high part of each first, of each difference - 1, zeros up to a byte; lowest bits first
 *   high := what is above the low bits, in unary: so many zeros, and a one
 *
 * so that the low bits of a number are where its place says, and its high part is found by counting
 * ones a word at a time: nothing in front of a document is decoded. Method: Golomb (1966) and Rice
 * (1979) for the codes, Elias and Fano (1971) for the parting. */
#include "codec/positions.h"

#include <string.h>

#include "codec/bits.h"

enum {
    ORDER_BITS = 5,
    ORDERS = 1 << ORDER_BITS,
    BLOCK_DOCS = 128,
    ZEROS_AT_ONCE = 32,
    PUT_MOST = 56
};

/* ---- writing */

/** Bits that all high parts together have besides a one each. */
static uint64_t zeros_of(const uint32_t *values, size_t n, unsigned k)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += values[i] >> k;
    return sum;
}

/** The order that writes the values in the fewest bits; `*zeros`: as above. One more low bit costs
 *  n bits and saves ever fewer zeros, so the search ends where it no longer pays. */
static unsigned best_order(const uint32_t *values, size_t n, uint64_t *zeros)
{
    uint64_t sum = zeros_of(values, n, 0);
    unsigned k = 0;

    while (k + 2 < ORDERS && n << (k + 1) < sum) /* 2^(k + 1) is below the mean: further up */
        k++;
    *zeros = zeros_of(values, n, k);
    for (uint64_t next; k + 1 < ORDERS && *zeros; *zeros = next, k++)
        if ((next = zeros_of(values, n, k + 1)) + n >= *zeros)
            break;
    return n ? k : 0;
}

static void put_low(struct bits_writer *writer, const uint32_t *values, size_t n, unsigned k)
{
    uint64_t mask = ((uint64_t)1 << k) - 1;

    for (size_t i = 0; i < n && k; i++)
        bits_put(writer, values[i] & mask, k);
}

static void put_high(struct bits_writer *writer, const uint32_t *values, size_t n, unsigned k)
{
    uint64_t held = 0;
    unsigned n_held = 0; /* bits of several numbers are put at once */

    for (size_t i = 0; i < n; i++) {
        uint32_t zeros = values[i] >> k;

        if (n_held + zeros >= PUT_MOST) {
            bits_put(writer, held, n_held);
            for (held = n_held = 0; zeros >= ZEROS_AT_ONCE; zeros -= ZEROS_AT_ONCE)
                bits_put(writer, 0, ZEROS_AT_ONCE);
        }
        held |= (uint64_t)1 << (n_held + zeros);
        n_held += zeros + 1;
    }
    bits_put(writer, held, n_held);
}

void positions_encode(struct buffer *out, const uint32_t *firsts, uint32_t n_docs,
                      const uint32_t *steps, size_t n_steps)
{
    uint64_t zeros_k, zeros_m, bits;
    unsigned k = best_order(firsts, n_docs, &zeros_k), m = best_order(steps, n_steps, &zeros_m);
    struct bits_writer writer;

    bits = 2 * ORDER_BITS + (uint64_t)n_docs * (k + 1) + zeros_k + n_steps * ((uint64_t)m + 1) +
           zeros_m;
    if (!bits_start(&writer, out, (size_t)(bits / 8) + 1))
        return;
    bits_put(&writer, k | m << ORDER_BITS, 2 * ORDER_BITS);
    put_low(&writer, firsts, n_docs, k);
    put_low(&writer, steps, n_steps, m);
    put_high(&writer, firsts, n_docs, k);
    put_high(&writer, steps, n_steps, m);
    bits_finish(&writer);
}

/* ---- reading */

/** At least 57 bits from `bit` on, zeros behind the end. */
static inline uint64_t word_at(const struct positions_run *run, uint64_t bit)
{
    uint64_t byte = bit / 8, left = run->size / 8 - byte, word = 0;

    if (left >= sizeof word)
        memcpy(&word, run->at + byte, sizeof word);
    else
        memcpy(&word, run->at + byte, (size_t)left);
    return word >> bit % 8;
}

static inline uint32_t low_at(const struct positions_run *run, uint64_t bit, unsigned k)
{
    return (uint32_t)(word_at(run, bit) & (((uint64_t)1 << k) - 1));
}

/** For each byte of a word how many ones are in it and those below. */
static inline uint64_t ones_up_to(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return word * UINT64_C(0x0101010101010101);
}

/** The place behind the `n`-th one of a word that has so many; `sums`: its ones_up_to(). */
static inline unsigned behind_one(uint64_t word, uint64_t sums, unsigned n)
{
    const uint64_t highest = UINT64_C(0x8080808080808080);
    uint64_t reached = ((sums | highest) - n * UINT64_C(0x0101010101010101)) & highest;
    unsigned shift = (unsigned)__builtin_ctzll(reached) & ~7U; /* of the byte that has it */

    n -= (unsigned)(sums << 8 >> shift & 0xff); /* ones below that byte */
    word >>= shift;
    while (--n)
        word &= word - 1;
    return shift + (unsigned)__builtin_ctzll(word) + 1;
}

/** Move `*bit` behind the next `n` ones; false: there are not so many. */
static bool skip_ones(const struct positions_run *run, uint64_t *bit, uint64_t n)
{
    while (n) {
        uint64_t word, sums;

        if (*bit >= run->size)
            return false;
        word = word_at(run, *bit);
        sums = ones_up_to(word);
        if (sums >> 56 >= n) {
            *bit += behind_one(word, sums, (unsigned)n);
            return *bit <= run->size;
        }
        n -= sums >> 56;
        *bit += 64 - *bit % 8;
    }
    return true;
}

/** The number at place `low` of the low bits whose high part begins at `*bit`, which moves behind
 *  it; more than UINT32_MAX: bad. */
static inline uint64_t number_at(const struct positions_run *run, uint64_t low, unsigned k,
                                 uint64_t *bit)
{
    uint64_t start = *bit, word;

    while (!(word = word_at(run, *bit))) {
        *bit += 64 - *bit % 8;
        if (*bit >= run->size)
            return UINT64_MAX;
    }
    *bit += (unsigned)__builtin_ctzll(word) + 1;
    if (*bit > run->size || *bit - 1 - start > UINT32_MAX)
        return UINT64_MAX;
    return (*bit - 1 - start) << k | low_at(run, low, k);
}

/** The sum of the freqs; 0: one of them is. */
static uint64_t sum_of(const uint32_t *freqs, uint32_t n_docs)
{
    uint32_t sum = 0, all = 0, none = 0;
    uint64_t large = 0;

    for (uint32_t d = 0; d < n_docs; d++) {
        sum += freqs[d];
        all |= freqs[d];
        none |= freqs[d] == 0;
    }
    if (none || all <= UINT32_MAX / BLOCK_DOCS)
        return none ? 0 : sum;
    for (uint32_t d = 0; d < n_docs; d++)
        large += freqs[d];
    return large;
}

bool positions_open(struct positions_run *run, const uint8_t *at, size_t size,
                    const uint32_t *freqs, uint32_t n_docs)
{
    struct positions_run opened = {
        .at = at, .size = 8 * (uint64_t)size, .freqs = freqs, .n_docs = n_docs
    };
    uint64_t all;
    unsigned orders;

    if (size < 2 || !n_docs || n_docs > BLOCK_DOCS || !(all = sum_of(freqs, n_docs)))
        return false;
    orders = (unsigned)word_at(&opened, 0);
    opened.k = orders % ORDERS;
    opened.m = orders / ORDERS % ORDERS;
    opened.low = 2 * ORDER_BITS + (uint64_t)n_docs * opened.k;
    opened.n_steps = all - n_docs;
    opened.high = opened.low + opened.n_steps * opened.m;
    if (opened.high + all > opened.size) /* a high part has one bit at least */
        return false;
    opened.firsts = opened.high;
    *run = opened;
    return true;
}

/** Stand before document `doc`, or fail and stand nowhere. */
static bool seek(struct positions_run *run, uint32_t doc)
{
    uint32_t from = run->doc;
    uint64_t more = 0;

    run->doc = UINT32_MAX;
    if (doc < from) {
        from = 0;
        run->before = run->more = 0;
        run->firsts = run->high;
    }
    if (!skip_ones(run, &run->firsts, doc - from))
        return false;
    for (; from < doc; from++)
        more += run->freqs[from] - 1;
    run->before += more;
    return !run->more || skip_ones(run, &run->more, more);
}

/** The differences of document `doc`, behind its first position. Most high parts are a few bits: a
 *  word of them is held until no one is left in it. */
static bool read_more(struct positions_run *run, uint32_t doc, uint64_t position, uint32_t *out)
{
    uint64_t low = run->low + run->before * run->m, bit = run->more, word = 0;
    uint32_t freq = run->freqs[doc];

    if (!bit) {
        bit = run->firsts;
        if (!skip_ones(run, &bit, run->n_docs - 1 - doc + run->before))
            return false;
    }
    for (uint32_t i = 1; i < freq; i++, low += run->m) {
        uint64_t step;

        if (word || (word = word_at(run, bit))) {
            unsigned zeros = (unsigned)__builtin_ctzll(word);

            bit += zeros + 1;
            word = word >> zeros >> 1;
            step = (uint64_t)zeros << run->m | low_at(run, low, run->m);
        } else {
            step = number_at(run, low, run->m, &bit);
        }
        if (step > UINT32_MAX || (position += step + 1) > UINT32_MAX)
            return false;
        out[i] = (uint32_t)position;
    }
    run->before += freq - 1;
    run->more = bit;
    return bit <= run->size;
}

bool positions_read(struct positions_run *run, uint32_t doc, uint32_t *out)
{
    uint64_t first;

    if (doc >= run->n_docs || (doc != run->doc && !seek(run, doc)))
        return false;
    run->doc = UINT32_MAX; /* where it stands if this fails */
    first = number_at(run, 2 * ORDER_BITS + (uint64_t)doc * run->k, run->k, &run->firsts);
    if (first > UINT32_MAX)
        return false;
    *out = (uint32_t)first;
    if (run->freqs[doc] > 1 && !read_more(run, doc, first, out))
        return false;
    run->doc = doc + 1;
    return true;
}

/** `n` numbers whose low bits begin at `low` and their high parts at `*bit`, which moves behind
 * them: a one of a word after the other. */
static bool read_numbers(const struct positions_run *run, uint64_t low, unsigned k, uint64_t *bit,
                         uint64_t n, uint32_t *out)
{
    uint64_t before = *bit, start = before / 8 * 8, all = 0;
    uint64_t mask = UINT64_MAX << before % 8;

    for (; n; start += 64, mask = UINT64_MAX) {
        uint64_t word;

        if (start >= run->size)
            return false;
        for (word = word_at(run, start) & mask; word && n; word &= word - 1, n--, low += k) {
            uint64_t place = start + (unsigned)__builtin_ctzll(word), zeros = place - before;
            uint64_t number = zeros << k | low_at(run, low, k);

            before = place + 1;
            all |= zeros | number;
            *out++ = (uint32_t)number;
        }
    }
    *bit = before;
    return all <= UINT32_MAX;
}

/** Whether the last position of each document is none above UINT32_MAX. */
static bool all_within(const struct positions_run *run, const uint32_t *firsts,
                       const uint32_t *steps)
{
    uint64_t sum = run->n_steps;

    for (uint64_t i = 0; i < run->n_steps; i++)
        sum += steps[i];
    for (uint32_t d = 0; d < run->n_docs; d++)
        sum += firsts[d];
    if (sum <= UINT32_MAX) /* even of all together: nearly always */
        return true;
    for (uint32_t d = 0; d < run->n_docs; d++) {
        uint64_t last = firsts[d] + ((uint64_t)run->freqs[d] - 1);

        for (uint32_t i = 1; i < run->freqs[d]; i++)
            last += *steps++;
        if (last > UINT32_MAX)
            return false;
    }
    return true;
}

bool positions_read_all(const struct positions_run *run, uint32_t *firsts, uint32_t *steps)
{
    uint64_t bit = run->high;

    return read_numbers(run, 2 * ORDER_BITS, run->k, &bit, run->n_docs, firsts) &&
           read_numbers(run, run->low, run->m, &bit, run->n_steps, steps) &&
           all_within(run, firsts, steps);
}

size_t positions_size(const uint8_t *at, size_t size, const uint32_t *freqs, uint32_t n_docs)
{
    struct positions_run run;
    uint64_t bit;

    if (!positions_open(&run, at, size, freqs, n_docs))
        return 0;
    bit = run.high;
    if (!skip_ones(&run, &bit, sum_of(freqs, n_docs)))
        return 0;
    if (bit % 8 && at[bit / 8] >> bit % 8)
        return 0;
    return (size_t)((bit + 7) / 8);
}
