/* SPDX-License-Identifier: MIT */
#include "api/handles.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "base/error.h"
#include "doc/doc.h"
#include "index/ingest.h"

int muc_writer_open(const char *path, const struct muc_writer_options *options,
                    struct muc_writer **out, struct muc_error *err)
{
    struct muc_writer_options defaults = { 0 };
    struct muc_writer *writer;
    int rc;

    if (!path || !*path)
        return error_set(err, MUC_EARGUMENT, 0, "path", "a database needs a directory");
    if (!(writer = calloc(1, sizeof *writer)))
        return error_memory(err);
    rc = store_open(path, true, &writer->store, err);
    if (!rc)
        rc = writer_open(writer->store, options ? options : &defaults, &writer->writer, err);
    if (rc) {
        muc_writer_close(writer);
        return rc;
    }
    *out = writer;
    return MUC_OK;
}

void muc_writer_close(struct muc_writer *writer)
{
    if (!writer)
        return;
    writer_close(writer->writer);
    store_close(writer->store);
    free(writer);
}

/** What readers of files see to by themselves. */
static int check_document(const struct muc_document *document, struct muc_error *err)
{
    const struct muc_date *date = &document->date;
    struct arena arena = { 0 };
    int rc = MUC_OK;

    if (!calendar_has(date->year, date->month, date->day))
        return error_set(err, MUC_EINPUT, 0, "date", "%d-%d-%d is no date of the calendar",
                         date->year, date->month, date->day);
    if ((unsigned)document->date_origin > MUC_DATE_FILE)
        return error_set(err, MUC_EINPUT, 0, "date_origin", "%u is no origin of a date",
                         (unsigned)document->date_origin);
    for (size_t i = 0; i < document->n_metadata && i < MUC_LIST_MAX && !rc; i++)
        if (document->metadata[i].value.size <= MUC_FIELD_MAX) /* of more the writer tells */
            rc = json_check_value(document->metadata[i].value, &arena, err);
    arena_free(&arena);
    return rc;
}

int muc_writer_add(struct muc_writer *writer, const struct muc_document *document,
                   struct muc_error *err)
{
    int rc = check_document(document, err);

    return rc ? rc : writer_add(writer->writer, document, NULL, err);
}

int muc_writer_delete(struct muc_writer *writer, struct muc_string id, bool *found,
                      struct muc_error *err)
{
    bool was_there;
    int rc = writer_delete(writer->writer, id, &was_there, err);

    if (!rc && found)
        *found = was_there;
    return rc;
}

int muc_writer_index(struct muc_writer *writer, const char *path,
                     const struct muc_index_options *options, struct muc_tally *tally,
                     struct muc_error *err)
{
    struct muc_index_options defaults = { 0 };

    if (!path || !tally)
        return error_set(err, MUC_EARGUMENT, 0, "path", "a path and a tally are needed");
    return ingest(writer->writer, store_path(writer->store), path, options ? options : &defaults,
                  tally, err);
}

int muc_writer_join(struct muc_writer *writer, const char *path, struct muc_tally *tally,
                    struct muc_error *err)
{
    struct store *other;
    int rc;

    if (!path || !*path || !tally)
        return error_set(err, MUC_EARGUMENT, 0, "path", "a path and a tally are needed");
    if ((rc = store_open(path, false, &other, err)))
        return rc;
    rc = writer_join(writer->writer, other, tally, err);
    store_close(other);
    return rc;
}

int muc_writer_commit(struct muc_writer *writer, struct muc_error *err)
{
    return writer_commit(writer->writer, err);
}

int muc_writer_merge(struct muc_writer *writer, struct muc_error *err)
{
    return writer_merge(writer->writer, err);
}

int muc_writer_unmerged(const struct muc_writer *writer, struct muc_error *err)
{
    return writer_unmerged(writer->writer, err);
}
