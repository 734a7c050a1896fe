/* SPDX-License-Identifier: MIT */
/* Handles, and the care of a database: check, copy, sizes. */
#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"
#include "store/files.h"

int store_open(const char *path, bool create, struct store **out, struct muc_error *err)
{
    struct store *store = calloc(1, sizeof *store);
    int rc = store ? env_open(path, create, &store->env, err) : error_memory(err);

    if (rc) {
        free(store);
        return rc;
    }
    store->lock = -1;
    *out = store;
    return MUC_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store_unlock(store);
    env_close(store->env);
    free(store);
}

const char *store_path(const struct store *store)
{
    return store->env->path;
}

uint64_t store_newest(struct store *store)
{
    return env_newest(store->env);
}

/** Walk the newest state. */
static int walk_newest(struct env *env, unsigned walks, struct tree_report *report,
                       struct tree_meta *meta, struct muc_error *err)
{
    MDB_txn *txn;
    int rc = env_usable(env, err);

    if (rc == MUC_OK)
        rc = env_begin_read(env, &txn, meta, err);
    if (rc)
        return rc;
    rc = env_walk(env, meta, walks, report, err);
    mdb_txn_abort(txn);
    return rc;
}

int store_sizes(struct store *store, struct store_sizes *sizes, struct muc_error *err)
{
    struct tree_report report;
    struct tree_meta meta;
    struct stat status;
    int fd, rc = walk_newest(store->env, WALK_FREE, &report, &meta, err);

    if (rc)
        return rc;
    if (mdb_env_get_fd(store->env->lmdb, &fd) || fstat(fd, &status))
        return path_error(store->env->path, errno, "data.mdb cannot be examined", err);
    sizes->file_bytes = (uint64_t)status.st_size;
    sizes->free_bytes = report.free_pages * meta.page_size;
    return MUC_OK;
}

int store_check(struct store *store, void (*report)(void *context, const char *fault),
                void *context, uint64_t *n_faults, struct muc_error *err)
{
    static const unsigned walks[] = { WALK_INDEX | WALK_RUNS, WALK_FILES | WALK_RUNS, WALK_FREE,
                                      WALK_ALL };
    uint64_t n = 0;

    /* Each tree alone, so that a fault in one does not hide those of another; then how they
     * share the file, if they are sound alone. */
    for (size_t i = 0; i < sizeof walks / sizeof *walks && (walks[i] != WALK_ALL || n == 0); i++) {
        struct tree_report found;
        struct tree_meta meta;
        int rc = walk_newest(store->env, walks[i], &found, &meta, err);

        if (rc)
            return rc;
        if (!found.fault[0])
            continue;
        n++;
        if (report)
            report(context, found.fault);
    }
    *n_faults = n;
    return MUC_OK;
}

/* ---- copies */

static int sync_file(const char *path, struct muc_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), os = 0;

    if (fd < 0 || fsync(fd))
        os = errno;
    if (fd >= 0)
        close(fd);
    return os ? path_error(path, os, "the copy cannot be made durable", err) : MUC_OK;
}

static int copy_into(struct env *env, const char *target, const char *data, struct muc_error *err)
{
    int rc = mdb_env_copy2(env->lmdb, target, MDB_CP_COMPACT);

    if (rc > 0)
        return path_error(target, rc, "the copy cannot be written", err);
    if (rc)
        return env_error(env, rc, err);
    rc = sync_file(data, err);
    return rc ? rc : files_sync_folder(target, err);
}

static bool is_empty(DIR *folder)
{
    const struct dirent *entry;

    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            return false;
    return true;
}

/** Make the folder, or see that it is empty. */
static int prepare_target(const char *target, bool *made, struct muc_error *err)
{
    char above[PATH_MAX];
    DIR *folder;
    bool empty;

    *made = mkdir(target, 0777) == 0;
    if (*made) {
        if (snprintf(above, sizeof above, "%s/..", target) >= (int)sizeof above)
            return path_error(target, ENAMETOOLONG, "the path is too long", err);
        return files_sync_folder(above, err);
    }
    if (errno != EEXIST)
        return path_error(target, errno, "the folder cannot be made", err);
    folder = opendir(target);
    if (!folder)
        return path_error(target, errno, "the folder cannot be used", err);
    empty = is_empty(folder);
    closedir(folder);
    return empty ? MUC_OK
                 : error_set(err, MUC_EARGUMENT, 0, target,
                             "the folder is not empty; name one that is, or a new one");
}

int store_copy(struct store *store, const char *target, struct muc_error *err)
{
    struct env *env = store->env;
    struct tree_report report;
    struct tree_meta meta;
    char data[PATH_MAX];
    bool made;
    int rc = walk_newest(env, WALK_ALL, &report, &meta, err);

    if (rc)
        return rc;
    if (report.fault[0])
        return error_set(err, MUC_EDAMAGED, 0, env->path, "%s; there is nothing sound to copy",
                         report.fault);
    if (snprintf(data, sizeof data, "%s/data.mdb", target) >= (int)sizeof data)
        return path_error(target, ENAMETOOLONG, "the path is too long", err);
    rc = prepare_target(target, &made, err);
    if (rc == MUC_OK) {
        rc = copy_into(env, target, data, err);
        if (rc)
            unlink(data);
    }
    if (rc && made)
        rmdir(target);
    return rc;
}
