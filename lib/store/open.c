/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"

enum { READERS = 1024 };

#define MAP_LARGEST ((size_t)1 << 40)
#define MAP_ROOM    ((size_t)64 << 20) /* above the file, at least, or a writer could not begin */

/* The one global of the library: LMDB forbids to open an environment twice in a process. */
static struct env *environments;
static pthread_mutex_t environments_mutex = PTHREAD_MUTEX_INITIALIZER;

static bool join(char out[PATH_MAX], const char *path, const char *name)
{
    return snprintf(out, PATH_MAX, "%s/%s", path, name) < PATH_MAX;
}

static int not_found(const char *path, struct muc_error *err)
{
    return error_set(err, MUC_ENOTFOUND, 0, path,
                     "no database in %.100s; make one with: mucluc index -d %.60s FOLDER", path,
                     path);
}

static int not_ours(const char *path, const char *why, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, path,
                     "data.mdb %s; restore a backup or index again into a new folder", why);
}

/* ---- files and folders */

/** A folder's entries, durable. */
static int sync_folder(const char *path, struct muc_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), os = 0;

    if (fd < 0)
        return path_error(path, errno, "the folder cannot be opened", err);
    if (fsync(fd) && errno != EINVAL && errno != EROFS) /* some file systems have no such thing */
        os = errno;
    close(fd);
    return os ? path_error(path, os, "the folder cannot be made durable", err) : MUC_OK;
}

/** The folder and those above it. */
static int make_folders(const char *path, struct muc_error *err)
{
    char part[PATH_MAX];
    size_t size = strlen(path);

    if (size == 0 || size >= sizeof part)
        return path_error(path, size ? ENAMETOOLONG : ENOENT, "the folder cannot be made", err);
    memcpy(part, path, size + 1);
    for (size_t i = 1; i <= size; i++) {
        if (part[i] != '/' && part[i] != 0)
            continue;
        part[i] = 0;
        if (mkdir(part, 0777) && errno != EEXIST && (errno != EROFS || access(part, F_OK)))
            return path_error(part, errno, "the folder cannot be made", err);
        part[i] = i < size ? '/' : 0;
    }
    return MUC_OK;
}

/** Whoever may read the data may register as a reader, which needs writing to lock.mdb. */
static void share_lock_file(const char *path, const struct stat *data)
{
    char lock[PATH_MAX];
    mode_t readers = data->st_mode & 0444;

    if (join(lock, path, "lock.mdb"))
        chmod(lock, readers | readers >> 1); /* fails where it is not ours: then it is set */
}

/** Both meta pages, which LMDB trusts as it opens. */
static int check_metas(const char *path, int fd, struct tree_meta *newest, struct muc_error *err)
{
    uint8_t bytes[TREE_META_BYTES];
    struct tree_meta metas[2];
    ssize_t n = pread(fd, bytes, sizeof bytes, 0);

    if (n < 0)
        return path_error(path, errno, "data.mdb cannot be read", err);
    if (n < (ssize_t)sizeof bytes || !tree_meta_read(bytes, &metas[0]))
        return not_ours(path, "is damaged or of another program", err);
    n = pread(fd, bytes, sizeof bytes, metas[0].page_size);
    if (n < 0)
        return path_error(path, errno, "data.mdb cannot be read", err);
    if (n < (ssize_t)sizeof bytes || !tree_meta_read(bytes, &metas[1]) ||
        metas[0].page_size != metas[1].page_size)
        return not_ours(path, "is damaged in its second page", err);
    *newest = metas[metas[0].txn < metas[1].txn];
    return MUC_OK;
}

/* What is there before LMDB opens it. */
struct found {
    bool is_new;
    struct stat status; /* of data.mdb, unless it is new */
    size_t map_least;   /* bytes of the map that it needs */
};

static int examine(const char *path, bool create, struct found *found, struct muc_error *err)
{
    char data[PATH_MAX];
    struct tree_meta meta = { 0 };
    int fd, rc;

    *found = (struct found){ .is_new = true, .map_least = MAP_ROOM };
    if (!join(data, path, "data.mdb"))
        return path_error(path, ENAMETOOLONG, "the path is too long", err);
    if (stat(data, &found->status)) {
        if (errno != ENOENT && errno != ENOTDIR)
            return path_error(path, errno, "data.mdb cannot be examined", err);
        return create ? make_folders(path, err) : not_found(path, err);
    }
    if (!S_ISREG(found->status.st_mode))
        return not_ours(path, "is not a file", err);
    if (found->status.st_size == 0) /* somebody was killed as it was made */
        return create ? MUC_OK : not_found(path, err);
    found->is_new = false;
    fd = open(data, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return path_error(path, errno, "data.mdb cannot be read", err);
    rc = check_metas(path, fd, &meta, err);
    close(fd);
    if (rc == MUC_OK)
        found->map_least += (meta.last_page + 1) * meta.page_size;
    return rc;
}

/* ---- the environment */

static int try_open(const char *path, size_t map, unsigned flags, MDB_env **out)
{
    MDB_env *lmdb;
    int rc = mdb_env_create(&lmdb);

    if (rc)
        return rc;
    if (!(rc = mdb_env_set_maxreaders(lmdb, READERS)) &&
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
    int rc = env_begin_write(env, &txn, &meta, err), lmdb = 0;

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
    named = report.named[TREE_INDEX] && report.named[TREE_FILES];
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
    return create ? create_trees(env, err) : not_found(env->path, err);
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

static int env_new(const char *path, bool create, const struct found *found, struct env **out,
                   struct muc_error *err)
{
    struct env *env = calloc(1, sizeof *env);
    struct stat status;
    char data[PATH_MAX];
    int rc;

    if (!env || pthread_mutex_init(&env->mutex, NULL)) {
        free(env);
        return error_memory(err);
    }
    env->pid = getpid();
    env->users = 1;
    env->path = strdup(path);
    rc = env->path ? open_lmdb(env, found->map_least, err) : error_memory(err);
    if (rc == MUC_OK && (!join(data, path, "data.mdb") || stat(data, &status)))
        rc = path_error(path, errno, "data.mdb cannot be examined", err);
    if (rc == MUC_OK) {
        env->device = status.st_dev;
        env->inode = status.st_ino;
        if (found->is_new)
            share_lock_file(path, &status);
        rc = open_trees(env, create, err);
    }
    if (rc == MUC_OK && found->is_new)
        rc = sync_folder(path, err);
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
    struct found found;
    struct env *env;
    int rc;

    pthread_mutex_lock(&environments_mutex);
    rc = examine(path, create, &found, err);
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
