/* SPDX-License-Identifier: MIT */
/* Searches without a server around them: what bench/serve compares a server with.
 *
 *     ask DATABASE QUERIES THREADS SECONDS [snippets|suggest]
 *
 * QUERIES has a query a line. All of them are asked once to warm up, then THREADS threads ask them
 * in turn for SECONDS, ten hits each with their totals, as the server does by default; `snippets`
 * makes snippets, too; `suggest` asks for completions of the lines instead. Prints tab-separated:
 * queries, wall seconds, CPU seconds, p50, p99 and p99.9 in microseconds. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <mucluc/mucluc.h>

#include "measure.h"

enum { TIMES_MAX = 1 << 22 };

struct asking {
    const struct muc_index *index;
    char **queries;
    size_t n_queries;
    bool snippets, suggest;
    double end;
    float *times; /* microseconds */
    atomic_size_t next, n_times;
};

static void ask(struct asking *asking, const char *text)
{
    const struct muc_query query = { .text = muc_text(text),
                                     .collapse = true,
                                     .no_snippets = !asking->snippets };
    struct muc_suggestions *suggestions;
    struct muc_results *results;
    struct muc_error err;

    if (asking->suggest) {
        measure_must(muc_suggest(asking->index, muc_text(text), 0, &suggestions, &err), &err);
        muc_suggestions_free(suggestions);
        return;
    }
    measure_must(muc_search(asking->index, &query, &results, &err), &err);
    muc_results_free(results);
}

static void *ask_all(void *context)
{
    struct asking *asking = context;
    double start = measure_now();

    while (start < asking->end) {
        size_t i = atomic_fetch_add(&asking->next, 1);
        double now;

        ask(asking, asking->queries[i % asking->n_queries]);
        now = measure_now();
        i = atomic_fetch_add(&asking->n_times, 1);
        if (i < TIMES_MAX)
            asking->times[i] = (float)((now - start) * 1e6);
        start = now;
    }
    return NULL;
}

/** The lines of `text`, which is cut into them. */
static char **cut_lines(char *text, size_t size, size_t *n)
{
    char **lines = measure_memory((size / 2 + 1) * sizeof *lines), *rest = NULL;

    *n = 0;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        lines[(*n)++] = line;
    return lines;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static double cpu_seconds(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void measure(struct asking *asking, unsigned n_threads, double seconds)
{
    pthread_t *threads = measure_memory(n_threads * sizeof *threads);
    double start = measure_now(), cpu = cpu_seconds();
    size_t n;

    asking->end = start + seconds;
    for (unsigned i = 0; i < n_threads; i++)
        if (pthread_create(&threads[i], NULL, ask_all, asking))
            measure_fail("no thread");
    for (unsigned i = 0; i < n_threads; i++)
        pthread_join(threads[i], NULL);
    n = atomic_load(&asking->n_times);
    printf("%zu\t%.3f\t%.3f", n, measure_now() - start, cpu_seconds() - cpu);
    n = n < TIMES_MAX ? n : TIMES_MAX;
    qsort(asking->times, n, sizeof *asking->times, by_value);
    printf("\t%.0f\t%.0f\t%.0f\n", asking->times[n / 2], asking->times[n * 99 / 100],
           asking->times[n * 999 / 1000]);
    free(threads);
}

int main(int argc, char **argv)
{
    struct asking asking = { 0 };
    struct muc_index *index;
    struct muc_error err;
    size_t size;
    char *text;

    if (argc < 5 || atoi(argv[3]) < 1 || atof(argv[4]) <= 0) {
        fprintf(stderr, "usage: ask DATABASE QUERIES THREADS SECONDS [snippets|suggest]\n");
        return 2;
    }
    measure_must(muc_index_open(argv[1], &index, &err), &err);
    asking.index = index;
    text = measure_file(argv[2], &size);
    asking.queries = cut_lines(text, size, &asking.n_queries);
    if (!asking.n_queries)
        measure_fail("%s has no queries", argv[2]);
    asking.snippets = argc > 5 && !strcmp(argv[5], "snippets");
    asking.suggest = argc > 5 && !strcmp(argv[5], "suggest");
    asking.times = measure_memory(TIMES_MAX * sizeof *asking.times);
    for (size_t i = 0; i < asking.n_queries; i++)
        ask(&asking, asking.queries[i]);
    measure(&asking, (unsigned)atoi(argv[3]), atof(argv[4]));
    free(asking.times);
    free(asking.queries);
    free(text);
    muc_index_close(index);
    return 0;
}
