/* SPDX-License-Identifier: MIT */
#include "index/merge_watch.h"

#include <time.h>

#include "base/error.h"

enum { TELL_NS = 100000000 };

static uint64_t clock_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

void merge_watch_init(struct merge_watch *watch, const struct muc_writer_options *options)
{
    watch->tell = options->merging;
    watch->context = options->context;
}

void merge_watch_start(struct merge_watch *watch, uint32_t n_segments)
{
    watch->teller = pthread_self();
    watch->now = (struct muc_merging){ .segments = n_segments };
    watch->told = 0;
    for (int i = 0; i < MERGE_STAGES; i++) {
        atomic_store_explicit(&watch->done[i], 0, memory_order_relaxed);
        atomic_store_explicit(&watch->total[i], 0, memory_order_relaxed);
    }
    atomic_store_explicit(&watch->stopped, false, memory_order_relaxed);
}

void merge_watch_expect(struct merge_watch *watch, enum muc_merge_stage stage, uint64_t n)
{
    if (watch)
        atomic_fetch_add_explicit(&watch->total[stage], n, memory_order_relaxed);
}

/** By the thread that tells. A stage is told of as it begins. */
static void tell(struct merge_watch *watch, enum muc_merge_stage stage)
{
    uint64_t time = clock_now();

    if (time - watch->told < TELL_NS && watch->now.stage == stage)
        return;
    watch->told = time;
    watch->now.stage = stage;
    watch->now.done = atomic_load_explicit(&watch->done[stage], memory_order_relaxed);
    watch->now.total = atomic_load_explicit(&watch->total[stage], memory_order_relaxed);
    if (!watch->tell(watch->context, &watch->now))
        atomic_store_explicit(&watch->stopped, true, memory_order_relaxed);
}

int merge_watch_step(struct merge_watch *watch, enum muc_merge_stage stage, uint64_t n,
                     struct muc_error *err)
{
    if (!watch || !watch->tell)
        return MUC_OK;
    atomic_fetch_add_explicit(&watch->done[stage], n, memory_order_relaxed);
    if (pthread_equal(pthread_self(), watch->teller))
        tell(watch, stage);
    return atomic_load_explicit(&watch->stopped, memory_order_relaxed)
               ? error_set(err, MUC_ESTOPPED, 0, "", "merging was stopped on request")
               : MUC_OK;
}
