/* SPDX-License-Identifier: MIT */
#include "server/metrics.h"

#include <inttypes.h>

static const uint32_t bounds[METRICS_BUCKETS] = { /* microseconds, upper ends */
                                                  100,    250,    500,     1000,    2500,
                                                  5000,   10000,  25000,   50000,   100000,
                                                  250000, 500000, 1000000, 2500000, 10000000
};

static void add(atomic_uint_fast64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t load(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, unsigned route, unsigned status, uint64_t microseconds,
                   uint64_t bytes)
{
    unsigned bucket = 0, class = status / 100;

    while (bucket < METRICS_BUCKETS && microseconds > bounds[bucket])
        bucket++;
    add(&metrics->routes[route].buckets[bucket], 1);
    add(&metrics->routes[route].microseconds, microseconds);
    add(&metrics->routes[route].bytes, bytes);
    add(&metrics->routes[route].classes[class < METRICS_CLASSES ? class : 0], 1);
}

static void write_head(FILE *file, const char *name, const char *type, const char *help)
{
    fprintf(file, "# HELP mucluc_%s %s\n# TYPE mucluc_%s %s\n", name, help, name, type);
}

static void write_gauge(FILE *file, const char *name, const char *help, uint64_t value)
{
    write_head(file, name, "gauge", help);
    fprintf(file, "mucluc_%s %" PRIu64 "\n", name, value);
}

static void write_histogram(const struct metrics *metrics, unsigned route, const char *name,
                            FILE *file)
{
    uint64_t sum = 0;

    for (unsigned b = 0; b < METRICS_BUCKETS; b++) {
        sum += load(&metrics->routes[route].buckets[b]);
        fprintf(file,
                "mucluc_request_duration_seconds_bucket{endpoint=\"%s\",le=\"%g\"} %" PRIu64 "\n",
                name, bounds[b] / 1e6, sum);
    }
    sum += load(&metrics->routes[route].buckets[METRICS_BUCKETS]);
    fprintf(file,
            "mucluc_request_duration_seconds_bucket{endpoint=\"%s\",le=\"+Inf\"} %" PRIu64 "\n"
            "mucluc_request_duration_seconds_sum{endpoint=\"%s\"} %.6f\n"
            "mucluc_request_duration_seconds_count{endpoint=\"%s\"} %" PRIu64 "\n",
            name, sum, name, (double)load(&metrics->routes[route].microseconds) / 1e6, name, sum);
}

static void write_requests(const struct metrics *metrics, const char *const *names, size_t n_names,
                           FILE *file)
{
    write_head(file, "requests_total", "counter", "Requests answered.");
    for (unsigned r = 0; r < n_names; r++)
        for (unsigned c = 1; c < METRICS_CLASSES; c++)
            if (load(&metrics->routes[r].classes[c]))
                fprintf(file,
                        "mucluc_requests_total{endpoint=\"%s\",status=\"%uxx\"} %" PRIu64 "\n",
                        names[r], c, load(&metrics->routes[r].classes[c]));
    write_head(file, "response_bytes_total", "counter", "Bytes of bodies sent.");
    for (unsigned r = 0; r < n_names; r++)
        fprintf(file, "mucluc_response_bytes_total{endpoint=\"%s\"} %" PRIu64 "\n", names[r],
                load(&metrics->routes[r].bytes));
}

void metrics_write(const struct metrics *metrics, const char *const *names, size_t n_names,
                   const struct view *view, FILE *file)
{
    write_requests(metrics, names, n_names, file);
    write_head(file, "request_duration_seconds", "histogram",
               "From the request's first line to the last byte of its answer.");
    for (unsigned r = 0; r < n_names; r++)
        write_histogram(metrics, r, names[r], file);
    write_gauge(file, "connections", "Connections open now.", load(&metrics->connections));
    write_head(file, "slow_connections_total", "counter", "Connections cut off: too slow.");
    fprintf(file, "mucluc_slow_connections_total %" PRIu64 "\n", load(&metrics->refused));
    write_gauge(file, "snapshot", "Number of the committed state that is searched.",
                view->snapshot);
    write_gauge(file, "documents", "Documents in the index.", view->stats.documents);
    write_gauge(file, "segments", "Segments of the index.", view->stats.segments);
    write_gauge(file, "index_bytes", "Size of the database file.", view->stats.file_bytes);
    write_gauge(file, "index_free_bytes", "Of it, waiting for reuse.", view->stats.free_bytes);
    write_head(file, "build_info", "gauge", "Version of mucluc and of its rules of text.");
    fprintf(file, "mucluc_build_info{version=\"%s\",rules=\"%s\"} 1\n", muc_version(),
            view->stats.rules);
}
