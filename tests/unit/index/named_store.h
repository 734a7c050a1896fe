/* SPDX-License-Identifier: MIT */
/* named_store.h - databases of a test, by name, in the folder of its group. */
#pragma once

#include "../group_folder.h"
#include "store/store.h"

static inline struct store *open_store(const char *name)
{
    struct store *store;
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(store_open(path, true, &store, NULL), MUC_OK);
    return store;
}
