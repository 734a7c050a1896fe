/* SPDX-License-Identifier: MIT */
#include "index/walk.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"

enum { TARGET_SIZE = 200 }; /* bytes of a link's target that are shown */

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int failed(const struct walk_visitor *visitor, const FTSENT *entry, const char *name, int os,
                  struct muc_error *err)
{
    if (entry->fts_level == 0)
        return error_set(err, MUC_EIO, os, entry->fts_path, "cannot be read: %s", strerror(os));
    return visitor->failed(visitor->context, entry->fts_path, name, strerror(os), false, err);
}

/** A symbolic link that cannot be followed. */
static int failed_link(const struct walk_visitor *visitor, const FTSENT *entry, const char *name,
                       struct muc_error *err)
{
    char target[TARGET_SIZE], message[TARGET_SIZE + 64];
    struct stat stat_there;
    ssize_t n;

    if (entry->fts_level == 0 || !stat(entry->fts_path, &stat_there))
        return failed(visitor, entry, name, ENOENT, err);
    if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
        return failed(visitor, entry, name, errno, err);
    n = readlink(entry->fts_path, target, sizeof target);
    snprintf(message, sizeof message, "a link to %.*s, which is not there", (int)(n > 0 ? n : 0),
             target);
    return visitor->failed(visitor->context, entry->fts_path, name, message, true, err);
}

static int visit(FTS *tree, FTSENT *entry, size_t root, const struct stat *left_out,
                 const struct walk_visitor *visitor, struct muc_error *err)
{
    const char *name = entry->fts_path + root;

    if (entry->fts_info == FTS_DP)
        return MUC_OK;
    if (entry->fts_level > 0 && entry->fts_name[0] == '.') {
        fts_set(tree, entry, FTS_SKIP);
        return MUC_OK;
    }
    while (*name == '/')
        name++;
    switch (entry->fts_info) {
    case FTS_D:
        if (left_out && entry->fts_statp->st_dev == left_out->st_dev &&
            entry->fts_statp->st_ino == left_out->st_ino)
            fts_set(tree, entry, FTS_SKIP);
        return MUC_OK;
    case FTS_F:
        return visitor->file(visitor->context, entry->fts_path, name, entry->fts_statp, err);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return failed(visitor, entry, name, entry->fts_errno, err);
    case FTS_SLNONE:
        return failed_link(visitor, entry, name, err);
    default: /* loops, devices, sockets, pipes */
        return MUC_OK;
    }
}

int walk(const char *root, const struct stat *left_out, const struct walk_visitor *visitor,
         struct muc_error *err)
{
    char *path = strdup(root);
    char *roots[] = { path, NULL };
    FTS *tree = path ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name) : NULL;
    int rc = MUC_OK;

    if (!tree) {
        rc = !path || errno == ENOMEM
                 ? error_memory(err)
                 : error_set(err, MUC_EIO, errno, root, "cannot be read: %s", strerror(errno));
        free(path);
        return rc;
    }
    for (FTSENT *entry; !rc;) {
        errno = 0;
        if (!(entry = fts_read(tree))) {
            if (errno)
                rc = errno == ENOMEM ? error_memory(err)
                                     : error_set(err, MUC_EIO, errno, root, "cannot be walked: %s",
                                                 strerror(errno));
            break;
        }
        rc = visit(tree, entry, strlen(root), left_out, visitor, err);
    }
    fts_close(tree);
    free(path);
    return rc;
}
