/* SPDX-License-Identifier: MIT */
/* store/store.h - sealed values under ordered keys: LMDB and nothing else.
 *
 * store knows one LMDB environment in a directory; nothing of text or segments; includes base.
 * Two trees: TREE_INDEX (few keys, large values: what a search reads) and TREE_FILES (many small
 * ones: what the indexer remembers of files). Every value carries a seal behind its bytes: XXH3-64
 * of key and value, checked by store_get_sealed() and store_verify(), not by store_get().
 *
 * The map is a reservation of address space, as large as the system allows up to 1 TiB, so the file
 * grows by itself and readers need no remapping. LMDB forbids to open one environment twice in a
 * process: handles of the same directory (by device and inode) share one environment, counted.
 *
 * Before a tree is read its pages are walked once and proven sound (store/tree.c), since LMDB
 * itself trusts them: a damaged file gives MUC_EDAMAGED, never a crash, nor an old state. */
#pragma once

#include "base/str.h"

enum store_tree { TREE_INDEX, TREE_FILES };

enum { STORE_KEY_MAX = 500, STORE_SEAL = 8 };

struct store;

/** Open the database in directory `path`. `create`: make it if it is not there.
 *  MUC_ENOTFOUND, MUC_EDAMAGED, MUC_EIO, MUC_ESPACE, MUC_ENOMEM. */
int store_open(const char *path, bool create, struct store **out, struct muc_error *err);
void store_close(struct store *store);
const char *store_path(const struct store *store);

struct store_sizes {
    uint64_t file_bytes, free_bytes;
};
int store_sizes(struct store *store, struct store_sizes *sizes, struct muc_error *err);

/* ---- one writer at a time, over all processes */

/** Take the writer's lock. wait_ms 0: not at all, <0: for ever. MUC_EBUSY names the holder's pid.
 */
int store_lock(struct store *store, int wait_ms, struct muc_error *err);
void store_unlock(struct store *store);

/* ---- reading: a transaction is a snapshot; values live as long as it; any thread may read */

struct store_read;

int store_read_begin(struct store *store, struct store_read **out, struct muc_error *err);
void store_read_end(struct store_read *read);

/** The value without its seal, in the map. MUC_OK, MUC_ENOTFOUND (err untouched), MUC_EDAMAGED,
 * MUC_EIO. Safe from any thread. Values may be misaligned (small ones to 2 bytes). */
int store_get(struct store_read *read, enum store_tree tree, struct muc_string key,
              struct muc_string *value, struct muc_error *err);
/** As store_get(), with the seal checked. */
int store_get_sealed(struct store_read *read, enum store_tree tree, struct muc_string key,
                     struct muc_string *value, struct muc_error *err);

/** The keys that begin with `prefix`, in order. `visit` returns MUC_OK to go on. Keys and values
 *  are in the map. `value` is without its seal; values are not touched by the walk. */
int store_scan(struct store_read *read, enum store_tree tree, struct muc_string prefix,
               int (*visit)(void *context, struct muc_string key, struct muc_string value,
                            struct muc_error *err),
               void *context, struct muc_error *err);

/** The seal of a value: its XXH3-64, seeded with that of the key. */
uint64_t store_seal(struct muc_string key, struct muc_string value);

/** Whether the seal of a value got from store_get() or store_scan() fits. */
bool store_verify(struct muc_string key, struct muc_string value);

/** A value that was walked through is not needed soon: its pages need not stay in this process.
 * They stay in the system's cache, and come back when they are read. */
void store_release(struct muc_string value);

/** Number of the newest committed transaction (LMDB's), without beginning one. */
uint64_t store_newest(struct store *store);
uint64_t store_read_number(const struct store_read *read);

/* ---- writing: one transaction at a time, by the holder of the lock, begun and ended by one
 * thread. Pages that readers gave up are used again, also those of readers that died. */

struct store_write;

int store_write_begin(struct store *store, struct store_write **out, struct muc_error *err);
/** For what nobody reads before another transaction stands behind it: a power cut until then may
 * take it back, as a whole. Waits for the disk once instead of twice. */
int store_write_begin_draft(struct store *store, struct store_write **out, struct muc_error *err);
int store_write_get(struct store_write *write, enum store_tree tree, struct muc_string key,
                    struct muc_string *value, struct muc_error *err);
int store_put(struct store_write *write, enum store_tree tree, struct muc_string key,
              struct muc_string value, struct muc_error *err);
/** The same, where the seal is known. */
int store_put_sealed(struct store_write *write, enum store_tree tree, struct muc_string key,
                     struct muc_string value, uint64_t seal, struct muc_error *err);
int store_delete(struct store_write *write, enum store_tree tree, struct muc_string key,
                 struct muc_error *err); /* not there: MUC_OK */
int store_delete_prefix(struct store_write *write, enum store_tree tree, struct muc_string prefix,
                        struct muc_error *err);
/** Durable when it returns MUC_OK. The handle is gone either way. What of the file is in this
 * process' memory is let go of, as by store_release(). */
int store_commit(struct store_write *write, struct muc_error *err);
void store_abort(struct store_write *write); /* NULL is fine */

/** Let go of all of the file that is in this process' memory, as by store_release(). */
void store_let_go(struct store *store);

/** After a commit that deleted much, and before reading anew: its pages are written to again from
 * now on. LMDB keeps those that a transaction gave up until another one stands behind it which all
 *  readers have come to; without that, who reads the newest state and writes what is to follow it
 *  only ever makes the file longer. An own small transaction. */
int store_settle(struct store *store, struct muc_error *err);

/* ---- care */

/** Prove the pages of both trees and the free list of the newest state; report() gets a line for
 * each fault. */
int store_check(struct store *store, void (*report)(void *context, const char *fault),
                void *context, uint64_t *n_faults, struct muc_error *err);

/** Copy the newest state, compacted, to an empty or new directory; durable when it returns MUC_OK.
 */
int store_copy(struct store *store, const char *target, struct muc_error *err);
/** Take that back, but for the folder: what belongs to it could not be copied. */
void store_copy_undo(const char *target);
