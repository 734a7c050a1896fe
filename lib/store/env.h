/* SPDX-License-Identifier: MIT */
/* store/env.h - the LMDB environment behind the handles of one directory, and what fails in it. */
#pragma once

#include <lmdb.h>
#include <pthread.h>
#include <sys/types.h>

#include "store/store.h"
#include "store/tree.h"

/* Shared by all handles of this process on one data file; found by device and inode. */
struct env {
    struct env *next;
    dev_t device;
    ino_t inode;
    pid_t pid; /* LMDB does not survive fork */
    unsigned users;
    char *path;

    MDB_env *lmdb;
    MDB_dbi trees[TREE_NAMES];
    pthread_mutex_t mutex; /* of all below */
    uint8_t *map;          /* ours, read-only: to prove pages before LMDB sees them */
    size_t map_size;
    unsigned proven;     /* enum tree_walk: what was proven … */
    uint64_t proven_txn; /* … of this snapshot */
};

struct store {
    struct env *env;
    int lock; /* writer.lock, held; -1 */
};

/** Find or make the environment of a directory. */
int env_open(const char *path, bool create, struct env **out, struct muc_error *err);
void env_close(struct env *env);

/** MUC_EARGUMENT in a child of the process that opened it. */
int env_usable(const struct env *env, struct muc_error *err);

/** Begin to read the newest snapshot. `meta` is its description, to prove its trees from. */
int env_begin_read(struct env *env, MDB_txn **txn, struct tree_meta *meta, struct muc_error *err);

/** Begin to write; `meta` is the description of the snapshot it starts from. `draft`: see
 *  store_write_begin_draft(). */
int env_begin_write(struct env *env, bool draft, MDB_txn **txn, struct tree_meta *meta,
                    struct muc_error *err);

/** Walk trees of a snapshot that a transaction holds; faults are in the report, not an error. */
int env_walk(struct env *env, const struct tree_meta *meta, unsigned walks,
             struct tree_report *report, struct muc_error *err);

/** The same of the newest snapshot, which `meta` then describes. */
int env_walk_newest(struct env *env, unsigned walks, struct tree_report *report,
                    struct tree_meta *meta, struct muc_error *err);

/** Prove trees of a snapshot that a transaction holds, those alone that were not proven yet. */
int env_prove(struct env *env, const struct tree_meta *meta, unsigned walks, struct muc_error *err);

/** Whatever was proven of the snapshot that our own transaction `txn` replaced is true of it too:
 * LMDB wrote it. (Unless nothing was changed: then there is no such snapshot.) */
void env_proved(struct env *env, uint64_t txn);

/** See store_let_go(). */
void env_let_go(struct env *env);

/** Number of the newest snapshot. */
uint64_t env_newest(const struct env *env);

/** What LMDB or the system refused, in words. */
int env_error(const struct env *env, int rc, struct muc_error *err);
