/* SPDX-License-Identifier: MIT */
/* bench/micro.h - single steps of indexing and searching, each against what memory allows.
 *
 * A step works on items (integers, documents, tokens, values) and must at least move some bytes for
 * each: its limit is how many items a second the machine could move those bytes for. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "index/reader.h"

/** What this machine's memory does, measured. */
struct limits {
    double copy_cached; /* bytes copied a second, out of the processor's cache */
    double read;        /* bytes read a second, out of memory */
    double latency;     /* seconds until one read out of memory has come */
};

/** What one run of a step came to. */
struct work {
    uint64_t items, bytes;
};

/** One step; `run` does it once and says how much that was. */
struct step {
    const char *name, *items; /* of what */
    struct work (*run)(void *context);
    void *context;
    const char *limit; /* its name */
    double bandwidth;  /* bytes a second of the limit; 0: `rate` is the limit */
    double rate;       /* items a second */
};

/** Run a step several times and print its row with the median. */
void micro_step(const struct step *step);

/** Keeps the compiler from leaving out what nobody reads. */
extern volatile uint64_t micro_sink;

void micro_lists(const struct reader *reader, const struct limits *limits);
void micro_text(const struct reader *reader, const struct limits *limits);
void micro_store(struct store *store, const struct reader *reader, const struct limits *limits);
