/* SPDX-License-Identifier: MIT */
/* index/file_table.h - changes to what is remembered of files, until a commit writes them. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "index/files.h"
#include "store/store.h"

enum { FILE_KEY = 17 };

struct file_change {
    char key[FILE_KEY];
    struct muc_string value; /* in the arena; bytes NULL: the record is to be deleted */
};

struct file_table {
    struct arena arena;
    VECTOR(struct file_change) changes;
    uint32_t *slots; /* open addressing: index into changes + 1; 0: free */
    uint32_t n_slots;
};

/** Key of a path. */
struct muc_string file_key(struct muc_string path, char out[FILE_KEY]);

/** The pending change of a path, or NULL. */
const struct file_change *file_table_find(const struct file_table *table, struct muc_string path);
/** `record` NULL: delete. MUC_OK, MUC_ENOMEM. */
int file_table_set(struct file_table *table, struct muc_string path,
                   const struct file_record *record, struct muc_error *err);
int file_table_write(const struct file_table *table, struct store_write *write,
                     struct muc_error *err);
void file_table_free(struct file_table *table);
