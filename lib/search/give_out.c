/* SPDX-License-Identifier: MIT */
#include "base/error.h"
#include "query/warn.h"
#include "search/copies.h"
#include "search/hits.h"
#include "search/run.h"

/* Of a query's time, a part as long is for showing what it found. */
enum { SHOWN_IN = 4 };

enum { ID_ROOM = 64 }; /* bytes of an id, and most have less */

/** How many more documents row `i` stands for. */
static int count_copies(struct run *run, size_t i, struct copies *copies, struct muc_hit *hit,
                        struct muc_error *err)
{
    const struct found *found = &run->best.at[i];
    bool ok = run->copies || copies_find(run->reader, found->segment, found->doc, copies);

    hit->copies = run->copies ? run->copies[i] : copies->n;
    hit->is_copy = run->similar && similar_is_copy(run->similar, found);
    return ok ? MUC_OK : error_memory(err);
}

/** Make the hits, for which there is room. `copies`: NULL, they are not asked for. */
static int make_hits(struct run *run, const struct hit_making *making, struct copies *copies,
                     struct muc_error *err)
{
    struct muc_hit *hit = run->answer->hits;
    uint64_t rank = run->query->offset;
    int rc = MUC_OK;

    for (; rank < run->best.n && !rc; hit++, rank++) {
        rc = hit_make(making, &run->best.at[rank], rank + 1, hit, err);
        if (run->typed.root)
            hit->tier = MUC_TIER_REPAIR;
        if (!rc && copies)
            rc = count_copies(run, rank, copies, hit, err);
    }
    run->answer->n_hits = (size_t)(hit - run->answer->hits);
    return rc;
}

/** The same with what stands in the documents, or what they have copies of: apart, so that it does
 *  not lie among what a query runs through that asks for ids alone. */
__attribute__((noinline)) static int make_more(struct run *run, const struct hit_making *making,
                                               struct analyzer *analyzer, struct muc_error *err)
{
    const bool counts = run->query->collapse || run->similar;
    struct highlighter highlighter = { 0 };
    struct hit_making more = *making;
    struct copies copies = { 0 };
    int rc = MUC_OK;

    more.highlighter = &highlighter;
    if (hits_have_text(run->query))
        rc = highlighter_open(&highlighter, run->tree.root, run->query->accents, &run->lookups,
                              analyzer, err);
    if (rc)
        return rc;
    rc = make_hits(run, &more, counts ? &copies : NULL, err);
    highlighter_close(&highlighter);
    copies_free(&copies);
    return rc;
}

static int give_hits(struct run *run, struct analyzer *analyzer, struct muc_error *err)
{
    struct answer *answer = run->answer;
    /* what a query found in its time is also shown where that is over: so this has some more */
    struct deadline deadline = {
        run->deadline.at ? run->deadline.at + run->query->time_ms * UINT64_C(1000) / SHOWN_IN : 0,
        false
    };
    const struct hit_making making = { run->reader,   run->query, &run->plan, &run->repairs,
                                       &run->recency, NULL,       &deadline,  &answer->arena };
    const size_t n = run->best.n - run->query->offset;
    int rc;

    if (!arena_reserve(&answer->arena, n * (sizeof *answer->hits + ID_ROOM) + MUC_ID_MAX + 1) ||
        !(answer->hits = arena_alloc(&answer->arena, n * sizeof *answer->hits)))
        return error_memory(err);
    rc = hits_have_text(run->query) || run->query->collapse || run->similar
             ? make_more(run, &making, analyzer, err)
             : make_hits(run, &making, NULL, err);
    run->deadline.met |= deadline.met;
    return rc;
}

static int give_warnings(struct run *run, struct muc_error *err)
{
    const struct query *typed = run->typed.root ? &run->typed : &run->tree;
    struct answer *answer = run->answer;

    if (!typed->n_warnings)
        return MUC_OK;
    answer->warnings = arena_zero(&answer->arena, typed->n_warnings, sizeof *answer->warnings);
    if (!answer->warnings)
        return error_memory(err);
    for (size_t i = 0; i < typed->n_warnings; i++) {
        struct muc_warning *warning = &answer->warnings[answer->n_warnings++];

        warning->position = typed->warnings[i].position;
        warning->kind = typed->warnings[i].kind;
        warning->message = str_c(warn_words(warning->kind));
    }
    return MUC_OK;
}

int run_give_out(struct run *run, struct analyzer *analyzer, struct muc_error *err)
{
    struct answer *answer = run->answer;
    int rc = run->best.n > run->query->offset ? give_hits(run, analyzer, err) : MUC_OK;

    if (!rc && run->facets->n) {
        rc = facets_finish(run->facets, run->query->facet_values, &answer->arena, &answer->facets,
                           err);
        answer->n_facets = rc ? 0 : run->facets->n;
    }
    if (!rc)
        rc = give_warnings(run, err);
    answer->summary.snapshot = run->reader->snapshot;
    answer->summary.match = run->any ? MUC_MATCH_ANY : MUC_MATCH_ALL;
    answer->summary.total = run->total;
    answer->summary.total_with_all = run->with_all;
    answer->summary.total_as_written = run->typed.root ? 0 : run->as_written;
    answer->summary.total_is_exact = run->counted && !run->deadline.met;
    answer->summary.is_partial = run->deadline.met;
    return rc;
}
