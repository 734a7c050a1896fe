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
    static const uint64_t entries[] = { (uint64_t)7 << 32 | 1, (uint64_t)7 << 32, 5,
                                        (uint64_t)0xffffffff << 32 | 2 };
    struct standing_column column = { .entries = { 0 } };
    struct buffer bytes = { 0 };
    struct standing_view view;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        *(uint64_t *)vector_push(&column.entries) = entries[i];
    assert_true(standing_write(&column, &bytes));
    assert_true(standing_open(str_of((const char *)bytes.at, bytes.size), &view));
    assert_int_equal(view.n, 4);
    assert_memory_equal(view.hashes, ((const uint32_t[]){ 0, 7, 7, 0xffffffff }), 16);
    assert_memory_equal(view.docs, ((const uint32_t[]){ 5, 0, 1, 2 }), 16);
    for (size_t size = 0; size < bytes.size; size++)
        assert_false(standing_open(str_of((const char *)bytes.at, size), &view));
    buffer_free(&bytes);
    column.entries.n = 0;
    assert_true(standing_write(&column, &bytes));
    assert_true(standing_open(str_of((const char *)bytes.at, bytes.size), &view));
    assert_int_equal(view.n, 0);
    buffer_free(&bytes);
    vector_free(&column.entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_column),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
