/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"
#include "store/lock.h"
#include "store/read.h"

enum { ROOM_LEAST = 1 << 20 }; /* bytes; with less a disk is as good as full */

struct store_write {
    struct env *env;
    MDB_txn *txn;
};

int store_lock(struct store *store, int wait_ms, struct muc_error *err)
{
    int rc = env_usable(store->env, err);

    if (rc == MUC_OK && store->lock >= 0)
        return error_set(err, MUC_EBUSY, 0, store->env->path, "this handle writes already");
    if (rc == MUC_OK)
        rc = lock_take(store->env->path, wait_ms, &store->lock, err);
    return rc;
}

void store_unlock(struct store *store)
{
    if (store->lock >= 0)
        lock_drop(store->lock, env_usable(store->env, NULL) == MUC_OK);
    store->lock = -1;
}

static int begin(struct store *store, bool draft, struct store_write **out, struct muc_error *err)
{
    struct store_write *write;
    struct tree_meta meta;
    int rc = env_usable(store->env, err), dead;

    if (rc)
        return rc;
    if (store->lock < 0)
        return error_set(err, MUC_EARGUMENT, 0, store->env->path, "the writer's lock is not held");
    if (!(write = calloc(1, sizeof *write)))
        return error_memory(err);
    write->env = store->env;
    mdb_reader_check(store->env->lmdb, &dead); /* or the pages they read were never used again */
    rc = env_begin_write(write->env, draft, &write->txn, &meta, err);
    if (rc == MUC_OK)
        rc = env_prove(write->env, &meta, WALK_ALL, err);
    if (rc) {
        store_abort(write);
        return rc;
    }
    *out = write;
    return MUC_OK;
}

int store_write_begin(struct store *store, struct store_write **out, struct muc_error *err)
{
    return begin(store, false, out, err);
}

/** What is written is flushed before the page that leads to it is, which is not waited for: the
 *  next transaction's flush takes it along. So that page never leads to what is not there. */
int store_write_begin_draft(struct store *store, struct store_write **out, struct muc_error *err)
{
    return begin(store, true, out, err);
}

static int key_check(struct muc_string key, struct muc_error *err)
{
    if (key.size > 0 && key.size <= STORE_KEY_MAX)
        return MUC_OK;
    return error_set(err, MUC_EARGUMENT, 0, "", "a key of %zu bytes; 1 to %d are allowed", key.size,
                     STORE_KEY_MAX);
}

int store_write_get(struct store_write *write, enum store_tree tree, struct muc_string key,
                    struct muc_string *value, struct muc_error *err)
{
    MDB_val k = val_of(key), v;
    int rc = key_check(key, err);

    if (rc)
        return rc;
    rc = mdb_get(write->txn, write->env->trees[tree], &k, &v);
    if (rc == MDB_NOTFOUND)
        return MUC_ENOTFOUND;
    if (rc)
        return env_error(write->env, rc, err);
    if (!unseal(v, value))
        return error_set(err, MUC_EDAMAGED, 0, write->env->path, "a value has no seal");
    return MUC_OK;
}

int store_put_sealed(struct store_write *write, enum store_tree tree, struct muc_string key,
                     struct muc_string value, uint64_t seal, struct muc_error *err)
{
    MDB_val k = val_of(key), v = { .mv_size = value.size + STORE_SEAL };
    int rc = key_check(key, err);

    if (rc)
        return rc;
    if (value.size > UINT32_MAX - STORE_SEAL)
        return error_set(err, MUC_EARGUMENT, 0, write->env->path,
                         "a value of %zu bytes is too large", value.size);
    rc = mdb_put(write->txn, write->env->trees[tree], &k, &v, MDB_RESERVE);
    if (rc)
        return env_error(write->env, rc, err);
    if (value.size)
        memcpy(v.mv_data, value.bytes, value.size);
    memcpy((char *)v.mv_data + value.size, &seal, STORE_SEAL);
    return MUC_OK;
}

int store_put(struct store_write *write, enum store_tree tree, struct muc_string key,
              struct muc_string value, struct muc_error *err)
{
    return store_put_sealed(write, tree, key, value, store_seal(key, value), err);
}

int store_delete(struct store_write *write, enum store_tree tree, struct muc_string key,
                 struct muc_error *err)
{
    MDB_val k = val_of(key);
    int rc = key_check(key, err);

    if (rc)
        return rc;
    rc = mdb_del(write->txn, write->env->trees[tree], &k, NULL);
    return rc && rc != MDB_NOTFOUND ? env_error(write->env, rc, err) : MUC_OK;
}

/** The system maps up to 2 MiB around each page of the file that is looked at, and counts them as
 *  this process'. Between transactions none is needed soon, nor are they where much is deleted.
 *  LMDB does not say where its map begins, but a page says how far behind that it is
 *  (store/tree.h). */
void env_let_go(struct env *env)
{
    struct tree_meta meta;
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    MDB_txn *txn;

    if (env_begin_read(env, &txn, &meta, NULL))
        return;
    if (mdb_cursor_open(txn, env->trees[TREE_INDEX], &cursor) == 0 &&
        mdb_cursor_get(cursor, &key, &value, MDB_FIRST) == 0 &&
        meta.page_size == sysconf(_SC_PAGESIZE)) {
        uintptr_t page = (uintptr_t)key.mv_data / meta.page_size * meta.page_size;
        uint64_t number;

        memcpy(&number, (const void *)page, sizeof number);
        if (number <= meta.last_page)
            madvise((void *)(page - number * meta.page_size), (meta.last_page + 1) * meta.page_size,
                    MADV_DONTNEED);
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
}

int store_delete_prefix(struct store_write *write, enum store_tree tree, struct muc_string prefix,
                        struct muc_error *err)
{
    enum { LET_GO = 64 }; /* values: of which the first page is looked at, and those around it */
    MDB_cursor *cursor;
    MDB_val key, value;
    uint32_t n = 0;
    int rc = mdb_cursor_open(write->txn, write->env->trees[tree], &cursor);

    if (rc)
        return env_error(write->env, rc, err);
    do { /* found anew each time: simple, and as deep as a look-up */
        key = val_of(prefix);
        rc = mdb_cursor_get(cursor, &key, &value, prefix.size ? MDB_SET_RANGE : MDB_FIRST);
        if (rc == 0 && !str_starts(string_of(key), prefix))
            rc = MDB_NOTFOUND;
        if (rc == 0)
            rc = mdb_cursor_del(cursor, 0);
        if (rc == 0 && ++n % LET_GO == 0)
            env_let_go(write->env);
    } while (rc == 0);
    mdb_cursor_close(cursor);
    return rc == MDB_NOTFOUND ? MUC_OK : env_error(write->env, rc, err);
}

/** Why the data file cannot grow, as an errno; 0: it can. */
static int fullness(const struct env *env)
{
    struct statvfs system;
    struct rlimit limit;
    struct stat status;
    int fd;

    if (mdb_env_get_fd(env->lmdb, &fd) || fstat(fd, &status) || fstatvfs(fd, &system) ||
        getrlimit(RLIMIT_FSIZE, &limit))
        return 0;
    if (limit.rlim_cur != RLIM_INFINITY && (uint64_t)status.st_size >= limit.rlim_cur)
        return EFBIG;
    return system.f_bavail < ROOM_LEAST / system.f_frsize ? ENOSPC : 0;
}

int store_commit(struct store_write *write, struct muc_error *err)
{
    struct env *env = write->env;
    uint64_t id = mdb_txn_id(write->txn);
    int rc = mdb_txn_commit(write->txn), full; /* frees it, even when it fails */

    free(write);
    if (rc == 0) {
        env_proved(env, id);
        env_let_go(env);
        return MUC_OK;
    }
    if (rc == EIO && (full = fullness(env))) /* LMDB's word for a write that was cut short */
        rc = full;
    return env_error(env, rc, err);
}

void store_abort(struct store_write *write)
{
    if (!write)
        return;
    mdb_txn_abort(write->txn);
    free(write);
}

void store_let_go(struct store *store)
{
    env_let_go(store->env);
}

int store_settle(struct store *store, struct muc_error *err)
{
    struct store_write *write = NULL;
    int rc = store_write_begin(store, &write, err);

    if (rc)
        return rc;
    if (!(rc = store_put(write, TREE_FILES, STR("-"), str_of(NULL, 0), err)))
        rc = store_delete(write, TREE_FILES, STR("-"), err);
    if (!rc)
        return store_commit(write, err);
    store_abort(write);
    return rc;
}
