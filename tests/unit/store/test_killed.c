/* SPDX-License-Identifier: MIT */
/* A writer is killed at any moment: what it had committed is there, whole, and nothing else.
 *
 * A child commits numbered batches and says each number when its commit has returned; batch n also
 * takes away batch n - KEPT. ROUNDS in the environment: how often, instead of 30. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "../random.h"
#include "scratch.h"
#include "values.h"

enum { ROUNDS = 30, KEPT = 12, PARTS = 10, VALUE_MAX = 30000 };

static char bytes[VALUE_MAX];

static struct muc_string part_key(unsigned batch, unsigned part, char room[32])
{
    int n = snprintf(room, 32, "%08u/%u", batch, part);

    return str_of(room, (size_t)n);
}

/** Some small, some with pages of their own; two batches differ in it. */
static struct muc_string part_value(unsigned batch, unsigned part)
{
    uint32_t size = part % 4 ? batch % 97 : (batch * 7919 + part * 104729) % VALUE_MAX;

    return str_of(bytes, size);
}

static int write_batch(struct store *store, unsigned batch)
{
    struct store_write *write = NULL;
    char key[32];
    int rc = store_write_begin(store, &write, NULL);

    for (unsigned part = 0; part < PARTS && rc == MUC_OK; part++)
        rc = store_put(write, part % 2, part_key(batch, part, key), part_value(batch, part), NULL);
    for (unsigned part = 0; part < PARTS && rc == MUC_OK && batch > KEPT; part++)
        rc = store_delete(write, part % 2, part_key(batch - KEPT, part, key), NULL);
    if (rc) {
        store_abort(write);
        return rc;
    }
    return store_commit(write, NULL);
}

/** The child: never returns. */
static void write_for_ever(const char *path, unsigned batch, int pipe_end)
{
    struct store *store = NULL;

    if (store_open(path, true, &store, NULL) || store_lock(store, 0, NULL))
        _exit(2);
    while (write_batch(store, batch) == MUC_OK &&
           write(pipe_end, &batch, sizeof batch) == sizeof batch)
        batch++;
    _exit(3);
}

/** Lets a child write from `batch` on, and kills it; the last batch that it said, or batch - 1. */
static unsigned run_child(const char *path, unsigned batch, struct random *random)
{
    struct timespec pause = { .tv_nsec = random_below(random, 2000000) };
    uint32_t said_before_pause = random_below(random, 20);
    unsigned said = batch - 1;
    int ends[2], status;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        write_for_ever(path, batch, ends[1]);
    close(ends[1]);
    for (uint32_t i = 0; i < said_before_pause; i++)
        assert_int_equal(read(ends[0], &said, sizeof said), sizeof said);
    nanosleep(&pause, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    while (read(ends[0], &said, sizeof said) == sizeof said)
        continue;
    close(ends[0]);
    return said;
}

/** Batches newest - KEPT + 1 … newest, whole, and no more; `newest` is `said` or the next. */
static unsigned must_be_whole(struct store *store, unsigned said)
{
    struct store_read *read = must_read(store);
    struct muc_string value;
    unsigned newest = said, first;
    size_t n = 0;
    uint64_t faults = 1;
    char key[32];

    if (store_get(read, TREE_INDEX, part_key(said + 1, 0, key), &value, NULL) == MUC_OK)
        newest++; /* killed between its commit and its saying so */
    first = newest > KEPT ? newest - KEPT + 1 : 1;
    for (unsigned batch = first; batch <= newest; batch++)
        for (unsigned part = 0; part < PARTS; part++) {
            must(store_get_sealed(read, part % 2, part_key(batch, part, key), &value, err));
            assert_true(str_equal(value, part_value(batch, part)));
        }
    for (int tree = TREE_INDEX; tree <= TREE_FILES; tree++)
        n += values_in(read, tree);
    assert_int_equal(n, (newest - first + 1) * PARTS);
    store_read_end(read);
    must(store_check(store, NULL, NULL, &faults, err));
    assert_int_equal(faults, 0);
    return newest;
}

static void test_killed(void **state)
{
    const char *text = getenv("ROUNDS");
    unsigned rounds = text ? (unsigned)strtoul(text, NULL, 10) : ROUNDS, newest = 0;
    struct random random = random_start();
    struct scratch at;

    (void)state;
    for (uint32_t i = 0; i < VALUE_MAX; i++)
        bytes[i] = (char)(i * i >> 5);
    scratch_new(&at);
    for (unsigned round = 0; round < rounds; round++) {
        unsigned said = run_child(at.db, newest + 1, &random);
        struct store *store = must_open(at.db, true); /* it may be killed before it has made it */

        newest = must_be_whole(store, said);
        store_close(store);
    }
    print_message("%u rounds, %u batches\n", rounds, newest);
    assert_true(file_bytes(at.data) < 64 * KEPT * (uint64_t)VALUE_MAX);
    scratch_free(&at);
}

/** Killed between the first two pages that are ever written: there is no database yet, and one can
 *  be made. */
static void test_stillborn(void **state)
{
    struct scratch at;
    struct store *store = NULL;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true); /* its trees are the first transaction */
    store_close(store);
    assert_int_equal(truncate(at.data, sysconf(_SC_PAGESIZE)), 0);
    store = NULL;
    assert_int_equal(store_open(at.db, false, &store, NULL), MUC_ENOTFOUND);
    assert_null(store);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must_put(store, "a", STR("b"));
    store_close(store);
    store = must_open(at.db, true);
    must_have(store, "a", "b");
    store_close(store);
    assert_int_equal(truncate(at.data, sysconf(_SC_PAGESIZE)),
                     0); /* of a commit something is lost */
    assert_int_equal(store_open(at.db, true, &store, NULL), MUC_EDAMAGED);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_killed),
                                        cmocka_unit_test(test_stillborn) };

    return cmocka_run_group_tests_name("killed", tests, NULL, NULL);
}
