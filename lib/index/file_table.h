/* SPDX-License-Identifier: MIT */
/* index/file_table.h - what is remembered of files: what is committed, and changes to it until a
 * commit writes them. */
#pragma once

#include "base/arena.h"
#include "base/slots.h"
#include "base/vector.h"
#include "index/files.h"
#include "store/store.h"

struct file_change {
    char key[FILE_KEY];
    struct muc_string value; /* in the arena; bytes NULL: the record is to be deleted */
};

struct file_table {
    struct arena arena;
    VECTOR(struct file_change) changes;
    struct slots of_keys; /* into changes */
};

/** Key of a path. */
struct muc_string file_key(struct muc_string path, char out[FILE_KEY]);

/** The record with a key and its path, borrowed: changed or committed. MUC_OK, MUC_EDAMAGED,
 *  MUC_EIO. */
int file_table_at(const struct file_table *table, struct store_read *read, const char key[FILE_KEY],
                  struct muc_string *path, struct file_record *record, bool *found,
                  struct muc_error *err);
/** The record of a path, changed or committed. MUC_OK, MUC_EDAMAGED, MUC_EIO. */
int file_table_get(const struct file_table *table, struct store_read *read, struct muc_string path,
                   struct file_record *record, bool *found, struct muc_error *err);
/** The records of the paths that begin with `prefix`: changes, then what is committed and did
 *  not change. `visit` may change records. */
int file_table_walk(const struct file_table *table, struct store_read *read,
                    struct muc_string prefix, file_visit *visit, void *context,
                    struct muc_error *err);
/** `record` NULL: delete. MUC_OK, MUC_ENOMEM. */
int file_table_set(struct file_table *table, struct muc_string path,
                   const struct file_record *record, struct muc_error *err);
int file_table_write(const struct file_table *table, struct store_write *write,
                     struct muc_error *err);
void file_table_free(struct file_table *table);
