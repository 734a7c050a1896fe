/* SPDX-License-Identifier: MIT */
#include "search/best.h"

#include "base/error.h"
#include "search/best_run.h"

/* A list is looked at before the leader that is so many times as long, where one part in so many of
 * what a document can get is from it. */
enum { SHORTER = 8, MUCH = 16 };

/* ---- led by one list */

/** The first and last document that a block of the leader can have. */
static void block_range(const struct clause *leader, uint32_t block, uint32_t *first,
                        uint32_t *last)
{
    const struct list *list = &leader->cursor->postings.list;

    *first = block ? list_last(list, block - 1) + 1 : 0;
    *last = list->n_blocks > 1 ? list_last(list, block) : leader->cursor->last;
}

/** What the others have in the range of a block of the leader. */
static void ask_block(struct best *best, uint32_t leader, uint32_t block, uint8_t *impacts)
{
    uint32_t first, last;

    block_range(&best->clauses[leader], block, &first, &last);
    best_ask_range(best, leader, first, last, impacts);
}

/** `impacts`: what ask_block() said of the block. */
static void lead_block(struct best *best, uint32_t leader, uint32_t block, const uint8_t *impacts)
{
    struct clause *clause = &best->clauses[leader];
    double rest = best_bound_range(best, leader, impacts);
    struct candidates candidates;

    clause_pick(clause, best->plan, best->segment, block, best_threshold(best) - rest, &candidates);
    clause_begin(clause, best->plan, best->segment, &candidates, &best->batch);
    best_sift(best, best->windows.n ? &best->windows : NULL);
    best_finish(best);
}

/** Look at the blocks of the leader, in the order of what their documents can have. */
static void lead_blocks(struct best *best, uint32_t leader, struct ranges *blocks, uint8_t *impacts)
{
    struct clause *clause = &best->clauses[leader];

    for (uint32_t block = 0; block < blocks->n; block++) {
        uint8_t *its = impacts + (size_t)block * best->n;
        double rest;

        ask_block(best, leader, block, its);
        rest = best_bound_range(best, leader, its);
        blocks->bounds[block] = rest < 0 ? RANGE_DONE : rest + clause_block_bound(clause, block);
    }
    ranges_sort(blocks);
    for (unsigned n = ranges_phases(blocks), phase = 0; phase < n; phase++) {
        uint32_t block;

        best_rewind(best);
        ranges_begin(blocks, phase);
        while (!best->no_memory && !clause->cursor->bad && !best_is_over(best) &&
               ranges_take(blocks, best_threshold(best), &block))
            lead_block(best, leader, block, impacts + (size_t)block * best->n);
    }
}

static bool lead(struct best *best, uint32_t leader)
{
    const uint32_t n_blocks = best->clauses[leader].cursor->postings.list.n_blocks;
    uint8_t *impacts = arena_alloc(best->arena, (size_t)n_blocks * best->n);
    struct ranges blocks;

    if (!impacts)
        return false;
    for (uint32_t c = 0; c < best->n; c++)
        best->clauses[c].known = c == leader;
    best_rewind(best);
    if (n_blocks == 1) {
        ask_block(best, leader, 0, impacts);
        lead_block(best, leader, 0, impacts);
        return true;
    }
    if (!ranges_start(&blocks, best->forwards ? RANGES_FORWARDS : RANGES_BLOCKS, n_blocks,
                      best->arena))
        return false;
    lead_blocks(best, leader, &blocks, impacts);
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
    struct best best = { .query = query,
                         .plan = query->plan,
                         .segment = &query->reader->segments[s],
                         .s = s,
                         .from = match->doc,
                         .topk = topk,
                         .floor = -INFINITY,
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
