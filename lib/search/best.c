/* SPDX-License-Identifier: MIT */
#include "search/best.h"

#include <math.h>

#include "base/error.h"
#include "search/best_parts.h"
#include "search/discount.h"
#include "search/marks.h"
#include "search/ranges.h"
#include "search/scorer.h"

enum { WINDOW = 2048 }; /* documents added up at a time; a multiple of 64 */

/* A list is looked at before the leader that is so many times as long, where one part in so many of
 * what a document can get is from it. */
enum { SHORTER = 8, MUCH = 16 };

struct window {
    uint32_t start;
    uint8_t marks[WINDOW]; /* 1: a list has the document */
    double sums[WINDOW];   /* 0 where there is no mark */
};

struct best {
    const struct best_query *query;
    const struct plan *plan;
    const struct segment *segment;
    uint32_t s;
    struct best_parts parts;
    struct clause *clauses; /* of parts */
    uint32_t n;
    struct topk *topk;
    uint64_t n_met;
    bool no_memory;
    bool forwards; /* matchers that never go back have to be asked … */
    uint32_t from; /* … and no document before this one matches */
    struct arena *arena;
    struct ranges windows; /* those done may not be looked at again */
    struct batch batch;
    struct scorer scorer; /* of documents that something is taken off; open where it has a plan */
    struct muc_error failure; /* of opening it; code 0: none */
};

/** What a document has to reach to be among the best. */
static double threshold(const struct best *best)
{
    const struct topk *topk = best->topk;

    return topk->n < topk->most ? -INFINITY : topk->at[0].key;
}

/** Whether the time is over; asked for each block of documents, or each window. */
static bool is_over(const struct best *best)
{
    return deadline_is_over(best->query->deadline);
}

/* ---- the last steps of a batch */

static bool is_match(struct best *best, uint32_t doc)
{
    for (size_t i = 0; i < best->parts.checks.n; i++) {
        matcher_seek(best->parts.checks.at[i], doc);
        if (best->parts.checks.at[i]->doc != doc)
            return false;
    }
    for (size_t i = 0; i < best->parts.excluded.n; i++) {
        matcher_seek(best->parts.excluded.at[i], doc);
        if (best->parts.excluded.at[i]->doc == doc)
            return false;
    }
    return true;
}

/** Add the parts of phrases; false: one that has to be there is not. */
static bool add_phrases(struct best *best, uint32_t doc, double *sum)
{
    for (size_t i = 0; i < best->parts.phrases.n; i++) {
        const struct best_phrase *phrase = &best->parts.phrases.at[i];
        uint32_t n_typed, n = phrase_count(phrase->phrase, doc, &n_typed);

        if (!n && phrase->required)
            return false;
        if (n && phrase->scored)
            *sum += phrase_part(phrase->scored, n, n_typed, plan_k(best->plan, best->segment, doc));
    }
    return true;
}

/** The score of a document that something is taken off (search/discount.h). */
static double discounted(struct best *best, uint32_t doc, double score)
{
    if (!best->scorer.plan && !best->failure.code)
        scorer_open(best->plan, best->query->reader, best->s, best->arena, &best->scorer,
                    &best->failure);
    return best->failure.code ? 0 : scorer_discount(&best->scorer, doc, score);
}

/** Whether one of the windows from document `first` to document `last` is done. */
static bool has_done(const struct ranges *windows, uint32_t first, uint32_t last)
{
    for (uint32_t w = first / WINDOW; w <= last / WINDOW; w++)
        if (windows->bounds[w] <= RANGE_DONE)
            return true;
    return false;
}

/** Leave only documents that are wanted, and not of windows that are done. */
static void sift(struct best *best, const struct ranges *windows)
{
    const struct filter *filter = &best->query->filter;
    struct batch *batch = &best->batch;
    uint32_t n = 0;

    if (!batch->n)
        return;
    if (filter_is_open(filter) && !best->segment->deleted && batch->docs[0] >= best->from &&
        (!windows || !has_done(windows, batch->docs[0], batch->docs[batch->n - 1])))
        return;
    for (uint32_t i = 0; i < batch->n; i++) {
        uint32_t doc = batch->docs[i];

        batch->docs[n] = doc;
        batch->sums[n] = batch->sums[i];
        n += doc >= best->from && filter_passes(filter, best->segment, doc) &&
             (!windows || windows->bounds[doc / WINDOW] > RANGE_DONE);
    }
    batch->n = n;
}

/** Whether a list that was done has the document. */
static bool was_done(struct best *best, uint32_t doc)
{
    for (uint32_t c = 0; c < best->n; c++)
        if (best->clauses[c].done) {
            cursor_seek(best->clauses[c].cursor, doc);
            if (best->clauses[c].cursor->doc == doc)
                return true;
        }
    return false;
}

/** Ask all clauses from `first` on but `leader` about the documents of the batch; keep the best. */
static void finish(struct best *best, uint32_t first, uint32_t leader)
{
    struct batch *batch = &best->batch;

    for (uint32_t c = first; c < best->n && batch->n; c++)
        if (c != leader && !best->clauses[c].done)
            clause_apply(&best->clauses[c], best->plan, best->segment, threshold(best), batch);
    for (uint32_t i = 0; i < batch->n; i++) {
        struct found found = { .segment = best->s, .doc = batch->docs[i] };

        found.score = batch->sums[i];
        if (found.score + best->parts.phrases_bound < threshold(best) ||
            was_done(best, found.doc) || !is_match(best, found.doc) ||
            !add_phrases(best, found.doc, &found.score))
            continue;
        best->n_met++;
        if (topk_wants(best->topk, found.score) &&
            discount_find(best->plan->discount, best->segment, found.doc))
            found.score = discounted(best, found.doc, found.score);
        found.key = found.score;
        found.date = best->segment->dates[found.doc];
        if (topk_wants(best->topk, found.key) && !topk_add(best->topk, &found))
            best->no_memory = true;
    }
    batch->n = 0;
}

/* ---- led by one list */

/** Bounds of all clauses but `leader` (UINT32_MAX: of all) in a range of documents, and of phrases;
 *  the sum. -1: a list that a document has to be in has none there. */
static double bound_range(struct best *best, uint32_t leader, uint32_t first, uint32_t last)
{
    double rest = best->parts.phrases_bound;

    for (uint32_t c = best->n; c-- > 0;) {
        struct clause *clause = &best->clauses[c];

        if (c == leader || clause->done)
            continue;
        clause->rest = rest;
        if (!clause_set_range(clause, first, last) && clause->required)
            return -1;
        rest += clause->local;
    }
    return rest;
}

/** Whether no list but the leader is asked. */
static bool is_alone(const struct best *best, uint32_t leader)
{
    for (uint32_t c = 0; c < best->n; c++)
        if (c != leader && !best->clauses[c].done)
            return false;
    return true;
}

/** Let all lists begin again. */
static void rewind_all(struct best *best)
{
    for (uint32_t c = 0; c < best->n; c++) {
        best->clauses[c].block = 0;
        cursor_rewind(best->clauses[c].cursor);
    }
}

/** The first and last document that a block of the leader can have. */
static void block_range(const struct clause *leader, uint32_t block, uint32_t *first,
                        uint32_t *last)
{
    const struct list *list = &leader->cursor->postings.list;

    *first = block ? list_last(list, block - 1) + 1 : 0;
    *last = list->n_blocks > 1 ? list_last(list, block) : leader->cursor->last;
}

/** What a document in a block of the leader can get from the others; negative: there is none. */
static double bound_block(struct best *best, uint32_t leader, uint32_t block)
{
    uint32_t first, last;

    block_range(&best->clauses[leader], block, &first, &last);
    return bound_range(best, leader, first, last);
}

static void lead_block(struct best *best, uint32_t leader, uint32_t block)
{
    struct clause *clause = &best->clauses[leader];
    double rest = bound_block(best, leader, block);
    struct candidates candidates;

    clause_pick(clause, best->plan, best->segment, block, threshold(best) - rest, &candidates);
    clause_begin(clause, best->plan, best->segment, &candidates, &best->batch);
    sift(best, best->windows.n ? &best->windows : NULL);
    finish(best, 0, leader);
}

static bool lead(struct best *best, uint32_t leader)
{
    struct clause *clause = &best->clauses[leader];
    const uint32_t n_blocks = clause->cursor->postings.list.n_blocks;
    const bool alone = is_alone(best, leader);
    struct ranges blocks;

    rewind_all(best);
    if (n_blocks == 1) {
        lead_block(best, leader, 0);
        return true;
    }
    if (!ranges_start(&blocks, best->forwards ? RANGES_FORWARDS : RANGES_BLOCKS, n_blocks,
                      best->arena))
        return false;
    for (uint32_t block = 0; block < blocks.n; block++) {
        double rest = alone ? best->parts.phrases_bound : bound_block(best, leader, block);

        blocks.bounds[block] = rest < 0 ? RANGE_DONE : rest + clause_block_bound(clause, block);
    }
    ranges_sort(&blocks);
    for (unsigned n = ranges_phases(&blocks), phase = 0; phase < n; phase++) {
        uint32_t block;

        rewind_all(best);
        ranges_begin(&blocks, phase);
        while (!best->no_memory && !clause->cursor->bad && !is_over(best) &&
               ranges_take(&blocks, threshold(best), &block))
            lead_block(best, leader, block);
    }
    return true;
}

/** The list that adds most to those of its documents, if that is much, of those that are far
 *  shorter than the leader's; UINT32_MAX: there is none. */
static uint32_t choose_first(const struct best *best)
{
    uint32_t longest = best->clauses[0].cursor->postings.list.n / SHORTER, chosen = UINT32_MAX;
    double all = 0, most = 0;

    for (uint32_t c = 0; c < best->n; c++) {
        const struct clause *clause = &best->clauses[c];

        all += clause->done ? 0 : clause->bound;
        if (!clause->required && !clause->done && clause->cursor->postings.list.n <= longest &&
            clause->bound > most) {
            chosen = c;
            most = clause->bound;
        }
    }
    return most * MUCH >= all ? chosen : UINT32_MAX;
}

/** Look at the documents of short lists that add much, as pairs of words do, before those of a list
 *  that documents have to be in: then the others can get less, and have to reach more. */
static bool lead_required(struct best *best)
{
    uint32_t first = best->forwards ? UINT32_MAX : choose_first(best);

    for (; first != UINT32_MAX; first = choose_first(best)) {
        if (!lead(best, first))
            return false;
        best->clauses[first].done = true;
    }
    return lead(best, 0);
}

/* ---- in windows */

/** Add the parts of a clause up. */
static void pour(struct best *best, struct clause *clause, struct window *window)
{
    struct cursor *cursor = clause->cursor;
    uint32_t start = window->start, end = start + WINDOW;

    while (cursor->doc < end) {
        const double *parts = clause_parts(clause, best->plan, best->segment);
        const uint32_t *docs = cursor_docs(cursor);
        uint32_t to = cursor_below(cursor, end);

        for (uint32_t i = cursor->at; i < to; i++) {
            uint32_t slot = docs[i] - start;

            window->sums[slot] += parts[i];
            window->marks[slot] = 1;
        }
        cursor_stand(cursor, to);
    }
}

/** Empty the window; what may be among the best is asked of the clauses from `first` on. */
static void drain(struct best *best, struct window *window, uint32_t first, double rest)
{
    struct batch *batch = &best->batch;
    uint64_t marked[WINDOW / 64] = { 0 };
    double least = threshold(best) - rest;

    marks_gather(window->marks, WINDOW, marked);
    memset(window->marks, 0, sizeof window->marks);
    for (uint32_t w = 0; w < WINDOW / 64; w++)
        for (uint64_t bits = marked[w]; bits; bits &= bits - 1) {
            uint32_t slot = 64 * w + (uint32_t)__builtin_ctzll(bits);

            batch->docs[batch->n] = window->start + slot;
            batch->sums[batch->n] = window->sums[slot];
            batch->n += window->sums[slot] >= least;
            window->sums[slot] = 0;
            if (batch->n == LIST_BLOCK) {
                sift(best, NULL);
                finish(best, first, UINT32_MAX);
                least = threshold(best) - rest;
            }
        }
    sift(best, NULL);
    finish(best, first, UINT32_MAX);
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

        if (sum + more >= threshold(best))
            break;
        sum += more;
    }
    *rest = sum;
    return n;
}

static void add_window(struct best *best, struct window *window, uint32_t n_essential)
{
    double rest;
    uint32_t n;

    bound_range(best, UINT32_MAX, window->start, window->start + WINDOW - 1);
    n = count_essential(best, true, n_essential, &rest);
    for (uint32_t c = 0; c < n; c++) {
        cursor_seek(best->clauses[c].cursor, window->start);
        pour(best, &best->clauses[c], window);
    }
    if (n)
        drain(best, window, n, rest);
}

/** How many lists have documents that may be among the best without being in the others; windows
 *  are walked through as long as there are several. */
static uint32_t walk_windows(struct best *best, struct window *window)
{
    const unsigned n_phases = ranges_phases(&best->windows);
    uint32_t n = best->n;
    double rest;

    for (uint32_t w = 0; w < best->windows.n; w++)
        best->windows.bounds[w] =
            bound_range(best, UINT32_MAX, w * WINDOW, w * WINDOW + WINDOW - 1);
    ranges_sort(&best->windows);
    for (unsigned phase = 0; phase < n_phases; phase++) {
        uint32_t w;

        rewind_all(best);
        ranges_begin(&best->windows, phase);
        while ((n = count_essential(best, false, n, &rest)) > 1 && !best->no_memory &&
               !is_over(best) && ranges_take(&best->windows, threshold(best), &w)) {
            window->start = w * WINDOW;
            add_window(best, window, n);
        }
    }
    return n;
}

/* ---- the segment */

static int walk(struct best *best, struct muc_error *err)
{
    uint32_t n_windows = best->segment->n_docs / WINDOW + 1, n;
    struct window *window;

    if (best->n == 1 || best->parts.n_required)
        return lead_required(best) ? MUC_OK : error_memory(err);
    if (!(window = calloc(1, sizeof *window)) ||
        !ranges_start(&best->windows, best->forwards ? RANGES_FORWARDS : RANGES_WINDOWS, n_windows,
                      best->arena)) {
        free(window);
        return error_memory(err);
    }
    n = walk_windows(best, window);
    free(window);
    return n != 1 || lead(best, 0) ? MUC_OK : error_memory(err);
}

int best_find(const struct best_query *query, uint32_t s, struct matcher *match,
              struct arena *arena, struct topk *topk, uint64_t *n_met, struct muc_error *err)
{
    struct best best = { .query = query,
                         .plan = query->plan,
                         .segment = &query->reader->segments[s],
                         .s = s,
                         .from = match->doc,
                         .topk = topk,
                         .arena = arena };
    int rc;

    *n_met = 0;
    if (match->doc == DOC_END || !topk->most)
        return 1;
    rc = best_parts_open(query, s, match, arena, &best.parts, err);
    if (rc == 1) {
        best.clauses = best.parts.clauses.at;
        best.n = (uint32_t)best.parts.clauses.n;
        best.forwards = best.parts.checks.n || best.parts.excluded.n || best.parts.phrases.n;
        rc = walk(&best, err);
        if (!rc)
            rc = best.no_memory ? error_memory(err)
                                : best_parts_failed(&best.parts, best.segment, err);
        if (!rc && best.failure.code && err)
            *err = best.failure;
        rc = rc ? rc : (int)best.failure.code;
        if (best.scorer.plan) {
            rc = rc ? rc : scorer_failed(&best.scorer, err);
            scorer_close(&best.scorer);
        }
        rc = rc ? rc : 1;
        *n_met = best.n_met;
    }
    best_parts_close(&best.parts);
    return rc;
}
