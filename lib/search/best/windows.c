/* SPDX-License-Identifier: MIT */
/* Lists added up in windows of documents. */
#include <string.h>

#include "search/best/best_run.h"
#include "search/marks.h"

struct window {
    double sums[WINDOW];   /* 0 where there is no mark */
    uint8_t marks[WINDOW]; /* 1: a list has the document */
    uint32_t start;
};

/** Add parts of documents up. `mark`: they may be new to the window. */
static inline void add_up(struct window *window, const uint32_t *docs, const double *parts,
                          size_t n, bool mark)
{
    const uint32_t start = window->start;

    for (size_t i = 0; i < n; i++) {
        const size_t slot = docs[i] - start;

        window->sums[slot] += parts[i];
        if (mark)
            window->marks[slot] = 1;
    }
}

/** Add the parts of a clause up; `inside`: of a list whose documents are there already. */
static void pour(struct best *best, struct clause *clause, bool inside, struct window *window)
{
    struct cursor *cursor = clause->cursor;
    const uint32_t end = window->start + WINDOW;

    while (cursor->doc < end) {
        const double *parts = clause_parts(clause, best->plan, best->segment) + cursor->at;
        const uint32_t *docs = cursor_docs(cursor) + cursor->at, to = cursor_below(cursor, end);

        if (inside)
            add_up(window, docs, parts, to - cursor->at, false);
        else
            add_up(window, docs, parts, to - cursor->at, true);
        cursor_stand(cursor, to);
    }
}

/** Ask the other clauses about the first `n` documents of the batch. */
static void flush(struct best *best, uint32_t n)
{
    best->batch->n = n;
    best_sift(best, NULL);
    best_finish(best);
}

/** Empty the window; of what may be among the best the other clauses are asked, which give `rest`
 *  at most. */
static void drain(struct best *best, struct window *window, double rest)
{
    struct batch *batch = best->batch;
    uint64_t marked[WINDOW / 64] = { 0 };
    double least = best_threshold(best) - rest;
    uint32_t n = 0; /* in the batch */

    marks_gather(window->marks, WINDOW, marked);
    memset(window->marks, 0, sizeof window->marks);
    for (uint32_t w = 0; w < WINDOW / 64; w++)
        for (uint64_t bits = marked[w]; bits; bits &= bits - 1) {
            uint32_t slot = 64 * w + (uint32_t)__builtin_ctzll(bits);
            double sum = window->sums[slot];

            window->sums[slot] = 0;
            batch->docs[n] = window->start + slot;
            batch->sums[n] = sum;
            n += sum >= least;
            if (n == LIST_BLOCK) {
                flush(best, n);
                least = best_threshold(best) - rest;
                n = 0;
            }
        }
    flush(best, n);
}

/** How many of the first `n` clauses are such that the bounds of all behind them, given by
 *  `local` or for the whole list, and of phrases are together too low. */
static uint32_t count_essential(const struct best *best, bool local, uint32_t n, double *rest)
{
    double sum = best->parts.phrases_bound;

    for (uint32_t c = best->n; c > n; c--)
        sum += local ? best->clauses[c - 1].local : best->clauses[c - 1].bound;
    for (; n > 0; n--) {
        double more = local ? best->clauses[n - 1].local : best->clauses[n - 1].bound;

        if (sum + more >= best_threshold(best))
            break;
        sum += more;
    }
    *rest = sum;
    return n;
}

/** Whether all documents of a clause are those of another that is added up. */
static bool is_inside(const struct best *best, const struct clause *clause)
{
    return clause->within != CLAUSE_NONE && best->clauses[clause->within].known;
}

/** Whether a clause is of few of the documents that are in the window already: it is sooner added
 * up than asked about all of those. */
static bool goes_along(const struct best *best, const struct clause *clause)
{
    return clause->weight <= 0 && clause->local > 0 && is_inside(best, clause);
}

static void add_window(struct best *best, struct window *window, uint32_t n_essential, uint32_t w)
{
    double rest;
    uint32_t n;

    window->start = w * WINDOW;
    best_enter_range(best, UINT32_MAX, &best->windows, w);
    n = count_essential(best, true, n_essential, &rest);
    for (uint32_t c = 0; c < best->n; c++)
        best->clauses[c].known = c < n;
    for (uint32_t c = n; c < best->n; c++)
        if (goes_along(best, &best->clauses[c])) {
            best->clauses[c].known = true;
            rest -= best->clauses[c].local;
        }
    for (uint32_t c = 0; c < best->n; c++)
        if (best->clauses[c].known) {
            cursor_seek(best->clauses[c].cursor, window->start);
            pour(best, &best->clauses[c], is_inside(best, &best->clauses[c]), window);
        }
    if (n)
        drain(best, window, rest + BOUND_ROUNDING);
}

static uint32_t walk(struct best *best, struct window *window)
{
    const unsigned n_phases = ranges_phases(&best->windows);
    uint32_t n = best->n;
    double rest;

    ranges_sort(&best->windows);
    for (unsigned phase = 0; phase < n_phases; phase++) {
        uint32_t w;

        if (!ranges_begin(&best->windows, phase))
            continue;
        best_rewind(best);
        while ((n = count_essential(best, false, n, &rest)) > 1 && !best->no_memory &&
               !best_is_over(best) && ranges_take(&best->windows, best_threshold(best), &w))
            add_window(best, window, n, w);
    }
    return n;
}

/** What the lists have in each window. */
static bool ask_windows(struct best *best)
{
    const enum ranges_kind kind = best->forwards ? RANGES_FORWARDS : RANGES_WINDOWS;

    if (!ranges_start(&best->windows, kind, best->segment->n_docs / WINDOW + 1, best->arena))
        return false;
    for (uint32_t w = 0; w < best->windows.n; w++)
        best->windows.lasts[w] = w * WINDOW + WINDOW - 1;
    return best_ask_ranges(best, UINT32_MAX, &best->windows);
}

uint32_t best_walk_windows(struct best *best)
{
    const uint32_t n_docs = best->segment->n_docs < WINDOW ? best->segment->n_docs : WINDOW;
    struct window *window = arena_alloc(best->arena, sizeof *window);

    if (!window || !ask_windows(best))
        return UINT32_MAX;
    memset(window->marks, 0, sizeof window->marks);
    memset(window->sums, 0, n_docs * sizeof *window->sums);
    return walk(best, window);
}
