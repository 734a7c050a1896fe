/* SPDX-License-Identifier: MIT */
/* One writer at a time, over handles and processes; readers that die; what fork() leaves behind. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "scratch.h"

enum { FOR_EVER = -1 };

/** Waits until the child has said one byte. */
static void await(int pipe_end)
{
    char byte;

    assert_int_equal(read(pipe_end, &byte, 1), 1);
}

/** A child that takes the lock, or begins to read, says so, and stays until it is killed. */
static pid_t spawn(const char *path, bool reader)
{
    int ends[2];
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct store_read *read = NULL;
        struct store *store = NULL;

        if (store_open(path, false, &store, NULL) == MUC_OK &&
            (reader ? store_read_begin(store, &read, NULL) : store_lock(store, FOR_EVER, NULL)) ==
                MUC_OK &&
            write(ends[1], "", 1) == 1)
            pause();
        _exit(1);
    }
    close(ends[1]);
    await(ends[0]);
    close(ends[0]);
    return pid;
}

static void end(pid_t pid)
{
    int status;

    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
}

static void test_second_handle(void **state)
{
    struct scratch at;
    struct store *one, *two;
    struct store_write *write = NULL;
    struct muc_error err;
    char pid[16];

    (void)state;
    scratch_new(&at);
    one = must_open(at.db, true);
    two = must_open(at.db, false);
    assert_int_equal(store_write_begin(one, &write, &err), MUC_EARGUMENT);
    assert_int_equal(store_lock(one, 0, &err), MUC_OK);
    assert_int_equal(store_lock(one, 0, &err), MUC_EBUSY);
    assert_int_equal(store_lock(two, 0, &err), MUC_EBUSY);
    snprintf(pid, sizeof pid, " %ld ", (long)getpid());
    assert_non_null(strstr(err.message, pid));
    assert_int_equal(store_lock(two, 30, &err), MUC_EBUSY);
    assert_int_equal(store_write_begin(two, &write, &err), MUC_EARGUMENT);
    store_unlock(one);
    store_unlock(one);
    assert_int_equal(store_lock(two, 0, &err), MUC_OK);
    store_close(two); /* lets go */
    assert_int_equal(store_lock(one, 0, &err), MUC_OK);
    store_close(one);
    scratch_free(&at);
}

static void test_second_process(void **state)
{
    struct scratch at;
    struct store *store;
    struct muc_error err;
    char text[16];
    pid_t pid;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    pid = spawn(at.db, false);
    snprintf(text, sizeof text, " %ld ", (long)pid);
    assert_int_equal(store_lock(store, 0, &err), MUC_EBUSY);
    assert_non_null(strstr(err.message, text));
    assert_int_equal(store_lock(store, 30, &err), MUC_EBUSY);
    must_have(store, "k", NULL); /* readers need no lock */
    end(pid);
    assert_int_equal(store_lock(store, FOR_EVER, &err), MUC_OK);
    store_close(store);
    scratch_free(&at);
}

/** Whoever waits gets the lock when the holder is gone. */
static void test_wait(void **state)
{
    struct scratch at;
    struct store *store;
    int status;
    pid_t pid;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct store *other = NULL;
        int rc = store_open(at.db, false, &other, NULL);

        _exit(rc || store_lock(other, FOR_EVER, NULL));
    }
    must_put(store, "k", STR("v"));
    store_unlock(store);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    store_close(store);
    scratch_free(&at);
}

/** In a child: what was opened before fork() is refused, what it opens itself works. */
static int use_in_child(struct store *store, struct store_read *read, const char *path)
{
    struct store_write *write = NULL;
    struct store_read *new_read = NULL;
    struct store *own = NULL;
    struct muc_string value;
    uint64_t n;

    if (store_read_begin(store, &new_read, NULL) != MUC_EARGUMENT ||
        store_write_begin(store, &write, NULL) != MUC_EARGUMENT ||
        store_lock(store, 0, NULL) != MUC_EARGUMENT ||
        store_check(store, NULL, NULL, &n, NULL) != MUC_EARGUMENT)
        return 1;
    store_read_end(read);
    store_close(store);
    if (store_open(path, false, &own, NULL) != MUC_OK ||
        store_read_begin(own, &new_read, NULL) != MUC_OK ||
        store_get_sealed(new_read, TREE_INDEX, STR("k"), &value, NULL) != MUC_OK)
        return 2;
    store_read_end(new_read);
    store_close(own);
    return 0;
}

static void test_fork(void **state)
{
    struct scratch at;
    struct store_read *read;
    struct store *store;
    struct muc_string value;
    int status;
    pid_t pid;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must_put(store, "k", STR("v"));
    read = must_read(store);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(use_in_child(store, read, at.db));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    must(store_get_sealed(read, TREE_INDEX, STR("k"), &value, err));
    assert_true(str_equal(value, STR("v")));
    store_read_end(read);
    must_put(store, "k", STR("w")); /* the child's close has not let go of our lock */
    must_have(store, "k", "w");
    store_close(store);
    scratch_free(&at);
}

/** A reader that died while a writer has the database open keeps no pages from use. */
static void test_dead_reader(void **state)
{
    enum { VALUE = 100000, COMMITS = 100 };
    struct scratch at;
    struct store *store;
    char *bytes = calloc(1, VALUE);
    uint64_t newest;
    pid_t pid;

    (void)state;
    assert_non_null(bytes);
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must_put(store, "k", str_of(bytes, VALUE));
    pid = spawn(at.db, true);
    newest = store_newest(store);
    must_put(store, "k", str_of(bytes, VALUE));
    end(pid);
    for (int i = 0; i < COMMITS; i++)
        must_put(store, "k", str_of(bytes, VALUE));
    assert_int_equal(store_newest(store), newest + COMMITS + 1);
    assert_true(file_bytes(at.data) < 10 * VALUE);
    store_close(store);
    free(bytes);
    scratch_free(&at);
}

/** Who reads the newest state writes to pages that it gave up before. */
static void test_settle(void **state)
{
    enum { BIG = 400000 };
    char *bytes = calloc(1, BIG);
    struct store_sizes before, after;
    struct store_read *read;
    struct store *store;
    struct scratch at;

    (void)state;
    assert_non_null(bytes);
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must_put(store, "big", str_of(bytes, BIG));
    must_put(store, "big", STR("small now"));
    must(store_settle(store, err));
    read = must_read(store);
    must(store_sizes(store, &before, err));
    must_put(store, "next", str_of(bytes, BIG));
    must(store_sizes(store, &after, err));
    assert_true(before.free_bytes > BIG);
    assert_int_equal(after.file_bytes, before.file_bytes);
    must_have(store, "big", "small now");
    store_read_end(read);
    store_close(store);
    free(bytes);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_second_handle), cmocka_unit_test(test_second_process),
        cmocka_unit_test(test_wait),          cmocka_unit_test(test_fork),
        cmocka_unit_test(test_dead_reader),   cmocka_unit_test(test_settle),
    };

    return cmocka_run_group_tests_name("writers", tests, NULL, NULL);
}
