/* SPDX-License-Identifier: MIT */
/* Which lines of a text may stand in others of its source, and the column that has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "index/standing.h"

static const struct {
    const char *why, *text, *wanted; /* lines, | between */
} cases[] = {
    { "nothing", "", "" },
    { "blanks", " \n\n  \n", "" },
    { "short lines are passed over, but counted",
      "Ngan\nDong thu hai\n3\n4\nDong thu nam\n6\n7\n8\n9\n10\nDong thu 11",
      "Dong thu hai|Dong thu 11" },
    { "four at the beginning, the rest behind",
      "  Dong thu 1\nDong thu 2\n\nDong thu 3\nDong thu 4\n"
      "Dong thu 5  \n",
      "Dong thu 1|Dong thu 2|Dong thu 3|Dong thu 4|Dong thu 5" },
    { "ten of twelve",
      "Dong thu 01\nDong thu 02\nDong thu 03\nDong thu 04\nDong thu 05\nDong thu 06\nDong thu 07\n"
      "Dong thu 08\nDong thu 09\nDong thu 10\nDong thu 11\nDong thu 12\n",
      "Dong thu 01|Dong thu 02|Dong thu 03|Dong thu 04|"
      "Dong thu 07|Dong thu 08|Dong thu 09|Dong thu 10|Dong thu 11|Dong thu 12" },
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct edge_lines lines;
        struct buffer got = { 0 };

        edge_lines_of(STR("S"), str_c(cases[i].text), &lines);
        for (size_t k = 0; k < lines.n; k++) {
            buffer_string(&got, k ? "|" : "");
            buffer_append(&got, cases[i].text + lines.at[k].start,
                          lines.at[k].end - lines.at[k].start);
        }
        buffer_byte(&got, 0);
        if (strcmp((const char *)got.at, cases[i].wanted))
            fail_msg("%s: %s", cases[i].why, (const char *)got.at);
        buffer_free(&got);
    }
}

/* The same line of another source is another. */
static void test_sources(void **state)
{
    struct edge_lines a, b, c;

    (void)state;
    edge_lines_of(STR("A"), STR("Dong thu nhat"), &a);
    edge_lines_of(STR("B"), STR("Dong thu nhat"), &b);
    edge_lines_of(STR("A"), STR("Hai\n Dong thu nhat \nba"), &c);
    assert_int_not_equal(a.hashes[0], b.hashes[0]);
    assert_int_equal(a.hashes[0], c.hashes[0]);
}

static void test_column(void **state)
{
    static const uint32_t first[] = { 7, 0xffffffff }, third[] = { 5, 7, 7 };
    struct standing_column column = { .ends = { 0 } };
    struct buffer bytes = { 0 };
    struct standing_view view;
    const uint32_t *hashes;

    (void)state;
    assert_true(standing_add(&column, first, 2));
    assert_true(standing_add(&column, NULL, 0));
    assert_true(standing_add(&column, third, 3));
    assert_true(standing_write(&column, &bytes));
    assert_true(standing_open(str_of((const char *)bytes.at, bytes.size), 3, &view));
    assert_int_equal(view.n, 5);
    assert_int_equal(standing_hashes(&view, 0, &hashes), 2);
    assert_memory_equal(hashes, first, sizeof first);
    assert_int_equal(standing_hashes(&view, 1, &hashes), 0);
    assert_int_equal(standing_hashes(&view, 2, &hashes), 3);
    assert_memory_equal(hashes, third, sizeof third);
    assert_memory_equal(view.places, ((const uint32_t[]){ 2, 0, 3, 4, 1 }), 20);
    for (size_t size = 0; size < bytes.size; size++)
        assert_false(standing_open(str_of((const char *)bytes.at, size), 3, &view));
    assert_false(standing_open(str_of((const char *)bytes.at, bytes.size), 4, &view));
    standing_column_free(&column);
    buffer_free(&bytes);
    column = (struct standing_column){ .ends = { 0 } };
    assert_true(standing_write(&column, &bytes));
    assert_true(standing_open(str_of((const char *)bytes.at, bytes.size), 0, &view));
    assert_int_equal(view.n, 0);
    buffer_free(&bytes);
}

/* Places of a document that lie anywhere give none. */
static void test_damaged_column(void **state)
{
    static const struct {
        uint32_t ends[3];
        uint32_t n[3]; /* of each document */
    } damaged[] = {
        { { 2, 1, 3 }, { 2, 0, 2 } },
        { { 0xffffffff, 3, 3 }, { 0, 0, 0 } },
        { { 1, 2, 4 }, { 1, 1, 0 } },
    };
    uint32_t bytes[1 + 3 + 2 * 3] = { 3 };
    struct standing_view view;
    const uint32_t *hashes;

    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        memcpy(bytes + 1, damaged[i].ends, sizeof damaged[i].ends);
        assert_true(standing_open(str_of((const char *)bytes, sizeof bytes), 3, &view));
        for (uint32_t doc = 0; doc < 3; doc++)
            assert_int_equal(standing_hashes(&view, doc, &hashes), damaged[i].n[doc]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_column),
        cmocka_unit_test(test_damaged_column),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
