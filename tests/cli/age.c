/* SPDX-License-Identifier: MIT */
/* age.c - makes a database look as if another version had made it: `age DATABASE format` of another
 * format, `age DATABASE rules` by other rules of text analysis. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "index/format.h"
#include "store/store.h"
#include "text/analyzer.h"

static int write_head(struct store *store, bool format, struct muc_error *err)
{
    struct store_write *write;
    struct buffer head = { 0 };
    int rc = store_write_begin(store, &write, err);

    if (rc)
        return rc;
    buffer_u32(&head, format ? FORMAT_VERSION - 1 : FORMAT_VERSION);
    buffer_sized(&head, str_c(format ? analyzer_version() : "rules of another day"));
    buffer_sized(&head, str_of(NULL, 0));
    rc = store_put(write, TREE_INDEX, STR("h"), str_of((const char *)head.at, head.size), err);
    buffer_free(&head);
    if (!rc)
        return store_commit(write, err);
    store_abort(write);
    return rc;
}

int main(int argc, char **argv)
{
    struct store *store;
    struct muc_error err;
    int rc;

    if (argc != 3)
        return 2;
    if (!(rc = store_open(argv[1], false, &store, &err))) {
        if (!(rc = store_lock(store, 0, &err)))
            rc = write_head(store, !strcmp(argv[2], "format"), &err);
        store_close(store);
    }
    if (rc)
        fprintf(stderr, "age: %s\n", err.message);
    return rc != MUC_OK;
}
