/* SPDX-License-Identifier: MIT */
/* named_store.h - databases of a test, by name, in the folder of its group, and their segments. */
#pragma once

#include "../group_folder.h"
#include "index/head.h"
#include "store/store.h"

static inline struct store *open_store(const char *name)
{
    struct store *store;
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(store_open(path, true, &store, NULL), MUC_OK);
    return store;
}

/** As the newest commit has them. */
static inline struct segment_list list_of(struct store *store)
{
    struct segment_list list = { 0 };
    struct store_read *read;

    assert_int_equal(store_read_begin(store, &read, NULL), MUC_OK);
    assert_int_equal(segment_list_load(read, &list, NULL), MUC_OK);
    store_read_end(read);
    return list;
}
