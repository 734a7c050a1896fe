/* SPDX-License-Identifier: MIT */
#include "search/ways.h"

#include <math.h>

#include "base/error.h"
#include "index/terms.h"
#include "search/turns.h"

/* The pairs of a form that is met n times are trusted as if SMOOTHING × √n others had been seen, in
 * which forms follow by their frequency alone. Found by trying on titles held out. */
#define SMOOTHING 6.0

/* How much less likely, as a log, a way may be than the best one by pairs to be looked at again. */
#define NEAR 3.0

/* The log of how much likelier a reading has to be than any other for it to decide the ranking. */
#define CERTAIN 1.0

/* ---- by pairs */

/** Count the steps from the place before to one reading, and find the best way to it. */
static int enter_reading(const struct place *before, const struct stage *from,
                         const struct place *place, uint32_t i, struct stage *stage,
                         const struct reader *reader, struct muc_error *err)
{
    const struct reading *reading = &place->readings[i];
    double share = (double)(reading->count + 1) / (double)(reader->n_tokens + 1);

    stage->best[i] = -INFINITY;
    for (uint32_t h = 0; h < before->n; h++) {
        const struct reading *last = &before->readings[h];
        double smoothing = SMOOTHING * sqrt((double)(last->count + 1));
        struct term_counts pair = { 0 };
        char room[TERM_MAX];
        int rc = MUC_OK;

        if (last->exact.size + reading->exact.size < TERM_MAX)
            rc = count_term(reader, FAMILY_PAIR, term_pair(last->exact, reading->exact, room),
                            &pair, err);
        if (rc)
            return rc;
        stage->steps[h][i].n_docs = pair.docs;
        stage->steps[h][i].log =
            log((smoothing * share + (double)pair.occurrences) / (smoothing + (double)last->count));
        stage->best[i] = fmax(stage->best[i], from->best[h] + stage->steps[h][i].log);
    }
    return MUC_OK;
}

static int walk_pairs(const struct place *places, size_t n, struct stage *stages,
                      const struct reader *reader, struct muc_error *err)
{
    for (uint32_t i = 0; i < places[0].n; i++)
        stages[0].best[i] = log((double)(places[0].readings[i].count + 1));
    for (size_t p = 1; p < n; p++)
        for (uint32_t i = 0; i < places[p].n; i++) {
            int rc = enter_reading(&places[p - 1], &stages[p - 1], &places[p], i, &stages[p],
                                   reader, err);

            if (rc)
                return rc;
        }
    return MUC_OK;
}

/** From the end back, which steps are on a way that is nearly as good as the best. */
static void keep_near(const struct place *places, size_t n, struct stage *stages)
{
    double rest[READINGS_MAX] = { 0 }, best = -INFINITY;

    for (uint32_t i = 0; i < places[n - 1].n; i++)
        best = fmax(best, stages[n - 1].best[i]);
    for (size_t p = n - 1; p > 0; p--) {
        double before[READINGS_MAX];

        for (uint32_t h = 0; h < places[p - 1].n; h++) {
            before[h] = -INFINITY;
            for (uint32_t i = 0; i < places[p].n; i++) {
                struct step *step = &stages[p].steps[h][i];
                double on = step->log + rest[i];

                before[h] = fmax(before[h], on);
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

            before[h] = fmax(before[h], way);
            here[i] = fmax(here[i], way);
        }
}

int take_way(struct place *places, size_t n, const struct reader *reader, struct muc_error *err)
{
    struct stage *stages = calloc(n, sizeof *stages);
    int rc = stages ? walk_pairs(places, n, stages, reader, err) : error_memory(err);

    if (!rc)
        keep_near(places, n, stages);
    if (!rc && !(rc = walk_turns(places, n, stages, reader, err)))
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
    free(stages);
    return rc;
}
