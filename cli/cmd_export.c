/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "document_members.h"
#include "query_settings.h"
#include "report.h"

enum {
    EXPORT_MAX = 1000000 /* documents of one query; the library's bound */
};

static void put_document(struct output *out, const struct muc_document *document)
{
    struct emit json = { .file = out->file };

    emit_open(&json, '{');
    document_members(&json, document);
    emit_close(&json, '}');
    emit_line(&json);
}

static int export_all(struct run *run)
{
    const struct muc_document *document = NULL;
    struct muc_cursor *cursor;
    struct muc_error err;
    int rc = muc_cursor_open(run->index, &cursor, &err);

    if (rc)
        return complain_error(&err);
    while (!(rc = muc_cursor_next(cursor, &document, &err)) && document) {
        put_document(run->out, document);
        if (output_failed(run->out))
            break;
    }
    muc_cursor_close(cursor);
    return rc ? complain_error(&err) : STATUS_DONE;
}

/** The documents of an answer, in its order. */
static int export_hits(struct run *run, const struct muc_results *results)
{
    struct muc_error err;

    for (size_t i = 0; i < muc_results_count(results) && !output_failed(run->out); i++) {
        struct muc_stored *stored;

        if (muc_index_document(run->index, muc_results_hit(results, i)->id, &stored, &err))
            return complain_error(&err);
        put_document(run->out, muc_stored_document(stored));
        muc_stored_free(stored);
    }
    if (muc_results_summary(results)->total > EXPORT_MAX) {
        complain("more than %d documents match: the rest was left out; export them in parts, by "
                 "--from and --to",
                 EXPORT_MAX);
        return STATUS_INPUTS;
    }
    return muc_results_count(results) ? STATUS_DONE : STATUS_NOTHING;
}

static int check_export(const struct run *run)
{
    const struct query_settings *settings = run->settings;

    if (settings->sort && run->n_operands == 0 && !settings->from.year && !settings->to.year)
        return complain_usage("export", "--sort needs a QUERY, --from or --to");
    return STATUS_DONE;
}

static int run_export(struct run *run)
{
    const struct query_settings *settings = run->settings;
    struct muc_filter filters[QUERY_FILTERS];
    struct muc_query query;
    struct muc_results *results;
    struct muc_error err;
    char *text;
    int status;

    if (run->n_operands == 0 && !settings->from.year && !settings->to.year)
        return export_all(run);
    text = query_text(settings, run->operands, run->n_operands);
    if (!text) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    query = query_of(settings, muc_text(text), filters);
    query.limit = EXPORT_MAX;
    query.no_snippets = true;
    if (muc_search(run->index, &query, &results, &err)) {
        status = complain_error(&err);
    } else {
        complain_query(NULL, results);
        status = export_hits(run, results);
        muc_results_free(results);
    }
    free(text);
    return status;
}

const struct command command_export = {
    .name = "export",
    .check = check_export,
    .run = run_export,
    .access = ACCESS_STORED,
    .settings_size = sizeof(struct query_settings),
    .shared = query_options,
    .most_operands = OPERANDS_ANY,
    .operands = "[QUERY...]",
    .operand_kind = OPTION_TEXT,
    .summary = "write documents as JSON Lines",
    .details = "Write all documents, or those that a query finds in the order of search, one JSON "
               "object a line: what mucluc index reads. An index made of it answers alike.\n"
               "Exit status: 0 done, 1 the query finds nothing, 3 it finds more than 1000000 "
               "documents.",
};
