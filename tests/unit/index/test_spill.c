/* SPDX-License-Identifier: MIT */
/* Values of several threads on their way to the store, written by these or by one more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../folder.h"
#include "index/spill.h"

enum { THREADS = 3, VALUES = 40, BYTES = 1 << 18 };

_Static_assert(VALUES *BYTES > 2 * SPILL_BYTES, "each thread alone has more than may wait");

static char folder[FOLDER_SIZE];

static struct store *open_store(const char *name)
{
    struct store *store;
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(store_open(path, true, &store, NULL), MUC_OK);
    return store;
}

/** Key and bytes say of whom they are. */
static int put(struct spill *spill, unsigned thread, unsigned number, struct muc_error *err)
{
    struct buffer value = { 0 };
    char room[32];
    int size = snprintf(room, sizeof room, "%u-%02u", thread, number);
    struct muc_string key = str_of(room, (size_t)size);

    if (!buffer_reserve(&value, BYTES))
        return MUC_ENOMEM;
    memset(value.at, (int)(thread * VALUES + number), BYTES);
    value.size = BYTES;
    return spill_put(spill, key, &value,
                     store_seal(key, str_of((const char *)value.at, value.size)), err);
}

struct putter {
    struct spill *spill;
    unsigned thread;
    int rc;
};

static void *put_all(void *context)
{
    struct putter *putter = context;

    for (unsigned i = 0; i < VALUES && !putter->rc; i++) {
        if (putter->thread == 0)
            spill_wait(putter->spill);
        putter->rc = put(putter->spill, putter->thread, i, NULL);
    }
    return NULL;
}

static void put_by_threads(struct spill *spill)
{
    struct putter putters[THREADS];
    pthread_t threads[THREADS];

    for (unsigned i = 0; i < THREADS; i++) {
        putters[i] = (struct putter){ spill, i, MUC_OK };
        assert_int_equal(pthread_create(&threads[i], NULL, put_all, &putters[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(putters[i].rc, MUC_OK);
    }
}

static int check_value(void *context, struct muc_string key, struct muc_string value,
                       struct muc_error *err)
{
    unsigned *n = context, thread, number;
    char room[32] = "";

    (void)err;
    memcpy(room, key.bytes, key.size);
    assert_int_equal(sscanf(room, "%u-%u", &thread, &number), 2);
    assert_true(store_verify(key, value));
    assert_int_equal(value.size, BYTES);
    assert_int_equal((uint8_t)value.bytes[0], thread * VALUES + number);
    ++*n;
    return MUC_OK;
}

static unsigned values_in(struct store *store)
{
    struct store_read *read;
    unsigned n = 0;

    assert_int_equal(store_read_begin(store, &read, NULL), MUC_OK);
    assert_int_equal(store_scan(read, TREE_INDEX, STR(""), check_value, &n, NULL), MUC_OK);
    store_read_end(read);
    return n;
}

static void check_all_come(const char *name, bool threaded)
{
    struct store *store = open_store(name);
    struct spill spill;

    assert_int_equal(store_lock(store, 0, NULL), MUC_OK);
    spill_init(&spill, store);
    if (threaded)
        spill_start(&spill);
    put_by_threads(&spill);
    assert_int_equal(spill_flush(&spill, NULL), MUC_OK);
    assert_int_equal(values_in(store), THREADS * VALUES);
    assert_int_equal(put(&spill, THREADS, 0, NULL), MUC_OK);
    spill_free(&spill); /* drops that one */
    assert_int_equal(values_in(store), THREADS * VALUES);
    store_unlock(store);
    store_close(store);
}

/** Nothing is written without the lock. Whoever comes is told so, until it was dropped. */
static void check_failing(const char *name, bool threaded)
{
    struct store *store = open_store(name);
    struct muc_error err = { 0 };
    struct spill spill;
    unsigned n = 0;
    int rc;

    spill_init(&spill, store);
    if (threaded)
        spill_start(&spill);
    assert_int_equal(put(&spill, 0, 0, NULL), MUC_OK); /* it waits for more */
    assert_int_equal(spill_flush(&spill, &err), MUC_EARGUMENT);
    assert_string_equal(err.message, "the writer's lock is not held");
    err = (struct muc_error){ 0 };
    assert_int_equal(put(&spill, 0, 1, &err), MUC_EARGUMENT); /* at once */
    assert_string_equal(err.message, "the writer's lock is not held");
    assert_int_equal(store_lock(store, 0, NULL), MUC_OK);
    assert_int_equal(spill_flush(&spill, &err), MUC_EARGUMENT); /* the value is lost */
    spill_drop(&spill);
    assert_int_equal(spill_flush(&spill, &err), MUC_OK);
    assert_int_equal(values_in(store), 0);
    store_unlock(store);
    err = (struct muc_error){ 0 };
    while ((rc = put(&spill, 0, n, &err)) == MUC_OK && n < 1000)
        n++;
    assert_int_equal(rc, MUC_EARGUMENT);
    assert_string_equal(err.message, "the writer's lock is not held");
    assert_int_equal(store_lock(store, 0, NULL), MUC_OK);
    spill_drop(&spill);
    for (unsigned i = 0; i < VALUES; i++)
        assert_int_equal(put(&spill, 0, i, NULL), MUC_OK);
    assert_int_equal(spill_flush(&spill, &err), MUC_OK);
    assert_int_equal(values_in(store), VALUES);
    spill_free(&spill);
    store_unlock(store);
    store_close(store);
}

/** Who waits before each value never has more than a transaction waiting. */
static void test_wait(void **state)
{
    struct store *store = open_store("wait");
    struct spill spill;

    (void)state;
    assert_int_equal(store_lock(store, 0, NULL), MUC_OK);
    spill_init(&spill, store);
    spill_start(&spill);
    for (unsigned i = 0; i < VALUES; i++) {
        spill_wait(&spill);
        assert_int_equal(put(&spill, 0, i, NULL), MUC_OK);
        pthread_mutex_lock(&spill.lock);
        assert_in_range(spill.bytes, 0, SPILL_BYTES - 1 + BYTES);
        pthread_mutex_unlock(&spill.lock);
    }
    assert_int_equal(spill_flush(&spill, NULL), MUC_OK);
    assert_int_equal(values_in(store), VALUES);
    spill_free(&spill);
    store_unlock(store);
    store_close(store);
}

static void test_without_thread(void **state)
{
    (void)state;
    check_all_come("without", false);
    check_failing("without-failing", false);
}

static void test_with_thread(void **state)
{
    (void)state;
    check_all_come("with", true);
    check_failing("with-failing", true);
}

static int make_folder(void **state)
{
    (void)state;
    return !folder_make(folder);
}

static int remove_folder(void **state)
{
    (void)state;
    return !folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_thread),
        cmocka_unit_test(test_with_thread),
        cmocka_unit_test(test_wait),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
