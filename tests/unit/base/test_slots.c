/* SPDX-License-Identifier: MIT */
/* Every item is found by its hash, in the order of adding, and no other is, however hashes clash.
 */
#include "base/slots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../random.h"

enum { ITEMS = 3000 };

static uint64_t hashes[ITEMS];

/** The items found by a hash are those of the first `n` that have it. */
static void assert_found(const struct slots *slots, uint64_t hash, uint32_t n)
{
    uint64_t at = hash;

    for (uint32_t i = 0; i < n; i++)
        if (hashes[i] == hash)
            assert_int_equal(slots_next(slots, hash, &at), i);
    assert_int_equal(slots_next(slots, hash, &at), SLOTS_NONE);
}

static void test_items_are_found(void **state)
{
    struct random random = random_start();
    struct slots slots = { 0 };

    (void)state;
    assert_found(&slots, 0, 0);
    for (uint32_t n = 0; n < ITEMS; n++) {
        hashes[n] = random_below(&random, 1000);
        if (random_below(&random, 2)) /* the same low bits */
            hashes[n] |= (uint64_t)random_below(&random, 1000) << 32;
        assert_true(slots_add(&slots, hashes[n], n));
        assert_true(slots.room >= 2 * slots.n);
        if (n % 100 == 0)
            for (uint32_t i = 0; i <= n; i++)
                assert_found(&slots, hashes[i], n + 1);
        assert_found(&slots, random_below(&random, 2000), n + 1);
    }
    slots_free(&slots);
    assert_found(&slots, hashes[0], 0);
}

/** So many with one hash that their run goes on from the end of the table to its beginning. */
static void test_order_at_the_end(void **state)
{
    enum { SAME = 200 };
    struct slots slots = { 0 };

    (void)state;
    for (uint32_t n = 0; n < SAME; n++) {
        hashes[n] = UINT64_MAX - 1;
        assert_true(slots_add(&slots, hashes[n], n));
        assert_found(&slots, hashes[n], n + 1);
    }
    slots_free(&slots);
}

static void test_replacing(void **state)
{
    struct slots slots = { 0 };
    uint64_t at = 7;

    (void)state;
    for (uint32_t n = 0; n < 3; n++)
        assert_true(slots_add(&slots, 7, n));
    slots_next(&slots, 7, &at);
    assert_int_equal(slots_next(&slots, 7, &at), 1);
    slots_replace(&slots, at, 9);
    assert_int_equal(slots_next(&slots, 7, &at), 2);
    at = 7;
    assert_int_equal(slots_next(&slots, 7, &at), 0);
    assert_int_equal(slots_next(&slots, 7, &at), 9);
    assert_int_equal(slots.n, 3);
    slots_free(&slots);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_items_are_found),
                                        cmocka_unit_test(test_order_at_the_end),
                                        cmocka_unit_test(test_replacing) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
