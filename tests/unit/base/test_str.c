/* SPDX-License-Identifier: MIT */
/* Heads order strings as their first eight bytes do, with zeros behind the end. */
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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_heads) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
