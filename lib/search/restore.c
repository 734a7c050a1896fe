/* SPDX-License-Identifier: MIT */
#include "search/restore.h"

#include <math.h>

#include "base/error.h"
#include "index/terms.h"

enum { READINGS_MAX = 8 }; /* of one syllable: the most frequent */

/* A form that is rarer among those of its syllable is a slip of the writer. */
#define SHARE_MIN 0.002

/* The pairs of a form that is met n times are trusted as if SMOOTHING × √n others had been seen, in
 * which forms follow by their frequency alone. Found by trying on titles held out. */
#define SMOOTHING 6.0

/* The log of how much likelier a reading has to be than any other for it to decide the ranking. */
#define CERTAIN 1.0

struct reading {
    struct muc_string exact;
    uint64_t count;
    double score, rest;         /* logs of the best way to it, and from it on */
    double steps[READINGS_MAX]; /* from each reading of the word before */
    bool paired[READINGS_MAX];  /* with that one, in the index */
};

/** A syllable of a run and its readings. */
struct place {
    struct node *node; /* WORD */
    struct reading readings[READINGS_MAX];
    uint32_t n, taken;
    bool certain;
};

struct restoring {
    struct query *query;
    const struct reader *reader;
    VECTOR(struct place) run; /* words next to each other */
    VECTOR(const struct query_word *) meant;
    struct muc_error *err;
};

/* ---- counts */

static int count_term(struct restoring *restoring, enum family family, struct muc_string term,
                      uint64_t *n)
{
    *n = 0;
    for (uint32_t s = 0; s < restoring->reader->n_segments; s++) {
        struct postings postings;
        int rc =
            segment_find(&restoring->reader->segments[s], family, term, &postings, restoring->err);

        if (rc < 0)
            return rc;
        *n += rc ? postings.occurrences : 0;
    }
    return MUC_OK;
}

/** Keep a form among the most frequent ones. */
static int add_reading(struct restoring *restoring, struct place *place, struct muc_string exact,
                       uint64_t count)
{
    struct reading *worst = &place->readings[0];

    for (uint32_t i = 0; i < place->n; i++) {
        if (str_equal(place->readings[i].exact, exact)) {
            place->readings[i].count += count;
            return MUC_OK;
        }
        worst = place->readings[i].count < worst->count ? &place->readings[i] : worst;
    }
    if (place->n < READINGS_MAX)
        worst = &place->readings[place->n++];
    else if (worst->count >= count)
        return MUC_OK;
    *worst =
        (struct reading){ .exact = arena_copy(&restoring->query->arena, exact), .count = count };
    return worst->exact.bytes ? MUC_OK : error_memory(restoring->err);
}

/** The forms of a syllable in one segment. */
static int read_forms(struct restoring *restoring, const struct segment *segment,
                      struct place *place)
{
    char room[TERM_MAX];
    struct muc_string prefix =
        term_exact(place->node->words->folded, place->node->words->folded, room);
    struct term_iter iter;
    int rc = term_iter_open(segment, FAMILY_EXACT, prefix, &iter, restoring->err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, restoring->err)) == 1 && str_starts(iter.term, prefix)) {
        struct postings postings;

        if ((rc = term_iter_postings(&iter, &postings, restoring->err)) ||
            (rc = add_reading(restoring, place, term_exact_form(iter.term), postings.occurrences)))
            break;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

static void drop_slips(struct place *place)
{
    uint64_t all = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < place->n; i++)
        all += place->readings[i].count;
    for (uint32_t i = 0; i < place->n; i++)
        if ((double)place->readings[i].count >= SHARE_MIN * (double)all)
            place->readings[n++] = place->readings[i];
    place->n = n;
}

static int count_word(struct restoring *restoring, const struct query_word *word, uint64_t *n)
{
    char room[TERM_MAX];

    return count_term(restoring, FAMILY_EXACT, term_exact(word->folded, word->exact, room), n);
}

static int fill_place(struct restoring *restoring, struct place *place)
{
    const struct query_word *word = place->node->words;
    uint64_t n;
    int rc = MUC_OK;

    if (word->marked) { /* by a repair */
        rc = count_word(restoring, word, &n);
        return rc ? rc : add_reading(restoring, place, word->exact, n);
    }
    for (uint32_t s = 0; s < restoring->reader->n_segments && !rc; s++)
        rc = read_forms(restoring, &restoring->reader->segments[s], place);
    if (!rc && !place->n)
        rc = add_reading(restoring, place, place->node->words->exact, 1);
    drop_slips(place);
    return rc;
}

/* ---- the most likely way */

/** The steps from the place before to one reading, and the best way to it. */
static int step(struct restoring *restoring, const struct place *before, struct reading *reading)
{
    double share = (double)(reading->count + 1) / (double)(restoring->reader->n_tokens + 1);
    char room[TERM_MAX];

    reading->score = -INFINITY;
    for (uint32_t i = 0; i < before->n; i++) {
        const struct reading *from = &before->readings[i];
        double smoothing = SMOOTHING * sqrt((double)(from->count + 1));
        uint64_t together = 0;
        int rc = MUC_OK;

        if (from->exact.size + reading->exact.size < TERM_MAX)
            rc = count_term(restoring, FAMILY_PAIR, term_pair(from->exact, reading->exact, room),
                            &together);
        if (rc)
            return rc;
        reading->paired[i] = together > 0;
        reading->steps[i] =
            log((smoothing * share + (double)together) / (smoothing + (double)from->count));
        if (from->score + reading->steps[i] > reading->score)
            reading->score = from->score + reading->steps[i];
    }
    return MUC_OK;
}

static int find_ways(struct restoring *restoring)
{
    struct place *places = restoring->run.at;

    for (uint32_t i = 0; i < places[0].n; i++)
        places[0].readings[i].score = log((double)(places[0].readings[i].count + 1));
    for (size_t p = 1; p < restoring->run.n; p++)
        for (uint32_t i = 0; i < places[p].n; i++) {
            int rc = step(restoring, &places[p - 1], &places[p].readings[i]);

            if (rc)
                return rc;
        }
    for (size_t p = restoring->run.n - 1; p-- > 0;)
        for (uint32_t i = 0; i < places[p].n; i++) {
            struct reading *reading = &places[p].readings[i];

            reading->rest = -INFINITY;
            for (uint32_t k = 0; k < places[p + 1].n; k++) {
                const struct reading *next = &places[p + 1].readings[k];

                reading->rest = fmax(reading->rest, next->steps[i] + next->rest);
            }
        }
    return MUC_OK;
}

/** The reading on the best way, and how much better that is than one with another reading here. */
static void take_reading(struct place *place)
{
    double best = -INFINITY, second = -INFINITY;

    for (uint32_t i = 0; i < place->n; i++) {
        double way = place->readings[i].score + place->readings[i].rest;

        if (way > best) {
            second = best;
            best = way;
            place->taken = i;
        } else if (way > second) {
            second = way;
        }
    }
    place->certain = best - second >= CERTAIN;
}

/** Whether any two neighbours on the way are so in the index. */
static bool take_way(struct restoring *restoring)
{
    struct place *places = restoring->run.at;
    bool paired = false;

    for (size_t p = 0; p < restoring->run.n; p++) {
        take_reading(&places[p]);
        paired |= p && places[p].readings[places[p].taken].paired[places[p - 1].taken];
    }
    return paired;
}

/** The run is complete: set what its words mean, and begin another. */
static int end_run(struct restoring *restoring)
{
    size_t n = restoring->run.n;
    bool paired = false;
    int rc = MUC_OK;

    for (size_t p = 0; p < n && n > 1 && !rc; p++)
        rc = fill_place(restoring, &restoring->run.at[p]);
    if (n > 1 && !rc && !(rc = find_ways(restoring)))
        paired = take_way(restoring);
    for (size_t p = 0; p < n && paired && !rc; p++) {
        const struct place *place = &restoring->run.at[p];
        struct muc_string exact = place->readings[place->taken].exact;
        const struct query_word **meant;
        struct query_word *word;

        if (str_equal(exact, place->node->words->exact))
            continue;
        word = arena_zero(&restoring->query->arena, 1, sizeof *word);
        if (!word || !(meant = vector_push(&restoring->meant)))
            return error_memory(restoring->err);
        *word = *place->node->words;
        word->meant = exact;
        word->certain = place->certain;
        place->node->words = *meant = word;
    }
    restoring->run.n = 0;
    return rc;
}

/* ---- the tree */

static bool is_plain(const struct node *node)
{
    return node->kind == NODE_WORD && node->spoken && node->marks == MARKS_AUTO &&
           (node->field == FIELD_ANY || node->field == FIELD_TITLE);
}

/** Runs of words that were typed next to each other. */
static int restore_node(struct restoring *restoring, const struct node *node)
{
    int rc = MUC_OK;

    if (node->kind == NODE_NOT)
        return MUC_OK;
    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        struct node *child = node->children[i];
        struct place *place;

        if (node->kind != NODE_AND || !is_plain(child)) {
            if (!(rc = end_run(restoring)))
                rc = restore_node(restoring, child);
            continue;
        }
        if (!(place = vector_push(&restoring->run)))
            return error_memory(restoring->err);
        *place = (struct place){ .node = child };
    }
    return rc ? rc : end_run(restoring);
}

int restore(struct muc_string text, struct query *query, const struct reader *reader,
            const struct repairs *repairs, struct buffer *out, struct muc_error *err)
{
    struct restoring restoring = { .query = query, .reader = reader, .err = err };
    uint32_t at = 0;
    int rc = tree_has_marks(query->root, repairs) ? MUC_OK : restore_node(&restoring, query->root);

    for (size_t i = 0; i < restoring.meant.n && !rc; i++) {
        const struct query_word *word = restoring.meant.at[i];

        buffer_append(out, text.bytes + at, word->start - at);
        buffer_append(out, word->meant.bytes, word->meant.size);
        at = word->end;
    }
    if (at)
        buffer_append(out, text.bytes + at, text.size - at);
    vector_free(&restoring.run);
    vector_free(&restoring.meant);
    return rc ? rc : out->failed ? error_memory(err) : MUC_OK;
}
