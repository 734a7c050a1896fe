/* SPDX-License-Identifier: MIT */
/* Handles, and the care of a database: check, sizes. */
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

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

int store_sizes(struct store *store, struct store_sizes *sizes, struct muc_error *err)
{
    struct tree_report report;
    struct tree_meta meta;
    struct stat status;
    int fd, rc = env_walk_newest(store->env, WALK_FREE, &report, &meta, err);

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
        int rc = env_walk_newest(store->env, walks[i], &found, &meta, err);

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
