/* SPDX-License-Identifier: MIT */
#include "index/spill.h"

#include "base/error.h"
#include "base/thread.h"

void spill_init(struct spill *spill, struct store *store)
{
    *spill = (struct spill){ .store = store };
    pthread_mutex_init(&spill->lock, NULL);
    pthread_mutex_init(&spill->writing, NULL);
    pthread_cond_init(&spill->much, NULL);
    pthread_cond_init(&spill->less, NULL);
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
    pthread_cond_broadcast(&spill->less);
    pthread_mutex_unlock(&spill->lock);
    return values;
}

/** Code 0: nothing failed. */
static void fail(struct spill *spill, const struct muc_error *err)
{
    pthread_mutex_lock(&spill->lock);
    spill->failure = *err;
    pthread_mutex_unlock(&spill->lock);
}

void spill_drop(struct spill *spill)
{
    struct spilled_values values;

    pthread_mutex_lock(&spill->writing);
    values = take(spill);
    fail(spill, &(struct muc_error){ 0 });
    pthread_mutex_unlock(&spill->writing);
    values_free(&values);
}

void spill_free(struct spill *spill)
{
    if (spill->threaded) {
        pthread_mutex_lock(&spill->lock);
        spill->quit = true;
        pthread_cond_signal(&spill->much);
        pthread_mutex_unlock(&spill->lock);
        pthread_join(spill->thread, NULL);
    }
    spill_drop(spill);
    pthread_cond_destroy(&spill->much);
    pthread_cond_destroy(&spill->less);
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

static int failure(struct spill *spill, struct muc_error *err)
{
    int rc;

    pthread_mutex_lock(&spill->lock);
    rc = spill->failure.code;
    if (rc && err)
        *err = spill->failure;
    pthread_mutex_unlock(&spill->lock);
    return rc;
}

int spill_flush(struct spill *spill, struct muc_error *err)
{
    struct spilled_values values;
    struct muc_error why;
    int rc;

    pthread_mutex_lock(&spill->writing); /* what others are writing is written afterwards */
    values = take(spill);
    if (!failure(spill, NULL) && write_values(spill->store, &values, &why))
        fail(spill, &why);
    rc = failure(spill, err);
    pthread_mutex_unlock(&spill->writing);
    values_free(&values);
    return rc;
}

static void *write_much(void *context)
{
    struct spill *spill = context;

    pthread_mutex_lock(&spill->lock);
    while (!spill->quit) {
        if (spill->bytes < SPILL_BYTES) {
            pthread_cond_wait(&spill->much, &spill->lock);
            continue;
        }
        pthread_mutex_unlock(&spill->lock);
        spill_flush(spill, NULL); /* who comes next is told what fails */
        pthread_mutex_lock(&spill->lock);
    }
    pthread_mutex_unlock(&spill->lock);
    return NULL;
}

void spill_start(struct spill *spill)
{
    spill->threaded = thread_start(&spill->thread, write_much, spill) == 0;
}

/** There is enough to write: let the thread do so, and wait where it cannot keep up. */
static int hand_over(struct spill *spill, struct muc_error *err)
{
    pthread_mutex_lock(&spill->lock);
    pthread_cond_signal(&spill->much);
    while (spill->bytes >= 2 * SPILL_BYTES)
        pthread_cond_wait(&spill->less, &spill->lock);
    pthread_mutex_unlock(&spill->lock);
    return failure(spill, err);
}

void spill_wait(struct spill *spill)
{
    pthread_mutex_lock(&spill->lock);
    while (spill->threaded && spill->bytes >= SPILL_BYTES)
        pthread_cond_wait(&spill->less, &spill->lock);
    pthread_mutex_unlock(&spill->lock);
}

int spill_put(struct spill *spill, struct muc_string key, struct buffer *value, uint64_t seal,
              struct muc_error *err)
{
    char *copy = malloc(key.size);
    struct spilled *it;
    bool ok, full = false;
    int rc;

    pthread_mutex_lock(&spill->lock);
    ok = !spill->failure.code && !value->failed && copy && (it = vector_push(&spill->values));
    if (ok) {
        memcpy(copy, key.bytes, key.size);
        it->key = str_of(copy, key.size);
        it->value = str_of((const char *)value->at, value->size);
        it->seal = seal;
        spill->bytes += value->room;
        full = spill->bytes >= SPILL_BYTES;
    }
    pthread_mutex_unlock(&spill->lock);
    if (!ok) {
        buffer_free(value);
        free(copy);
        rc = failure(spill, err);
        return rc ? rc : error_memory(err);
    }
    *value = (struct buffer){ 0 };
    if (!full)
        return MUC_OK;
    return spill->threaded ? hand_over(spill, err) : spill_flush(spill, err);
}
