/* SPDX-License-Identifier: MIT */
#include "search/repair/turns.h"

#include <math.h>

#include "base/error.h"
#include "search/cursor.h"

/* A pair found in n documents is trusted to say what follows it as if SMOOTHING × √n others had
 * been seen, in which its second word alone says that. Found by trying on titles held out. */
#define SMOOTHING 2.0

/* Documents of the lists that lead, looked up in the others for one run; beyond that pairs alone
 * judge. A title takes some 900 of an archive of 100,000. */
#define LOOKED_UP_MAX (1 << 20)

/** Two steps, one behind the other. */
struct turn {
    struct step *from, *to;
    double log; /* of the likelihood of the second step after the first */
};

struct walk {
    const struct place *places;
    struct stage *stages;
    const struct reader *reader;
    struct lookups *lookups;
    struct arena *arena;
    struct arena cursors;
    VECTOR(struct turn) turns; /* by place, in the arena */
    uint64_t left;             /* of LOOKED_UP_MAX */
    struct muc_error *err;
};

/* ---- documents that have both pairs */

static int intersect(struct walk *walk, const struct segment *segment,
                     const struct postings pairs[2], uint64_t *n)
{
    bool swap = pairs[1].list.n < pairs[0].list.n;
    struct cursor *lead = cursor_new(&walk->cursors, segment, &pairs[swap]);
    struct cursor *other = cursor_new(&walk->cursors, segment, &pairs[!swap]);

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

/** The pair of a step to a place, which other turns ask for, too. */
static int find_pair(struct walk *walk, const struct place *to, struct step *step)
{
    if (step->pair)
        return MUC_OK;
    return lookups_pair(
        walk->lookups, true, &(struct query_word){ .exact = to[-1].readings[step->h].exact },
        &(struct query_word){ .exact = to[0].readings[step->i].exact }, &step->pair, walk->err);
}

/** Documents with both pairs of a turn that ends at place `at`, which both occur. */
static int count_both(struct walk *walk, const struct place *at, const struct turn *turn,
                      uint64_t *n)
{
    int rc = find_pair(walk, at - 1, turn->from);

    rc = rc ? rc : find_pair(walk, at, turn->to);
    for (uint32_t s = 0; s < walk->reader->n_segments && !rc; s++) {
        const struct postings both[] = { turn->from->pair->at[s], turn->to->pair->at[s] };

        if (!both[0].list.n || !both[1].list.n)
            continue;
        rc = intersect(walk, &walk->reader->segments[s], both, n);
        arena_reset(&walk->cursors);
    }
    return rc;
}

/* ---- turns */

/** Judge a turn that ends at place `at`. */
static int judge(struct walk *walk, const struct place *at, struct turn *turn)
{
    const struct step *from = turn->from, *to = turn->to;
    uint64_t least = from->n_docs < to->n_docs ? from->n_docs : to->n_docs, both = 0;
    double by_chance =
        (double)from->n_docs * (double)to->n_docs / (double)(walk->reader->n_docs + 1);
    double smoothing = SMOOTHING * sqrt((double)(from->n_docs + 1));
    int rc;

    if (!from->n_docs || least > walk->left)
        return MUC_OK;
    walk->left -= least;
    if (least && (rc = count_both(walk, at, turn, &both)))
        return rc;
    turn->log = log((higher_of(0, (double)both - by_chance) + smoothing * exp(to->log)) /
                    ((double)from->n_docs + smoothing));
    return MUC_OK;
}

/** The turns that end at place p, judged where there is a choice and the time for it. */
static int add_turns(struct walk *walk, size_t p)
{
    const struct stage *before = &walk->stages[p - 1], *here = &walk->stages[p];
    size_t start = walk->turns.n;
    int rc = MUC_OK;

    for (uint32_t f = 0; f < before->n; f++)
        for (uint32_t t = 0; t < here->n; t++) {
            struct step *from = &before->steps[f], *to = &here->steps[t];
            struct turn *turn;

            if (to->h != from->i)
                continue;
            if (!(turn = arena_push(walk->arena, &walk->turns)))
                return error_memory(walk->err);
            *turn = (struct turn){ from, to, to->log };
        }
    if (walk->turns.n <= start + 1 || deadline_is_over(walk->lookups->deadline))
        return MUC_OK;
    for (size_t t = start; t < walk->turns.n && !rc; t++)
        rc = judge(walk, &walk->places[p], &walk->turns.at[t]);
    return rc;
}

/* ---- ways */

static void start_ways(struct walk *walk, size_t n)
{
    for (size_t p = 1; p < n; p++)
        for (uint32_t s = 0; s < walk->stages[p].n; s++) {
            struct step *step = &walk->stages[p].steps[s];

            step->best = p == 1 ? walk->stages[0].best[step->h] + step->log : -INFINITY;
            step->rest = p == n - 1 ? 0 : -INFINITY;
        }
}

int walk_turns(const struct place *places, size_t n, struct stage *stages, struct lookups *lookups,
               struct arena *arena, struct muc_error *err)
{
    struct walk walk = { .places = places,
                         .stages = stages,
                         .reader = lookups->reader,
                         .lookups = lookups,
                         .arena = arena,
                         .left = LOOKED_UP_MAX,
                         .err = err };
    int rc = MUC_OK;

    for (size_t p = 2; p < n && !rc; p++)
        rc = add_turns(&walk, p);
    start_ways(&walk, n);
    for (size_t t = 0; t < walk.turns.n; t++) {
        const struct turn *turn = &walk.turns.at[t];

        turn->to->best = higher_of(turn->to->best, turn->from->best + turn->log);
    }
    for (size_t t = walk.turns.n; t-- > 0;) {
        const struct turn *turn = &walk.turns.at[t];

        turn->from->rest = higher_of(turn->from->rest, turn->log + turn->to->rest);
    }
    arena_free(&walk.cursors);
    return rc;
}
