/* SPDX-License-Identifier: MIT */
#include "search/turns.h"

#include <math.h>

#include "base/error.h"
#include "search/cursor.h"

/* A pair found in n documents is trusted to say what follows it as if SMOOTHING × √n others had
 * been seen, in which its second word alone says that. Found by trying on titles held out. */
#define SMOOTHING 2.0

/* Documents of the lists that lead, looked up in the others for one run; beyond that pairs alone
 * judge. A title takes some 900 of an archive of 100,000. */
#define LOOKED_UP_MAX (1 << 20)

/** Two steps, one behind the other: from reading h two places before, over i, to k. */
struct turn {
    size_t place;
    uint8_t h, i, k;
    double log; /* of the likelihood of the second step after the first */
};

struct walk {
    const struct place *places;
    struct stage *stages;
    const struct reader *reader;
    struct lookups *lookups;
    struct deadline *deadline;
    struct arena arena;        /* for cursors */
    VECTOR(struct turn) turns; /* by place */
    uint64_t left;             /* of LOOKED_UP_MAX */
    struct muc_error *err;
};

/* ---- documents that have both pairs */

static int intersect(struct walk *walk, const struct segment *segment,
                     const struct postings pairs[2], uint64_t *n)
{
    bool swap = pairs[1].list.n < pairs[0].list.n;
    struct cursor *lead = cursor_new(&walk->arena, segment, &pairs[swap]);
    struct cursor *other = cursor_new(&walk->arena, segment, &pairs[!swap]);

    if (!lead || !other)
        return error_memory(walk->err);
    for (; lead->doc != DOC_END; cursor_seek(lead, lead->doc + 1)) {
        cursor_seek(other, lead->doc);
        *n += other->doc == lead->doc && !segment_is_deleted(segment, lead->doc);
    }
    if (lead->bad || other->bad)
        return error_set(walk->err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                         (unsigned)(segment - walk->reader->segments));
    return MUC_OK;
}

/** Documents with both pairs of three readings, which all occur. */
static int count_both(struct walk *walk, const struct reading *const three[3], uint64_t *n)
{
    const struct query_word words[] = { { .exact = three[0]->exact },
                                        { .exact = three[1]->exact },
                                        { .exact = three[2]->exact } };
    const struct lookup *pairs[2];
    int rc = MUC_OK;

    for (int i = 0; i < 2 && !rc; i++) /* other turns ask for them, too */
        rc = lookups_pair(walk->lookups, true, words + i, &pairs[i], walk->err);
    for (uint32_t s = 0; s < walk->reader->n_segments && !rc; s++) {
        const struct postings both[] = { pairs[0]->at[s], pairs[1]->at[s] };

        if (!both[0].list.n || !both[1].list.n)
            continue;
        rc = intersect(walk, &walk->reader->segments[s], both, n);
        arena_reset(&walk->arena);
    }
    return rc;
}

/* ---- turns */

static struct step *step_from(const struct walk *walk, const struct turn *turn)
{
    return &walk->stages[turn->place - 1].steps[turn->h][turn->i];
}

static struct step *step_to(const struct walk *walk, const struct turn *turn)
{
    return &walk->stages[turn->place].steps[turn->i][turn->k];
}

static int judge(struct walk *walk, struct turn *turn)
{
    const struct place *at = &walk->places[turn->place];
    const struct step *from = step_from(walk, turn), *to = step_to(walk, turn);
    uint64_t least = from->n_docs < to->n_docs ? from->n_docs : to->n_docs, both = 0;
    double by_chance =
        (double)from->n_docs * (double)to->n_docs / (double)(walk->reader->n_docs + 1);
    double smoothing = SMOOTHING * sqrt((double)(from->n_docs + 1));

    if (!from->n_docs || least > walk->left || deadline_is_over(walk->deadline))
        return MUC_OK;
    walk->left -= least;
    if (least) {
        const struct reading *const three[] = { &at[-2].readings[turn->h],
                                                &at[-1].readings[turn->i],
                                                &at[0].readings[turn->k] };
        int rc = count_both(walk, three, &both);

        if (rc)
            return rc;
    }
    turn->log = log((fmax(0, (double)both - by_chance) + smoothing * exp(to->log)) /
                    ((double)from->n_docs + smoothing));
    return MUC_OK;
}

/** The turns that end at place p, judged where there is a choice. */
static int add_turns(struct walk *walk, size_t p)
{
    const struct place *at = &walk->places[p];
    size_t start = walk->turns.n;
    int rc = MUC_OK;

    for (uint32_t h = 0; h < at[-2].n; h++)
        for (uint32_t i = 0; i < at[-1].n; i++)
            for (uint32_t k = 0; k < at[0].n && walk->stages[p - 1].steps[h][i].near; k++) {
                const struct step *to = &walk->stages[p].steps[i][k];
                struct turn *turn;

                if (!to->near)
                    continue;
                if (!(turn = vector_push(&walk->turns)))
                    return error_memory(walk->err);
                *turn = (struct turn){
                    .place = p, .h = (uint8_t)h, .i = (uint8_t)i, .k = (uint8_t)k, .log = to->log
                };
            }
    for (size_t t = start; t < walk->turns.n && walk->turns.n > start + 1 && !rc; t++)
        rc = judge(walk, &walk->turns.at[t]);
    return rc;
}

/* ---- ways */

static void start_ways(struct walk *walk, size_t n)
{
    for (size_t p = 1; p < n; p++)
        for (uint32_t h = 0; h < walk->places[p - 1].n; h++)
            for (uint32_t i = 0; i < walk->places[p].n; i++) {
                struct step *step = &walk->stages[p].steps[h][i];

                step->best = p == 1 ? walk->stages[0].best[h] + step->log : -INFINITY;
                step->rest = p == n - 1 ? 0 : -INFINITY;
            }
}

int walk_turns(const struct place *places, size_t n, struct stage *stages, struct lookups *lookups,
               struct muc_error *err)
{
    struct walk walk = { .places = places,
                         .stages = stages,
                         .reader = lookups->reader,
                         .lookups = lookups,
                         .deadline = lookups->deadline,
                         .left = LOOKED_UP_MAX,
                         .err = err };
    int rc = MUC_OK;

    for (size_t p = 2; p < n && !rc; p++)
        rc = add_turns(&walk, p);
    start_ways(&walk, n);
    for (size_t t = 0; t < walk.turns.n; t++) {
        const struct turn *turn = &walk.turns.at[t];
        struct step *to = step_to(&walk, turn);

        to->best = fmax(to->best, step_from(&walk, turn)->best + turn->log);
    }
    for (size_t t = walk.turns.n; t-- > 0;) {
        const struct turn *turn = &walk.turns.at[t];
        struct step *from = step_from(&walk, turn);

        from->rest = fmax(from->rest, turn->log + step_to(&walk, turn)->rest);
    }
    arena_free(&walk.arena);
    vector_free(&walk.turns);
    return rc;
}
