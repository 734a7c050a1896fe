/* SPDX-License-Identifier: MIT */
/* The sieve of ids: none that is there is stopped, and few others pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <xxhash.h>

#include "index/id_sieve.h"

static uint64_t hash_of(unsigned i)
{
    char id[16];
    int size = snprintf(id, sizeof id, "id-%u", i);

    return XXH3_64bits(id, (size_t)size);
}

static void add(struct id_sieve *sieve, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        id_sieve_add(sieve, hash_of(i));
}

static unsigned count_passing(const struct id_sieve *sieve, unsigned from, unsigned to)
{
    unsigned n = 0;

    for (unsigned i = from; i < to; i++)
        n += id_sieve_passes(sieve, hash_of(i));
    return n;
}

static void test_full(void **state)
{
    enum { N = 50000, OTHERS = 200000 };
    struct id_sieve sieve = { 0 };

    (void)state;
    assert_true(id_sieve_start(&sieve, N));
    add(&sieve, N);
    assert_int_equal(sieve.n, N);
    assert_int_equal(count_passing(&sieve, 0, N), N);
    /* one in two thousand may, so 100 are to be expected: twice that is no chance */
    assert_in_range(count_passing(&sieve, N, N + OTHERS), 0, 200);
    id_sieve_free(&sieve);
}

static void test_overfull(void **state)
{
    struct id_sieve sieve = { 0 };

    (void)state;
    assert_true(id_sieve_start(&sieve, 10));
    add(&sieve, 1000);
    assert_int_equal(count_passing(&sieve, 0, 1000), 1000);
    assert_true(id_sieve_start(&sieve, 0)); /* which empties it */
    assert_int_equal(count_passing(&sieve, 0, 1000), 0);
    add(&sieve, 3);
    assert_int_equal(count_passing(&sieve, 0, 3), 3);
    id_sieve_free(&sieve);
}

/** So many bytes never become more, but for less than a block each. */
static void test_bytes(void **state)
{
    struct id_sieve sieve = { 0 };

    (void)state;
    assert_int_equal(id_sieve_bytes(&sieve), 0);
    assert_int_equal(id_sieve_room(0), 0);
    assert_int_equal(id_sieve_room(127), 0);
    /* 18 bits an id: 44 MiB are enough for 20 million */
    assert_in_range(id_sieve_room(44 << 20), 20000000, (uint64_t)(44 << 20) * 8 / 18);
    for (size_t bytes = 128; bytes < 1 << 20; bytes += 997) {
        assert_true(id_sieve_start(&sieve, id_sieve_room(bytes)));
        assert_in_range(id_sieve_bytes(&sieve), bytes - 128, bytes);
    }
    id_sieve_free(&sieve);
    assert_int_equal(id_sieve_bytes(&sieve), 0);
}

/** Without memory, or before it is made, it knows nothing. */
static void test_none(void **state)
{
    struct id_sieve sieve = { 0 };

    (void)state;
    add(&sieve, 1);
    assert_int_equal(count_passing(&sieve, 0, 100), 100);
    assert_false(id_sieve_start(&sieve, UINT64_MAX));
    assert_int_equal(count_passing(&sieve, 0, 100), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_overfull),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
