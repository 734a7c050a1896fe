/* SPDX-License-Identifier: MIT */
/* Whose an id was last, however often it is taken. */
#include "index/clashes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/str.h"

static void assert_taken(struct clashes *clashes, const char *id, const char *file,
                         const char *before)
{
    struct muc_string got = clashes_take(clashes, str_c(id), str_c(file));

    assert_non_null(got.bytes);
    assert_true(str_equal(got, str_c(before)));
}

static void test_the_last_one(void **state)
{
    struct clashes clashes = { 0 };
    char file[24], before[24] = "";

    (void)state;
    for (int i = 0; i < 500; i++) {
        snprintf(file, sizeof file, "/%d.jsonl", i);
        assert_taken(&clashes, "1", file, before);
        assert_taken(&clashes, "1", file, file);
        assert_taken(&clashes, file, file, "");
        snprintf(before, sizeof before, "%s", file);
    }
    assert_int_equal(clashes.of_ids.n, 501);
    assert_int_equal(clashes.files.n, 500);
    clashes_free(&clashes);
}

/** One of a table in which all rows have the same id: there is one to look at each time. */
static void test_one_id(void **state)
{
    struct clashes clashes = { 0 };

    (void)state;
    for (int i = 0; i < 500; i++)
        assert_taken(&clashes, "1", "/a.csv", i ? "/a.csv" : "");
    assert_int_equal(clashes.of_ids.n, 1);
    clashes_free(&clashes);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_the_last_one),
                                        cmocka_unit_test(test_one_id) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
