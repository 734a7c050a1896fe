/* SPDX-License-Identifier: MIT */
#include "search/ways.h"

#include <math.h>

#include "base/error.h"
#include "search/turns.h"

/* The pairs of a form that is met n times are trusted as if SMOOTHING × √n others had been seen, in
 * which forms follow by their frequency alone. Found by trying on titles held out. */
#define SMOOTHING 6.0

/* By which power of its own frequency a form counts less behind another one: what is asked for are
 * words that belong together rather than frequent ones that happen to meet, xã phường rather than
 * xã Phương. Found in the same way. */
#define TOGETHER 0.2

/* How much less likely, as a log, a way may be than the best one by pairs to be looked at again. */
#define NEAR 3.0

/* The log of how much likelier a reading has to be than any other for it to decide the ranking. */
#define CERTAIN 1.0

/** As fmax() of numbers that are such, which would be a call. */
static inline double higher_of(double a, double b)
{
    return a > b ? a : b;
}

/* ---- by pairs */

/** Weigh the steps from the place before, and find the best way to each reading. Most pairs stand
 *  nowhere: of these the log is the sum of one for each reading. */
static void enter_place(const struct place *before, const struct stage *from,
                        const struct place *place, struct stage *stage,
                        const struct place_pairs *pairs, double n_tokens)
{
    double shares[READINGS_MAX], alone[READINGS_MAX];

    for (uint32_t i = 0; i < place->n; i++) {
        shares[i] = (double)(place->readings[i].count + 1) / (n_tokens + 1);
        alone[i] = log(shares[i]);
        stage->best[i] = -INFINITY;
    }
    for (uint32_t h = 0; h < before->n; h++) {
        const double last = (double)before->readings[h].count;
        const double smoothing = SMOOTHING * sqrt(last + 1);
        const double nowhere = log(smoothing / (smoothing + last));

        for (uint32_t i = 0; i < place->n; i++) {
            const struct term_counts *pair = &pairs->at[h][i];
            struct step *step = &stage->steps[h][i];

            step->n_docs = (uint32_t)pair->docs;
            step->log =
                pair->occurrences
                    ? log((smoothing * shares[i] + (double)pair->occurrences) / (smoothing + last))
                    : nowhere + alone[i];
            step->log -= TOGETHER * alone[i];
            stage->best[i] = higher_of(stage->best[i], from->best[h] + step->log);
        }
    }
}

static int walk_pairs(const struct place *places, size_t n, struct stage *stages,
                      struct arena *arena, struct pair_counts *counts, struct muc_error *err)
{
    const double n_tokens = (double)counts->lookups->reader->n_tokens;
    struct place_pairs *pairs = arena_alloc(arena, n * sizeof *pairs);
    int rc = pairs ? pair_counts_read(counts, places, n, arena, pairs, err) : error_memory(err);

    if (rc)
        return rc;
    for (uint32_t i = 0; i < places[0].n; i++)
        stages[0].best[i] = log((double)(places[0].readings[i].count + 1));
    for (size_t p = 1; p < n; p++) {
        stages[p].steps = arena_alloc(arena, places[p - 1].n * sizeof *stages[p].steps);
        if (!stages[p].steps)
            return error_memory(err);
        enter_place(&places[p - 1], &stages[p - 1], &places[p], &stages[p], &pairs[p], n_tokens);
    }
    return MUC_OK;
}

/** From the end back, which steps are on a way that is nearly as good as the best. */
static void keep_near(const struct place *places, size_t n, struct stage *stages)
{
    double rest[READINGS_MAX] = { 0 }, best = -INFINITY;

    for (uint32_t i = 0; i < places[n - 1].n; i++)
        best = higher_of(best, stages[n - 1].best[i]);
    for (size_t p = n - 1; p > 0; p--) {
        double before[READINGS_MAX];

        for (uint32_t h = 0; h < places[p - 1].n; h++) {
            before[h] = -INFINITY;
            for (uint32_t i = 0; i < places[p].n; i++) {
                struct step *step = &stages[p].steps[h][i];
                double on = step->log + rest[i];

                before[h] = higher_of(before[h], on);
                step->near = stages[p - 1].best[h] + on >= best - NEAR;
            }
        }
        for (uint32_t h = 0; h < places[p - 1].n; h++)
            rest[h] = before[h];
    }
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

/** The best way through each reading of places p - 1 and p. */
static void best_through(const struct place *places, size_t p, const struct stage *stage,
                         double before[READINGS_MAX], double here[READINGS_MAX])
{
    for (uint32_t i = 0; i < READINGS_MAX; i++)
        before[i] = here[i] = -INFINITY;
    for (uint32_t h = 0; h < places[p - 1].n; h++)
        for (uint32_t i = 0; i < places[p].n; i++) {
            const struct step *step = &stage->steps[h][i];
            double way = step->near ? step->best + step->rest : -INFINITY;

            before[h] = higher_of(before[h], way);
            here[i] = higher_of(here[i], way);
        }
}

int take_way(struct place *places, size_t n, struct pair_counts *counts, struct muc_error *err)
{
    struct arena arena;
    struct arena_room room;
    struct stage *stages;
    int rc;

    arena_lend(&arena, &room, sizeof room);
    stages = arena_zero(&arena, n, sizeof *stages);
    rc = stages ? walk_pairs(places, n, stages, &arena, counts, err) : error_memory(err);
    if (!rc)
        keep_near(places, n, stages);
    if (!rc && !(rc = walk_turns(places, n, stages, counts->lookups, err)))
        for (size_t p = 1; p < n; p++) {
            double before[READINGS_MAX], here[READINGS_MAX];

            best_through(places, p, &stages[p], before, here);
            if (p == 1) {
                take_reading(&places[0], before);
                places[0].paired = false;
            }
            take_reading(&places[p], here);
            places[p].paired = stages[p].steps[places[p - 1].taken][places[p].taken].n_docs > 0;
            places[p - 1].paired |= places[p].paired;
        }
    arena_free(&arena);
    return rc;
}
