/* SPDX-License-Identifier: MIT */
/* Memory in large pages is all there, 0, and where they begin; and nothing else goes with it. */
#include "base/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LARGE = 2 << 20, SMALL = 256 << 10, SIZE = 3 * LARGE, SEVERAL = 8, STEP = 4096 };

static void test_all_is_there(void **state)
{
    unsigned char *at[SEVERAL];

    (void)state;
    for (size_t i = 0; i < SEVERAL; i++) {
        at[i] = pages_new_large(SIZE, SMALL);
        assert_non_null(at[i]);
        assert_int_equal(((uintptr_t)at[i] + SMALL) % LARGE, 0);
        for (size_t byte = 0; byte < SIZE; byte += STEP) {
            assert_int_equal(at[i][byte], 0);
            at[i][byte] = (unsigned char)(i + 1);
        }
        at[i][SIZE - 1] = (unsigned char)(i + 1);
    }
    for (size_t i = 0; i < SEVERAL; i += 2)
        pages_free(at[i], SIZE);
    for (size_t i = 1; i < SEVERAL; i += 2) {
        for (size_t byte = 0; byte < SIZE; byte += STEP)
            assert_int_equal(at[i][byte], i + 1);
        assert_int_equal(at[i][SIZE - 1], i + 1);
        pages_free(at[i], SIZE);
    }
}

static void test_too_much(void **state)
{
    (void)state;
    assert_null(pages_new_large(SIZE_MAX, SMALL));
    assert_null(pages_new_large(SIZE_MAX - LARGE, SMALL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_there),
        cmocka_unit_test(test_too_much),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
