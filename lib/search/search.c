/* SPDX-License-Identifier: MIT */
#include "search/search.h"

#include <math.h>
#include <time.h>

#include "base/error.h"
#include "search/facets.h"
#include "search/hits.h"
#include "search/matcher.h"
#include "search/maxscore.h"
#include "search/scorer.h"
#include "search/topk.h"

/* --match auto asks for all words. Whoever types many rarely finds a text with every one of them,
 * and where one has them by chance it is not the one wanted: from LONG words on, less than a PAGE
 * of such texts is as good as none; from SENTENCE on, any words are asked for from the start. */
enum { LONG = 6, SENTENCE = 9, PAGE = 10 };

/** One query on its way. */
struct run {
    const struct reader *reader;
    const struct muc_query *query;
    struct answer *answer;
    struct query tree;
    struct plan plan;
    struct facets facets;
    struct topk best;
    uint32_t from, to; /* packed dates */
    uint64_t total, as_written;
    bool any;
};

static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

/* ---- one segment */

/** What walks through a segment. */
struct walk {
    const struct segment *segment;
    uint32_t number;
    const struct run *run;
    struct matcher *match, *typed; /* the query; the query as typed, or NULL */
    struct scorer scorer;
    struct bounds bounds;
    struct window window; /* of the document at hand */
};

static bool is_wanted(const void *context, uint32_t doc)
{
    const struct walk *walk = context;
    uint32_t from = walk->run->from, to = walk->run->to, date = walk->segment->dates[doc];

    if (segment_is_deleted(walk->segment, doc))
        return false;
    return (!from && to == UINT32_MAX) || (date && date >= from && date <= to);
}

/** Larger is better; documents without a date are last. */
static double key_of(const struct run *run, double score, uint32_t date)
{
    switch (run->query->sort) {
    case MUC_SORT_DATE:
        return date ? -(double)date : -INFINITY;
    case MUC_SORT_DATE_DOWN:
        return date ? (double)date : -INFINITY;
    default:
        return score;
    }
}

/** Whether no document of the window at hand can be among the best. */
static bool is_hopeless(const struct run *run, struct walk *walk, uint32_t doc)
{
    if (run->query->sort != MUC_SORT_RELEVANCE || run->best.n < run->best.most || !run->best.n)
        return false;
    if (doc > walk->window.end || !walk->window.bound)
        walk->window = bounds_window(&walk->bounds, doc);
    return walk->window.bound < run->best.at[0].key;
}

static int take(struct run *run, struct walk *walk, uint32_t doc, struct muc_error *err)
{
    struct found found = { .date = walk->segment->dates[doc], .segment = walk->number, .doc = doc };

    run->total++;
    if (walk->typed) {
        matcher_seek(walk->typed, doc);
        run->as_written += walk->typed->doc == doc;
    }
    facets_count(&run->facets, walk->segment, doc);
    if (!run->best.most || is_hopeless(run, walk, doc))
        return MUC_OK;
    found.score = scorer_score(&walk->scorer, doc, NULL, NULL);
    found.key = key_of(run, found.score, found.date);
    if (topk_wants(&run->best, found.key) && !topk_add(&run->best, &found))
        return error_memory(err);
    return MUC_OK;
}

/** Whether the documents of a list need only be counted, not looked at. */
static bool is_mere_count(const struct run *run, const struct matcher *matcher)
{
    return !run->best.most && !run->facets.n && !run->from && run->to == UINT32_MAX &&
           matcher->kind == MATCH_LIST;
}

/** Count what both matchers have, if that can be told from the lists themselves. */
static int count_lists(struct run *run, const struct walk *walk, bool *done, struct muc_error *err)
{
    uint32_t n = 0, n_typed = 0;
    int rc;

    *done = is_mere_count(run, walk->match) &&
            (!walk->typed || walk->typed->doc == DOC_END || is_mere_count(run, walk->typed));
    if (!*done)
        return MUC_OK;
    rc = segment_count_alive(walk->segment, &walk->match->cursor->postings, &n, err);
    if (!rc && walk->typed && walk->typed->doc != DOC_END)
        rc = segment_count_alive(walk->segment, &walk->typed->cursor->postings, &n_typed, err);
    run->total += n;
    run->as_written += n_typed;
    return rc;
}

/** Whether only the hits matter: then what cannot be one is not looked at. */
static bool is_only_hits(const struct run *run)
{
    return run->query->no_totals && !run->facets.n && run->best.most &&
           run->query->sort == MUC_SORT_RELEVANCE;
}

static int walk_through(struct run *run, struct walk *walk, struct muc_error *err)
{
    int rc = facets_begin_segment(&run->facets, walk->segment, err);

    for (uint32_t doc = walk->match->doc; doc != DOC_END && !rc; doc = walk->match->doc) {
        uint32_t next = doc + 1;

        if (is_only_hits(run) && is_hopeless(run, walk, doc))
            next = walk->window.end < DOC_END ? walk->window.end + 1 : DOC_END;
        else if (is_wanted(walk, doc))
            rc = take(run, walk, doc, err);
        matcher_seek(walk->match, next);
    }
    return rc ? rc : facets_end_segment(&run->facets, walk->segment, err);
}

/** The best of a union, by MaxScore. */
static int walk_union(struct run *run, struct walk *walk, struct arena *arena,
                      struct muc_error *err)
{
    struct maxscore maxscore = { .matcher = walk->match,
                                 .scorer = &walk->scorer,
                                 .bounds = &walk->bounds,
                                 .best = &run->best,
                                 .is_wanted = is_wanted,
                                 .context = walk,
                                 .segment = walk->number,
                                 .arena = arena };

    if (!maxscore_run(&maxscore))
        return error_memory(err);
    run->total += maxscore.n_seen;
    return MUC_OK;
}

/** Walk through the segment in the way that is the least work. */
static int walk_best(struct run *run, struct walk *walk, struct arena *arena, struct muc_error *err)
{
    double docs = (double)run->reader->n_docs, tokens = (double)run->reader->n_tokens;
    bool counted;
    int rc = count_lists(run, walk, &counted, err);

    if (rc || counted)
        return rc;
    if (!bounds_open(&walk->bounds, &walk->scorer, docs > 0 && tokens > 0 ? tokens / docs : 1,
                     arena))
        return error_memory(err);
    if (is_only_hits(run) && maxscore_fits(walk->match, &walk->scorer))
        return walk_union(run, walk, arena, err);
    return walk_through(run, walk, err);
}

/** Whether only documents as typed match. */
static bool is_as_typed(const struct run *run)
{
    return run->query->accents == MUC_ACCENTS_EXACT && !run->any;
}

static int search_segment(struct run *run, uint32_t number, struct muc_error *err)
{
    struct walk walk = { .segment = &run->reader->segments[number], .number = number, .run = run };
    bool exact = run->query->accents == MUC_ACCENTS_EXACT;
    const struct matching matching = { run->any, exact }, as_typed = { false, true };
    struct matcher *built = NULL;
    struct arena arena = { 0 };
    int rc =
        matcher_build(walk.segment, run->tree.root, &matching, &arena, &built, &walk.match, err);

    if (!rc && !run->query->no_totals && !is_as_typed(run))
        rc = matcher_build(walk.segment, run->tree.root, &as_typed, &arena, &built, &walk.typed,
                           err);
    if (!rc)
        rc = scorer_open(&run->plan, walk.segment, &arena, &walk.scorer, err);
    if (!rc) {
        rc = walk_best(run, &walk, &arena, err);
        if (!rc)
            rc = scorer_failed(&walk.scorer, err);
        scorer_close(&walk.scorer);
    }
    if (!rc)
        rc = matchers_failed(built, err);
    matchers_close(built);
    arena_free(&arena);
    return rc;
}

/* ---- the whole index */

static int search_all(struct run *run, bool any, struct muc_error *err)
{
    uint64_t most = (uint64_t)run->query->limit + run->query->offset;
    int rc = MUC_OK;

    run->any = any;
    run->total = run->as_written = 0;
    facets_reset(&run->facets);
    topk_free(&run->best);
    topk_start(&run->best, run->reader, run->query->count_only ? 0 : (size_t)most);
    for (uint32_t s = 0; s < run->reader->n_segments && !rc; s++)
        rc = search_segment(run, s, err);
    return rc;
}

/** Whether asking for any word could find more than asking for all. */
static bool has_choice(const struct node *node)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < node->n_children; i++) {
        n += node->children[i]->kind != NODE_NOT;
        if (has_choice(node->children[i]))
            return true;
    }
    return node->kind == NODE_AND && n > 1;
}

static int find(struct run *run, struct muc_error *err)
{
    bool is_auto = run->query->match == MUC_MATCH_AUTO && has_choice(run->tree.root);
    uint32_t n_words = count_words(run->tree.root);
    bool any = run->query->match == MUC_MATCH_ANY || (is_auto && n_words >= SENTENCE);
    int rc = search_all(run, any, err);

    if (!rc && is_auto && !any && run->total < (n_words >= LONG ? PAGE : 1))
        rc = search_all(run, true, err);
    topk_sort(&run->best);
    return rc;
}

/* ---- giving out */

static int give_hits(struct run *run, struct analyzer *analyzer, struct muc_error *err)
{
    struct answer *answer = run->answer;
    struct highlighter highlighter;
    const struct hit_making making = { run->reader, run->query, &run->plan, &highlighter,
                                       &answer->arena };
    size_t offset = run->query->offset;
    int rc;

    if (run->best.n <= offset)
        return MUC_OK;
    answer->hits = arena_zero(&answer->arena, run->best.n - offset, sizeof *answer->hits);
    if (!answer->hits)
        return error_memory(err);
    rc = highlighter_open(&highlighter, run->tree.root, run->query->accents == MUC_ACCENTS_EXACT,
                          analyzer, err);
    if (rc)
        return rc;
    for (size_t i = offset; i < run->best.n && !rc; i++)
        rc = hit_make(&making, &run->best.at[i], i + 1, &answer->hits[answer->n_hits++], err);
    highlighter_close(&highlighter);
    return rc;
}

static int give_warnings(struct run *run, struct muc_error *err)
{
    struct answer *answer = run->answer;

    answer->warnings =
        arena_zero(&answer->arena, run->tree.n_warnings + 1, sizeof *answer->warnings);
    if (!answer->warnings)
        return error_memory(err);
    for (size_t i = 0; i < run->tree.n_warnings; i++) {
        struct muc_warning *warning = &answer->warnings[answer->n_warnings++];

        warning->position = run->tree.warnings[i].position;
        warning->message = arena_copy(&answer->arena, run->tree.warnings[i].message);
        if (!warning->message.bytes)
            return error_memory(err);
    }
    return MUC_OK;
}

static int give_out(struct run *run, struct analyzer *analyzer, struct muc_error *err)
{
    struct answer *answer = run->answer;
    int rc = give_hits(run, analyzer, err);

    if (!rc && run->facets.n) {
        rc = facets_finish(&run->facets, run->query->facet_values, &answer->arena, &answer->facets,
                           err);
        answer->n_facets = rc ? 0 : run->facets.n;
    }
    if (!rc)
        rc = give_warnings(run, err);
    answer->summary.snapshot = run->reader->snapshot;
    answer->summary.match = run->any ? MUC_MATCH_ANY : MUC_MATCH_ALL;
    answer->summary.total = run->total;
    answer->summary.total_as_written = is_as_typed(run) ? run->total : run->as_written;
    answer->summary.total_is_exact = !is_only_hits(run);
    return rc;
}

int search(const struct reader *reader, const struct muc_query *query, struct answer *answer,
           struct muc_error *err)
{
    struct run run = { .reader = reader, .query = query, .answer = answer };
    struct planning planning = { reader, query->accents, query->rank, &run.tree.arena };
    struct analyzer *analyzer = NULL;
    uint64_t start = now();
    int rc = facets_parse(query->facets, &run.facets, err);

    if (!rc)
        rc = analyzer_new(&analyzer, err);
    if (!rc)
        rc = query_parse(&run.tree, query->text, analyzer, err);
    if (rc) {
        analyzer_free(analyzer);
        return rc;
    }
    run.from = date_from(query->from);
    run.to = date_to(query->to);
    if (!(rc = plan_make(&planning, run.tree.root, &run.plan, err)) && !(rc = find(&run, err)))
        rc = give_out(&run, analyzer, err);
    answer->summary.took_us = now() - start;
    topk_free(&run.best);
    facets_free(&run.facets);
    plan_free(&run.plan);
    query_free(&run.tree);
    analyzer_free(analyzer);
    return rc;
}

void answer_free(struct answer *answer)
{
    arena_free(&answer->arena);
}
