/* SPDX-License-Identifier: MIT */
/* What an arena gives is aligned, apart from all else it gave, and there even for nothing. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../random.h"

enum { ROUNDS = 200, PIECES = 100, LENT = 1 << 10 };

static void fill(struct arena *arena, struct random *random)
{
    unsigned char *at[PIECES];
    size_t sizes[PIECES];

    for (int i = 0; i < PIECES; i++) {
        bool many = random_below(random, 50) == 0;

        sizes[i] = random_below(random, many ? 100000 : 100);
        at[i] =
            random_below(random, 2) ? arena_alloc(arena, sizes[i]) : arena_zero(arena, 1, sizes[i]);
        assert_non_null(at[i]);
        assert_int_equal((uintptr_t)at[i] % ARENA_ALIGN, 0);
        memset(at[i], i, sizes[i]);
    }
    for (int i = 0; i < PIECES; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(at[i][k], i);
}

static void test_pieces(void **state)
{
    struct random random = random_start();
    struct arena arena = { 0 };

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        void *lent = NULL;

        if (round % 4 == 0) {
            arena_free(&arena);
            lent = malloc(LENT + 8);
            arena_lend(&arena, lent, LENT + random_below(&random, 9));
        } else if (round % 2) {
            arena_reset(&arena);
        }
        fill(&arena, &random);
        if (lent)
            arena_free(&arena);
        free(lent);
    }
    arena_free(&arena);
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_alloc(&arena, SIZE_MAX - ARENA_ALIGN));
    assert_null(arena_zero(&arena, SIZE_MAX / 2, 3));
    assert_non_null(arena_zero(&arena, 0, 3));
    arena_free(&arena);
}

/** Arrays that grow by turns keep what they have, and what cannot be leaves them as they are. */
static void test_arrays(void **state)
{
    enum { ELEMENTS = 1000 };
    struct arena arena = { 0 };
    VECTOR(uint32_t) numbers = { 0 };
    VECTOR(struct muc_hit) large = { 0 };

    (void)state;
    for (uint32_t i = 0; i < ELEMENTS; i++) {
        *arena_push(&arena, &numbers) = i;
        arena_push(&arena, &large)->rank = i;
    }
    assert_false(
        arena_fit(&arena, &large.at, large.n, &large.room, SIZE_MAX / 2, sizeof *large.at));
    assert_false(arena_fit(&arena, &numbers.at, numbers.n, &numbers.room, SIZE_MAX - ELEMENTS,
                           sizeof *numbers.at));
    assert_int_equal(numbers.n, ELEMENTS);
    assert_int_equal(large.n, ELEMENTS);
    for (uint32_t i = 0; i < ELEMENTS; i++) {
        assert_int_equal(numbers.at[i], i);
        assert_int_equal(large.at[i].rank, i);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_arrays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
