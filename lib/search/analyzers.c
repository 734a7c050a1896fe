/* SPDX-License-Identifier: MIT */
#include "search/analyzers.h"

#include <stdlib.h>

#include "base/error.h"

enum { FORMS_SIZE = 4 << 20 }; /* bytes of forms above which an analyzer starts anew */

static void searcher_free(struct searcher *searcher)
{
    if (!searcher)
        return;
    analyzer_free(searcher->analyzer);
    free(searcher->room);
    parser_memory_free(&searcher->parsing);
    stems_free(searcher->stems);
    kept_terms_close(&searcher->kept);
    free(searcher);
}

void analyzers_init(struct analyzers *analyzers)
{
    for (size_t i = 0; i < ANALYZERS_IDLE; i++) {
        analyzers->at[i] = NULL;
        atomic_init(&analyzers->taken[i], false);
    }
}

void analyzers_destroy(struct analyzers *analyzers)
{
    for (size_t i = 0; i < ANALYZERS_IDLE; i++)
        searcher_free(analyzers->at[i]);
}

static int searcher_new(struct searcher **out, struct muc_error *err)
{
    struct searcher *searcher = calloc(1, sizeof *searcher);
    int rc = MUC_OK;

    if (!searcher || !(searcher->room = malloc(SEARCH_ROOM)) || !kept_terms_open(&searcher->kept))
        rc = error_memory(err);
    if (!rc)
        rc = analyzer_new(&searcher->analyzer, err);
    if (rc)
        searcher_free(searcher);
    else
        *out = searcher;
    return rc;
}

/** The one of a place that was taken. */
static int take_from(struct analyzers *analyzers, size_t i, struct searcher **out,
                     struct muc_error *err)
{
    struct searcher **at = &analyzers->at[i];
    int rc = *at ? MUC_OK : searcher_new(at, err);

    if (rc) {
        atomic_store_explicit(&analyzers->taken[i], false, memory_order_release);
        return rc;
    }
    (*at)->taken = &analyzers->taken[i];
    *out = *at;
    return MUC_OK;
}

int analyzers_take(struct analyzers *analyzers, struct searcher **out, struct muc_error *err)
{
    *out = NULL;
    for (size_t i = 0; i < ANALYZERS_IDLE; i++) {
        atomic_bool *taken = &analyzers->taken[i];

        if (!atomic_load_explicit(taken, memory_order_relaxed) && /* costs less than to take */
            !atomic_exchange_explicit(taken, true, memory_order_acquire))
            return take_from(analyzers, i, out, err);
    }
    return searcher_new(out, err);
}

void analyzers_give(struct searcher *searcher)
{
    if (!searcher)
        return;
    if (analyzer_memory(searcher->analyzer) > FORMS_SIZE)
        analyzer_reset(searcher->analyzer);
    parser_memory_trim(&searcher->parsing);
    kept_terms_trim(&searcher->kept);
    if (searcher->taken)
        atomic_store_explicit(searcher->taken, false, memory_order_release);
    else
        searcher_free(searcher);
}
