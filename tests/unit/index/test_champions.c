/* SPDX-License-Identifier: MIT */
/* Champions of random lists: none of the others has a higher part, and what the rest is said to
 * have is not below any of theirs, and hardly above. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random.h"
#include "index/champions.h"

enum { LISTS = 2000, DOCS = 3000 };

struct made {
    uint32_t n, docs[DOCS], freqs[DOCS];
    float shares[DOCS];
};

/** A list of more documents than become champions; in some many have the same part. */
static void make(struct random *random, struct made *made)
{
    uint32_t kinds = 1 + random_below(random, random_below(random, 2) ? 3 : 1000);

    made->n = CHAMPIONS_MOST + 1 + random_below(random, DOCS - CHAMPIONS_MOST);
    for (uint32_t i = 0; i < made->n; i++) {
        made->docs[i] = i;
        made->freqs[i] = 1 + random_below(random, 1 + random_below(random, 20));
        made->shares[i] = 1 / (0.3F + 0.1F * (float)random_below(random, kinds));
    }
}

static double part_of(const struct made *made, uint32_t i)
{
    double strength = (double)made->freqs[i] * (double)made->shares[i];

    return strength / (strength + 1);
}

static void choose(const struct made *made, struct champions_finder *finder,
                   struct champions *champions)
{
    for (uint32_t i = 0; i < made->n; i += LIST_BLOCK) {
        uint32_t n = made->n - i < LIST_BLOCK ? made->n - i : LIST_BLOCK;
        float strengths[LIST_BLOCK], most = 0;

        for (uint32_t k = 0; k < n; k++) {
            strengths[k] = (float)made->freqs[i + k] * made->shares[i + k];
            most = strengths[k] > most ? strengths[k] : most;
        }
        champions_find(finder, made->docs + i, made->freqs + i, strengths, n, most);
    }
    champions_choose(finder, champions);
}

static void check(const struct made *made, const struct champions *champions)
{
    double least = 1, highest = 0;
    uint32_t k = 0;

    assert_in_range(champions->n, 10, CHAMPIONS_MOST);
    for (uint32_t i = 0; i < made->n; i++) {
        double part = part_of(made, i);

        if (k < champions->n && champions->docs[k] == i) {
            assert_int_equal(champions->freqs[k++], made->freqs[i]);
            least = part < least ? part : least;
        } else {
            highest = part > highest ? part : highest;
        }
    }
    assert_int_equal(k, champions->n);
    assert_true(highest <= least + 1e-6); /* strengths are of single precision */
    assert_true(champions->rest >= 65535 * highest);
    assert_true(champions->rest <= 65535 * highest + 2);
}

static void best_are_champions(void **state)
{
    struct random random = random_start();
    struct champions_finder finder = { 0 };
    struct champions champions;
    static struct made made;

    (void)state;
    for (uint32_t i = 0; i < LISTS; i++) {
        make(&random, &made);
        choose(&made, &finder, &champions);
        check(&made, &champions);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(best_are_champions) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
