/* SPDX-License-Identifier: MIT */
/* Heads order strings as their first eight bytes do, with zeros behind the end; lists are cut at
 * their signs, and blanks trimmed at both ends alone. */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../random.h"

enum { ROUNDS = 100000, LONGEST = 12, HEAD = 8 };

/** Bytes that are alike so often that heads are, too. */
static struct muc_string draw(struct random *random, char room[LONGEST])
{
    size_t size = random_below(random, LONGEST + 1);

    for (size_t i = 0; i < size; i++)
        room[i] = (char)(random_below(random, 3) * 0x7f);
    return str_of(room, size);
}

static void test_heads(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char *room = malloc(LONGEST), *other_room = malloc(LONGEST); /* no byte beyond is read */
        char a[HEAD] = "", b[HEAD] = "";
        struct muc_string one = draw(&random, room), other = draw(&random, other_room);
        uint64_t head = str_head(one), other_head = str_head(other);
        int order;

        memcpy(a, room, one.size < HEAD ? one.size : HEAD);
        memcpy(b, other_room, other.size < HEAD ? other.size : HEAD);
        order = memcmp(a, b, HEAD);
        assert_int_equal((head > other_head) - (head < other_head), (order > 0) - (order < 0));
        free(room);
        free(other_room);
    }
    assert_true(str_head(str_of(NULL, 0)) == 0);
    assert_true(str_head(STR("ab")) == UINT64_C(0x6162000000000000));
}

static void test_cut(void **state)
{
    static const struct {
        struct muc_string list;
        const char *pieces[4]; /* up to NULL */
    } cases[] = {
        { { NULL, 0 }, { NULL } },        { STR("a"), { "a", NULL } },
        { STR("a|b"), { "a", "b" } },     { STR("a|b|"), { "a", "b" } }, /* nothing is left */
        { STR("|a"), { "", "a", NULL } }, { STR("a||b"), { "a", "", "b" } },
        { STR("|"), { "", NULL } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_string left = cases[i].list;
        size_t n = 0;

        for (; left.size; n++) {
            assert_non_null(cases[i].pieces[n]);
            assert_true(str_equal(str_cut(&left, '|'), str_c(cases[i].pieces[n])));
        }
        assert_null(cases[i].pieces[n]);
    }
}

static void test_trim(void **state)
{
    static const struct {
        struct muc_string text;
        const char *trimmed;
    } cases[] = {
        { { NULL, 0 }, "" },
        { STR(""), "" },
        { STR(" \t\r\n"), "" },
        { STR(" a b\n"), "a b" },
        { STR("\xa0\xc3"), "\xa0\xc3" }, /* bytes of letters stay */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_equal(str_trim(cases[i].text), str_c(cases[i].trimmed)));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_heads), cmocka_unit_test(test_cut),
                                        cmocka_unit_test(test_trim) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
