/* SPDX-License-Identifier: MIT */
/* What other users own: each refusal says what is wanted, and nothing is made or changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

enum { NOBODY = 65534 };

static void become(uid_t user)
{
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(seteuid(user), 0);
}

/** A database that NOBODY may read; what opening it as NOBODY says. */
static void refuse(bool with_lock, mode_t lock, mode_t folder, const char *expected)
{
    struct muc_error refusal = { 0 };
    struct store *store;
    struct scratch at;
    char name[128];

    if (geteuid())
        skip();
    scratch_new(&at);
    store_close(must_open(at.db, true));
    snprintf(name, sizeof name, "%s/lock.mdb", at.db);
    assert_int_equal(with_lock ? chmod(name, lock) : unlink(name), 0);
    assert_int_equal(chmod(at.path, 0755), 0);
    assert_int_equal(chmod(at.db, folder), 0);
    become(NOBODY);
    assert_int_equal(store_open(at.db, false, &store, &refusal), MUC_EIO);
    become(0);
    if (!strstr(refusal.message, expected))
        fail_msg("%s", refusal.message);
    assert_int_equal(!access(name, F_OK), with_lock);
    scratch_free(&at);
}

static void test_lock(void **state)
{
    (void)state;
    refuse(true, 0644, 0755, "chmod a+rw lock.mdb");
}

static void test_lock_missing(void **state)
{
    (void)state;
    refuse(false, 0, 0755, "missing");
}

static void test_new(void **state)
{
    struct muc_error refusal = { 0 };
    struct store *store;
    struct scratch at;
    char name[128];

    (void)state;
    if (geteuid())
        skip();
    scratch_new(&at);
    assert_int_equal(chmod(at.path, 0755), 0);
    snprintf(name, sizeof name, "%s/folder", at.path);
    assert_int_equal(mkdir(name, 0755), 0);
    become(NOBODY);
    assert_int_equal(store_open(name, true, &store, &refusal), MUC_EIO);
    become(0);
    if (!strstr(refusal.message, "no database can be made in this folder"))
        fail_msg("%s", refusal.message);
    assert_int_equal(rmdir(name), 0); /* nothing is in it */
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lock),
        cmocka_unit_test(test_lock_missing),
        cmocka_unit_test(test_new),
    };

    return cmocka_run_group_tests_name("rights", tests, NULL, NULL);
}
