/* SPDX-License-Identifier: MIT */
/* Which segments become one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index/tiers.h"

enum { KINDS = 3 };

/* So many segments of so many documents each, of 1000 bytes a document; then the next. */
static const struct {
    const char *why;
    struct {
        uint32_t segments, n_docs, n_deleted;
    } kinds[KINDS];
    size_t n, first; /* chosen, and the first of them */
} cases[] = {
    { "no segment", { { 0 } }, 0, 0 },
    { "seven of a tier", { { 7, 100, 0 } }, 0, 0 },
    { "eight of a tier", { { 8, 100, 0 } }, 8, 0 },
    { "nine of a tier", { { 9, 100, 0 } }, 8, 0 },
    { "eight of a tier behind a large one", { { 1, 90000, 0 }, { 8, 100, 0 } }, 8, 1 },
    { "seven of a tier and one of the next", { { 7, 2000, 0 }, { 1, 16000, 0 } }, 0, 0 },
    { "a third deleted", { { 2, 100, 33 }, { 1, 100, 34 }, { 8, 100, 0 } }, 1, 2 },
    { "more documents than one may have", { { 8, 400000, 0 } }, 5, 0 },
    { "as many as one may have", { { 8, TIERS_DOCS / 8, 0 } }, 8, 0 },
    { "one more", { { 1, TIERS_DOCS / 8 + 1, 0 }, { 7, TIERS_DOCS / 8, 0 } }, 7, 0 },
    { "no two of which may be one", { { 8, 1500000, 0 } }, 0, 0 },
    { "those, and smaller ones", { { 8, 1500000, 0 }, { 8, 100, 0 } }, 8, 8 },
    { "deleted ones do not count", { { 8, TIERS_DOCS / 6, TIERS_DOCS / 24 } }, 8, 0 },
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
                                             .bytes = n_docs * (uint64_t)1000 };
        }
    return list;
}

static void test_choose(void **state)
{
    size_t chosen[TIERS_MERGE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct segment_list list = list_of(i);

        print_message("%s\n", cases[i].why);
        assert_int_equal(tiers_choose(&list, chosen), cases[i].n);
        for (size_t k = 0; k < cases[i].n; k++)
            assert_int_equal(chosen[k], cases[i].first + k);
        segment_list_free(&list);
    }
}

static void test_fit(void **state)
{
    struct segment_list list = list_of(7);

    (void)state;
    assert_int_equal(tiers_fit(&list, 0, 8), 5);
    assert_int_equal(tiers_fit(&list, 5, 8), 3);
    assert_int_equal(tiers_fit(&list, 0, 4), 4);
    list.entries.at[0].n_docs = 3 * TIERS_DOCS;
    assert_int_equal(tiers_fit(&list, 0, 8), 1);
    segment_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choose),
        cmocka_unit_test(test_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
