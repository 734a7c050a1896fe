/* SPDX-License-Identifier: MIT */
#include "store/read.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"
#include "store/env.h"

/* With the free list: a damaged root could lead to pages of an old state, sound but given up. */
enum { PROOF = WALK_FREE };

struct store_read {
    struct env *env;
    MDB_txn *txn;
    struct tree_meta meta;
    pthread_mutex_t mutex; /* LMDB's transactions are not for two threads at once */
};

uint64_t store_seal(struct muc_string key, struct muc_string value)
{
    return XXH3_64bits_withSeed(value.bytes, value.size, XXH3_64bits(key.bytes, key.size));
}

MDB_val val_of(struct muc_string string)
{
    MDB_val val = { .mv_size = string.size };

    memcpy(&val.mv_data, &string.bytes, sizeof val.mv_data); /* LMDB does not write to it */
    return val;
}

struct muc_string string_of(MDB_val val)
{
    return str_of(val.mv_data, val.mv_size);
}

bool unseal(MDB_val val, struct muc_string *value)
{
    if (val.mv_size < STORE_SEAL)
        return false;
    *value = str_of(val.mv_data, val.mv_size - STORE_SEAL);
    return true;
}

bool store_verify(struct muc_string key, struct muc_string value)
{
    uint64_t seal = store_seal(key, value);

    return memcmp(value.bytes + value.size, &seal, STORE_SEAL) == 0;
}

void store_release(struct muc_string value)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)value.bytes;
    uintptr_t end = (start + value.size) / page * page;

    start = (start + page - 1) / page * page;
    if (value.bytes && end > start)
        madvise((void *)start, end - start, MADV_DONTNEED); /* the map is of a file, and not ours to
                                                             * write: nothing is lost */
}

int store_read_begin(struct store *store, struct store_read **out, struct muc_error *err)
{
    struct store_read *read = NULL;
    MDB_stat stat;
    int rc = env_usable(store->env, err), lmdb = 0;

    if (rc)
        return rc;
    read = calloc(1, sizeof *read);
    if (!read || pthread_mutex_init(&read->mutex, NULL)) {
        free(read);
        return error_memory(err);
    }
    read->env = store->env;
    rc = env_begin_read(read->env, &read->txn, &read->meta, err);
    if (rc == MUC_OK)
        rc = env_prove(read->env, &read->meta, PROOF | WALK_INDEX, err);
    for (unsigned i = 0; i < TREE_NAMES && rc == MUC_OK && lmdb == 0; i++)
        lmdb = mdb_stat(read->txn, read->env->trees[i], &stat); /* loads the roots */
    if (lmdb)
        rc = env_error(read->env, lmdb, err);
    if (rc) {
        store_read_end(read);
        return rc;
    }
    *out = read;
    return MUC_OK;
}

void store_read_end(struct store_read *read)
{
    if (!read)
        return;
    if (read->env->pid == getpid())
        mdb_txn_abort(read->txn);
    pthread_mutex_destroy(&read->mutex);
    free(read);
}

uint64_t store_read_number(const struct store_read *read)
{
    return read->meta.txn;
}

/** A reader proves the small values' tree only when it looks into it. */
static int prove(struct store_read *read, enum store_tree tree, struct muc_error *err)
{
    return tree == TREE_FILES ? env_prove(read->env, &read->meta, PROOF | WALK_FILES, err) : MUC_OK;
}

static int too_short(const struct env *env, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, env->path,
                     "a value has no seal; restore a backup or index again into a new folder");
}

int store_get(struct store_read *read, enum store_tree tree, struct muc_string key,
              struct muc_string *value, struct muc_error *err)
{
    MDB_val k = val_of(key), v;
    int rc = prove(read, tree, err);

    if (rc)
        return rc;
    if (key.size == 0 || key.size > STORE_KEY_MAX)
        return MUC_ENOTFOUND;
    pthread_mutex_lock(&read->mutex);
    rc = mdb_get(read->txn, read->env->trees[tree], &k, &v);
    pthread_mutex_unlock(&read->mutex);
    if (rc == MDB_NOTFOUND)
        return MUC_ENOTFOUND;
    if (rc)
        return env_error(read->env, rc, err);
    return unseal(v, value) ? MUC_OK : too_short(read->env, err);
}

int store_get_sealed(struct store_read *read, enum store_tree tree, struct muc_string key,
                     struct muc_string *value, struct muc_error *err)
{
    struct muc_string found;
    int rc = store_get(read, tree, key, &found, err);

    if (rc)
        return rc;
    if (!store_verify(key, found))
        return error_set(err, MUC_EDAMAGED, 0, read->env->path,
                         "a value does not fit its seal; restore a backup or index again into a "
                         "new folder");
    *value = found;
    return MUC_OK;
}

/** The next key of a walk that begins with `prefix`, or MDB_NOTFOUND. */
static int step(struct store_read *read, MDB_cursor *cursor, bool first, struct muc_string prefix,
                MDB_val *key, MDB_val *value)
{
    int rc;

    if (first)
        *key = val_of(prefix);
    pthread_mutex_lock(&read->mutex);
    rc = mdb_cursor_get(cursor, key, value,
                        !first        ? MDB_NEXT
                        : prefix.size ? MDB_SET_RANGE
                                      : MDB_FIRST);
    pthread_mutex_unlock(&read->mutex);
    return rc == 0 && !str_starts(string_of(*key), prefix) ? MDB_NOTFOUND : rc;
}

int store_scan(struct store_read *read, enum store_tree tree, struct muc_string prefix,
               int (*visit)(void *context, struct muc_string key, struct muc_string value,
                            struct muc_error *err),
               void *context, struct muc_error *err)
{
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    int rc = prove(read, tree, err), lmdb;

    if (rc)
        return rc;
    pthread_mutex_lock(&read->mutex);
    lmdb = mdb_cursor_open(read->txn, read->env->trees[tree], &cursor);
    pthread_mutex_unlock(&read->mutex);
    for (bool first = true; rc == MUC_OK && lmdb == 0; first = false) {
        struct muc_string plain;

        lmdb = step(read, cursor, first, prefix, &key, &value);
        if (lmdb == 0)
            rc = unseal(value, &plain) ? visit(context, string_of(key), plain, err)
                                       : too_short(read->env, err);
    }
    if (cursor)
        mdb_cursor_close(cursor);
    return rc == MUC_OK && lmdb != MDB_NOTFOUND ? env_error(read->env, lmdb, err) : rc;
}
