/* SPDX-License-Identifier: MIT */
#include "search/search.h"

#include "base/error.h"
#include "search/best/best.h"
#include "search/copies.h"
#include "search/discount.h"
#include "search/expand/expand.h"
#include "search/offer.h"
#include "search/pattern_forms.h"
#include "search/repair/reread.h"
#include "search/repair/restore.h"
#include "search/run.h"
#include "search/similar.h"
#include "search/walk.h"

/* --match auto asks for all words. Whoever types a whole sentence rarely finds a text with every
 * one of its words, and where one has them by chance it is not the one wanted: from SENTENCE words
 * on, any are asked for from the start, and from QUESTION on where the words ask: what answers a
 * question has not all of its words. A name counts as one word there, unless there are LONG words
 * in all. That is so of the best only: lists by date and counts would be of nearly all documents.
 * How many have all the words is said in any case.
 *
 * Of 2,000 titles whose articles were indexed without them, which had no say elsewhere, the first
 * or last six words find their article first 47.8 or 52.5 times in a hundred with all the
 * words, 50.4 or 55.0 with any; seven 53.1 or 56.2, and 58.3 or 61.5; among the first ten it is
 * then 78 and 84 times, not 69 and 71. Five words would gain 1.2, four nothing. Where articles have
 * their titles, six and seven lose 0.4. */
enum { QUESTION = 4, SENTENCE = 6, LONG = 8 };

/* Of SEARCH_ROOM for the tree and for look-ups, in bytes; the rest is for one segment after the
 * other. */
enum { TREE_ROOM = 32 << 10, LOOKUPS_ROOM = 160 << 10, RUN_ROOM = TREE_ROOM + LOOKUPS_ROOM };

/* Rows that stand for several documents take more documents than rows: SPARE more, then twice as
 * many and so on, up to DEEPER times as many and DEEP. */
enum { SPARE = 6, DEEPER = 32, DEEP = 1000 };

/* ---- finding */

/** What is left of muc_query.time_ms before it is late; 0: all the time needed. */
static uint32_t ms_left(const struct run *run)
{
    uint64_t time = deadline_now(), end = run->deadline.at;

    return !end ? 0 : end > time ? (uint32_t)(end - time) / 1000 + 1 : 1;
}

/** Find the best of a segment without walking through it. 1: done; 0: it has to be walked. */
static int find_best(struct run *run, uint32_t s, struct muc_error *err)
{
    const struct matching matching = { &run->lookups, run->any,
                                       run->query->accents == MUC_ACCENTS_EXACT, false };
    const struct best_query query = { &run->plan, run->reader, run->tree.root,
                                      run->any,   run->filter, &run->deadline };
    struct matcher *built = NULL, *match = NULL;
    struct arena arena;
    uint64_t n_met = 0;
    int rc, found = 0;

    if (run->recency.half_life) /* bounds know nothing of dates */
        return 0;
    if (run->query->sort != MUC_SORT_RELEVANCE)
        return 0;
    arena_lend(&arena, (char *)run->room + RUN_ROOM, SEARCH_ROOM - RUN_ROOM);
    rc = best_is_union(&query)
             ? MUC_OK
             : matcher_build(&matching, s, run->tree.root, &arena, &built, &match, err);
    if (!rc) {
        found = best_find(&query, s, match, &arena, &run->best, &n_met, err);
        rc = found < 0 ? found : matchers_failed(built, err);
    }
    run->total += run->counted ? 0 : n_met;
    matchers_close(built);
    arena_free(&arena);
    return rc ? rc : found;
}

static int search_segment(struct run *run, struct walk *walk, uint32_t s, struct muc_error *err)
{
    int found = run->best.most ? find_best(run, s, err) : 1;

    if (found < 0 || (found && !run->counted))
        return found < 0 ? found : MUC_OK;
    walk->topk = found ? NULL : &run->best;
    return walk_segment(walk, s, err);
}

/** Find at most so many documents that have all the words, or any. What was counted of those with
 *  all stays where any are looked for next. */
static int search_all(struct run *run, bool any, size_t most, struct muc_error *err)
{
    const struct muc_query *query = run->query;
    bool first = !any || query->match == MUC_MATCH_ANY;
    struct walk walk = {
        .reader = run->reader,
        .plan = &run->plan,
        .root = run->tree.root,
        .matching = { &run->lookups, any, query->accents == MUC_ACCENTS_EXACT, true },
        .recency = &run->recency,
        .filter = run->filter,
        .sort = query->sort,
        .count_as_written = first && !query->no_totals,
        .facets = run->facets,
        .deadline = &run->deadline,
    };
    int rc = MUC_OK;

    run->any = any;
    run->total = 0;
    facets_reset(run->facets);
    topk_start(&run->best, run->reader, most, &run->arena);
    for (uint32_t s = 0; s < run->reader->n_segments && !rc && !deadline_is_over(&run->deadline);
         s++) {
        filter_begin_segment(run->filter, &run->reader->segments[s]);
        rc = search_segment(run, &walk, s, err);
    }
    run->total += walk.total;
    if (!any && run->counted)
        run->with_all = run->total;
    if (first)
        run->as_written = walk.as_written;
    return rc;
}

/** Whether asking for any word could find more than asking for all. */
static bool has_choice(const struct node *node)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < node->n_children; i++) {
        n += node->children[i]->kind != NODE_NOT && !node_is_filter(node->children[i]);
        if (has_choice(node->children[i]))
            return true;
    }
    return node->kind == NODE_AND && n > 1;
}

/** Words of a tree, without what NOT excludes and what stands in; the number of a document or what
 *  else was typed in one is one, and so with `names` is a name, a date or a number of several words
 *  that is also written otherwise. */
static uint32_t count_parts(const struct node *node, bool names)
{
    uint32_t n = node->n_words;

    if (node->unit || (names && node_has_stand_ins(node)))
        return 1;
    for (uint32_t i = 0; i < node->n_children; i++)
        if (node->children[i]->kind != NODE_NOT && node->children[i]->tier == MUC_TIER_EXACT)
            n += count_parts(node->children[i], names);
    return n;
}

/** The one document that is asked about, whether it matches or not. */
__attribute__((noinline)) static int find_document(struct run *run, struct muc_error *err)
{
    struct found found = { 0 };
    int rc = reader_find_id(run->reader, run->query->document, &found.segment, &found.doc, err);

    if (rc < 0)
        return rc;
    if (rc == 0)
        return error_set(err, MUC_ENOTFOUND, 0, "", "no such document");
    found.date = run->reader->segments[found.segment].dates[found.doc];
    topk_start(&run->best, run->reader, 1, &run->arena);
    run->total = 1;
    run->counted = true;
    return topk_add(&run->best, found) ? MUC_OK : error_memory(err);
}

/** Whether any words are asked for from the start. */
static bool types_sentence(const struct run *run)
{
    uint32_t n = count_parts(run->tree.root, false);

    return (run->plan.asks && count_words(run->tree.root) >= QUESTION) || n >= LONG ||
           (n >= SENTENCE && count_parts(run->tree.root, true) >= SENTENCE);
}

/** Find so many documents. */
static int find(struct run *run, size_t wanted, struct muc_error *err)
{
    const struct muc_query *query = run->query;
    bool is_auto = query->match == MUC_MATCH_AUTO && has_choice(run->tree.root);
    bool ranked = query->sort == MUC_SORT_RELEVANCE && !query->count_only;
    bool is_sentence = is_auto && ranked && types_sentence(run);
    bool any = query->match == MUC_MATCH_ANY || is_sentence;
    size_t most = wanted;
    int rc = MUC_OK;

    run->counted = !query->no_totals || query->count_only || run->facets->n;
    if (is_auto && !run->counted && !most)
        most = 1; /* which tells whether one has all the words */
    if (is_sentence && !query->no_totals)
        rc = search_all(run, false, 0, err);
    if (!rc)
        rc = search_all(run, any, most, err);
    if (!rc && is_auto && !any && !run->total && !deadline_is_over(&run->deadline))
        rc = search_all(run, true, wanted, err);
    topk_sort(&run->best);
    run->best.n = run->best.n < wanted ? run->best.n : wanted;
    return rc;
}

/** Find so many documents that are no near copies of each other, or all there are. */
__attribute__((noinline)) static int find_rows(struct run *run, size_t wanted,
                                               struct muc_error *err)
{
    size_t most = wanted + wanted / 4 + SPARE, met;

    do {
        int rc = find(run, most, err);
        uint32_t left = UINT32_MAX;

        if (rc)
            return rc;
        met = run->best.n;
        if (!(run->copies = arena_alloc(&run->arena, (met + 1) * sizeof *run->copies)))
            return error_memory(err);
        left = copies_collapse(run->reader, run->best.at, (uint32_t)met, run->copies);
        if (left == UINT32_MAX)
            return error_memory(err);
        run->best.n = left < wanted ? left : wanted;
        if (met < most)
            break;
        most *= 2;
    } while (run->best.n < wanted && most <= DEEPER * wanted + DEEP &&
             !deadline_is_over(&run->deadline));
    return MUC_OK;
}

static int find_wanted(struct run *run, struct muc_error *err)
{
    const struct muc_query *query = run->query;
    size_t wanted = query->count_only ? 0 : (size_t)query->offset + query->limit;
    int rc;

    if (query->document.size)
        return find_document(run, err);
    if (!run->similar)
        return query->collapse && wanted ? find_rows(run, wanted, err) : find(run, wanted, err);
    rc = find(run, wanted + run->similar->n_own, err);
    if (!rc)
        rc = similar_arrange(run->similar, &run->plan, run->filter, &run->best,
                             query->copies_only ? SIZE_MAX : wanted, err);
    if (!rc && query->copies_only) { /* no word is looked for, which would count them */
        run->total = run->best.n;
        run->best.n = run->best.n < wanted ? run->best.n : wanted;
    }
    return rc;
}

/* ---- what is searched for */

static void start_lookups(struct run *run)
{
    lookups_start(&run->lookups, run->reader, &run->arena, run->kept, &run->deadline);
}

/** Choose what patterns in phrases are looked for as. */
static int choose_forms(struct run *run, struct muc_error *err)
{
    if (!run->tree.n_patterns)
        return MUC_OK;
    return pattern_forms_choose(&run->tree, &run->lookups, run->query->accents == MUC_ACCENTS_EXACT,
                                err);
}

/** Take what was meant for what was typed, where a word of that stands nowhere. */
static int repair_query(struct run *run, struct analyzer *analyzer, struct muc_error *err)
{
    struct muc_string *meant = &run->answer->summary.searched_as;
    struct buffer text = { 0 };
    int rc = reread(run->query->text, &run->tree, &run->lookups, &text, &run->repairs, err);

    if (!rc && text.size) {
        struct query tree = { 0 };

        *meant = arena_copy(&run->answer->arena, str_of((const char *)text.at, text.size));
        rc = meant->bytes ? query_parse(&tree, *meant, analyzer, run->parsing, err)
                          : error_memory(err);
        if (!rc) {
            run->typed = run->tree;
            run->tree = tree;
            start_lookups(run);
        }
    }
    buffer_free(&text);
    return rc;
}

/** Take the syllables that were meant by those typed without marks. */
static int restore_query(struct run *run, struct muc_error *err)
{
    struct muc_string *meant = &run->answer->summary.searched_as;
    struct muc_string typed = meant->size ? *meant : run->query->text;
    struct buffer text = { 0 };
    int rc = restore(typed, &run->tree, &run->lookups, &run->repairs, &text, err);

    if (!rc && text.size) {
        *meant = arena_copy(&run->answer->arena, str_of((const char *)text.at, text.size));
        rc = meant->bytes ? MUC_OK : error_memory(err);
    }
    buffer_free(&text);
    return rc;
}

/** Whether a query without slips is offered, where this one has some. */
static bool may_offer(const struct run *run)
{
    const struct muc_query *query = run->query;

    return !run->similar && !query->document.size && !query->offset && !query->no_totals &&
           query->accents == MUC_ACCENTS_AUTO;
}

/** Take in what the query may mean besides what it says. */
__attribute__((noinline)) static int widen(struct run *run, struct analyzer *analyzer,
                                           struct muc_error *err)
{
    struct expansion expansion = { .query = &run->tree,
                                   .lookups = &run->lookups,
                                   .analyzer = analyzer,
                                   .stems = run->stems,
                                   .accents = run->query->accents };
    bool restores = run->query->accents == MUC_ACCENTS_AUTO && !run->tree.marked;
    int rc;

    if ((rc = wanted_query(&run->lookups, run->tree.root, restores, err)) ||
        (rc = repair_query(run, analyzer, err)))
        return rc;
    expansion.text = run->typed.root ? run->answer->summary.searched_as : run->query->text;
    if (run->query->accents == MUC_ACCENTS_AUTO && (rc = restore_query(run, err)))
        return rc;
    if (may_offer(run) &&
        (rc = slips_correct(expansion.text, &run->tree, &run->lookups, &run->correction, err)))
        return rc;
    rc = expand(&expansion, err);
    return rc ? rc : choose_forms(run, err); /* other patterns, or marks of theirs */
}

static bool may_widen(const struct muc_query *query)
{
    return !query->everything && query->rank == MUC_RANK_DEFAULT &&
           query->accents != MUC_ACCENTS_EXACT;
}

/** A tree that all documents match, in the place of what was parsed. */
static int take_everything(struct run *run, struct muc_error *err)
{
    struct node *node = arena_zero(&run->tree.arena, 1, sizeof *node);

    if (!node)
        return error_memory(err);
    node->kind = NODE_DATE;
    node->weight = 1;
    run->tree.root = node;
    return MUC_OK;
}

static int run_query(struct run *run, struct analyzer *analyzer, struct muc_error *err)
{
    const struct planning planning = { &run->lookups, run->query->accents, run->query->rank,
                                       run->query->explain };
    struct muc_string text = run->query->everything ? (struct muc_string){ 0 } : run->query->text;
    /* nothing gets a score where all is counted */
    bool ranked = !run->query->count_only || run->similar || run->query->document.size;
    int rc;

    arena_lend(&run->tree.arena, run->room, TREE_ROOM);
    rc = query_parse(&run->tree, text, analyzer, run->parsing, err);
    if (!rc && run->query->everything)
        rc = take_everything(run, err);
    if (rc)
        return rc;
    arena_lend(&run->arena, (char *)run->room + TREE_ROOM, LOOKUPS_ROOM);
    start_lookups(run);
    if (!(rc = choose_forms(run, err)) &&
        !(rc = may_widen(run->query) ? widen(run, analyzer, err) : MUC_OK) &&
        !(rc = ranked ? plan_make(&planning, run->tree.root, &run->plan, err) : MUC_OK) &&
        !(rc = find_wanted(run, err)) && !(rc = discount_failed(run->plan.discount, err)))
        rc = run_give_out(run, analyzer, err);
    arena_free(&run->arena);
    query_free(&run->tree);
    if (run->typed.root)
        query_free(&run->typed);
    vector_free(&run->repairs.at);
    return rc;
}

static int search_for(const struct reader *reader, struct analyzers *analyzers,
                      const struct muc_query *query, const struct similar *similar,
                      struct answer **out, struct muc_error *err)
{
    struct facets facets;
    struct filter filter;
    struct run run = {
        .reader = reader, .query = query, .similar = similar, .facets = &facets, .filter = &filter
    };
    struct searcher *searcher = NULL;
    int rc = facets_parse(query->facets, &facets, err);

    recency_open(reader, query->recency, &run.recency);
    run.deadline.at = query->time_ms ? deadline_now() + (uint64_t)query->time_ms * 1000 : 0;
    if (!rc)
        rc = filter_open(query, &filter, err);
    if (!rc)
        rc = analyzers_take(analyzers, &searcher, err);
    if (!rc && !(run.answer = answer_new(searcher)))
        rc = error_memory(err);
    if (!rc) {
        run.room = searcher->room;
        run.kept = &searcher->kept;
        run.stems = &searcher->stems;
        run.parsing = &searcher->parsing;
        rc = run_query(&run, searcher->analyzer, err);
    }
    analyzers_give(searcher);
    if (!rc && run.correction.text.size && !deadline_is_over(&run.deadline))
        rc = offer(reader, analyzers, query, ms_left(&run), &run.correction, run.answer, err);
    buffer_free(&run.correction.text);
    facets_free(&facets);
    if (rc) {
        answer_free(run.answer);
        run.answer = NULL;
    }
    *out = run.answer;
    return rc;
}

int search(const struct reader *reader, struct analyzers *analyzers, const struct muc_query *query,
           struct answer **out, struct muc_error *err)
{
    return search_for(reader, analyzers, query, NULL, out, err);
}

int search_similar(const struct reader *reader, struct analyzers *analyzers,
                   const struct muc_string *ids, size_t n, const struct muc_query *query,
                   struct answer **out, struct muc_error *err)
{
    struct muc_query filled = *query;
    struct similar similar;
    int rc = similar_open(reader, analyzers, ids, n, query->copies_only, &similar, err);

    if (rc)
        return rc;
    filled.text = str_of((const char *)similar.text.at, similar.text.size);
    filled.match = MUC_MATCH_ANY;
    filled.accents = MUC_ACCENTS_EXACT;
    filled.sort = MUC_SORT_RELEVANCE;
    filled.rank = MUC_RANK_BM25;
    filled.document = str_of(NULL, 0);
    rc = search_for(reader, analyzers, &filled, &similar, out, err);
    similar_close(&similar);
    return rc;
}
