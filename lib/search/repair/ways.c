/* SPDX-License-Identifier: MIT */
#include "search/repair/ways.h"

#include <math.h>

#include "base/error.h"
#include "search/repair/turns.h"

/* How much less likely, as a log, a way may be than the best one by pairs to be looked at again. */
#define NEAR 3.0

/* The log of how much likelier a reading has to be than any other for it to decide the ranking. */
#define CERTAIN 1.0

/* Words are bound where so much of the rarer one comes with the other, by documents, and in so
 * many: of fewer it is chance. Where so much of the second comes with the first, it is a part of
 * that word: sọ não; not so tứ đầu, whose second one is frequent. The first is one where so much of
 * either comes with the other: dầu thô. Words that ask seldom begin another. */
#define BOUND    0.01
#define ONE_WORD 0.05
enum { BOUND_DOCS = 3 };

/* ---- by pairs
 *
 * Most pairs of readings stand nowhere. Of such a step the log is the sum of one for the reading
 * before and one for the next: so the best way over any of them is found without looking at each,
 * and a pair that does stand somewhere is likelier than if it did not. */

/** The best way to each reading of a place. */
static void enter_place(const struct place *before, const struct stage *from,
                        const struct place *place, struct stage *stage,
                        const struct known_pairs *pairs)
{
    double any = -INFINITY;

    for (uint32_t h = 0; h < before->n; h++)
        any = higher_of(any, from->best[h] + before->readings[h].nowhere);
    for (uint32_t i = 0; i < place->n; i++)
        stage->best[i] = any + place->readings[i].behind;
    for (uint32_t k = 0; k < pairs->n; k++) {
        const struct known_pair *pair = &pairs->at[k];
        double *best = &stage->best[pair->i];

        *best = higher_of(*best, from->best[pair->h] + pair->log);
    }
}

/** The best way from each reading before a place to the end, of which `rest` are those from the
 *  readings of the place on. */
static void leave_place(const struct place *before, const struct place *place,
                        const struct known_pairs *pairs, const double rest[READINGS_MAX],
                        double out[READINGS_MAX])
{
    double any = -INFINITY;

    for (uint32_t i = 0; i < place->n; i++)
        any = higher_of(any, place->readings[i].behind + rest[i]);
    for (uint32_t h = 0; h < before->n; h++)
        out[h] = before->readings[h].nowhere + any;
    for (uint32_t k = 0; k < pairs->n; k++) {
        const struct known_pair *pair = &pairs->at[k];

        out[pair->h] = higher_of(out[pair->h], pair->log + rest[pair->i]);
    }
}

/** The steps to a place that are on a way of `least` or more; `rest` are the best ways from it on,
 *  `on` those from the place before. */
static bool keep_steps(const struct place *before, const struct stage *from,
                       const struct place *place, struct stage *stage,
                       const struct known_pairs *pairs, const double rest[READINGS_MAX],
                       const double on[READINGS_MAX], double least, struct arena *arena)
{
    struct step steps[READINGS_MAX * READINGS_MAX];
    uint32_t k = 0, n = 0;

    for (uint32_t h = 0; h < before->n; h++) {
        if (from->best[h] + on[h] < least) /* nearly always */
            continue;
        while (k < pairs->n && pairs->at[k].h < h)
            k++;
        for (uint32_t i = 0; i < place->n; i++) {
            const struct known_pair *pair = &pairs->at[k];
            const bool known = k < pairs->n && pair->h == h && pair->i == i;
            const double log =
                known ? pair->log : before->readings[h].nowhere + place->readings[i].behind;

            k += known;
            if (from->best[h] + log + rest[i] >= least)
                steps[n++] = (struct step){
                    .log = log, .n_docs = known ? pair->n_docs : 0, .h = (uint8_t)h, .i = (uint8_t)i
                };
        }
    }
    stage->n = n;
    stage->steps = arena_alloc(arena, n * sizeof *steps);
    return stage->steps && memcpy(stage->steps, steps, n * sizeof *steps);
}

/** The steps that are on a way nearly as good as the best by pairs. */
static int walk_pairs(const struct place *places, size_t n, struct stage *stages,
                      const struct known_pairs *const *pairs, struct arena *arena,
                      struct muc_error *err)
{
    double rest[READINGS_MAX] = { 0 }, best = -INFINITY;

    for (uint32_t i = 0; i < places[0].n; i++)
        stages[0].best[i] = log((double)(places[0].readings[i].count + 1));
    for (size_t p = 1; p < n; p++)
        enter_place(&places[p - 1], &stages[p - 1], &places[p], &stages[p], pairs[p]);
    for (uint32_t i = 0; i < places[n - 1].n; i++)
        best = higher_of(best, stages[n - 1].best[i]);
    for (size_t p = n - 1; p > 0; p--) {
        double before[READINGS_MAX];

        leave_place(&places[p - 1], &places[p], pairs[p], rest, before);
        if (!keep_steps(&places[p - 1], &stages[p - 1], &places[p], &stages[p], pairs[p], rest,
                        before, best - NEAR, arena))
            return error_memory(err);
        memcpy(rest, before, places[p - 1].n * sizeof *rest);
    }
    return MUC_OK;
}

/* ---- what is taken */

/** The reading on the best way, and how much better that is than one with another reading here. */
static void take_reading(struct place *place, const double ways[READINGS_MAX])
{
    double best = -INFINITY, second = -INFINITY;

    for (uint32_t i = 0; i < place->n; i++) {
        if (ways[i] > best) {
            second = best;
            best = ways[i];
            place->taken = i;
        } else if (ways[i] > second) {
            second = ways[i];
        }
    }
    place->certain = best - second >= CERTAIN;
}

/** The best way through each reading of the two places of a stage. */
static void best_through(const struct stage *stage, double before[READINGS_MAX],
                         double here[READINGS_MAX])
{
    for (uint32_t i = 0; i < READINGS_MAX; i++)
        before[i] = here[i] = -INFINITY;
    for (uint32_t s = 0; s < stage->n; s++) {
        const struct step *step = &stage->steps[s];
        const double way = step->best + step->rest;

        before[step->h] = higher_of(before[step->h], way);
        here[step->i] = higher_of(here[step->i], way);
    }
}

/** In how many documents the two readings that were taken stand next to each other. */
static uint32_t paired_docs(const struct place *place, const struct known_pairs *pairs)
{
    uint32_t n_docs = 0;

    for (uint32_t k = 0; k < pairs->n && !n_docs; k++)
        if (pairs->at[k].h == place[-1].taken && pairs->at[k].i == place[0].taken)
            n_docs = pairs->at[k].n_docs;
    return n_docs;
}

/** Note how often two readings come with each other. */
static void note_bond(struct place *place, uint32_t n_docs)
{
    const uint64_t before = place[-1].readings[place[-1].taken].count,
                   here = place[0].readings[place[0].taken].count;
    const double rarer = (double)(before < here ? before : here);

    place->bound = n_docs >= BOUND_DOCS && (double)n_docs >= BOUND * rarer;
    place->one_word = place->bound && (double)n_docs >= ONE_WORD * (double)here;
    place[-1].one_word |= place->bound && (double)n_docs >= ONE_WORD * rarer;
}

static void take_best(struct place *places, size_t n, const struct stage *stages,
                      const struct known_pairs *const *pairs)
{
    for (size_t p = 1; p < n; p++) {
        double before[READINGS_MAX], here[READINGS_MAX];
        uint32_t n_docs;

        best_through(&stages[p], before, here);
        if (p == 1) {
            take_reading(&places[0], before);
            places[0].paired = places[0].bound = places[0].one_word = false;
        }
        take_reading(&places[p], here);
        n_docs = paired_docs(&places[p], pairs[p]);
        places[p].paired = n_docs > 0;
        note_bond(&places[p], n_docs);
        places[p - 1].paired |= places[p].paired;
    }
}

int take_way(struct place *places, size_t n, struct pair_counts *counts, struct muc_error *err)
{
    struct arena arena;
    struct arena_room room;
    const struct known_pairs **pairs;
    struct stage *stages;
    int rc;

    arena_lend(&arena, &room, sizeof room);
    stages = arena_alloc(&arena, n * sizeof *stages);
    pairs = arena_alloc(&arena, n * sizeof *pairs);
    rc = stages && pairs ? pair_counts_read(counts, places, n, &arena, pairs, err)
                         : error_memory(err);
    if (!rc)
        rc = walk_pairs(places, n, stages, pairs, &arena, err);
    if (!rc)
        rc = walk_turns(places, n, stages, counts->lookups, &arena, err);
    if (!rc)
        take_best(places, n, stages, pairs);
    arena_free(&arena);
    return rc;
}
