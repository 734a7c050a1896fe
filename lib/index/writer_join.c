/* SPDX-License-Identifier: MIT */
/* The documents of another database, taken over as they were analysed there. */
#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "index/merge.h"
#include "index/writer_parts.h"

/** The other database. Its view is ours: what is deleted in it is left out, and no more. */
struct join {
    struct writer *writer;
    struct view other;
    struct muc_tally *tally;
};

/** Whether to go on, asked between what may be millions of small steps. MUC_OK, MUC_ESTOPPED. */
static int go_on(struct join *join, struct muc_error *err)
{
    return merge_watch_step(&join->writer->watch, MUC_MERGE_WRITING, 0, err);
}

/** Of a document of the other that has the id of one here, one stays: this one where the two are
 *  alike, so that joining twice changes nothing. */
static int settle(struct join *join, size_t s, uint32_t doc, struct muc_error *err)
{
    const struct segment *theirs = &join->other.segments[s];
    struct view *view = &join->writer->view;
    char room[MUC_ID_MAX];
    struct muc_string id = segment_id(theirs, doc, room);
    size_t segment;
    uint32_t old;
    int found;

    if (!id.size)
        return error_set(err, MUC_EDAMAGED, 0, store_path(join->other.store),
                         "the id of a document is damaged; mucluc check says more");
    found =
        writer_find_in_view(join->writer, id, XXH3_64bits(id.bytes, id.size), &segment, &old, err);
    if (found < 0)
        return found;
    if (found && view->segments[segment].data->contents[old] == theirs->data->contents[doc]) {
        join->tally->same++;
        return view_delete(&join->other, s, doc, err);
    }
    join->writer->changed = true;
    if (!found) {
        join->tally->added++;
        return MUC_OK;
    }
    join->tally->changed++;
    return view_delete(view, segment, old, err);
}

/** Write one segment of the other again, under a number of this database. */
static int copy_segment(struct join *join, size_t s, struct muc_error *err)
{
    struct writer *writer = join->writer;
    struct segment *input = &join->other.segments[s];
    const struct merge_task task = { .inputs = &input,
                                     .n = 1,
                                     .threads = 1,
                                     .spill = &writer->spill,
                                     .number = writer->next,
                                     .watch = &writer->watch };
    struct segment_entry entry;
    int rc;

    if (join->other.list.entries.at[s].n_deleted == input->n_docs)
        return MUC_OK;
    writer->next++;
    merge_watch_start(&writer->watch, 1);
    rc = merge_segments(&task, &entry, err);
    return rc ? rc : view_add(&writer->view, &entry, err);
}

/** What the other remembers of files, so that they are not read again here. */
static int take_file(void *context, struct muc_string key, struct muc_string value,
                     struct muc_error *err)
{
    struct join *join = context;
    struct muc_string path;
    struct file_record record, known;
    bool found;
    int rc;

    if (!store_verify(key, value) || !file_record_read(value, &path, &record))
        return error_set(err, MUC_EDAMAGED, 0, store_path(join->other.store),
                         "what it remembers of a file is damaged; mucluc check says more");
    if ((rc = go_on(join, err)))
        return rc;
    rc = writer_file_get(join->writer, path, &known, &found, err);
    if (rc || (found && known.size == record.size && known.mtime == record.mtime &&
               known.hash == record.hash && known.documents == record.documents))
        return rc;
    return writer_file_put(join->writer, path, &record, err);
}

/** Settle which documents of a segment stay, here and there. */
static int settle_segment(struct join *join, size_t s, struct muc_error *err)
{
    const struct segment *theirs = &join->other.segments[s];
    int rc = MUC_OK;

    for (uint32_t doc = 0; doc < theirs->n_docs && !rc; doc++)
        if (!segment_is_deleted(theirs, doc) && !(rc = settle(join, s, doc, err)))
            rc = go_on(join, err);
    return rc;
}

static int join_all(struct join *join, struct muc_error *err)
{
    int rc = writer_gather(join->writer, err);

    merge_watch_start(&join->writer->watch, (uint32_t)join->other.n_open);
    for (size_t s = 0; s < join->other.n_open && !rc; s++)
        if (!(rc = segment_prove_columns(&join->other.segments[s], err)))
            rc = go_on(join, err);
    for (size_t s = 0; s < join->other.n_open && !rc; s++)
        rc = settle_segment(join, s, err);
    for (size_t s = 0; s < join->other.n_open && !rc; s++)
        rc = copy_segment(join, s, err);
    if (!rc)
        rc = spill_flush(&join->writer->spill, err);
    if (!rc)
        rc = view_refresh(&join->writer->view, err);
    return rc ? rc : store_scan(join->other.read, TREE_FILES, STR("f"), take_file, join, err);
}

int writer_join(struct writer *writer, struct store *other, struct muc_tally *tally,
                struct muc_error *err)
{
    struct join join = { .writer = writer, .tally = tally };
    int rc = writer_usable(writer, err);

    if (rc || (rc = view_open(other, &join.other, err)))
        return rc;
    rc = join_all(&join, err);
    writer_forget_ids(writer); /* those that came were not noted */
    view_close(&join.other);
    return writer_fail(writer, rc, err);
}
