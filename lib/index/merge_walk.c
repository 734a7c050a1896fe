/* SPDX-License-Identifier: MIT */
/* Terms that stand one above the other in `waiting` know how many bytes they share. Of two that are
 * both above a third, the one that shares more with it is the lower; only where they share as much
 * have they to be compared, from there on. Method: Ng and Kakehi, Merging string sequences by
 * longest common prefixes (2008). */
#include "index/merge_walk.h"

#include "base/error.h"

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
static void wait_at(struct terms_walk *walk, struct source *source, uint32_t shared)
{
    struct muc_string term = source->iter.term;
    size_t at = walk->n_waiting++;

    for (; at; at--) {
        struct waiting *next = &walk->waiting[at - 1];

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
        walk->waiting[at] = *next;
    }
    walk->waiting[at] = (struct waiting){ source, shared };
}

/** Move a source that stood at the term at hand on to its next one. */
static int advance(struct terms_walk *walk, struct source *source, struct muc_error *err)
{
    const struct muc_string before = str_of(walk->term, walk->term_size);
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
    wait_at(walk, source, shared);
    return MUC_OK;
}

/** Take the sources that stand at the lowest term, which is now the one at hand. */
static void take_lowest(struct terms_walk *walk)
{
    const struct waiting *next = &walk->waiting[walk->n_waiting - 1];
    struct muc_string term = next->source->iter.term;
    size_t n = 0;

    memcpy(walk->term + next->shared, term.bytes + next->shared, term.size - next->shared);
    walk->term_size = term.size;
    do {
        walk->at[n++] = next->source;
        next--;
    } while (n < walk->n_waiting && next->shared == term.size &&
             next->source->iter.term.size == term.size);
    walk->n_waiting -= n;
    walk->n_at = n;
}

int terms_walk_open(struct terms_walk *walk, const struct merge *merge, enum family family,
                    struct muc_error *err)
{
    int rc = MUC_OK;

    *walk = (struct terms_walk){ .n = merge->n };
    walk->sources = calloc(walk->n + 1, sizeof *walk->sources);
    walk->waiting = calloc(walk->n + 1, sizeof *walk->waiting);
    walk->at = calloc(walk->n + 1, sizeof(struct source *));
    if (!walk->sources || !walk->waiting || !walk->at)
        return error_memory(err);
    for (size_t i = 0; i < walk->n && !rc; i++) {
        struct source *source = &walk->sources[i];

        source->input = &merge->inputs[i];
        rc = term_iter_open(source->input->segment, family, str_of(NULL, 0), &source->iter, err);
        if (!rc) {
            source->open = true;
            rc = advance(walk, source, err);
        }
    }
    return rc;
}

int terms_walk_next(struct terms_walk *walk, struct muc_error *err)
{
    int rc = MUC_OK;

    for (size_t i = 0; i < walk->n_at && !rc; i++)
        rc = advance(walk, walk->at[i], err);
    walk->n_at = 0;
    if (rc || !walk->n_waiting)
        return rc;
    take_lowest(walk);
    return 1;
}

void terms_walk_close(struct terms_walk *walk)
{
    for (size_t i = 0; walk->sources && i < walk->n; i++)
        if (walk->sources[i].open)
            term_iter_close(&walk->sources[i].iter);
    free(walk->sources);
    free(walk->waiting);
    free(walk->at);
}
