/* SPDX-License-Identifier: MIT */
/* Ids: what is written is read, in any order of asking; what is damaged does no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "base/str.h"
#include "codec/ids.h"

enum { MOST = 100, LONGEST = 300 };

struct model {
    uint32_t n;
    uint32_t ends[MOST];
    struct buffer bytes;
};

/** Strings that share anything from nothing to all with the one before. */
static void fill(struct model *model, uint32_t n, struct random *random)
{
    uint8_t at[LONGEST];
    uint32_t size = 0;

    buffer_clear(&model->bytes);
    model->n = n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t shared = random_below(random, size + 1);

        size = shared + random_below(random, LONGEST - shared + 1) / (1 + random_below(random, 50));
        for (uint32_t k = shared; k < size; k++)
            at[k] = (uint8_t)random_below(random, 256);
        buffer_append(&model->bytes, at, size);
        model->ends[i] = (uint32_t)model->bytes.size;
    }
}

static struct muc_string string_of(const struct model *model, uint32_t i)
{
    uint32_t start = i ? model->ends[i - 1] : 0;

    return str_of((const char *)model->bytes.at + start, model->ends[i] - start);
}

/** As `size` bytes of their own, so that an overrun shows under ASan. */
static uint8_t *exact_copy(const struct buffer *bytes, size_t size)
{
    uint8_t *copy = malloc(size + !size);

    assert_non_null(copy);
    if (size)
        memcpy(copy, bytes->at, size);
    return copy;
}

static void test_read(void **state)
{
    struct random random = random_start();
    struct model model = { 0 };
    char room[LONGEST];
    (void)state;

    for (uint32_t n = 0; n < MOST; n++) {
        struct buffer out = { 0 };
        struct ids ids;
        uint8_t *copy;

        fill(&model, n, &random);
        ids_encode(&out, model.ends, n, model.bytes.at);
        assert_false(out.failed);
        copy = exact_copy(&out, out.size);
        assert_true(ids_open(&ids, copy, out.size, n));
        for (uint32_t i = n; i-- > 0;)
            if (!str_equal(ids_read(&ids, i, room, sizeof room), string_of(&model, i)))
                fail_msg("string %u of %u", i, n);
        free(copy);
        buffer_free(&out);
    }
    buffer_free(&model.bytes);
}

static void test_neighbours_take_little(void **state)
{
    struct buffer bytes = { 0 }, out = { 0 };
    uint32_t ends[MOST];
    (void)state;

    for (uint32_t i = 0; i < MOST; i++) {
        char path[64];

        buffer_append(&bytes, path,
                      (size_t)snprintf(path, sizeof path, "2020/12/thong-cao-%03u", i));
        ends[i] = (uint32_t)bytes.size;
    }
    ids_encode(&out, ends, MOST, bytes.at);
    /* 7 blocks: an end, a start, what all begin with, at least up to the number; the strings: a
     * size and at most three digits each */
    assert_true(out.size <= 7 * (4 + 2 + 18) + MOST * (1 + 3));
    buffer_free(&bytes);
    buffer_free(&out);
}

static void test_bytes(void **state)
{
    static const uint32_t ends[] = { 2, 5, 7 };
    static const uint8_t wanted[] = { 10,  0,   0,   0, /* the block's end */
                                      1,   0,           /* all begin with a byte */
                                      1,   2,   1,      /* and have so many more */
                                      'a', 'b', 'b', 'c', 'd' };
    struct buffer out = { 0 };
    (void)state;

    ids_encode(&out, ends, 3, (const uint8_t *)"ababcad");
    assert_int_equal(out.size, sizeof wanted);
    assert_memory_equal(out.at, wanted, out.size);
    buffer_free(&out);
}

/** Sizes of more than a byte, and the longest string there may be. */
static void test_long(void **state)
{
    static const uint32_t sizes[] = { 255, 256, IDS_WIDE - 1, IDS_WIDE };
    static char room[IDS_WIDE];
    (void)state;

    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const uint32_t ends[] = { 1, 1 + sizes[k] };
        uint8_t *bytes = malloc(ends[1]);
        struct buffer out = { 0 };
        struct ids ids;

        assert_non_null(bytes);
        memset(bytes, 'b', ends[1]);
        bytes[0] = 'a';
        ids_encode(&out, ends, 2, bytes);
        assert_int_equal(out.failed, sizes[k] == IDS_WIDE);
        if (!out.failed) {
            assert_true(ids_open(&ids, out.at, out.size, 2));
            assert_int_equal(ids_read(&ids, 1, room, sizes[k]).size, sizes[k]);
            assert_memory_equal(room, bytes + 1, sizes[k]);
            assert_int_equal(ids_read(&ids, 1, room, sizes[k] - 1).size, 0);
            assert_int_equal(ids_read(&ids, 0, room, 1).size, 1);
            assert_int_equal(room[0], 'a');
        }
        buffer_free(&out);
        free(bytes);
    }
}

static void test_damaged(void **state)
{
    struct random random = random_start();
    struct model model = { 0 };
    struct buffer out = { 0 };
    char room[LONGEST / 2]; /* less than some of them need */
    (void)state;

    fill(&model, MOST, &random);
    ids_encode(&out, model.ends, MOST, model.bytes.at);
    for (unsigned round = 0; round < 3000; round++) {
        size_t size = random_below(&random, out.size + 1);
        uint8_t *copy = exact_copy(&out, size);
        struct ids ids;

        for (unsigned k = 0; size && k < 3; k++)
            copy[random_below(&random, size)] = (uint8_t)random_below(&random, 256);
        if (ids_open(&ids, copy, size, MOST))
            for (uint32_t i = 0; i < MOST; i++)
                assert_true(ids_read(&ids, i, room, sizeof room).size <= sizeof room);
        free(copy);
    }
    buffer_free(&out);
    buffer_free(&model.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),    cmocka_unit_test(test_neighbours_take_little),
        cmocka_unit_test(test_bytes),   cmocka_unit_test(test_long),
        cmocka_unit_test(test_damaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
