/* SPDX-License-Identifier: MIT */
/* What tokens were put into a stream is read from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random.h"
#include "index/stream.h"

struct token {
    uint32_t form;
    uint64_t place;
    bool whole;
};

/* Some documents have LARGE tokens, which no begun piece has room for, or more than any has. */
enum { TOKENS = 20000, LARGE = 70000, LARGER = 100000, EACH = 4000 };

static const uint32_t forms[] = {
    0,       1,       STREAM_SHORT / 2 - 1,       STREAM_SHORT / 2, STREAM_SHORT - 1, STREAM_SHORT,
    0x12345, 0xffff0, (1 << STREAM_FORM_BITS) - 1
};
static const uint64_t steps[] = {
    0, 1, 2, 17, STEP_FAR - 1, STEP_FAR, STEP_FAR + 1, 1 << 20, (uint64_t)1 << 37
};

static void check(const struct token *tokens, size_t n)
{
    struct stream stream = { 0 };
    struct stream_iter iter = stream_iter_of(&stream);

    assert_false(stream_next(&iter));
    for (size_t i = 0; i < n; i++) {
        size_t before = stream_size(&stream), room = i % EACH ? 1 : i % (2 * EACH) ? LARGE : LARGER;

        assert_true(stream_reserve(&stream, room));
        stream_put(&stream, tokens[i].form, tokens[i].place, tokens[i].whole);
        assert_in_range(stream_size(&stream) - before, 1, STREAM_WORDS);
    }
    iter = stream_iter_of(&stream);
    for (size_t i = 0; i < n; i++) {
        assert_true(stream_next(&iter));
        assert_int_equal(iter.form, tokens[i].form);
        assert_true(iter.place == tokens[i].place);
        assert_int_equal(iter.whole, tokens[i].whole);
    }
    assert_false(stream_next(&iter));
    assert_true(n < 2 * EACH || stream.pieces.n > 2);
    stream_free(&stream);
    assert_int_equal(stream_size(&stream), 0);
}

/** Each form with each step, whole and plain. */
static void test_each(void **state)
{
    uint64_t place = 0;

    (void)state;
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
            for (int whole = 0; whole < 2; whole++) {
                uint64_t here = place + steps[s];
                struct token tokens[] = { { forms[f], here, whole },
                                          { forms[f], here, !whole },
                                          { 7, here + 1, false } };

                check(tokens, 3);
                place = here;
            }
}

static void test_many(void **state)
{
    static struct token tokens[TOKENS];
    struct random random = random_start();
    uint64_t place = 0;

    (void)state;
    for (size_t i = 0; i < TOKENS; i++) {
        uint32_t kind = random_below(&random, 10);

        place += kind ? random_below(&random, 3) : steps[random_below(&random, 8)];
        tokens[i] = (struct token){ random_below(&random, 1U << (1 + random_below(&random, 25))),
                                    place, random_below(&random, 20) == 0 };
    }
    check(tokens, TOKENS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
