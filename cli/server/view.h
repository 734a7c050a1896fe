/* SPDX-License-Identifier: MIT */
/* server/view.h - the index as last committed, shared by all requests.
 *
 * A request takes the view of its time and gives it back; when a newer state is there, the next
 * request gets that one, and the old view is closed with its last request. */
#pragma once

#include "mucluc/mucluc.h"

struct view {
    struct muc_index *index;
    uint64_t snapshot;
    struct muc_stats stats;
    unsigned n_users; /* guarded by the views' lock; one of them: being the newest */
};

struct views;

/** @return an exit status; what failed has been said. */
int views_open(const char *path, struct views **out);
void views_close(struct views *views);

struct view *view_take(struct views *views);
void view_give(struct views *views, struct view *view);

/** Look for a newer state. False with `err`: there is one that cannot be read; the last one stays.
 */
bool views_refresh(struct views *views, struct muc_error *err);
