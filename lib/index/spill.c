/* SPDX-License-Identifier: MIT */
#include "index/spill.h"

#include "base/error.h"

void spill_init(struct spill *spill, struct store *store)
{
    *spill = (struct spill){ .store = store };
    pthread_mutex_init(&spill->lock, NULL);
    pthread_mutex_init(&spill->writing, NULL);
}

static void values_free(struct spilled_values *values)
{
    for (size_t i = 0; i < values->n; i++) {
        free((void *)(uintptr_t)values->at[i].key.bytes);
        free((void *)(uintptr_t)values->at[i].value.bytes);
    }
    vector_free(values);
}

/** What has gathered, which is then the caller's. */
static struct spilled_values take(struct spill *spill)
{
    struct spilled_values values;

    pthread_mutex_lock(&spill->lock);
    values = spill->values;
    spill->values = (struct spilled_values){ 0 };
    spill->bytes = 0;
    pthread_mutex_unlock(&spill->lock);
    return values;
}

void spill_drop(struct spill *spill)
{
    struct spilled_values values = take(spill);

    values_free(&values);
}

void spill_free(struct spill *spill)
{
    spill_drop(spill);
    pthread_mutex_destroy(&spill->lock);
    pthread_mutex_destroy(&spill->writing);
}

static int write_values(struct store *store, const struct spilled_values *values,
                        struct muc_error *err)
{
    struct store_write *write = NULL;
    int rc;

    if (!values->n)
        return MUC_OK;
    if ((rc = store_write_begin_draft(store, &write, err)))
        return rc;
    for (size_t i = 0; i < values->n; i++) {
        const struct spilled *it = &values->at[i];

        if ((rc = store_put_sealed(write, TREE_INDEX, it->key, it->value, it->seal, err))) {
            store_abort(write);
            return rc;
        }
    }
    return store_commit(write, err);
}

int spill_flush(struct spill *spill, struct muc_error *err)
{
    struct spilled_values values;
    int rc;

    pthread_mutex_lock(&spill->writing); /* what others are writing is written afterwards */
    values = take(spill);
    rc = write_values(spill->store, &values, err);
    pthread_mutex_unlock(&spill->writing);
    values_free(&values);
    return rc;
}

int spill_put(struct spill *spill, struct muc_string key, struct buffer *value, uint64_t seal,
              struct muc_error *err)
{
    char *copy = malloc(key.size);
    struct spilled *it;
    bool ok, full = false;

    pthread_mutex_lock(&spill->lock);
    ok = !value->failed && copy && (it = vector_push(&spill->values));
    if (ok) {
        memcpy(copy, key.bytes, key.size);
        it->key = str_of(copy, key.size);
        it->value = str_of((const char *)value->at, value->size);
        it->seal = seal;
        spill->bytes += value->room;
        full = spill->bytes >= SPILL_BYTES;
    }
    pthread_mutex_unlock(&spill->lock);
    if (ok) {
        *value = (struct buffer){ 0 };
        return full ? spill_flush(spill, err) : MUC_OK;
    }
    buffer_free(value);
    free(copy);
    return error_memory(err);
}
