/* SPDX-License-Identifier: MIT */
/* Which segments become one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index/tiers.h"

enum { KINDS = 3, ALL = TIERS_MERGE };

/* So many segments of so many documents each, of 1000 bytes a document; then the next. */
static const struct {
    const char *why;
    struct {
        uint32_t segments, n_docs, n_deleted;
    } kinds[KINDS];
    size_t n, first; /* chosen, and the first of them */
} cases[] = {
    { "no segment", { { 0 } }, 0, 0 },
    { "too few of a tier", { { ALL - 1, 100, 0 } }, 0, 0 },
    { "enough of a tier", { { ALL, 100, 0 } }, ALL, 0 },
    { "more of a tier", { { ALL + 1, 100, 0 } }, ALL + 1, 0 },
    { "far more", { { TIERS_MOST + 1, 100, 0 } }, TIERS_MOST, 0 },
    { "behind a large one", { { 1, 90000, 0 }, { ALL, 100, 0 } }, ALL, 1 },
    { "one is of the next tier", { { ALL - 1, 2000, 0 }, { 1, 16000, 0 } }, 0, 0 },
    { "a third deleted", { { 2, 100, 33 }, { 1, 100, 34 }, { ALL, 100, 0 } }, 1, 2 },
    { "more documents than one may have", { { ALL, TIERS_DOCS / 5, 0 } }, 5, 0 },
    { "as many as one may have", { { ALL, TIERS_DOCS / ALL, 0 } }, ALL, 0 },
    { "more", { { 1, TIERS_DOCS / ALL + ALL, 0 }, { ALL - 1, TIERS_DOCS / ALL, 0 } }, ALL - 1, 0 },
    { "few of which may be one", { { ALL, TIERS_DOCS / 5 * 2, 0 } }, 0, 0 },
    { "as few as are worth it", { { ALL, TIERS_DOCS / 4, 0 } }, 4, 0 },
    { "no two of which may be one", { { ALL, TIERS_DOCS / 4 * 3, 0 } }, 0, 0 },
    { "those, and smaller ones", { { ALL, TIERS_DOCS / 4 * 3, 0 }, { ALL, 100, 0 } }, ALL, ALL },
    { "deleted ones do not count", { { ALL, TIERS_DOCS / 8, TIERS_DOCS / 36 } }, ALL, 0 },
};

static struct segment_list list_of(size_t number)
{
    struct segment_list list = { 0 };

    for (size_t k = 0; k < KINDS; k++)
        for (uint32_t i = 0; i < cases[number].kinds[k].segments; i++) {
            struct segment_entry *entry = vector_push(&list.entries);
            uint32_t n_docs = cases[number].kinds[k].n_docs;

            assert_non_null(entry);
            *entry = (struct segment_entry){ .n_docs = n_docs,
                                             .n_deleted = cases[number].kinds[k].n_deleted,
                                             .bytes = n_docs * (uint64_t)2000 };
        }
    return list;
}

static void test_choose(void **state)
{
    const bool taken[3 * TIERS_MOST] = { false };
    size_t chosen[TIERS_MOST];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct segment_list list = list_of(i);

        print_message("%s\n", cases[i].why);
        assert_int_equal(tiers_choose(&list, taken, 0, TIERS_MERGE, chosen), cases[i].n);
        for (size_t k = 0; k < cases[i].n; k++)
            assert_int_equal(chosen[k], cases[i].first + k);
        segment_list_free(&list);
    }
}

/** Merges of one round are of other segments each. */
static void test_choose_more(void **state)
{
    bool taken[3 * TIERS_MOST] = { false };
    size_t chosen[TIERS_MOST];
    struct segment_list list = { 0 };

    (void)state;
    for (size_t i = 0; i < 2 * TIERS_MOST + TIERS_MERGE; i++) {
        struct segment_entry *entry = vector_push(&list.entries);

        assert_non_null(entry);
        *entry = (struct segment_entry){ .n_docs = 100, .n_deleted = i == 3 ? 50 : 0 };
    }
    assert_int_equal(tiers_choose(&list, taken, 0, TIERS_MERGE, chosen), 1);
    assert_int_equal(chosen[0], 3);
    taken[3] = true;
    for (size_t round = 0; round < 2; round++) {
        assert_int_equal(tiers_choose(&list, taken, 0, TIERS_MERGE, chosen), TIERS_MOST);
        for (size_t i = 0; i < TIERS_MOST; i++) {
            assert_false(taken[chosen[i]]);
            taken[chosen[i]] = true;
        }
    }
    assert_int_equal(tiers_choose(&list, taken, 0, TIERS_MERGE, chosen), 0);
    segment_list_free(&list);
}

/** Who wants more of a tier waits for them; then the same are chosen. */
static void test_choose_of_many(void **state)
{
    const bool taken[TIERS_MOST] = { false };
    size_t chosen[TIERS_MOST];
    struct segment_list list = { 0 };

    (void)state;
    for (size_t i = 0; i < TIERS_MOST; i++) {
        struct segment_entry *entry = vector_push(&list.entries);
        size_t n = i + 1 < TIERS_MOST ? 0 : TIERS_MOST;

        assert_non_null(entry);
        *entry = (struct segment_entry){ .n_docs = 100 };
        assert_int_equal(tiers_choose(&list, taken, 0, TIERS_MOST, chosen), n);
    }
    segment_list_free(&list);
}

/** Some segments may not be touched, even where they would come first. */
static void test_choose_of_the_last(void **state)
{
    bool taken[2 * TIERS_MERGE] = { false };
    size_t chosen[TIERS_MOST];
    struct segment_list list = { 0 };

    (void)state;
    for (uint32_t i = 0; i < 2 * TIERS_MERGE - 1; i++) {
        struct segment_entry *entry = vector_push(&list.entries);

        assert_non_null(entry);
        *entry = (struct segment_entry){ .number = 100 + i, .n_docs = 100 };
    }
    list.entries.at[0].n_deleted = 50;
    assert_int_equal(tiers_choose(&list, taken, 100, TIERS_MERGE, chosen), 1);
    assert_int_equal(tiers_choose(&list, taken, 100 + TIERS_MERGE, TIERS_MERGE, chosen), 0);
    assert_int_equal(tiers_choose(&list, taken, 100 + TIERS_MERGE - 1, TIERS_MERGE, chosen),
                     TIERS_MERGE);
    for (size_t i = 0; i < TIERS_MERGE; i++)
        assert_int_equal(chosen[i], TIERS_MERGE - 1 + i);
    segment_list_free(&list);
}

static void test_fit(void **state)
{
    struct segment_list list = list_of(8);

    (void)state;
    assert_int_equal(tiers_fit(&list, 0, ALL), 5);
    assert_int_equal(tiers_fit(&list, 5, 8), 3);
    assert_int_equal(tiers_fit(&list, 0, 4), 4);
    list.entries.at[0].n_docs = 3 * TIERS_DOCS;
    assert_int_equal(tiers_fit(&list, 0, ALL), 1);
    segment_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choose),
        cmocka_unit_test(test_choose_more),
        cmocka_unit_test(test_choose_of_many),
        cmocka_unit_test(test_choose_of_the_last),
        cmocka_unit_test(test_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
