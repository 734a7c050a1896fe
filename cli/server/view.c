/* SPDX-License-Identifier: MIT */
#include "server/view.h"

#include <pthread.h>
#include <stdlib.h>

#include "command.h"
#include "database.h"
#include "report.h"

struct views {
    const char *path;
    pthread_mutex_t lock;
    struct view *newest;
};

static int open_view(const char *path, struct view **out, struct muc_error *err)
{
    struct view *view = calloc(1, sizeof *view);
    int rc;

    if (!view) {
        *err = (struct muc_error){ .code = MUC_ENOMEM, .message = "out of memory" };
        return MUC_ENOMEM;
    }
    rc = muc_index_open(path, &view->index, err);
    if (!rc)
        rc = muc_index_stats(view->index, &view->stats, err);
    if (rc) {
        muc_index_close(view->index);
        free(view);
        return rc;
    }
    view->snapshot = muc_index_snapshot(view->index);
    view->n_users = 1;
    *out = view;
    return MUC_OK;
}

int views_open(const char *path, struct views **out)
{
    struct views *views = calloc(1, sizeof *views);
    struct muc_error err;

    if (!views) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    if (open_view(path, &views->newest, &err)) {
        free(views);
        return database_complain(path, &err);
    }
    views->path = path;
    pthread_mutex_init(&views->lock, NULL);
    *out = views;
    return STATUS_DONE;
}

void views_close(struct views *views)
{
    if (!views)
        return;
    view_give(views, views->newest);
    pthread_mutex_destroy(&views->lock);
    free(views);
}

struct view *view_take(struct views *views)
{
    struct view *view;

    pthread_mutex_lock(&views->lock);
    view = views->newest;
    view->n_users++;
    pthread_mutex_unlock(&views->lock);
    return view;
}

void view_give(struct views *views, struct view *view)
{
    bool last;

    if (!view)
        return;
    pthread_mutex_lock(&views->lock);
    last = --view->n_users == 0;
    pthread_mutex_unlock(&views->lock);
    if (last) {
        muc_index_close(view->index);
        free(view);
    }
}

bool views_refresh(struct views *views, struct muc_error *err)
{
    struct view *newer, *older = views->newest; /* this thread alone changes it */

    if (!muc_index_is_stale(older->index))
        return true;
    if (open_view(views->path, &newer, err))
        return false;
    pthread_mutex_lock(&views->lock);
    views->newest = newer;
    pthread_mutex_unlock(&views->lock);
    view_give(views, older);
    return true;
}
