/* SPDX-License-Identifier: MIT */
/* The best of any documents in any order are those that sorting all of them gives. */
#include "search/topk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../random.h"

enum { ROUNDS = 5000, DOCUMENTS = 60, MOST = 20 };

static int compare_found(const void *a, const void *b)
{
    const struct found *x = a, *y = b;

    if (x->key != y->key)
        return x->key > y->key ? -1 : 1;
    return x->date > y->date ? -1 : x->date < y->date;
}

/** Few keys, so that many are alike, and no date twice. */
static uint32_t draw(struct random *random, struct found all[DOCUMENTS])
{
    uint32_t n = random_below(random, DOCUMENTS + 1), dates[DOCUMENTS];

    for (uint32_t i = 0; i < n; i++) {
        uint32_t other = random_below(random, i + 1);

        dates[i] = dates[other];
        dates[other] = i + 1;
    }
    for (uint32_t i = 0; i < n; i++)
        all[i] =
            (struct found){ .key = random_below(random, 9), .date = dates[i], .doc = dates[i] };
    if (random_below(random, 3) == 0) /* as they come where the best are taken first */
        qsort(all, n, sizeof *all, compare_found);
    return n;
}

static void test_best(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct found all[DOCUMENTS];
        uint32_t n = draw(&random, all), most = random_below(&random, MOST + 1);
        struct arena arena = { 0 };
        struct topk topk = { 0 };

        topk_start(&topk, NULL, most, &arena);
        for (uint32_t i = 0; i < n; i++)
            if (topk_wants(&topk, all[i].key))
                assert_true(topk_add(&topk, all[i]));
        topk_sort(&topk);
        qsort(all, n, sizeof *all, compare_found);
        assert_int_equal(topk.n, n < most ? n : most);
        for (uint32_t i = 0; i < topk.n; i++)
            assert_int_equal(topk.at[i].doc, all[i].doc);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_best),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
