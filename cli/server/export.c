/* SPDX-License-Identifier: MIT */
/* export.c - a whole list of results, one document after the other as the reader takes them. */
#include "server/export.h"

#include <stdlib.h>

#include "report.h"
#include "server/asked.h"
#include "server/route.h"

enum {
    EXPORTS_MAX = 4,      /* at a time: each holds the list of what it found */
    EXPORT_MAX = 1000000, /* documents; the library's bound */
    EXPORT_MS = 60000,    /* for finding them */
};

struct exporting {
    struct request *request;
    const struct export_format *format;
    struct muc_results *results;
    size_t next;
    bool begun;
};

static enum piece put_next(void *context, FILE *out)
{
    struct exporting *exporting = context;
    struct muc_stored *stored;
    const struct muc_hit *hit;
    struct muc_error err;

    if (!exporting->begun && exporting->format->begin)
        exporting->format->begin(out);
    exporting->begun = true;
    if (exporting->next == muc_results_count(exporting->results))
        return PIECE_LAST;
    hit = muc_results_hit(exporting->results, exporting->next++);
    if (muc_index_document(exporting->request->view->index, hit->id, &stored, &err)) {
        complain_error(&err);
        return PIECE_FAILED;
    }
    exporting->format->document(out, muc_stored_document(stored), hit->rank);
    muc_stored_free(stored);
    return PIECE_MORE;
}

static void close_export(void *context)
{
    struct exporting *exporting = context;

    muc_results_free(exporting->results);
    atomic_fetch_sub(&exporting->request->server->n_exports, 1);
    free(exporting);
}

/** An export is the whole list or none. False: the answer is a problem. */
static bool is_whole(struct request *request, const struct muc_results *results)
{
    const struct muc_summary *summary = muc_results_summary(results);

    if (summary->is_partial)
        return request_problem(request, 503,
                               "finding all of it took more than %d s; narrow it down",
                               EXPORT_MS / 1000);
    if (summary->total > EXPORT_MAX)
        return request_problem(request, 400, "more than %d documents; narrow it down", EXPORT_MAX);
    return true;
}

/** Find what is to be exported. False: the answer is a problem. */
static bool find(struct request *request, struct exporting *exporting)
{
    struct muc_error err;
    struct muc_query query;
    struct asked asked;

    if (!asked_read(request, asked_q, false, &asked))
        return false;
    query = asked_query(&asked, request);
    query.limit = EXPORT_MAX;
    query.no_snippets = true;
    query.collapse = false; /* near copies are rows of their own, as many as were counted */
    query.time_ms = EXPORT_MS;
    if (muc_search(request->view->index, &query, &exporting->results, &err))
        return request_error(request, &err);
    return is_whole(request, exporting->results);
}

static void export(struct request *request, const struct export_format *format)
{
    struct exporting *exporting;

    if (atomic_fetch_add(&request->server->n_exports, 1) >= EXPORTS_MAX ||
        !(exporting = calloc(1, sizeof *exporting))) {
        atomic_fetch_sub(&request->server->n_exports, 1);
        request_problem(request, 503, "too many exports at a time; try again soon");
        return;
    }
    exporting->request = request;
    exporting->format = format;
    if (!find(request, exporting)) {
        close_export(exporting);
        return;
    }
    request->status = 200;
    request->type = format->type;
    request->file_name = format->file_name;
    request->stream = (struct stream){ exporting, put_next, close_export };
}

void handle_export_csv(struct request *request)
{
    export(request, &export_csv);
}

void handle_export_jsonl(struct request *request)
{
    export(request, &export_jsonl);
}

void handle_export_ris(struct request *request)
{
    export(request, &export_ris);
}

void handle_export_bib(struct request *request)
{
    export(request, &export_bib);
}
