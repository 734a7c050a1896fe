/* SPDX-License-Identifier: MIT */
/* store/files.h - the folder of a database and the files in it, without LMDB. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "mucluc/mucluc.h"

enum { READERS_MAX = 1024 };

/** The folder's entries, durable. */
int files_sync_folder(const char *path, struct muc_error *err);

/* What is there before LMDB opens it. */
struct files_found {
    bool is_new;
    struct stat status; /* of data.mdb, unless it is new */
    size_t data_bytes;  /* that data.mdb says it needs of the map */
};

/** Look at data.mdb, and refuse it if LMDB would trust what is not so. `create`: make the folder.
 */
int files_examine(const char *path, bool create, struct files_found *found, struct muc_error *err);

/** Make LMDB's lock.mdb if it is not there: with all its blocks, since LMDB maps it and a full disk
 *  would kill the process, and writable to all who may read the data. */
int files_make_lock(const char *path, const struct files_found *found, struct muc_error *err);

int files_not_found(const char *path, struct muc_error *err);

/** What the file system refused, in words. */
int path_error(const char *path, int os, const char *what, struct muc_error *err);
