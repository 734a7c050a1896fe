/* SPDX-License-Identifier: MIT */
/* index/merge_watch.h - how far merging is, for whoever is told, and whether it is to stop.
 *
 * All threads that merge count what they did; the one that began tells of it, now and then, and
 * where it is asked to stop all do. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "mucluc/mucluc.h"

enum { MERGE_STAGES = MUC_MERGE_WRITING + 1 };

struct merge_watch {
    bool (*tell)(void *context, const struct muc_merging *merging); /* NULL: nobody is told */
    void *context;
    pthread_t teller;
    struct muc_merging now; /* what was told, … */
    uint64_t told;          /* … and when, ns */
    _Atomic uint64_t done[MERGE_STAGES], total[MERGE_STAGES];
    atomic_bool stopped;
};

void merge_watch_init(struct merge_watch *watch, const struct muc_writer_options *options);

/** Merging begins, of as many segments, in the thread that tells. */
void merge_watch_start(struct merge_watch *watch, uint32_t n_segments);
/** So much more is to be done of a stage. */
void merge_watch_expect(struct merge_watch *watch, enum muc_merge_stage stage, uint64_t n);
/** So much of a stage was done. MUC_OK, MUC_ESTOPPED. */
int merge_watch_step(struct merge_watch *watch, enum muc_merge_stage stage, uint64_t n,
                     struct muc_error *err);
