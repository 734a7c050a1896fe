/* SPDX-License-Identifier: MIT */
/* index/walk.h - the files of a tree, in the order of their names.
 *
 * Hidden files, one left-out directory, directory loops and whatever is no regular file are passed
 * over. Symbolic links are followed. */
#pragma once

#include <sys/stat.h>

#include "base/str.h"

struct walk_visitor {
    /** A file: `path` as reached from the root, `name` the same relative to the root. A return
     *  other than MUC_OK ends the walk and is passed on. */
    int (*file)(void *context, const char *path, const char *name, const struct stat *stat,
                struct muc_error *err);
    /** Something could not be looked at, nor what may be below; the walk goes on unless this
     *  fails. `lost`: it is a symbolic link to what is not there, as lie about in most archives. */
    int (*failed)(void *context, const char *path, const char *name, const char *message, bool lost,
                  struct muc_error *err);
    void *context;
};

/** @param left_out a directory not to be entered (the database), by device and inode; may be NULL.
 *  @return MUC_OK, MUC_EIO if the root cannot be read, what the visitor returned. */
int walk(const char *root, const struct stat *left_out, const struct walk_visitor *visitor,
         struct muc_error *err);
