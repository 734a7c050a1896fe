/* SPDX-License-Identifier: MIT */
/* What two texts resemble each other, by their sketches: as counted part by part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random.h"
#include "index/sketch.h"

enum { ROUNDS = 20000 };

/** A third has parts of all values, the others of few, which agree often and are often none. */
static struct sketch draw(struct random *random)
{
    uint32_t values = random_below(random, 3) ? 3 : SKETCH_NONE + 1;
    struct sketch sketch;

    for (int i = 0; i < SKETCH_PARTS; i++)
        sketch.parts[i] = (uint16_t)(SKETCH_NONE - random_below(random, values));
    sketch.title = (uint16_t)(SKETCH_NONE - random_below(random, 3));
    sketch.numbers = (uint16_t)(SKETCH_NONE - random_below(random, 3));
    return sketch;
}

static void test_agreement(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct sketch a = draw(&random), b = draw(&random);
        uint32_t same = 0;

        for (int i = 0; i < SKETCH_PARTS; i++)
            if (a.parts[i] == b.parts[i] && a.parts[i] != SKETCH_NONE)
                same |= (uint32_t)1 << i;
        assert_int_equal(sketch_agreement(&a, &b), same);
        assert_int_equal(sketch_agreement(&b, &a), same);
    }
}

/** Two texts of which `a_parts` and `b_parts` parts are there, the first `same` of them alike. */
static unsigned resemble(int a_parts, int b_parts, int same, uint32_t a_length, uint32_t b_length)
{
    struct sketch a = { .title = 1, .numbers = 2 }, b = a;

    for (int i = 0; i < SKETCH_PARTS; i++) {
        a.parts[i] = i < a_parts ? (uint16_t)i : SKETCH_NONE;
        b.parts[i] = i < b_parts ? (uint16_t)(i < same ? i : 1000 + i) : SKETCH_NONE;
    }
    return sketch_resemblance(&a, a_length, &b, b_length);
}

static void test_resemblance(void **state)
{
    (void)state;
    assert_int_equal(resemble(30, 30, 30, 500, 500), 100);
    assert_int_equal(resemble(30, 30, 27, 500, 500), 90);
    /* of 12 parts at least, on both sides */
    assert_int_equal(resemble(12, 12, 12, 40, 40), 100);
    assert_int_equal(resemble(11, 12, 11, 40, 40), 0);
    assert_int_equal(resemble(12, 11, 11, 40, 40), 0);
    /* a fifth of what either has; the shorter one stands in the other: 600 * 6 / 36 = 100 words */
    assert_int_equal(resemble(30, 30, 6, 500, 100), 20);
    assert_int_equal(resemble(30, 30, 5, 500, 100), 0);
    /* 7 tenths of the shorter one do: 1000 * 15 / 45 = 333 words of 476, and not of 477 */
    assert_int_equal(resemble(30, 30, 15, 524, 476), 50);
    assert_int_equal(resemble(30, 30, 15, 523, 477), 0);
}

static void test_series(void **state)
{
    struct sketch a = { .title = 1, .numbers = 2 }, b = a;

    (void)state;
    assert_int_equal(sketch_resemblance(&a, 100, &b, 100), 100);
    b.numbers = 3;
    assert_true(sketch_is_series(&a, &b));
    assert_int_equal(sketch_resemblance(&a, 100, &b, 100), 0);
    a.title = b.title = SKETCH_NONE; /* no title: nothing to be a series by */
    assert_int_equal(sketch_resemblance(&a, 100, &b, 100), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_resemblance),
        cmocka_unit_test(test_series),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
