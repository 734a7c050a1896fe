/* SPDX-License-Identifier: MIT */
#include "search/analyzers.h"

#include <stdlib.h>

#include "base/error.h"

enum { FORMS_SIZE = 4 << 20 }; /* bytes of forms above which an analyzer starts anew */

static void searcher_free(struct searcher *searcher)
{
    analyzer_free(searcher->analyzer);
    free(searcher->room);
    parser_memory_free(&searcher->parsing);
}

void analyzers_init(struct analyzers *analyzers)
{
    pthread_mutex_init(&analyzers->lock, NULL);
    analyzers->n = 0;
}

void analyzers_destroy(struct analyzers *analyzers)
{
    while (analyzers->n)
        searcher_free(&analyzers->idle[--analyzers->n]);
    pthread_mutex_destroy(&analyzers->lock);
}

static int searcher_new(struct searcher *searcher, struct muc_error *err)
{
    struct searcher made = { .room = malloc(SEARCH_ROOM) };
    int rc = made.room ? analyzer_new(&made.analyzer, err) : error_memory(err);

    if (rc)
        free(made.room);
    else
        *searcher = made;
    return rc;
}

int analyzers_take(struct analyzers *analyzers, struct searcher *searcher, struct muc_error *err)
{
    *searcher = (struct searcher){ 0 };
    pthread_mutex_lock(&analyzers->lock);
    if (analyzers->n)
        *searcher = analyzers->idle[--analyzers->n];
    pthread_mutex_unlock(&analyzers->lock);
    return searcher->analyzer ? MUC_OK : searcher_new(searcher, err);
}

void analyzers_give(struct analyzers *analyzers, struct searcher *searcher)
{
    bool kept = false;

    if (!searcher->analyzer)
        return;
    if (analyzer_memory(searcher->analyzer) > FORMS_SIZE)
        analyzer_reset(searcher->analyzer);
    parser_memory_trim(&searcher->parsing);
    pthread_mutex_lock(&analyzers->lock);
    if (analyzers->n < ANALYZERS_IDLE) {
        analyzers->idle[analyzers->n++] = *searcher;
        kept = true;
    }
    pthread_mutex_unlock(&analyzers->lock);
    if (!kept)
        searcher_free(searcher);
    *searcher = (struct searcher){ 0 };
}
