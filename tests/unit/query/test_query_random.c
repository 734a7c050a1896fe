/* SPDX-License-Identifier: MIT */
/* Whatever the bytes: the tree keeps what query.h promises, and is the same the second time, in
 * memory of its own and in that which the queries before have left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "check_tree.h"
#include "query/parser_memory.h"

enum { ROUNDS = 20000, PIECES = 40 };

static const char *const pieces[] = {
    "a",     "môi ",  "trường",   " ",      "  ",       "OR",     " OR ", " AND ",   " NOT ",
    "NOT",   "-",     " -",       "+",      "−",        "–",      " - ",  "(",       ")",
    "\"",    "“",     "”",        "«",      "»",        "~",      "~5",   "^",       "^2",
    "^0.5 ", "NEAR/", " NEAR/3 ", "title:", "tag:",     "in:",    "id:",  "date:",   "2020",
    "..",    "/12/",  "22",       "TP.HCM", "TP. HCM ", "1.000 ", "foo:", "://",     "=",
    "*",     "?",     "\u00a0",   "\xff",   "\xe1\xbb", "\n",     ". A",  "QĐ-UBND", "'",
};

static struct parser_memory memory;

static void check(struct analyzer *analyzer, const char *bytes, size_t size)
{
    struct parser_memory fresh = { 0 };
    struct muc_string text = str_of(bytes, size);
    struct buffer first = { 0 }, second = { 0 };
    struct query query = { 0 };
    const char *wrong;

    assert_int_equal(query_parse(&query, text, analyzer, &fresh, NULL), MUC_OK);
    query_print(&query, &first);
    if ((wrong = check_query(&query, text)))
        fail_msg("%s: %.*s", wrong, (int)size, bytes);
    query_free(&query);
    assert_int_equal(query_parse(&query, text, analyzer, &memory, NULL), MUC_OK);
    query_print(&query, &second);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.at, second.at, first.size);
    query_free(&query);
    parser_memory_trim(&memory);
    parser_memory_free(&fresh);
    buffer_free(&first);
    buffer_free(&second);
}

static void keeps_its_promises(void **state)
{
    struct random random = random_start();
    struct analyzer *analyzer = NULL;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char text[PIECES * 16];
        size_t size = 0;

        if (round % 256 == 0) { /* forgets the forms of the queries so far */
            analyzer_free(analyzer);
            assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
        }
        for (uint32_t n = random_below(&random, PIECES); n > 0; n--) {
            const char *piece = pieces[random_below(&random, sizeof pieces / sizeof *pieces)];

            if (round % 4 == 0) {
                text[size++] = (char)random_below(&random, 256);
                continue;
            }
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        check(analyzer, text, size);
    }
    analyzer_free(analyzer);
    parser_memory_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keeps_its_promises) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
