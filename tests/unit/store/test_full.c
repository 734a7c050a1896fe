/* SPDX-License-Identifier: MIT */
/* No room: on the disk (a limit on the size of files stands for it), or in the address space. The
 * old state stays, the error says so, and when there is room again writing goes on. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "scratch.h"

enum { VALUE = 50000 };

static const char bytes[VALUE] = "Bo Thong tin va Truyen thong";

/** Files may not grow beyond this many bytes; RLIM_INFINITY: they may. */
static void limit_files(rlim_t size)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int put(struct store *store, int i, size_t size, struct muc_error *err)
{
    struct store_write *write = NULL;
    int rc = store_write_begin(store, &write, err);
    char key[16];

    snprintf(key, sizeof key, "k%06d", i);
    if (rc == MUC_OK)
        rc = store_put(write, TREE_INDEX, str_c(key), str_of(bytes, size), err);
    if (rc == MUC_OK)
        return store_commit(write, err);
    store_abort(write);
    return rc;
}

static int check_value(void *context, struct muc_string key, struct muc_string value,
                       struct muc_error *err)
{
    int *n = context;

    (void)err;
    assert_true(store_verify(key, value));
    assert_true(str_equal(value, str_of(bytes, value.size)));
    ++*n;
    return MUC_OK;
}

static void must_hold(struct store *store, int expected)
{
    struct store_read *read = must_read(store);
    uint64_t faults = 1;
    int n = 0;

    must(store_scan(read, TREE_INDEX, STR(""), check_value, &n, err));
    assert_int_equal(n, expected);
    store_read_end(read);
    must(store_check(store, NULL, NULL, &faults, err));
    assert_int_equal(faults, 0);
}

/** `room`: bytes left, which decide how far into a write the disk is full. */
static void fill_disk(rlim_t room)
{
    struct muc_error refusal = { 0 };
    struct scratch at;
    struct store *store;
    int n = 0, rc = MUC_OK;

    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must(put(store, n++, VALUE, err));
    limit_files(file_bytes(at.data) + room);
    while (n < 100 && (rc = put(store, n, VALUE, &refusal)) == MUC_OK)
        n++;
    if (rc != MUC_ESPACE || !strstr(refusal.message, "ulimit -f"))
        fail_msg("with %ld bytes left: %d, %s", (long)room, rc, refusal.message);
    assert_string_equal(refusal.where, at.db);
    must_hold(store, n);
    assert_int_equal(put(store, n, VALUE, &refusal), MUC_ESPACE); /* again, and no worse */
    must_hold(store, n);
    limit_files(RLIM_INFINITY);
    must(put(store, n++, VALUE, err));
    must_hold(store, n);
    store_close(store);
    store = must_open(at.db, false);
    must_hold(store, n);
    store_close(store);
    scratch_free(&at);
}

static void test_disk(void **state)
{
    static const rlim_t rooms[] = { 0, 1, 4095, 4096, 40000, 51200, 57344, 61440, 300000 };

    (void)state;
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
        fill_disk(rooms[i]);
}

/** A new database, and a copy, that find no room leave nothing that stands in the way. The limits
 *  are whole pages: a copy goes past the cache of a disk, where half a page is an invalid size. */
static void test_disk_new(void **state)
{
    static const rlim_t rooms[] = { 0, 4096, 12288, 69632 };
    struct muc_error refusal = { 0 };
    struct scratch at;
    struct store *store = NULL, *copy = NULL;
    char target[128];

    (void)state;
    scratch_new(&at);
    for (size_t i = 0; i < 3; i++) {
        limit_files(rooms[i]);
        assert_int_equal(store_open(at.db, true, &store, &refusal), MUC_ESPACE);
        limit_files(RLIM_INFINITY);
    }
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must(put(store, 0, VALUE, err));
    must(put(store, 1, VALUE, err));
    snprintf(target, sizeof target, "%s/copy", at.path);
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        limit_files(rooms[i]);
        assert_int_equal(store_copy(store, target, &refusal), MUC_ESPACE);
        limit_files(RLIM_INFINITY);
        assert_int_not_equal(access(target, F_OK), 0);
    }
    must(store_copy(store, target, err));
    copy = must_open(target, false);
    must_hold(copy, 2);
    store_close(copy);
    store_close(store);
    scratch_free(&at);
}

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { CAN_LIMIT = 0 }; /* the sanitizers themselves need terabytes of addresses */
#else
enum { CAN_LIMIT = 1 };
#endif

/** In a child: a map of what the limit leaves does, until a value is larger. */
static int write_in_little_space(const char *path)
{
    enum { MIB = 1 << 20, LARGE = 300 * MIB, SPACE = 700 * MIB };
    const struct rlimit limit = { SPACE, SPACE };
    const char *large = calloc(1, LARGE);
    struct muc_error refusal = { 0 };
    struct store_write *write = NULL;
    struct store *store = NULL;

    if (!large || setrlimit(RLIMIT_AS, &limit) || store_open(path, true, &store, NULL) ||
        store_lock(store, 0, NULL) || put(store, 0, VALUE, NULL) ||
        store_write_begin(store, &write, NULL))
        return 1;
    if (store_put(write, TREE_INDEX, STR("large"), str_of(large, LARGE), &refusal) != MUC_ESPACE ||
        !strstr(refusal.message, "ulimit -v"))
        return 2;
    store_abort(write);
    return put(store, 1, VALUE, NULL) ? 3 : 0;
}

static void test_address_space(void **state)
{
    struct scratch at;
    struct store *store;
    int status;
    pid_t pid;

    (void)state;
    if (!CAN_LIMIT)
        skip();
    scratch_new(&at);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(write_in_little_space(at.db));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    store = must_open(at.db, false);
    must_hold(store, 2);
    store_close(store);
    scratch_free(&at);
}

/** Nobody sets a size: the file grows past LMDB's usual map, under the eyes of a reader. */
static void test_growth(void **state)
{
    enum { COMMITS = 400 };
    struct scratch at;
    struct store *store, *reader;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    reader = must_open(at.db, false);
    must(store_lock(store, 0, err));
    for (int i = 0; i < COMMITS; i++)
        must(put(store, i, VALUE, err));
    assert_true(file_bytes(at.data) > COMMITS * (uint64_t)VALUE);
    must_hold(reader, COMMITS);
    store_close(reader);
    store_close(store);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disk),
        cmocka_unit_test(test_disk_new),
        cmocka_unit_test(test_address_space),
        cmocka_unit_test(test_growth),
    };

    signal(SIGXFSZ, SIG_IGN); /* or a write beyond the limit ends the process */
    return cmocka_run_group_tests_name("full", tests, NULL, NULL);
}
