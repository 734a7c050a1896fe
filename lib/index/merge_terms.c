/* SPDX-License-Identifier: MIT */
/* The terms of several segments in their order, and the documents of each. */
#include "index/merge_scatter.h"
#include "index/merge_walk.h"

enum { STEP = 4096 /* postings after which it is told how far they are */ };

/** One family while it is merged. */
struct terms_merge {
    struct terms_walk walk;
    struct family_writer out;
    struct scatter *scatter;    /* NULL: documents stay in their order */
    bool scatters;              /* the term at hand, which has several documents */
    struct posting_block block; /* those that were read for that */
    uint64_t n_new;             /* postings since that was told */
};

/* ---- documents */

/** The positions of a block of a list, which are at `at` in its bytes, behind those of the block,
 *  where its `n` documents stand already. */
static int read_positions(const struct input *input, const struct term_bytes *bytes, uint32_t at,
                          uint32_t n, struct posting_block *block, struct muc_error *err)
{
    struct positions_run run;

    if (at > bytes->positions_size ||
        !positions_open(&run, bytes->positions + at, bytes->positions_size - at,
                        block->freqs + block->n, n))
        return merge_damaged(input, "positions are damaged", err);
    if (!vector_reserve(&block->steps, run.n_steps + 1)) /* an array even if there are none */
        return error_memory(err);
    if (!positions_read_all(&run, block->firsts + block->n, block->steps.at + block->steps.n))
        return merge_damaged(input, "positions are damaged", err);
    block->steps.n += run.n_steps;
    return MUC_OK;
}

/** Leave out those of the `n` documents behind a block that are deleted, and their positions if
 *  there are some, which begin at `step`. Returns the number of the others. */
static uint32_t leave_out(const uint32_t *map, uint32_t n, bool with_positions, size_t step,
                          struct posting_block *block)
{
    uint32_t to = block->n;
    size_t to_step = step;

    for (uint32_t i = block->n; i < block->n + n; i++) {
        uint32_t doc = map[block->docs[i]], freq = block->freqs[i];
        size_t n_steps = with_positions ? freq - 1 : 0;

        if (doc != UINT32_MAX) {
            block->docs[to] = doc;
            block->freqs[to] = freq;
            block->firsts[to] = with_positions ? block->firsts[i] : 0;
            if (n_steps && to_step != step)
                memmove(block->steps.at + to_step, block->steps.at + step,
                        n_steps * sizeof *block->steps.at);
            to_step += n_steps;
            to++;
        }
        step += n_steps;
    }
    block->steps.n = to_step;
    return to - block->n;
}

/** Where the next documents are put. */
static struct posting_block *next_block(struct terms_merge *merge)
{
    return merge->scatters ? &merge->block : &merge->out.block;
}

/** Behind the next block stand `n` documents of an input, as it numbers them: their positions, and
 *  their numbers in the new segment. */
static int add_docs(struct terms_merge *merge, const struct input *input,
                    const struct term_bytes *bytes, uint32_t positions_at, uint32_t n,
                    struct muc_error *err)
{
    struct posting_block *block = next_block(merge);
    const bool with_positions = merge->out.with_positions;
    uint32_t *docs = block->docs + block->n;
    size_t step = block->steps.n;
    int rc;

    if (!n || docs[n - 1] >= input->segment->n_docs)
        return merge_damaged(input, "a list is damaged", err);
    if (with_positions && (rc = read_positions(input, bytes, positions_at, n, block, err)))
        return rc;
    if (input->map)
        n = leave_out(input->map, n, with_positions, step, block);
    else
        for (uint32_t i = 0; i < n; i++)
            docs[i] += input->first;
    return merge->scatters ? scatter_docs(merge->scatter, block, n, &merge->out, err)
                           : family_writer_docs(&merge->out, n, err);
}

/** The postings of the term of an input behind those of the inputs before it. */
static int copy_postings(struct terms_merge *merge, const struct source *source,
                         struct muc_error *err)
{
    struct posting_block *block = next_block(merge);
    const struct input *input = source->input;
    uint32_t n = source->iter.entry->n_docs;
    struct term_bytes bytes;
    struct list list;
    int rc = term_iter_bytes(&source->iter, &bytes, err);

    if (rc)
        return rc;
    merge->n_new += n;
    if (n <= LIST_BLOCK) {
        n = list_read_short(bytes.list, bytes.list_size, n, block->docs + block->n,
                            block->freqs + block->n);
        return add_docs(merge, input, &bytes, 0, n, err);
    }
    if (!list_open(&list, bytes.list, bytes.list_size, n, merge->out.with_positions))
        return merge_damaged(input, "a list is damaged", err);
    for (uint32_t number = 0; number < list.n_blocks && !rc; number++) {
        n = list_both(&list, number, block->docs + block->n, block->freqs + block->n);
        rc = add_docs(merge, input, &bytes, list_positions_at(&list, number), n, err);
    }
    return rc;
}

static int merge_term(struct terms_merge *merge, struct muc_error *err)
{
    const struct terms_walk *walk = &merge->walk;
    int rc = MUC_OK;

    merge->scatters = merge->scatter && (walk->n_at > 1 || walk->at[0]->iter.entry->n_docs > 1);
    for (size_t i = 0; i < walk->n_at && !rc; i++)
        rc = copy_postings(merge, walk->at[i], err);
    if (!rc && merge->scatters)
        rc = scatter_flush(merge->scatter, &merge->out, err);
    return rc ? rc : family_writer_term(&merge->out, str_of(walk->term, walk->term_size), err);
}

int merge_family(struct merge *whole, enum family family, struct muc_error *err)
{
    struct terms_merge *merge = calloc(1, sizeof *merge);
    int rc;

    if (!merge || (whole->window && !(merge->scatter = scatter_new(whole->window)))) {
        free(merge);
        return error_memory(err);
    }
    family_writer_start(&merge->out, &whole->writer, family);
    rc = merge_prove(whole, 's', family, err);
    if (!rc)
        rc = terms_walk_open(&merge->walk, whole, family, err);
    while (!rc && (rc = terms_walk_next(&merge->walk, err)) == 1) {
        if (!(rc = merge_term(merge, err)) && merge->n_new >= STEP) {
            rc = merge_watch_step(whole->watch, MUC_MERGE_WRITING, merge->n_new, err);
            merge->n_new = 0;
        }
    }
    if (!rc)
        rc = family_writer_finish(&merge->out, err);
    terms_walk_close(&merge->walk);
    family_writer_free(&merge->out);
    scatter_free(merge->scatter);
    vector_free(&merge->block.steps);
    free(merge);
    return rc;
}
