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
    for (size_t i = 0; i < ANALYZERS_IDLE; i++)
        atomic_init(&analyzers->idle[i], NULL);
}

void analyzers_destroy(struct analyzers *analyzers)
{
    for (size_t i = 0; i < ANALYZERS_IDLE; i++)
        searcher_free(atomic_exchange(&analyzers->idle[i], NULL));
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

int analyzers_take(struct analyzers *analyzers, struct searcher **out, struct muc_error *err)
{
    *out = NULL;
    for (size_t i = 0; i < ANALYZERS_IDLE && !*out; i++) {
        _Atomic(struct searcher *) *idle = &analyzers->idle[i];

        if (atomic_load_explicit(idle, memory_order_relaxed)) /* to look costs less than to take */
            *out = atomic_exchange_explicit(idle, NULL, memory_order_acquire);
    }
    return *out ? MUC_OK : searcher_new(out, err);
}

void analyzers_give(struct analyzers *analyzers, struct searcher *searcher)
{
    if (!searcher)
        return;
    if (analyzer_memory(searcher->analyzer) > FORMS_SIZE)
        analyzer_reset(searcher->analyzer);
    parser_memory_trim(&searcher->parsing);
    kept_terms_trim(&searcher->kept);
    for (size_t i = 0; i < ANALYZERS_IDLE; i++) {
        struct searcher *none = NULL;

        if (!atomic_load_explicit(&analyzers->idle[i], memory_order_relaxed) &&
            atomic_compare_exchange_strong_explicit(&analyzers->idle[i], &none, searcher,
                                                    memory_order_release, memory_order_relaxed))
            return;
    }
    searcher_free(searcher);
}
