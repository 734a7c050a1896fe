/* SPDX-License-Identifier: MIT */
#include "search/vocabulary.h"

#include "base/error.h"

static int advance(struct vocabulary *vocabulary, uint32_t i, struct muc_error *err)
{
    int rc = term_iter_next(&vocabulary->iters[i], err);

    if (rc < 0)
        return rc;
    vocabulary->ended[i] = rc == 0 || !str_starts(vocabulary->iters[i].term, vocabulary->prefix);
    return MUC_OK;
}

int vocabulary_open(const struct reader *reader, enum family family, struct muc_string prefix,
                    struct vocabulary *vocabulary, struct muc_error *err)
{
    int rc = MUC_OK;

    *vocabulary = (struct vocabulary){ .n = reader->n_segments };
    vocabulary->prefix = arena_copy(&vocabulary->arena, prefix);
    vocabulary->iters = arena_zero(&vocabulary->arena, vocabulary->n, sizeof *vocabulary->iters);
    vocabulary->ended = arena_zero(&vocabulary->arena, vocabulary->n, sizeof *vocabulary->ended);
    if (!vocabulary->prefix.bytes || !vocabulary->iters || !vocabulary->ended)
        rc = error_memory(err);
    for (uint32_t i = 0; i < vocabulary->n && !rc; i++) {
        rc = term_iter_open(&reader->segments[i], family, vocabulary->prefix, &vocabulary->iters[i],
                            err);
        if (!rc) {
            vocabulary->n_open++;
            rc = advance(vocabulary, i, err);
        }
    }
    if (rc)
        vocabulary_close(vocabulary);
    return rc;
}

/** The segment that is at the least term; UINT32_MAX at the end of all. Few enough segments for a
 *  linear choice. */
static uint32_t least(const struct vocabulary *vocabulary)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t i = 0; i < vocabulary->n; i++)
        if (!vocabulary->ended[i] &&
            (best == UINT32_MAX ||
             str_compare(vocabulary->iters[i].term, vocabulary->iters[best].term) < 0))
            best = i;
    return best;
}

int vocabulary_next(struct vocabulary *vocabulary, struct muc_error *err)
{
    uint32_t first = least(vocabulary);

    if (first == UINT32_MAX)
        return 0;
    vocabulary->term = str_of(vocabulary->current, vocabulary->iters[first].term.size);
    memcpy(vocabulary->current, vocabulary->iters[first].term.bytes, vocabulary->term.size);
    vocabulary->n_docs = vocabulary->occurrences = 0;
    for (uint32_t i = first; i < vocabulary->n; i++) {
        int rc;

        if (vocabulary->ended[i] || !str_equal(vocabulary->iters[i].term, vocabulary->term))
            continue;
        vocabulary->n_docs += vocabulary->iters[i].entry->n_docs;
        vocabulary->occurrences += vocabulary->iters[i].entry->occurrences;
        if ((rc = advance(vocabulary, i, err)))
            return rc;
    }
    return 1;
}

void vocabulary_close(struct vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < vocabulary->n_open; i++)
        term_iter_close(&vocabulary->iters[i]);
    arena_free(&vocabulary->arena);
    *vocabulary = (struct vocabulary){ 0 };
}
