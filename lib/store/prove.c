/* SPDX-License-Identifier: MIT */
/* Transactions begin here, so that none reads a page that was not proven. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"
#include "store/files.h"

enum { TRIES = 100 };

int env_usable(const struct env *env, struct muc_error *err)
{
    if (env->pid == getpid())
        return MUC_OK;
    return error_set(err, MUC_EARGUMENT, 0, env->path,
                     "opened before fork(); a child process has to open it anew");
}

static int damaged(const struct env *env, const char *what, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, env->path,
                     "%s; restore a backup or index again into a new folder", what);
}

/** Map the file as far as it goes now. Called with the mutex held. */
static int map_file(struct env *env, struct muc_error *err)
{
    struct stat status;
    size_t size;
    void *map;
    int fd;

    if (mdb_env_get_fd(env->lmdb, &fd) || fstat(fd, &status))
        return path_error(env->path, errno, "data.mdb cannot be examined", err);
    size = (size_t)status.st_size;
    if (env->map && size == env->map_size)
        return MUC_OK;
    if (size == 0)
        return damaged(env, "data.mdb is empty", err);
    map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return path_error(env->path, errno, "data.mdb cannot be mapped", err);
    if (env->map)
        munmap(env->map, env->map_size);
    env->map = map;
    env->map_size = size;
    return MUC_OK;
}

/** The meta page of transaction `id`; false if a later commit has already taken its place. */
static bool find_meta(const struct env *env, uint64_t id, struct tree_meta *meta)
{
    const uint8_t *at = env->map;
    uint8_t once[TREE_META_BYTES], again[TREE_META_BYTES];
    struct tree_meta first;

    if (env->map_size < TREE_META_BYTES || !tree_meta_read(at, &first) ||
        env->map_size < 2 * (size_t)first.page_size)
        return false;
    if (id % 2)
        at += first.page_size;
    memcpy(once, at, sizeof once);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    memcpy(again, at, sizeof again);
    return memcmp(once, again, sizeof once) == 0 && /* not being written at this moment */
           tree_meta_read(once, meta) && meta->txn == id && meta->page_size == first.page_size;
}

static int read_meta(struct env *env, uint64_t id, struct tree_meta *meta, bool *found,
                     struct muc_error *err)
{
    int rc;

    pthread_mutex_lock(&env->mutex);
    rc = map_file(env, err);
    *found = rc == MUC_OK && find_meta(env, id, meta);
    pthread_mutex_unlock(&env->mutex);
    return rc;
}

int env_begin_read(struct env *env, MDB_txn **out, struct tree_meta *meta, struct muc_error *err)
{
    /* LMDB takes the roots from the meta page a moment after it has registered the reader. Two
     * commits in between put newer ones there; then their number is there too, and we try again. */
    for (int i = 0; i < TRIES; i++) {
        MDB_txn *txn;
        bool found = false;
        int rc = mdb_txn_begin(env->lmdb, NULL, MDB_RDONLY, &txn), dead;

        if (rc == MDB_READERS_FULL && mdb_reader_check(env->lmdb, &dead) == 0 && dead)
            continue;
        if (rc)
            return env_error(env, rc, err);
        rc = read_meta(env, mdb_txn_id(txn), meta, &found, err);
        if (found) {
            *out = txn;
            return MUC_OK;
        }
        mdb_txn_abort(txn);
        if (rc)
            return rc;
    }
    return damaged(env, "the first pages of data.mdb are damaged", err);
}

int env_begin_write(struct env *env, bool draft, MDB_txn **out, struct tree_meta *meta,
                    struct muc_error *err)
{
    MDB_txn *txn;
    bool found = false;
    int rc = mdb_txn_begin(env->lmdb, NULL, 0, &txn);

    if (rc)
        return env_error(env, rc, err);
    mdb_env_set_flags(env->lmdb, MDB_NOMETASYNC, draft);         /* until the next one begins */
    rc = read_meta(env, mdb_txn_id(txn) - 1, meta, &found, err); /* nobody else commits now */
    if (found) {
        *out = txn;
        return MUC_OK;
    }
    mdb_txn_abort(txn);
    return rc ? rc : damaged(env, "the first pages of data.mdb are damaged", err);
}

int env_walk(struct env *env, const struct tree_meta *meta, unsigned walks,
             struct tree_report *report, struct muc_error *err)
{
    enum tree_result result;
    int rc, fd = -1, os;

    mdb_env_get_fd(env->lmdb, &fd);
    pthread_mutex_lock(&env->mutex);
    rc = map_file(env, err);
    result = rc ? TREE_SOUND : tree_prove(env->map, env->map_size, fd, meta, walks, report);
    os = errno;
    if (rc == MUC_OK) /* a look here and there has brought in a good part of the file */
        madvise(env->map, env->map_size, MADV_DONTNEED);
    pthread_mutex_unlock(&env->mutex);
    if (result == TREE_UNREADABLE)
        return path_error(env->path, os, "data.mdb cannot be read", err);
    return result == TREE_NO_MEMORY ? error_memory(err) : rc;
}

int env_walk_newest(struct env *env, unsigned walks, struct tree_report *report,
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

int env_prove(struct env *env, const struct tree_meta *meta, unsigned walks, struct muc_error *err)
{
    struct tree_report report;
    unsigned proven;
    int rc;

    pthread_mutex_lock(&env->mutex);
    proven = env->proven_txn == meta->txn ? env->proven : 0;
    pthread_mutex_unlock(&env->mutex);
    if ((proven & walks) == walks)
        return MUC_OK;
    rc = env_walk(env, meta, walks, &report, err);
    if (rc)
        return rc;
    if (report.fault[0])
        return damaged(env, report.fault, err);
    pthread_mutex_lock(&env->mutex);
    if (env->proven_txn != meta->txn)
        env->proven = 0;
    env->proven |= walks;
    env->proven_txn = meta->txn;
    pthread_mutex_unlock(&env->mutex);
    return MUC_OK;
}

uint64_t env_newest(const struct env *env)
{
    MDB_envinfo info;

    return mdb_env_info(env->lmdb, &info) ? 0 : info.me_last_txnid;
}

void env_proved(struct env *env, uint64_t txn)
{
    pthread_mutex_lock(&env->mutex);
    if (env->proven_txn + 1 == txn && env_newest(env) >= txn)
        env->proven_txn = txn;
    pthread_mutex_unlock(&env->mutex);
}
