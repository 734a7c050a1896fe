/* SPDX-License-Identifier: MIT */
/* The writer's transactions: what was gathered becomes the newest state, and segments are merged.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/merge.h"
#include "index/standing_count.h"
#include "index/tiers.h"
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

/** One transaction: the list as the view has it, without `erased`; and the records of files. */
static int write_list(struct writer *writer, const uint32_t *erased, size_t n_erased,
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
    if ((rc = store_commit(write, err)) || (n_erased && (rc = store_settle(writer->store, err))))
        return rc;
    writer->changed = false;
    writer->counted = writer->next;
    file_table_free(&writer->files);
    if (view->n_open)
        memset(view->deletions_changed, 0, view->n_open * sizeof *view->deletions_changed);
    return view_refresh(view, err);
}

static int merge(struct writer *writer, const size_t *chosen, size_t n, struct muc_error *err)
{
    struct segment **inputs = malloc((n + 1) * sizeof *inputs);
    uint32_t *numbers = malloc((n + 1) * sizeof *numbers);
    struct segment_entry entry;
    int rc = inputs && numbers ? MUC_OK : error_memory(err);

    for (size_t i = 0; i < n && !rc; i++) {
        inputs[i] = &writer->view.segments[chosen[i]];
        numbers[i] = inputs[i]->number;
    }
    if (!rc)
        rc = merge_segments(inputs, n, &writer->spill, writer->next, &entry, err);
    if (!rc)
        rc = spill_flush(&writer->spill, err);
    writer->next++;
    if (!rc) {
        for (size_t i = n; i-- > 0;) /* chosen[] rises */
            view_remove(&writer->view, chosen[i]);
        if (entry.n_docs)
            rc = view_add(&writer->view, &entry, err);
        writer->changed = true;
        if (!rc)
            rc = writer_fail(writer, write_list(writer, numbers, n, err), err);
    }
    free(inputs);
    free(numbers);
    return rc;
}

/** Keep the number of segments logarithmic. */
static void merge_by_tiers(struct writer *writer)
{
    size_t chosen[TIERS_MERGE], n;

    while ((n = tiers_choose(&writer->view.list, chosen)))
        if (merge(writer, chosen, n, NULL)) {
            spill_drop(&writer->spill);
            return; /* the commit stands; the next writer sweeps, and tries again */
        }
}

static int commit(struct writer *writer, struct muc_error *err)
{
    int rc = writer_usable(writer, err);

    if (rc || (!writer->changed && !writer->files.changes.n))
        return rc;
    if (writer->changed &&
        ((rc = writer_gather(writer, err)) ||
         (rc = standing_count(&writer->view, writer->counted, &writer->spill, &writer->next, err))))
        return writer_fail(writer, rc, err);
    return writer_fail(writer, write_list(writer, NULL, 0, err), err);
}

int writer_commit(struct writer *writer, struct muc_error *err)
{
    int rc = commit(writer, err);

    if (!rc)
        merge_by_tiers(writer);
    return rc;
}

int writer_merge(struct writer *writer, struct muc_error *err)
{
    const struct segment_list *list = &writer->view.list;
    size_t *chosen, at = 0, end;
    int rc = commit(writer, err);

    if (rc || !list->entries.n)
        return rc;
    end = list->entries.n;
    if (!(chosen = malloc(end * sizeof *chosen)))
        return error_memory(err);
    while (at < end && !rc) { /* a merged one goes to the end of the list */
        size_t n = tiers_fit(list, at, end);

        if (n == 1 && !list->entries.at[at].n_deleted) {
            at++;
            continue;
        }
        for (size_t i = 0; i < n; i++)
            chosen[i] = at + i;
        rc = merge(writer, chosen, n, err);
        end -= n;
    }
    free(chosen);
    return rc;
}
