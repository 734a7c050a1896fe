/* SPDX-License-Identifier: MIT */
/* scratch.h - a folder for a test's databases, and short words for what every test of them does.
 *
 * Include after <cmocka.h>. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../folder.h"
#include "store/store.h"

struct scratch {
    char path[FOLDER_SIZE]; /* of the folder */
    char db[80];            /* of the database in it, not made yet */
    char data[96];          /* its data.mdb */
};

static inline void scratch_new(struct scratch *scratch)
{
    assert_true(folder_make(scratch->path));
    snprintf(scratch->db, sizeof scratch->db, "%s/db", scratch->path);
    snprintf(scratch->data, sizeof scratch->data, "%s/data.mdb", scratch->db);
}

static inline void scratch_free(const struct scratch *scratch)
{
    assert_true(folder_remove(scratch->path));
}

static inline uint64_t file_bytes(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return (uint64_t)status.st_size;
}

/* ---- stores: what must work */

#define must(call)                                                                                 \
    do {                                                                                           \
        struct muc_error error = { 0 }, *err = &error;                                             \
        if ((call) != MUC_OK)                                                                      \
            fail_msg("%s: %s: %s", #call, error.where, error.message);                             \
    } while (0)

static inline struct store *must_open(const char *path, bool create)
{
    struct store *store = NULL;

    must(store_open(path, create, &store, err));
    return store;
}

static inline struct store_write *must_write(struct store *store)
{
    struct store_write *write = NULL;

    must(store_write_begin(store, &write, err));
    return write;
}

static inline struct store_read *must_read(struct store *store)
{
    struct store_read *read = NULL;

    must(store_read_begin(store, &read, err));
    return read;
}

/** One value, committed alone, by the holder of the lock. */
static inline void must_put(struct store *store, const char *key, struct muc_string value)
{
    struct store_write *write = must_write(store);

    must(store_put(write, TREE_INDEX, str_c(key), value, err));
    must(store_commit(write, err));
}

/** The value of a key in the newest state is `value`; NULL: there is none. */
static inline void must_have(struct store *store, const char *key, const char *value)
{
    struct store_read *read = must_read(store);
    struct muc_string found = { 0 };

    if (value) {
        must(store_get_sealed(read, TREE_INDEX, str_c(key), &found, err));
        assert_true(str_equal(found, str_c(value)));
    } else {
        assert_int_equal(store_get(read, TREE_INDEX, str_c(key), &found, NULL), MUC_ENOTFOUND);
    }
    store_read_end(read);
}
