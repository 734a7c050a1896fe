/* SPDX-License-Identifier: MIT */
#include "search/repair/restore.h"

#include "base/error.h"
#include "index/terms.h"
#include "search/repair/ways.h"
#include "text/capitals.h"
#include "text/question.h"
#include "text/syllable.h"

struct restoring {
    struct query *query;
    struct muc_string text;
    struct pair_counts counts;
    VECTOR(struct place) run; /* words next to each other */
    VECTOR(struct query_word *) meant;
    struct muc_error *err;
};

/** Whether a reading is what was typed, and nobody writes so. */
static bool is_bare(const struct place *place, uint32_t reading)
{
    struct muc_string folded = place->node->words->folded;

    return str_equal(place->readings[reading].exact, folded) &&
           syllable_needs_marks(folded.bytes, folded.size);
}

/** The readings of a place without the one that is taken, in their order. */
static int drop_taken(struct restoring *restoring, struct place *place)
{
    struct arena *arena = restoring->counts.lookups->arena;
    struct reading *left = arena_alloc(arena, place->n * sizeof *left);

    if (!left)
        return error_memory(restoring->err);
    memcpy(left, place->readings, place->n * sizeof *left);
    place->n--;
    memmove(left + place->taken, left + place->taken + 1, (place->n - place->taken) * sizeof *left);
    place->readings = left;
    place->whole = false;
    return MUC_OK;
}

/** Where a way leaves all as it was typed, and nobody writes so, it is out of texts that lost their
 *  marks: drop those readings. 1; 0: there are none. One that no neighbour stands for stays as it
 *  is, as in hot girl. */
static int drop_bare(struct restoring *restoring, struct place *run, size_t n)
{
    int any = 0;

    for (size_t p = 0; p < n; p++)
        if (!str_equal(run[p].readings[run[p].taken].exact, run[p].node->words->exact))
            return 0;
    for (size_t p = 0; p < n; p++)
        if (run[p].n > 1 && is_bare(&run[p], run[p].taken)) {
            int rc = drop_taken(restoring, &run[p]);

            if (rc)
                return rc;
            run[p].needs_pair = true;
            any = 1;
        }
    return any;
}

static struct muc_string folded_at(const struct place *run, size_t n, size_t p)
{
    return p < n ? run[p].node->words->folded : (struct muc_string){ 0 };
}

static struct muc_string form_at(const struct place *run, size_t n, size_t p)
{
    return p < n ? run[p].form : (struct muc_string){ 0 };
}

/** Whether the text ends with a run, as a question. */
static bool ends_as_question(const struct restoring *restoring, const struct place *last)
{
    struct muc_string text = restoring->text;
    uint32_t end = last->node->words->end;
    bool asks = false;

    for (; end < text.size && (text.bytes[end] == ' ' || text.bytes[end] == '?'); end++)
        asks |= text.bytes[end] == '?';
    return asks && end == text.size;
}

/** Whether words that could ask are of other ones, which the archive binds to what is around them:
 *  cảnh báo nhiều, tin bão gió giật. Who begins with them asks: bao giờ bão tan. */
static bool is_of_others(const struct place *run, size_t n, size_t first, size_t behind,
                         const struct muc_string *forms)
{
    return (run[first].bound && !str_equal(run[first].form, forms[0])) ||
           (first && behind < n && run[behind].bound && run[behind - 1].certain &&
            !str_equal(run[behind - 1].form, forms[behind - 1 - first]));
}

/** Whether a word that could ask alone is another one, by what stands around it: sọ não, máy tính.
 */
static bool is_other_word(const struct place *run, size_t n, size_t p)
{
    return run[p].one_word || (p + 1 < n && run[p + 1].bound && run[p].certain);
}

/** Set the forms of words that ask: what an archive of answers says of them is chance. */
static void read_question(const struct restoring *restoring, struct place *run, size_t n)
{
    bool asks = false;
    uint32_t n_forms;

    for (size_t p = 0; p < n; p += n_forms ? n_forms : 1) {
        const struct question_window window = { folded_at(run, n, p - 1), folded_at(run, n, p),
                                                folded_at(run, n, p + 1),
                                                folded_at(run, n, p + 2) };
        struct muc_string forms[QUESTION_FORMS];

        n_forms = question_forms(&window, forms);
        if (n_forms && is_of_others(run, n, p, p + n_forms, forms))
            continue;
        for (uint32_t i = 0; i < n_forms; i++) {
            run[p + i].form = forms[i];
            run[p + i].asks = true;
        }
    }
    if (!ends_as_question(restoring, &run[n - 1]))
        return;
    for (size_t p = 0; p < n && !asks; p++) {
        const struct question_window window = { form_at(run, n, p - 1), form_at(run, n, p),
                                                form_at(run, n, p + 1), form_at(run, n, p + 2) };

        asks = question_word(&window);
    }
    for (size_t p = n; p-- > 0 && !asks;) {
        struct muc_string form = question_form_alone(run[p].node->words->folded);

        asks = form.size && !is_other_word(run, n, p);
        if (asks) {
            run[p].form = form;
            run[p].asks = true;
        }
    }
}

/** The run is complete: set what its words mean, and begin another. */
static int end_run(struct restoring *restoring)
{
    const struct lookups *lookups = restoring->counts.lookups;
    struct place *run = restoring->run.at;
    size_t n = restoring->run.n;
    bool paired = false;
    int rc;

    restoring->run.n = 0;
    if (n < 2)
        return MUC_OK;
    if (deadline_is_over(lookups->deadline)) /* they stay as typed */
        return MUC_OK;
    rc = find_readings(run, n, restoring->counts.lookups, restoring->err);
    do
        rc = rc < 0 ? rc : take_way(run, n, &restoring->counts, restoring->err);
    while (!rc && (rc = drop_bare(restoring, run, n)) > 0);
    for (size_t p = 0; p < n; p++)
        paired |= run[p].paired;
    for (size_t p = 0; p < n && !rc; p++)
        run[p].form = paired && !(run[p].needs_pair && !run[p].paired)
                          ? run[p].readings[run[p].taken].exact
                          : run[p].node->words->exact;
    if (!rc)
        read_question(restoring, run, n);
    for (size_t p = 0; p < n && !rc; p++) {
        struct muc_string exact = run[p].form;
        struct query_word **meant, *word;

        if (str_equal(exact, run[p].node->words->exact))
            continue;
        word = arena_alloc(&restoring->query->arena, sizeof *word);
        if (!word || !(meant = vector_push(&restoring->meant)))
            return error_memory(restoring->err);
        *word = *run[p].node->words;
        word->meant = exact;
        word->own = exact.bytes;
        word->certain = run[p].certain || run[p].asks;
        run[p].node->words = *meant = word;
    }
    return rc;
}

/* ---- the tree */

static bool is_restorable(const struct node *node)
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
    if (node->kind == NODE_AND && (!vector_reserve(&restoring->run, node->n_children) ||
                                   !vector_reserve(&restoring->meant, node->n_children)))
        return error_memory(restoring->err);
    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        struct node *child = node->children[i];
        struct place *place;

        if (node->kind != NODE_AND || !is_restorable(child)) {
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

int restore(struct muc_string text, struct query *query, struct lookups *lookups,
            const struct repairs *repairs, struct buffer *out, struct muc_error *err)
{
    struct restoring restoring = { .query = query, .text = text, .err = err };
    uint32_t at = 0;
    int rc = MUC_OK;

    if (!(query->marked && repairs_leave_marks(repairs, query->root)) &&
        !(rc = pair_counts_start(&restoring.counts, lookups, err)))
        rc = restore_node(&restoring, query->root);
    for (size_t i = 0; i < restoring.meant.n && !rc; i++) {
        const struct query_word *word = restoring.meant.at[i];

        capitals_replace(out, text, &at, word->start, word->end, word->meant);
    }
    if (at)
        buffer_append(out, text.bytes + at, text.size - at);
    vector_free(&restoring.run);
    vector_free(&restoring.meant);
    return rc ? rc : out->failed ? error_memory(err) : MUC_OK;
}
