/* SPDX-License-Identifier: MIT */
/* The last steps of a batch, and what bounds it. */
#include "search/best/best_run.h"
#include "search/best/highest.h"
#include "search/discount.h"

/** Once the time is over nothing does that could be excluded. */
static bool is_match(struct best *best, uint32_t doc)
{
    for (size_t i = 0; i < best->parts.checks.n; i++) {
        matcher_seek(best->parts.checks.at[i], doc);
        if (best->parts.checks.at[i]->doc != doc)
            return false;
    }
    for (size_t i = 0; i < best->parts.excluded.n; i++) {
        matcher_seek(best->parts.excluded.at[i], doc);
        if (best->parts.excluded.at[i]->doc == doc || matcher_is_late(best->parts.excluded.at[i]))
            return false;
    }
    return true;
}

/** What the sum of a document has in place of a phrase's part. */
static double stood_in(const struct best_phrase *phrase, uint32_t doc, double k)
{
    struct cursor *cursor = phrase->cursor;

    if (!cursor)
        return 0;
    cursor_seek(cursor, doc);
    return cursor->doc == doc ? score_part(phrase->weight, phrase->bonus, cursor_freq(cursor), k)
                              : 0;
}

/** Add the parts of phrases; false: one that has to be there is not. */
static bool add_phrases(struct best *best, uint32_t doc, double *sum)
{
    const double k = plan_k(best->plan, best->segment, doc);

    for (size_t i = 0; i < best->parts.phrases.n; i++) {
        const struct best_phrase *phrase = &best->parts.phrases.at[i];
        uint32_t n_typed, n = phrase_count(phrase->phrase, doc, &n_typed);

        if (!n && phrase->required)
            return false;
        *sum -= stood_in(phrase, doc, k);
        if (n && phrase->scored)
            *sum += phrase_part(phrase->scored, n, n_typed, k);
    }
    return true;
}

static struct scorer *open_scorer(const struct best *best)
{
    struct scorer *scorer = arena_alloc(best->arena, sizeof *scorer);
    int rc = scorer
                 ? scorer_open(best->plan, best->query->reader, best->s, best->arena, scorer, NULL)
                 : MUC_ENOMEM;

    if (rc)
        return NULL;
    scorer->deadline = best->query->deadline;
    return scorer;
}

/** The score of a document that something is taken off (search/discount.h). */
__attribute__((noinline)) static double discounted(struct best *best, uint32_t doc, double score)
{
    if (!discount_find(best->plan->discount, best->segment, doc))
        return score;
    if (!best->scorer && !(best->scorer = open_scorer(best))) {
        best->no_memory = true;
        return 0;
    }
    return scorer_discount(best->scorer, doc, score);
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

/** Keep a document that matches if it is among the best. */
static inline void keep(struct best *best, uint32_t doc, double score)
{
    best->n_met++;
    if (best->plan->discount && topk_wants(best->topk, score))
        score = discounted(best, doc, score);
    if (topk_wants(best->topk, score) &&
        !topk_add(best->topk,
                  (struct found){ score, score, best->segment->dates[doc], best->s, doc }))
        best->no_memory = true;
}

/** The same of a document that may not match, or was looked at before. */
static void check_and_keep(struct best *best, uint32_t doc, double score)
{
    if (score + best->parts.phrases_bound >= best_threshold(best) && !was_done(best, doc) &&
        is_match(best, doc) && add_phrases(best, doc, &score))
        keep(best, doc, score);
}

_Static_assert((int)BATCH_MOST == (int)HIGHEST_ROOM, "a batch is full rows, with what fills it up");

/** Keep the highest as long as there is room for more than are left: nothing is asked about these,
 *  for nothing is taken off. How many. */
static uint32_t append_highest(struct best *best, const struct highest *highest)
{
    const uint32_t *dates = best->segment->dates, s = best->s;
    struct topk *topk = best->topk;
    struct batch *batch = best->batch;
    struct found *to;
    size_t n = topk->most - topk->n;

    n = n <= highest->n ? n - (n > 0) : highest->n;
    if (!n || best->plan->discount || !topk_fit(topk, n))
        return 0;
    to = topk->at + topk->n;
    for (size_t i = 0; i < n; i++) {
        const uint32_t at = highest->places[i], doc = batch->docs[at];
        const double sum = batch->sums[at];

        to[i] = (struct found){ sum, sum, dates[doc], s, doc };
        batch->sums[at] = -INFINITY;
    }
    topk->n += n;
    best->n_met += n;
    return (uint32_t)n;
}

/** Keep the best of a batch, the highest first and of the same the first: then the others are told
 *  by their sums. Those that are kept are out of it. */
static void keep_highest(struct best *best)
{
    struct batch *batch = best->batch;
    struct highest highest;

    do { /* again only where so much was taken off the highest that others may be as good */
        highest_find(batch->sums, batch->n, best->topk->most, best_threshold(best), &highest);
        for (uint32_t i = 0; i < highest.n && best->plan->discount; i++)
            standing_ahead(best->segment, batch->docs[highest.places[i]]);
        for (uint32_t i = append_highest(best, &highest); i < highest.n; i++) {
            const uint32_t at = highest.places[i];
            const double sum = batch->sums[at];

            if (!(sum >= best_threshold(best)))
                return;
            batch->sums[at] = -INFINITY;
            keep(best, batch->docs[at], sum);
        }
    } while (best_threshold(best) < highest.least);
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

    ask_clauses(best);
    if (best->forwards || best->any_done || best->parts.phrases.n)
        for (uint32_t i = 0; i < batch->n; i++)
            check_and_keep(best, batch->docs[i], batch->sums[i]);
    else
        keep_highest(best);
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
    for (size_t i = 0; i < best->parts.phrases.n; i++) {
        phrase_rewind(best->parts.phrases.at[i].phrase);
        if (best->parts.phrases.at[i].cursor)
            cursor_rewind(best->parts.phrases.at[i].cursor);
    }
}
