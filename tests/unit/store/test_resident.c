/* SPDX-License-Identifier: MIT */
/* How much of the file a process keeps in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../resident.h"
#include "scratch.h"

enum { N = 400, SIZE = 100000 }; /* far more than a look at a page may bring in */

static struct store *store_of_values(const struct scratch *at)
{
    struct store *store = must_open(at->db, true);
    struct store_write *write;
    char bytes[SIZE], key[8];

    must(store_lock(store, 0, err));
    write = must_write(store);
    for (int i = 0; i < N; i++) {
        snprintf(key, sizeof key, "%d", i);
        memset(bytes, i, sizeof bytes);
        must(store_put(write, TREE_INDEX, str_c(key), str_of(bytes, sizeof bytes), err));
    }
    must(store_commit(write, err));
    return store;
}

/** What was read of the file is let go of when something is committed, and is there all the same.
 */
static void test_let_go(void **state)
{
    char bytes[SIZE], key[8];
    struct scratch at;
    struct store *store;
    struct store_read *read;
    struct muc_string value;
    unsigned long before;

    (void)state;
    scratch_new(&at);
    store = store_of_values(&at);
    read = must_read(store);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < N; i++) {
            snprintf(key, sizeof key, "%d", i);
            memset(bytes, i, sizeof bytes);
            must(store_get_sealed(read, TREE_INDEX, str_c(key), &value, err));
            assert_true(str_equal(value, str_of(bytes, sizeof bytes)));
        }
        before = resident(at.data);
        must_put(store, "other", STR("value"));
        if (before > N * SIZE / 1024)
            assert_in_range(resident(at.data), 0, before / 4);
    }
    store_read_end(read);
    store_close(store);
    scratch_free(&at);
}

/** To delete values looks at the first page of each, and all of them stay in no memory. */
static void test_deleted(void **state)
{
    struct scratch at;
    struct store *store;
    struct store_write *write;

    (void)state;
    scratch_new(&at);
    store = store_of_values(&at);
    write = must_write(store);
    must(store_delete_prefix(write, TREE_INDEX, STR(""), err));
    assert_in_range(resident(at.data), 0, N * SIZE / 1024 / 8);
    must(store_commit(write, err));
    store_close(store);
    scratch_free(&at);
}

/** The most that this process had in memory since it was asked to forget, in KiB; 0: no word. */
static unsigned long peak(bool forget)
{
    FILE *file = fopen(forget ? "/proc/self/clear_refs" : "/proc/self/status", forget ? "w" : "r");
    unsigned long kib = 0;
    char line[512];

    if (file && forget)
        fputs("5", file);
    while (file && !forget && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %lu", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib;
}

/** A copy does not bring the file into memory. */
static void test_copied(void **state)
{
    struct scratch at;
    struct store *store;
    char target[128];
    unsigned long before;

    (void)state;
#ifdef __SANITIZE_THREAD__
    skip(); /* what it keeps of each page that is read counts, too */
#endif
    scratch_new(&at);
    store = store_of_values(&at);
    snprintf(target, sizeof target, "%s/copy", at.path);
    peak(true);
    before = peak(false);
    must(store_copy(store, target, err));
    assert_in_range(peak(false), 0, before + N * SIZE / 1024 / 2);
    store_close(store);
    store = must_open(target, false);
    store_close(store);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_let_go),
        cmocka_unit_test(test_deleted),
        cmocka_unit_test(test_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
