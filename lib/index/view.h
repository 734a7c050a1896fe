/* SPDX-License-Identifier: MIT */
/* index/view.h - the segments as the writer sees them: the newest list, finished segments that no
 * list names yet, and the deletions that no commit has written yet. */
#pragma once

#include "index/head.h"
#include "index/segment.h"

struct view {
    struct store *store;
    struct store_read *read;
    struct segment_list list;        /* as the next commit would write it */
    struct segment *segments;        /* those of the list, in its order */
    bool *deletions_changed;         /* of each */
    struct standing_table *standing; /* of the list when they were opened; NULL: none */
    size_t n_open;                   /* segments that are open: the rest of the list is new */
};

/** Read the newest list and open its segments. */
int view_open(struct store *store, struct view *view, struct muc_error *err);
void view_close(struct view *view);

/** Name one more segment; view_refresh() opens it. */
int view_add(struct view *view, const struct segment_entry *entry, struct muc_error *err);

/** See what the store holds by now: opens all segments again, deletions stay. */
int view_refresh(struct view *view, struct muc_error *err);

/** Note document `doc` of an open segment as deleted, if it is not. */
int view_delete(struct view *view, size_t segment, uint32_t doc, struct muc_error *err);

/** Leave segment `i` out of the list. */
void view_remove(struct view *view, size_t i);

/** Put the list and the changed deletions into a transaction. */
int view_write(const struct view *view, struct store_write *write, struct muc_error *err);

/** Delete all values of a segment. */
int segment_erase(struct store_write *write, uint32_t number, struct muc_error *err);
