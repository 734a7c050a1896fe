/* SPDX-License-Identifier: MIT */
/* Runs of postings of all shapes: merged they have each document once, and what all runs together
 * say of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random.h"
#include "index/runs.h"

enum { CASES = 3000, DOCS = 2000, RUNS = 12 };

/** A run that has one document of `rarity`; what it says of them is added to the sums. */
static void add_run(struct random *random, uint32_t rarity, struct runs *runs, uint32_t sums[DOCS])
{
    for (uint32_t doc = 0; doc < DOCS; doc++) {
        struct posting *posting;

        if (random_below(random, rarity))
            continue;
        posting = vector_push(&runs->postings);
        assert_non_null(posting);
        *posting = (struct posting){ doc, 1 + random_below(random, 5) };
        sums[doc] += posting->freq;
    }
    assert_true(runs_end(runs));
}

static void expect(const struct runs *runs, const uint32_t sums[DOCS])
{
    size_t n = 0;

    assert_int_equal(runs->ends.n, 1);
    assert_int_equal(runs->ends.at[0], runs->postings.n);
    for (uint32_t doc = 0; doc < DOCS; doc++) {
        if (!sums[doc])
            continue;
        assert_true(n < runs->postings.n);
        assert_int_equal(runs->postings.at[n].doc, doc);
        assert_int_equal(runs->postings.at[n++].freq, sums[doc]);
    }
    assert_int_equal(n, runs->postings.n);
}

static void merged_they_are_their_sum(void **state)
{
    static const uint32_t rarities[] = { 1, 2, 10, 100, 3 * DOCS };
    enum { RARITIES = sizeof rarities / sizeof *rarities };
    struct random random = random_start();
    struct runs runs = { .ends = { 0 } };

    (void)state;
    for (int i = 0; i < CASES; i++) {
        uint32_t sums[DOCS] = { 0 }, n = 1 + random_below(&random, RUNS);

        runs_clear(&runs);
        for (uint32_t k = 0; k < n; k++)
            add_run(&random, rarities[random_below(&random, RARITIES)], &runs, sums);
        assert_true(runs_merge(&runs));
        expect(&runs, sums);
    }
    runs_free(&runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(merged_they_are_their_sum) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
