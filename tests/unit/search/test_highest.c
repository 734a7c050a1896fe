/* SPDX-License-Identifier: MIT */
/* The highest of any sums are those that sorting all of them gives. */
#include "search/best/highest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../random.h"

enum { ROUNDS = 20000 };

struct item {
    double sum;
    uint32_t place;
};

static int compare(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    if (x->sum != y->sum)
        return x->sum > y->sum ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/** As parts of scores are: multiples of 2^-28 below 2^24, here of one of three sizes; some were
 *  taken out before. */
static double draw(struct random *random, uint32_t size)
{
    if (random_below(random, 20) == 0)
        return -INFINITY;
    if (size == 0) /* few, so that many are alike */
        return random_below(random, 9);
    if (size == 1)
        return random_below(random, 1 << 30) * 0x1p-28;
    return (double)(random_next(random) >> 12) * 0x1p-28; /* the least of these differ by a bit */
}

static void test_order(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t n = random_below(&random, HIGHEST_ROOM + 1), size = random_below(&random, 3);
        uint32_t most = 1 + random_below(&random, random_below(&random, 4) ? 20 : 300), n_least;
        double sums[HIGHEST_ROOM], least;
        struct item items[HIGHEST_ROOM];
        struct highest found;

        for (uint32_t i = 0; i < n; i++)
            items[i] = (struct item){ sums[i] = draw(&random, size), i };
        least = random_below(&random, 2) ? -INFINITY : draw(&random, size);
        qsort(items, n, sizeof *items, compare);
        highest_find(sums, n, most, least, &found);

        /* in order, and none of the `most` highest that are at least `least` is lacking */
        assert_true(found.n <= n);
        for (uint32_t i = 0; i < found.n; i++)
            assert_int_equal(found.places[i], items[i].place);
        assert_true(found.least >= least);
        assert_true(found.n == 0 || items[found.n - 1].sum >= found.least);
        assert_true(found.n == n || items[found.n].sum < found.least || isinf(items[found.n].sum));
        for (n_least = 0; n_least < n && items[n_least].sum >= least && !isinf(items[n_least].sum);)
            n_least++;
        assert_true(found.n >= (n_least < most ? n_least : most));
    }
}

/** Of 200 sums few are left that cannot be among the ten best. */
static void test_few(void **state)
{
    struct random random = random_start();
    uint32_t n_found = 0;

    (void)state;
    for (int round = 0; round < 100; round++) {
        double sums[HIGHEST_ROOM];
        struct highest found;

        for (uint32_t i = 0; i < 200; i++)
            sums[i] = draw(&random, 1);
        highest_find(sums, 200, 10, -INFINITY, &found);
        n_found += found.n;
    }
    assert_in_range(n_found, 1000, 2500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_few),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
