/* SPDX-License-Identifier: MIT */
#include "search/best/best.h"

#include "base/error.h"
#include "search/best/best_run.h"

/* A list is looked at before the leader that is so many times as long, where one part in so many of
 * what a document can get is from it. */
enum { SHORTER = 8, MUCH = 16 };

/* So many documents are gathered from the leader's blocks before the other lists are asked about
 * them: most blocks leave a few, and where the loops over these end cannot be foreseen. */
enum { ENOUGH = 64 };

_Static_assert((int)ENOUGH + (int)LIST_BLOCK <= (int)BATCH_MOST, "one block more is gathered");

/* ---- led by one list */

/** The rarest of the lists besides the leader that documents have to be in; NULL: there is none. */
static struct clause *find_with(const struct best *best, uint32_t leader)
{
    uint32_t c = leader ? 0 : 1; /* the rarest come first */

    return c < best->parts.n_required ? &best->clauses[c] : NULL;
}

/** Gather the documents of a block of the leader that may be among the best. */
static void pick_block(struct best *best, uint32_t leader, const struct ranges *blocks,
                       uint32_t block)
{
    double rest = best_enter_range(best, leader, blocks, block);

    clause_pick(&best->clauses[leader], best->plan, best->segment, block,
                best_threshold(best) - rest, best->batch);
}

/** What a document of the batch can get at most besides what it gets from the leader. */
static double rest_of(const struct best *best, uint32_t leader)
{
    double rest = best->parts.phrases_bound;

    for (uint32_t c = best->n; c-- > 0;)
        if (c != leader && !best->clauses[c].done)
            rest += best->clauses[c].local;
    return rest;
}

/** Ask the other lists about what was gathered; keep the best. */
static void lead_batch(struct best *best, uint32_t leader)
{
    struct clause *clause = &best->clauses[leader];
    struct clause *with = find_with(best, leader);
    double rest = rest_of(best, leader);

    best_sift(best, best->windows.n ? &best->windows : NULL);
    if (with)
        clause_begin_with(clause, with, best->plan, best->segment,
                          best_threshold(best) - (rest - with->local) - BOUND_ROUNDING,
                          best->batch);
    else
        clause_begin(clause, best->plan, best->segment, best->batch);
    best_finish(best);
}

/** Look at the blocks of the leader, in the order of what their documents can have. */
__attribute__((noinline)) static void lead_blocks(struct best *best, uint32_t leader,
                                                  struct ranges *blocks)
{
    struct clause *clause = &best->clauses[leader];

    for (uint32_t block = 0; block < blocks->n; block++)
        if (blocks->bounds[block] > RANGE_DONE)
            blocks->bounds[block] += clause_block_bound(clause, block);
    ranges_sort(blocks);
    for (unsigned n = ranges_phases(blocks), phase = 0; phase < n; phase++) {
        uint32_t block;

        if (!ranges_begin(blocks, phase))
            continue;
        best_rewind(best);
        while (!best->no_memory && !clause->cursor->bad && !best_is_over(best) &&
               ranges_take(blocks, best_threshold(best), &block)) {
            pick_block(best, leader, blocks, block);
            if (best->batch->n >= ENOUGH)
                lead_batch(best, leader);
        }
        if (best->batch->n)
            lead_batch(best, leader);
    }
}

/** What the other lists have in the range of each block of the leader. */
static bool ask_blocks(struct best *best, uint32_t leader, struct ranges *blocks)
{
    const struct cursor *cursor = best->clauses[leader].cursor;
    const struct list *list = &cursor->postings.list;
    const enum ranges_kind kind = best->forwards ? RANGES_FORWARDS : RANGES_BLOCKS;

    if (!ranges_start(blocks, kind, list->n_blocks, best->arena))
        return false;
    for (uint32_t block = 0; block < blocks->n; block++)
        blocks->lasts[block] = blocks->n > 1 ? list_last(list, block) : cursor->last;
    return best_ask_ranges(best, leader, blocks);
}

/** Whether there is nothing but a list of one block, which has no ranges to choose among. */
static bool is_short(const struct best *best)
{
    return best->n == 1 && best->clauses[0].cursor->postings.list.n_blocks == 1 &&
           !best->parts.phrases.n;
}

/** Look at all documents of the only block. */
static void lead_short(struct best *best)
{
    struct clause *clause = &best->clauses[0];

    clause->known = true;
    clause_pick(clause, best->plan, best->segment, 0, best_threshold(best), best->batch);
    lead_batch(best, 0);
}

static bool lead(struct best *best, uint32_t leader)
{
    const struct clause *with = find_with(best, leader);
    struct ranges blocks;

    if (is_short(best)) {
        lead_short(best);
        return true;
    }
    for (uint32_t c = 0; c < best->n; c++)
        best->clauses[c].known = c == leader || &best->clauses[c] == with;
    best_rewind(best);
    if (!ask_blocks(best, leader, &blocks))
        return false;
    if (blocks.n > 1)
        lead_blocks(best, leader, &blocks);
    else if (blocks.bounds[0] > RANGE_DONE) {
        pick_block(best, leader, &blocks, 0);
        lead_batch(best, leader);
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
    uint32_t first = best->forwards || best->n == 1 ? UINT32_MAX : choose_first(best);

    for (; first != UINT32_MAX; first = choose_first(best)) {
        if (!lead(best, first))
            return false;
        best->clauses[first].done = best->any_done = true;
    }
    return lead(best, 0);
}

/* ---- the segment */

static int walk(struct best *best, struct muc_error *err)
{
    uint32_t n;

    if (best_ask_champions(best))
        return MUC_OK;
    if (best->n == 1 || best->parts.n_required)
        return lead_required(best) ? MUC_OK : error_memory(err);
    if ((n = best_walk_windows(best)) == UINT32_MAX || (n == 1 && !lead(best, 0)))
        return error_memory(err);
    return MUC_OK;
}

int best_find(const struct best_query *query, uint32_t s, struct matcher *match,
              struct arena *arena, struct topk *topk, uint64_t *n_met, struct muc_error *err)
{
    struct batch batch; /* apart, so that nobody fills it with zeros */
    struct best best = { .query = query,
                         .plan = query->plan,
                         .segment = &query->reader->segments[s],
                         .s = s,
                         .from = match ? match->doc : 0,
                         .topk = topk,
                         .floor = -INFINITY,
                         .batch = &batch,
                         .arena = arena };
    int rc;

    batch.n = 0;
    *n_met = 0;
    if (best.from == DOC_END || !topk->most)
        return 1;
    rc = best_parts_open(query, s, match, arena, &best.parts, err);
    if (rc == 1) {
        best.clauses = best.parts.clauses.at;
        best.n = (uint32_t)best.parts.clauses.n;
        best.forwards = best.parts.checks.n || best.parts.excluded.n;
        rc = walk(&best, err);
        if (!rc)
            rc = best.no_memory ? error_memory(err)
                                : best_parts_failed(&best.parts, best.segment, err);
        if (best.scorer) {
            rc = rc ? rc : scorer_failed(best.scorer, err);
            scorer_close(best.scorer);
        }
        rc = rc ? rc : 1;
        *n_met = best.n_met;
    }
    best_parts_close(&best.parts);
    return rc;
}
