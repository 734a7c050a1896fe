/* SPDX-License-Identifier: MIT */
/* values.h - how many values a store has. Include after <cmocka.h>. */
#pragma once

#include "base/str.h"
#include "store/store.h"

static inline int count_value(void *context, struct muc_string key, struct muc_string value,
                              struct muc_error *err)
{
    size_t *n = context;

    (void)key;
    (void)value;
    (void)err;
    ++*n;
    return MUC_OK;
}

static inline size_t values_in(struct store_read *read, enum store_tree tree)
{
    size_t n = 0;

    assert_int_equal(store_scan(read, tree, STR(""), count_value, &n, NULL), MUC_OK);
    return n;
}

/** Those of the index in the newest state. */
static inline size_t values_now(struct store *store)
{
    struct store_read *read;
    size_t n;

    assert_int_equal(store_read_begin(store, &read, NULL), MUC_OK);
    n = values_in(read, TREE_INDEX);
    store_read_end(read);
    return n;
}
