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
    *analyzers = (struct analyzers){ 0 };
}

void analyzers_destroy(struct analyzers *analyzers)
{
    for (size_t i = 0; i < SEATS; i++)
        searcher_free(analyzers->seats.at[i].what);
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
    struct seat *seat = seats_take(&analyzers->seats);
    struct searcher *searcher = seat ? seat->what : NULL;
    int rc = searcher ? MUC_OK : searcher_new(&searcher, err);

    *out = rc ? NULL : searcher;
    if (rc && seat) {
        seat_give(seat);
    } else if (seat) {
        seat->what = searcher;
        searcher->seat = seat;
    }
    return rc;
}

void analyzers_give(struct searcher *searcher)
{
    bool is_full;

    if (!searcher)
        return;
    is_full = analyzer_memory(searcher->analyzer) > FORMS_SIZE;
    if (is_full)
        analyzer_reset(searcher->analyzer);
    parser_memory_trim(&searcher->parsing);
    kept_terms_trim(&searcher->kept, is_full);
    if (searcher->seat)
        seat_give(searcher->seat);
    else
        searcher_free(searcher);
}
