/* SPDX-License-Identifier: MIT */
/* The terms of several segments in their order, and the documents of each. */
#include "index/merge_parts.h"

/** An input whose terms are walked through. */
struct source {
    const struct input *input;
    struct term_iter iter;
    bool open;
};

/** A source that stands at a term. */
struct waiting {
    struct source *source;
    uint32_t shared; /* bytes of its term that are those of the term below it */
};

/** One family while it is merged. */
struct terms_merge {
    struct source *sources;
    size_t n;
    struct waiting *waiting; /* from the highest term to the lowest; of equals by falling sources */
    size_t n_waiting;
    struct source **at;  /* those that stand at the term at hand, whose documents rise */
    char term[TERM_MAX]; /* that */
    size_t term_size;
};

/* ---- documents */

/** The positions of a block of a list, which are at `at` in its bytes, behind those of the open
 *  block, where its `n` documents stand already. */
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

/** Behind the block stand `n` documents of an input, as it numbers them: their positions, and their
 *  numbers in the new segment. */
static int add_docs(const struct input *input, const struct term_bytes *bytes,
                    uint32_t positions_at, uint32_t n, struct family_writer *out,
                    struct muc_error *err)
{
    struct posting_block *block = &out->block;
    uint32_t *docs = block->docs + block->n;
    size_t step = block->steps.n;
    int rc;

    if (!n || docs[n - 1] >= input->segment->n_docs)
        return merge_damaged(input, "a list is damaged", err);
    if (out->with_positions && (rc = read_positions(input, bytes, positions_at, n, block, err)))
        return rc;
    if (input->map)
        n = leave_out(input->map, n, out->with_positions, step, block);
    else
        for (uint32_t i = 0; i < n; i++)
            docs[i] += input->first;
    return family_writer_docs(out, n, err);
}

/** The postings of the term of an input behind those of the inputs before it. */
static int copy_postings(const struct source *source, struct family_writer *out,
                         struct muc_error *err)
{
    const struct posting_block *block = &out->block;
    const struct input *input = source->input;
    uint32_t n = source->iter.entry->n_docs;
    struct term_bytes bytes;
    struct list list;
    int rc = term_iter_bytes(&source->iter, &bytes, err);

    if (rc)
        return rc;
    if (n <= LIST_BLOCK) {
        n = list_read_short(bytes.list, bytes.list_size, n, out->block.docs + block->n,
                            out->block.freqs + block->n);
        return add_docs(input, &bytes, 0, n, out, err);
    }
    if (!list_open(&list, bytes.list, bytes.list_size, n, out->with_positions))
        return merge_damaged(input, "a list is damaged", err);
    for (uint32_t number = 0; number < list.n_blocks && !rc; number++) {
        n = list_both(&list, number, out->block.docs + block->n, out->block.freqs + block->n);
        rc = add_docs(input, &bytes, list_positions_at(&list, number), n, out, err);
    }
    return rc;
}

/* ---- the order of terms
 *
 * Terms that stand one above the other in `waiting` know how many bytes they share. Of two that are
 * both above a third, the one that shares more with it is the lower; only where they share as much
 * have they to be compared, from there on. Method: Ng and Kakehi, Merging string sequences by
 * longest common prefixes (2008). */

/** Bytes that both begin with, of which `n` are known. */
static uint32_t shared_bytes(struct muc_string a, struct muc_string b, uint32_t n)
{
    size_t least = a.size < b.size ? a.size : b.size;

    while (n < least && a.bytes[n] == b.bytes[n])
        n++;
    return n;
}

/** Whether `a`, which shares `n` bytes with `b` and no more, is below it; equals are not. */
static bool is_below(struct muc_string a, struct muc_string b, uint32_t n)
{
    if (n == a.size || n == b.size)
        return a.size < b.size;
    return (uint8_t)a.bytes[n] < (uint8_t)b.bytes[n];
}

/** Let a source wait at its term, which shares that many bytes with the last term of all. */
static void wait_at(struct terms_merge *merge, struct source *source, uint32_t shared)
{
    struct muc_string term = source->iter.term;
    size_t at = merge->n_waiting++;

    for (; at; at--) {
        struct waiting *next = &merge->waiting[at - 1];

        if (shared > next->shared)
            break;
        if (shared == next->shared) {
            struct muc_string other = next->source->iter.term;
            uint32_t more = shared_bytes(term, other, shared);

            if (is_below(term, other, more) ||
                (more == term.size && more == other.size && source < next->source)) {
                next->shared = more;
                break;
            }
            shared = more;
        }
        merge->waiting[at] = *next;
    }
    merge->waiting[at] = (struct waiting){ source, shared };
}

/** Move a source that stood at the term at hand on to its next one. */
static int advance(struct terms_merge *merge, struct source *source, struct muc_error *err)
{
    const struct muc_string before = str_of(merge->term, merge->term_size);
    uint32_t shared;
    int rc = term_iter_next(&source->iter, err);

    if (rc != 1)
        return rc;
    shared = source->iter.shared;
    if (shared == TERM_SHARED_ANY) {
        shared = shared_bytes(before, source->iter.term, 0);
        if (!is_below(before, source->iter.term, shared))
            return merge_damaged(source->input, "its terms do not rise", err);
    }
    wait_at(merge, source, shared);
    return MUC_OK;
}

/** Take the sources that stand at the lowest term, which is now the one at hand; their number. */
static size_t take_lowest(struct terms_merge *merge)
{
    const struct waiting *next = &merge->waiting[merge->n_waiting - 1];
    struct muc_string term = next->source->iter.term;
    size_t n = 0;

    memcpy(merge->term + next->shared, term.bytes + next->shared, term.size - next->shared);
    merge->term_size = term.size;
    do {
        merge->at[n++] = next->source;
        next--;
    } while (n < merge->n_waiting && next->shared == term.size &&
             next->source->iter.term.size == term.size);
    merge->n_waiting -= n;
    return n;
}

static int merge_term(struct terms_merge *merge, struct family_writer *out, struct muc_error *err)
{
    size_t n = take_lowest(merge);
    int rc = MUC_OK;

    for (size_t i = 0; i < n && !rc; i++)
        rc = copy_postings(merge->at[i], out, err);
    if (!rc)
        rc = family_writer_term(out, str_of(merge->term, merge->term_size), err);
    for (size_t i = 0; i < n && !rc; i++)
        rc = advance(merge, merge->at[i], err);
    return rc;
}

/* ---- families */

static int open_sources(struct terms_merge *merge, const struct input *inputs, enum family family,
                        struct muc_error *err)
{
    int rc = MUC_OK;

    merge->sources = calloc(merge->n + 1, sizeof *merge->sources);
    merge->waiting = calloc(merge->n + 1, sizeof *merge->waiting);
    merge->at = calloc(merge->n + 1, sizeof(struct source *));
    if (!merge->sources || !merge->waiting || !merge->at)
        return error_memory(err);
    for (size_t i = 0; i < merge->n && !rc; i++) {
        struct source *source = &merge->sources[i];

        source->input = &inputs[i];
        rc = term_iter_open(inputs[i].segment, family, str_of(NULL, 0), &source->iter, err);
        if (!rc) {
            source->open = true;
            rc = advance(merge, source, err);
        }
    }
    return rc;
}

static void close_sources(struct terms_merge *merge)
{
    for (size_t i = 0; merge->sources && i < merge->n; i++)
        if (merge->sources[i].open)
            term_iter_close(&merge->sources[i].iter);
    free(merge->sources);
    free(merge->waiting);
    free(merge->at);
}

int merge_family(struct merge *whole, enum family family, struct muc_error *err)
{
    struct terms_merge merge = { .n = whole->n };
    struct family_writer out;
    int rc;

    family_writer_start(&out, &whole->writer, family);
    rc = open_sources(&merge, whole->inputs, family, err);
    while (!rc && merge.n_waiting)
        rc = merge_term(&merge, &out, err);
    if (!rc)
        rc = family_writer_finish(&out, err);
    close_sources(&merge);
    family_writer_free(&out);
    return rc;
}
