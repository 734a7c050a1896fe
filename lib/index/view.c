/* SPDX-License-Identifier: MIT */
#include "index/view.h"

#include <roaring/roaring.h>

#include "base/error.h"
#include "index/keys.h"
#include "index/lengths.h"

enum { LET_GO = 8 }; /* segments: with each page looked at the system may map 2 MiB around it */

int view_open(struct store *store, struct view *view, struct muc_error *err)
{
    struct view opened = { .store = store };
    int rc;

    if ((rc = store_read_begin(store, &opened.read, err)) ||
        (rc = head_check(opened.read, store_path(store), err)) ||
        (rc = segment_list_load(opened.read, &opened.list, err)) ||
        (rc = view_refresh(&opened, err))) {
        view_close(&opened);
        return rc;
    }
    *view = opened;
    return MUC_OK;
}

static void close_segments(struct segment *segments, size_t n)
{
    for (size_t i = 0; segments && i < n; i++)
        segment_close(&segments[i]);
    free(segments);
}

void view_close(struct view *view)
{
    close_segments(view->segments, view->n_open);
    free(view->deletions_changed);
    standing_table_close(view->standing);
    segment_list_free(&view->list);
    store_read_end(view->read);
    *view = (struct view){ 0 };
}

int view_add(struct view *view, const struct segment_entry *entry, struct muc_error *err)
{
    struct segment_entry *added = vector_push(&view->list.entries);

    if (!added)
        return error_memory(err);
    *added = *entry;
    if (view->list.next <= entry->number)
        view->list.next = entry->number + 1;
    return MUC_OK;
}

/** Take over deletions that are in memory alone. */
static void keep_deletions(struct segment *from, struct segment *to)
{
    if (!from->deleted)
        return;
    free(to->data->deleted);
    to->data->deleted = from->data->deleted;
    to->deleted = to->data->deleted;
    from->data->deleted = NULL;
    from->deleted = NULL;
}

int view_refresh(struct view *view, struct muc_error *err)
{
    size_t n = view->list.entries.n;
    struct segment *segments = calloc(n + 1, sizeof *segments);
    bool *changed = calloc(n + 1, sizeof *changed);
    struct standing_table *standing = NULL;
    struct store_read *read = NULL;
    int rc = segments && changed ? store_read_begin(view->store, &read, err) : error_memory(err);

    for (size_t i = 0; i < n && !rc; i++) {
        struct segment_entry entry = view->list.entries.at[i];

        if (i < view->n_open && view->deletions_changed[i])
            entry.n_deleted = 0; /* what the store says of them is old */
        rc = segment_open(read, &entry, &segments[i], err);
        if (i % LET_GO == LET_GO - 1)
            store_let_go(view->store);
    }
    if (!rc)
        rc = standing_table_open(read, &view->list.standing, &standing, err);
    if (rc) {
        close_segments(segments, n);
        free(changed);
        store_read_end(read);
        return rc;
    }
    for (size_t i = 0; i < view->n_open; i++) {
        keep_deletions(&view->segments[i], &segments[i]);
        changed[i] = view->deletions_changed[i];
    }
    close_segments(view->segments, view->n_open);
    free(view->deletions_changed);
    standing_table_close(view->standing);
    store_read_end(view->read);
    view->standing = standing;
    view->segments = segments;
    view->deletions_changed = changed;
    view->n_open = n;
    view->read = read;
    if (n > LET_GO)
        store_let_go(view->store);
    return MUC_OK;
}

int view_delete(struct view *view, size_t i, uint32_t doc, struct muc_error *err)
{
    struct segment *segment = &view->segments[i];
    struct segment_entry *entry = &view->list.entries.at[i];
    struct segment_data *data = segment->data;

    if (segment_is_deleted(segment, doc))
        return MUC_OK;
    if (!data->deleted) {
        data->deleted = calloc(segment->n_docs / 64 + (size_t)1, sizeof *data->deleted);
        if (!data->deleted)
            return error_memory(err);
        segment->deleted = data->deleted;
    }
    data->deleted[doc / 64] |= (uint64_t)1 << doc % 64;
    entry->n_deleted++;
    entry->tokens -= length_of(segment->lengths[doc]);
    entry->text_bytes -= data->text_sizes[doc];
    view->deletions_changed[i] = true;
    return MUC_OK;
}

void view_remove(struct view *view, size_t i)
{
    size_t n = view->list.entries.n, behind = n - i - 1, open = view->n_open;

    memmove(&view->list.entries.at[i], &view->list.entries.at[i + 1],
            behind * sizeof *view->list.entries.at);
    view->list.entries.n--;
    if (i >= open)
        return;
    segment_close(&view->segments[i]);
    memmove(&view->segments[i], &view->segments[i + 1], (open - i - 1) * sizeof *view->segments);
    memmove(&view->deletions_changed[i], &view->deletions_changed[i + 1],
            (open - i - 1) * sizeof *view->deletions_changed);
    view->n_open--;
}

/* ---- writing */

static int write_deletions(const struct segment *segment, struct store_write *write,
                           struct muc_error *err)
{
    roaring_bitmap_t *bitmap = roaring_bitmap_create();
    struct muc_string value = { 0 };
    char key[STORE_KEY_MAX];
    char *bytes = NULL;
    int rc = MUC_OK;

    for (uint32_t doc = 0; bitmap && doc < segment->n_docs; doc++)
        if (segment_is_deleted(segment, doc))
            roaring_bitmap_add(bitmap, doc);
    if (bitmap) {
        roaring_bitmap_run_optimize(bitmap);
        value.size = roaring_bitmap_portable_size_in_bytes(bitmap);
        value.bytes = bytes = malloc(value.size);
    }
    if (bytes) {
        roaring_bitmap_portable_serialize(bitmap, bytes);
        rc = store_put(write, TREE_INDEX, key_segment('d', segment->number, key), value, err);
    } else {
        rc = error_memory(err);
    }
    if (bitmap)
        roaring_bitmap_free(bitmap);
    free(bytes);
    return rc;
}

int view_write(const struct view *view, struct store_write *write, struct muc_error *err)
{
    struct buffer head = { 0 }, list = { 0 };
    int rc = MUC_OK;

    for (size_t i = 0; i < view->n_open && !rc; i++)
        if (view->deletions_changed[i])
            rc = write_deletions(&view->segments[i], write, err);
    head_write(&head);
    segment_list_write(&view->list, &list);
    if (!rc && (head.failed || list.failed))
        rc = error_memory(err);
    if (!rc)
        rc = store_put(write, TREE_INDEX, STR("h"), str_of((const char *)head.at, head.size), err);
    if (!rc)
        rc = store_put(write, TREE_INDEX, STR("l"), str_of((const char *)list.at, list.size), err);
    buffer_free(&head);
    buffer_free(&list);
    return rc;
}

int segment_erase(struct store_write *write, uint32_t number, struct muc_error *err)
{
    char key[STORE_KEY_MAX];
    int rc = MUC_OK;

    for (const char *letter = "cdmst"; *letter && !rc; letter++)
        rc = store_delete_prefix(write, TREE_INDEX, key_segment(*letter, number, key), err);
    return rc;
}
