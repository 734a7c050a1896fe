/* SPDX-License-Identifier: MIT */
/* The writer's transactions: what was gathered becomes the newest state. */
#include <string.h>

#include "base/error.h"
#include "index/standing_count.h"
#include "index/writer_parts.h"

/** Leave out the segments in which nothing is alive, and erase them with the transaction. */
static int drop_empty(struct writer *writer, struct store_write *write, struct muc_error *err)
{
    struct segment_list *list = &writer->view.list;
    int rc = MUC_OK;

    for (size_t i = list->entries.n; i-- > 0 && !rc;) {
        const struct segment_entry *entry = &list->entries.at[i];

        if (entry->n_deleted < entry->n_docs)
            continue;
        rc = segment_erase(write, entry->number, err);
        view_remove(&writer->view, i);
    }
    return rc;
}

/** See what was committed. Where that fails the commit stands: what comes next is told. */
static void see_commit(struct writer *writer, bool erased)
{
    struct muc_error err;
    int rc = erased ? store_settle(writer->store, &err) : MUC_OK;

    if (!rc)
        rc = view_refresh(&writer->view, &err);
    writer_fail(writer, rc, &err);
}

int writer_write(struct writer *writer, const uint32_t *erased, size_t n_erased,
                 struct muc_error *err)
{
    struct view *view = &writer->view;
    struct store_write *write = NULL;
    int rc = store_write_begin(writer->store, &write, err);

    if (rc)
        return rc;
    if (writer->changed) {
        if (!(rc = drop_empty(writer, write, err))) {
            view->list.snapshot++;
            view->list.next = writer->next;
            rc = view_write(view, write, err);
        }
        for (size_t i = 0; i < n_erased && !rc; i++)
            rc = segment_erase(write, erased[i], err);
        if (!rc && view->standing && view->standing->segment.number != view->list.standing.number)
            rc = segment_erase(write, view->standing->segment.number, err);
    }
    if (!rc)
        rc = file_table_write(&writer->files, write, err);
    if (rc) {
        store_abort(write);
        return rc;
    }
    if ((rc = store_commit(write, err)))
        return rc;
    writer->changed = false;
    writer->counted = writer->next;
    file_table_free(&writer->files);
    if (view->n_open)
        memset(view->deletions_changed, 0, view->n_open * sizeof *view->deletions_changed);
    see_commit(writer, n_erased);
    return MUC_OK;
}

int writer_commit_only(struct writer *writer, struct muc_error *err)
{
    int rc = writer_usable(writer, err);

    if (rc || (!writer->changed && !writer->files.changes.n))
        return rc;
    if (writer->changed &&
        ((rc = writer_gather(writer, err)) ||
         (rc = standing_count(&writer->view, writer->counted, &writer->spill, &writer->next, err))))
        return writer_fail(writer, rc, err);
    return writer_fail(writer, writer_write(writer, NULL, 0, err), err);
}

int writer_commit(struct writer *writer, struct muc_error *err)
{
    int rc = writer_commit_only(writer, err);

    if (!rc)
        writer_merge_tiers(writer);
    return rc;
}
