/* SPDX-License-Identifier: MIT */
/* Decode, intersect, score, analyse, read values: how fast, and how fast memory would let them be.
 *
 *     micro DATABASE
 *
 * One tab-separated row a step. Lists, texts and values are those of the database; its largest
 * segment is used. */
#include "micro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"

enum {
    RUNS = 7,
    CACHED = 16 << 10, /* bytes that stay in the nearest cache */
    LARGE = 128 << 20, /* bytes that no cache holds */
    LINE = 64,
    CHASES = 1 << 20,
};

volatile uint64_t micro_sink;

static double timed(struct work (*run)(void *context), void *context, struct work *work)
{
    double times[RUNS];

    run(context); /* warm */
    for (int i = 0; i < RUNS; i++) {
        double start = measure_now();

        *work = run(context);
        times[i] = measure_now() - start;
    }
    return measure_median(times, RUNS);
}

void micro_step(const struct step *step)
{
    struct work work;
    double seconds = timed(step->run, step->context, &work), rate, each, limit;

    if (!work.items)
        return;
    rate = (double)work.items / seconds;
    each = (double)work.bytes / (double)work.items;
    limit = step->bandwidth > 0 ? step->bandwidth / each : step->rate;
    printf("%s\t%s\t%.3g\t%.3g\t%.3g\t%.4g\t%s\t%.3g\t%.3f\n", step->name, step->items, rate / 1e6,
           1e9 / rate, each, rate * each / 1e6, step->limit, limit / 1e6, rate / limit);
    fflush(stdout);
}

/* ---- what memory does */

static struct work copy_cached(void *context)
{
    uint8_t *bytes = context;
    const uint32_t times = 20000;

    for (uint32_t i = 0; i < times; i++) {
        memcpy(bytes + CACHED / 2, bytes, CACHED / 2);
        __asm__ volatile("" ::: "memory");
    }
    return (struct work){ times, (uint64_t)times * (CACHED / 2) };
}

static struct work read_large(void *context)
{
    const uint64_t *at = context;
    uint64_t sums[4] = { 0 };

    for (size_t i = 0; i < LARGE / sizeof *at; i += 4)
        for (int k = 0; k < 4; k++)
            sums[k] += at[i + (size_t)k];
    micro_sink = sums[0] + sums[1] + sums[2] + sums[3];
    return (struct work){ 1, LARGE };
}

/** Each line of memory says where the next one is. */
static struct work chase(void *context)
{
    const uint64_t *at = context;
    uint64_t i = 0;

    for (uint32_t n = 0; n < CHASES; n++)
        i = at[i];
    micro_sink = i;
    return (struct work){ CHASES, (uint64_t)CHASES * LINE };
}

/** One cycle through all lines, in no order (Sattolo). */
static void make_cycle(uint64_t *at)
{
    const uint64_t n = LARGE / LINE, words = LINE / sizeof *at;
    uint64_t state = 1;

    for (uint64_t i = 0; i < n; i++)
        at[i * words] = i * words;
    for (uint64_t i = n - 1; i > 0; i--) {
        uint64_t other, kept = at[i * words];

        state = state * 6364136223846793005 + 1442695040888963407;
        other = (state >> 33) % i;
        at[i * words] = at[other * words];
        at[other * words] = kept;
    }
}

static struct limits measure_limits(void)
{
    uint64_t *memory = measure_memory(LARGE);
    struct limits limits;
    struct work work;
    double seconds;

    memset(memory, 1, LARGE);
    seconds = timed(copy_cached, memory, &work);
    limits.copy_cached = (double)work.bytes / seconds;
    seconds = timed(read_large, memory, &work);
    limits.read = (double)work.bytes / seconds;
    make_cycle(memory);
    limits.latency = timed(chase, memory, &work) / CHASES;
    free(memory);
    return limits;
}

static void print_limit(const char *name, double rate, double each)
{
    printf("%s\t-\t%.3g\t%.3g\t%.3g\t%.4g\t-\t-\t-\n", name, rate / each / 1e6, 1e9 * each / rate,
           each, rate / 1e6);
}

int main(int argc, char **argv)
{
    struct store *store;
    struct reader *reader;
    struct limits limits;
    struct muc_error err;

    if (argc != 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: micro DATABASE\n");
        return 2;
    }
    measure_must(store_open(argv[1], false, &store, &err), &err);
    measure_must(reader_open(store, &reader, &err), &err);
    if (!reader->n_segments)
        measure_fail("%s: no documents in it", argv[1]);
    puts("step\titems\tM items/s\tns an item\tbytes an item\tMB/s\tlimit\tlimit M items/s\tshare");
    limits = measure_limits();
    print_limit("memcpy in cache", limits.copy_cached, 1);
    print_limit("read memory", limits.read, 1);
    print_limit("one read of memory", 1 / limits.latency * LINE, LINE);
    micro_lists(reader, &limits);
    micro_text(reader, &limits);
    micro_store(store, reader, &limits);
    reader_close(reader);
    store_close(store);
    return 0;
}
