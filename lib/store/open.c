/* SPDX-License-Identifier: MIT */
/* Environments: one for each data file and process, whatever the number of handles. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"
#include "store/files.h"

#define MAP_LARGEST ((size_t)1 << 40)
#define MAP_ROOM    ((size_t)64 << 20) /* above the file, at least, or a writer could not begin */

/* The one global of the library: LMDB forbids to open an environment twice in a process. */
static struct env *environments;
static pthread_mutex_t environments_mutex = PTHREAD_MUTEX_INITIALIZER;

/* ---- the environment */

static int try_open(const char *path, size_t map, unsigned flags, MDB_env **out)
{
    MDB_env *lmdb;
    int rc = mdb_env_create(&lmdb);

    if (rc)
        return rc;
    if (!(rc = mdb_env_set_maxreaders(lmdb, READERS_MAX)) &&
        !(rc = mdb_env_set_maxdbs(lmdb, TREE_NAMES)) && !(rc = mdb_env_set_mapsize(lmdb, map)))
        rc = mdb_env_open(lmdb, path, MDB_NOTLS | flags, 0666);
    if (rc)
        mdb_env_close(lmdb);
    else
        *out = lmdb;
    return rc;
}

/** With the largest map the system allows; without the right to write, for reading. */
static int open_lmdb(struct env *env, size_t least, struct muc_error *err)
{
    unsigned flags = 0;
    size_t map = MAP_LARGEST;
    int rc;

    for (;;) {
        if (map < least)
            map = least;
        rc = try_open(env->path, map, flags, &env->lmdb);
        if ((rc == ENOMEM || rc == EINVAL) && map > least)
            map /= 2;
        else if ((rc == EACCES || rc == EPERM || rc == EROFS) && !(flags & MDB_RDONLY))
            flags |= MDB_RDONLY; /* on a read-only file system LMDB then does without a lock file */
        else
            break;
    }
    if (rc == ENOMEM)
        return error_set(err, MUC_ESPACE, rc, env->path,
                         "not enough address space to map the database; raise ulimit -v");
    if (rc == EACCES || rc == EPERM)
        return error_set(err, MUC_EIO, rc, env->path,
                         "lock.mdb cannot be written, as readers must; its owner can allow it with "
                         "chmod a+rw lock.mdb");
    return rc ? env_error(env, rc, err) : MUC_OK;
}

/** Make the two trees. */
static int create_trees(struct env *env, struct muc_error *err)
{
    MDB_txn *txn = NULL;
    struct tree_meta meta;
    int rc = env_begin_write(env, false, &txn, &meta, err), lmdb = 0;

    if (rc)
        return rc;
    rc = env_prove(env, &meta, WALK_ALL, err);
    for (unsigned i = 0; i < TREE_NAMES && !rc && !lmdb; i++)
        lmdb = mdb_dbi_open(txn, tree_names[i], MDB_CREATE, &env->trees[i]);
    if (!rc && !lmdb) {
        lmdb = mdb_txn_commit(txn);
        txn = NULL;
    }
    mdb_txn_abort(txn);
    return lmdb ? env_error(env, lmdb, err) : rc;
}

static int open_trees(struct env *env, bool create, struct muc_error *err)
{
    struct tree_report report;
    struct tree_meta meta;
    MDB_txn *txn = NULL;
    int rc = env_begin_read(env, &txn, &meta, err), lmdb = 0;
    bool named = false;

    if (rc)
        return rc;
    rc = env_walk(env, &meta, 0, &report, err);
    if (!rc && report.fault[0])
        rc = error_set(err, MUC_EDAMAGED, 0, env->path,
                       "%s; restore a backup or index again into a new folder", report.fault);
    named = !rc && report.named[TREE_INDEX] && report.named[TREE_FILES];
    for (unsigned i = 0; i < TREE_NAMES && !rc && !lmdb && named; i++)
        lmdb = mdb_dbi_open(txn, tree_names[i], 0, &env->trees[i]);
    if (!rc && !lmdb) {
        lmdb = mdb_txn_commit(txn); /* keeps the handles of the trees */
        txn = NULL;
    }
    mdb_txn_abort(txn);
    if (lmdb)
        return env_error(env, lmdb, err);
    if (rc || named)
        return rc;
    return create ? create_trees(env, err) : files_not_found(env->path, err);
}

static void env_free(struct env *env)
{
    if (env->map)
        munmap(env->map, env->map_size);
    if (env->lmdb)
        mdb_env_close(env->lmdb);
    pthread_mutex_destroy(&env->mutex);
    free(env->path);
    free(env);
}

static int env_new(const char *path, bool create, const struct files_found *found, struct env **out,
                   struct muc_error *err)
{
    struct env *env = calloc(1, sizeof *env);
    struct stat status;
    int fd, rc;

    if (!env || pthread_mutex_init(&env->mutex, NULL)) {
        free(env);
        return error_memory(err);
    }
    env->pid = getpid();
    env->users = 1;
    env->path = strdup(path);
    rc = env->path ? files_make_lock(path, found, err) : error_memory(err);
    if (rc == MUC_OK)
        rc = open_lmdb(env, MAP_ROOM + found->data_bytes, err);
    if (rc == MUC_OK && (mdb_env_get_fd(env->lmdb, &fd) || fstat(fd, &status)))
        rc = path_error(path, errno, "data.mdb cannot be examined", err);
    if (rc == MUC_OK) {
        env->device = status.st_dev;
        env->inode = status.st_ino;
        rc = open_trees(env, create, err);
    }
    if (rc == MUC_OK && found->is_new)
        rc = files_sync_folder(path, err);
    if (rc) {
        env_free(env);
        return rc;
    }
    *out = env;
    return MUC_OK;
}

/** The environment that this process has open on the same file. */
static struct env *env_find(const struct stat *status)
{
    struct env *env = environments;

    while (env &&
           (env->pid != getpid() || env->device != status->st_dev || env->inode != status->st_ino))
        env = env->next;
    return env;
}

int env_open(const char *path, bool create, struct env **out, struct muc_error *err)
{
    struct files_found found;
    struct env *env;
    int rc;

    pthread_mutex_lock(&environments_mutex);
    rc = files_examine(path, create, &found, err);
    if (rc == MUC_OK && !found.is_new && (env = env_find(&found.status))) {
        env->users++;
        *out = env;
    } else if (rc == MUC_OK) {
        rc = env_new(path, create, &found, &env, err);
        if (rc == MUC_OK) {
            env->next = environments;
            environments = env;
            *out = env;
        }
    }
    pthread_mutex_unlock(&environments_mutex);
    return rc;
}

void env_close(struct env *env)
{
    struct env **at = &environments;

    if (env->pid != getpid()) /* what a child inherited is the parent's: closing would disturb it */
        return;
    pthread_mutex_lock(&environments_mutex);
    if (--env->users == 0) {
        while (*at != env)
            at = &(*at)->next;
        *at = env->next;
        env_free(env);
    }
    pthread_mutex_unlock(&environments_mutex);
}
