/* SPDX-License-Identifier: MIT */
/* server/metrics.h - what was answered how fast, in Prometheus' text format. */
#pragma once

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "server/view.h"

enum {
    METRICS_ROUTES = 24,  /* at most */
    METRICS_BUCKETS = 15, /* and one for all that is slower */
    METRICS_CLASSES = 6,  /* hundreds of the status */
};

/** Counted without locks by all threads. */
struct metrics {
    struct {
        atomic_uint_fast64_t buckets[METRICS_BUCKETS + 1];
        atomic_uint_fast64_t microseconds, bytes, classes[METRICS_CLASSES];
    } routes[METRICS_ROUTES];
    atomic_uint_fast64_t connections; /* open now */
    atomic_uint_fast64_t refused;     /* cut off: too slow */
};

void metrics_count(struct metrics *metrics, unsigned route, unsigned status, uint64_t microseconds,
                   uint64_t bytes);

/** Write them all; `names` of the routes in their order. */
void metrics_write(const struct metrics *metrics, const char *const *names, size_t n_names,
                   const struct view *view, FILE *file);
