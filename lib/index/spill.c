/* SPDX-License-Identifier: MIT */
#include "index/spill.h"

#include "base/error.h"

void spill_init(struct spill *spill, struct store *store)
{
    *spill = (struct spill){ .store = store };
    pthread_mutex_init(&spill->lock, NULL);
}

void spill_drop(struct spill *spill)
{
    for (size_t i = 0; i < spill->values.n; i++) {
        free((void *)(uintptr_t)spill->values.at[i].key.bytes);
        free((void *)(uintptr_t)spill->values.at[i].value.bytes);
    }
    spill->values.n = 0;
    spill->bytes = 0;
}

void spill_free(struct spill *spill)
{
    spill_drop(spill);
    vector_free(&spill->values);
    pthread_mutex_destroy(&spill->lock);
}

static int flush_locked(struct spill *spill, struct muc_error *err)
{
    struct store_write *write = NULL;
    int rc;

    if (!spill->values.n)
        return MUC_OK;
    if ((rc = store_write_begin(spill->store, &write, err)))
        return rc;
    for (size_t i = 0; i < spill->values.n; i++) {
        const struct spilled *it = &spill->values.at[i];

        if ((rc = store_put(write, TREE_INDEX, it->key, it->value, err))) {
            store_abort(write);
            return rc;
        }
    }
    spill_drop(spill);
    return store_commit(write, err);
}

int spill_put(struct spill *spill, struct muc_string key, struct buffer *value,
              struct muc_error *err)
{
    char *copy = malloc(key.size);
    struct spilled *it;
    int rc = MUC_OK;

    pthread_mutex_lock(&spill->lock);
    if (value->failed || !copy || !(it = vector_push(&spill->values))) {
        buffer_free(value);
        free(copy);
        rc = error_memory(err);
    } else {
        memcpy(copy, key.bytes, key.size);
        it->key = str_of(copy, key.size);
        it->value = str_of((const char *)value->at, value->size);
        spill->bytes += value->room;
        *value = (struct buffer){ 0 };
        if (spill->bytes >= SPILL_BYTES)
            rc = flush_locked(spill, err);
    }
    pthread_mutex_unlock(&spill->lock);
    return rc;
}

int spill_flush(struct spill *spill, struct muc_error *err)
{
    int rc;

    pthread_mutex_lock(&spill->lock);
    rc = flush_locked(spill, err);
    pthread_mutex_unlock(&spill->lock);
    return rc;
}
