/* SPDX-License-Identifier: MIT */
/* The new order of a merge's documents: of terms that are neither rare nor in most of them the
 * lists of all inputs are turned into terms of documents, by which windows of these are bisected.
 */
#include "index/bisect.h"
#include "index/merge.h"
#include "index/merge_walk.h"

enum {
    LEAST = 2 * LIST_BLOCK, /* documents: of fewer no list has several blocks to tell apart */
    RAREST = 256,           /* a term is in one document of so many at least … */
    MOST_FREQUENT = 8,      /* … and in one of so many at most */
    STEP = 1024,            /* terms after which it is told how far they are */
    TERMS = 64,             /* of a document, on average: 128 bytes; 96 gain nothing */
};
_Static_assert(2 * TERMS * RAREST <= 1 << 15, "terms are as few as bisecting takes");

/** A forward index while it is made. */
struct draft {
    const struct merge *merge;
    struct forward_index index;
    uint64_t postings; /* of all terms that suit, of which one in `step` is taken */
    uint64_t step, taken, n_suited;
};

enum pass { PASS_SIZE, PASS_COUNT, PASS_FILL, PASSES };

/* ---- terms of documents */

static void add_docs(struct draft *draft, enum pass pass, const struct input *input,
                     const uint32_t *docs, uint32_t n)
{
    /* counted two places behind the document, then turned into starts one behind it, which move
     * on to the ends as terms come */
    uint32_t *ends = draft->index.ends;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t number = merge_number(input, docs[i]);

        if (number == UINT32_MAX)
            continue;
        if (pass == PASS_COUNT)
            ends[number + 2]++;
        else
            draft->index.terms[ends[number + 1]++] = (uint16_t)draft->index.n_terms;
    }
}

static int read_list(struct draft *draft, enum pass pass, struct source *source,
                     struct muc_error *err)
{
    const struct input *input = source->input;
    struct postings postings;
    int rc = term_iter_postings(&source->iter, &postings, err);

    for (uint32_t block = 0; !rc && block < postings.list.n_blocks; block++) {
        uint32_t docs[LIST_BLOCK], n = list_docs(&postings.list, block, docs);

        if (!n || docs[n - 1] >= input->segment->n_docs)
            return merge_damaged(input, "a list is damaged", err);
        add_docs(draft, pass, input, docs, n);
    }
    return rc;
}

/** Whether the term at hand is taken; it has that many documents. */
static bool takes(struct draft *draft, enum pass pass, uint64_t n)
{
    const uint32_t n_docs = draft->merge->n_docs;

    if (n < n_docs / RAREST || n > n_docs / MOST_FREQUENT)
        return false;
    if (pass == PASS_SIZE)
        draft->postings += n;
    if (pass == PASS_SIZE || draft->n_suited++ % draft->step ||
        draft->taken + n > (uint64_t)n_docs * TERMS)
        return false;
    draft->taken += n;
    return true;
}

static int pass_terms(struct draft *draft, enum pass pass, struct muc_error *err)
{
    struct terms_walk walk;
    uint64_t n_read = 0;
    int rc = terms_walk_open(&walk, draft->merge, FAMILY_EXACT, err);

    draft->index.n_terms = 0;
    draft->n_suited = draft->taken = 0;
    while (!rc && (rc = terms_walk_next(&walk, err)) == 1) {
        uint64_t n = 0;

        for (size_t i = 0; i < walk.n_at; i++)
            n += walk.at[i]->iter.entry->n_docs;
        rc = MUC_OK;
        if ((n_read += walk.n_at) >= STEP) {
            rc = merge_watch_step(draft->merge->watch, MUC_MERGE_READING, n_read, err);
            n_read = 0;
        }
        if (rc || !takes(draft, pass, n))
            continue;
        for (size_t i = 0; i < walk.n_at && !rc; i++)
            rc = read_list(draft, pass, walk.at[i], err);
        draft->index.n_terms++;
    }
    terms_walk_close(&walk);
    return rc;
}

static int make_forward_index(struct draft *draft, struct muc_error *err)
{
    const uint32_t n = draft->merge->n_docs;
    uint32_t *ends;
    int rc;

    for (size_t i = 0; i < draft->merge->n; i++)
        merge_watch_expect(
            draft->merge->watch, MUC_MERGE_READING,
            PASSES * draft->merge->inputs[i].segment->data->manifest.families[FAMILY_EXACT].terms);
    if ((rc = pass_terms(draft, PASS_SIZE, err)))
        return rc;
    draft->step = draft->postings / ((uint64_t)n * TERMS) + 1;
    if (!(ends = draft->index.ends = calloc(n + (size_t)2, sizeof *ends)))
        return error_memory(err);
    if ((rc = pass_terms(draft, PASS_COUNT, err)))
        return rc;
    for (uint32_t i = 0; i < n; i++)
        ends[i + 2] += ends[i + 1];
    if (!(draft->index.terms = malloc((ends[n + 1] + (size_t)1) * sizeof *draft->index.terms)))
        return error_memory(err);
    return pass_terms(draft, PASS_FILL, err);
}

/* ---- numbers */

/** Documents of a window: a power of two. The positions of a term in it are held in memory, where
 *  they have room even if all tokens are of that term. */
static uint32_t choose_window(const struct merge *merge, size_t memory)
{
    uint64_t tokens = 0, n_docs = 0;
    uint32_t window = BISECT_MOST;

    for (size_t i = 0; i < merge->n; i++) {
        tokens += merge->inputs[i].segment->data->manifest.tokens;
        n_docs += merge->inputs[i].segment->n_docs;
    }
    while (window > LEAST && tokens / n_docs > memory / sizeof(uint32_t) / window)
        window /= 2;
    return window;
}

/** The new numbers of an input's documents by those they would have in the order of the inputs.
 *  False: no memory. */
static bool renumber_input(struct input *input, const uint32_t *numbers)
{
    uint32_t n = input->segment->n_docs, *map = malloc((n + (size_t)1) * sizeof *map);

    if (!map)
        return false;
    for (uint32_t doc = 0; doc < n; doc++) {
        uint32_t number = merge_number(input, doc);

        map[doc] = number == UINT32_MAX ? number : numbers[number];
    }
    free(input->map);
    input->map = map;
    return true;
}

/** The same of all inputs: `order` has the documents by their new numbers. */
static bool renumber(struct merge *merge, const uint32_t *order)
{
    uint32_t *numbers = malloc((merge->n_docs + (size_t)1) * sizeof *numbers);
    bool ok = numbers;

    for (uint32_t i = 0; ok && i < merge->n_docs; i++)
        numbers[order[i]] = i;
    for (size_t i = 0; ok && i < merge->n; i++)
        ok = renumber_input(&merge->inputs[i], numbers);
    free(numbers);
    return ok;
}

static int reorder(struct merge *merge, const struct forward_index *index, size_t memory,
                   struct muc_error *err)
{
    const uint32_t n = merge->n_docs, window = choose_window(merge, memory);
    uint32_t *order = malloc((n + (size_t)1) * sizeof *order);
    int rc;

    if (!order)
        return error_memory(err);
    merge_watch_expect(merge->watch, MUC_MERGE_ORDERING, n);
    rc = merge_watch_step(merge->watch, MUC_MERGE_ORDERING, 0, err);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t at = 0; !rc && at < n; at += window) {
        uint32_t n_here = n - at < window ? n - at : window;

        rc = bisect_documents(index, order + at, n_here)
                 ? merge_watch_step(merge->watch, MUC_MERGE_ORDERING, n_here, err)
                 : error_memory(err);
    }
    if (!rc && !renumber(merge, order))
        rc = error_memory(err);
    free(order);
    merge->window = window;
    return rc;
}

bool merge_would_reorder(const struct segment *segment)
{
    return segment->n_docs >= LEAST && !segment->data->manifest.reordered;
}

int merge_reorder(struct merge *merge, size_t memory, struct muc_error *err)
{
    struct draft draft = { .merge = merge };
    int rc;

    if (merge->n_docs < LEAST || merge->n_docs > UINT32_MAX / TERMS)
        return MUC_OK;
    rc = make_forward_index(&draft, err);
    if (!rc)
        rc = reorder(merge, &draft.index, memory, err);
    free(draft.index.ends);
    free(draft.index.terms);
    return rc;
}
