/* SPDX-License-Identifier: MIT */
#include "index/sweep.h"

#include "base/error.h"
#include "index/keys.h"

struct orphans {
    const struct segment_list *list;
    VECTOR(uint32_t) numbers;
};

static int find_orphan(void *context, struct muc_string key, struct muc_string value,
                       struct muc_error *err)
{
    struct orphans *orphans = context;
    uint32_t number, *kept;

    (void)value;
    if (key.size < 5 || !memchr("cdmst", key.bytes[0], 5))
        return MUC_OK;
    number = key_number(key, 1);
    if (number == orphans->list->standing.number)
        return MUC_OK;
    for (size_t i = 0; i < orphans->list->entries.n; i++)
        if (orphans->list->entries.at[i].number == number)
            return MUC_OK;
    for (size_t i = 0; i < orphans->numbers.n; i++)
        if (orphans->numbers.at[i] == number)
            return MUC_OK;
    if (!(kept = vector_push(&orphans->numbers)))
        return error_memory(err);
    *kept = number;
    return MUC_OK;
}

int sweep(struct view *view, struct muc_error *err)
{
    struct orphans orphans = { .list = &view->list };
    struct store_write *write = NULL;
    int rc = store_scan(view->read, TREE_INDEX, str_of(NULL, 0), find_orphan, &orphans, err);

    if (!rc && orphans.numbers.n)
        rc = store_write_begin(view->store, &write, err);
    for (size_t i = 0; i < orphans.numbers.n && !rc; i++)
        rc = segment_erase(write, orphans.numbers.at[i], err);
    if (!rc && write) {
        rc = store_commit(write, err);
        write = NULL;
    }
    store_abort(write);
    if (!rc && orphans.numbers.n && !(rc = store_settle(view->store, err)))
        rc = view_refresh(view, err);
    vector_free(&orphans.numbers);
    return rc;
}
