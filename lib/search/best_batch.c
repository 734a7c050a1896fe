/* SPDX-License-Identifier: MIT */
/* The last steps of a batch, and what bounds it. */
#include <simde/x86/sse2.h>

#include "search/best_run.h"
#include "search/discount.h"

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

void best_sift(struct best *best, const struct ranges *windows)
{
    const struct filter *filter = best->query->filter;
    struct batch *batch = best->batch;
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

/** Keep a document of the batch if it is among the best. */
static void keep(struct best *best, uint32_t doc, double sum)
{
    struct found found = { .segment = best->s, .doc = doc };

    found.score = sum;
    if (found.score + best->parts.phrases_bound < best_threshold(best) ||
        was_done(best, found.doc) || !is_match(best, found.doc) ||
        !add_phrases(best, found.doc, &found.score))
        return;
    best->n_met++;
    if (topk_wants(best->topk, found.score) &&
        discount_find(best->plan->discount, best->segment, found.doc))
        found.score = discounted(best, found.doc, found.score);
    found.key = found.score;
    found.date = best->segment->dates[found.doc];
    if (topk_wants(best->topk, found.key) && !topk_add(best->topk, &found))
        best->no_memory = true;
}

/** The highest sum of a batch that is not empty, two at a time. */
static double highest_of(const struct batch *batch)
{
    const double *sums = batch->sums;
    simde__m128d most = simde_mm_set1_pd(sums[0]);
    uint32_t i = batch->n % 2;

    for (; i < batch->n; i += 2)
        most = simde_mm_max_pd(most, simde_mm_loadu_pd(sums + i));
    most = simde_mm_max_sd(most, simde_mm_unpackhi_pd(most, most));
    return simde_mm_cvtsd_f64(most);
}

/** Take the document with the highest sum out of a batch, if that is `least` or more; the others
 *  lose their order. */
static bool take_highest(struct batch *batch, double least, uint32_t *doc, double *sum)
{
    uint32_t at = 0;

    if (!batch->n || (*sum = highest_of(batch)) < least)
        return false;
    while (batch->sums[at] < *sum)
        at++;
    *doc = batch->docs[at];
    batch->docs[at] = batch->docs[--batch->n];
    batch->sums[at] = batch->sums[batch->n];
    return true;
}

static bool is_asked(const struct clause *clause)
{
    return !clause->known && !clause->done;
}

/** Ask the clauses; documents that cannot be among the best any more are dropped on the way. */
static void ask_clauses(struct best *best)
{
    const double threshold = best_threshold(best);
    struct batch *batch = best->batch;
    double rest =
        best->parts.phrases_bound + BOUND_ROUNDING; /* at most, of what is not yet known */

    for (uint32_t c = 0; c < best->n; c++)
        rest += is_asked(&best->clauses[c]) ? best->clauses[c].local : 0;
    for (uint32_t c = 0; c < best->n && batch->n; c++)
        if (is_asked(&best->clauses[c])) {
            rest -= best->clauses[c].local;
            clause_apply(&best->clauses[c], best->plan, best->segment, threshold - rest, batch);
        }
}

void best_finish(struct best *best)
{
    struct batch *batch = best->batch;
    uint32_t doc;
    double sum;

    ask_clauses(best);
    if (best->forwards || best->any_done)
        for (uint32_t i = 0; i < batch->n; i++)
            keep(best, batch->docs[i], batch->sums[i]);
    else /* the highest first: then the others are told by their sums */
        while (take_highest(batch, best_threshold(best), &doc, &sum))
            keep(best, doc, sum);
    batch->n = 0;
}

bool best_ask_ranges(struct best *best, uint32_t leader, struct ranges *ranges)
{
    const uint32_t n = ranges->n;
    double *bounds = ranges->bounds;

    if (!(ranges->impacts = arena_alloc(best->arena, (size_t)n * best->n + 1)))
        return false;
    for (uint32_t i = 0; i < n; i++)
        bounds[i] = best->parts.phrases_bound;
    for (uint32_t c = 0; c < best->n; c++) {
        const struct clause *clause = &best->clauses[c];
        uint8_t *impacts = ranges->impacts + (size_t)n * c;

        if (c == leader || clause->done)
            continue;
        clause_impacts(clause, ranges->lasts, n, impacts);
        for (uint32_t i = 0; i < n; i++)
            if (impacts[i])
                bounds[i] += clause_bound_of(clause, impacts[i]);
            else if (clause->required)
                bounds[i] = -INFINITY;
    }
    for (uint32_t i = 0; i < n; i++)
        bounds[i] = bounds[i] < 0 ? RANGE_DONE : bounds[i];
    return true;
}

double best_enter_range(struct best *best, uint32_t leader, const struct ranges *ranges,
                        uint32_t range)
{
    double rest = best->parts.phrases_bound;

    for (uint32_t c = best->n; c-- > 0;) {
        struct clause *clause = &best->clauses[c];
        double local, before = best->batch->n ? clause->local : 0;

        if (c == leader || clause->done)
            continue;
        local = clause_local(clause, ranges->impacts[(size_t)ranges->n * c + range]);
        clause->local = local > before ? local : before;
        rest += local;
    }
    return rest;
}

void best_rewind(struct best *best)
{
    for (uint32_t c = 0; c < best->n; c++)
        cursor_rewind(best->clauses[c].cursor);
}
