/* SPDX-License-Identifier: MIT */
/* Packs of 128 numbers against a decoder that reads them bit by bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "codec/pack.h"

static uint32_t slow_bits(const uint8_t *bytes, size_t bit, unsigned n)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < n; i++, bit++)
        value |= (uint32_t)(bytes[bit / 8] >> bit % 8 & 1) << i;
    return value;
}

/** As the grammar of pack.h says, one bit at a time; bytes read. */
static size_t slow_decode(const uint8_t *at, uint32_t *values)
{
    unsigned width = at[0] >> 2, n = at[0] & 2 ? at[1] : 0, extra = at[0] & 2 ? at[2] : 0;
    const uint8_t *words = at + (at[0] & 2 ? 3 : 1), *places = words + 16 * width;

    for (unsigned i = 0; i < PACK_VALUES; i++) {
        values[i] = 0;
        for (unsigned b = 0; b < width; b++) {
            unsigned bit = i / 4 * width + b, word = bit / 32 * 4 + i % 4;

            values[i] |= slow_bits(words + 4 * word, bit % 32, 1) << b;
        }
    }
    for (unsigned e = 0; e < n; e++)
        values[places[e]] |= slow_bits(places + n, e * extra, extra) << width;
    return (size_t)(places - at) + n + (n * extra + 7) / 8;
}

static void check_values(const uint32_t *values)
{
    uint32_t fast[PACK_VALUES], slow[PACK_VALUES];
    struct buffer out = { 0 };
    struct packed packed;
    uint8_t *exact;

    pack_encode(&out, values, PACK_FLAG);
    assert_false(out.failed);
    exact = malloc(out.size); /* an overrun shows under ASan */
    assert_non_null(exact);
    memcpy(exact, out.at, out.size);
    assert_int_equal(exact[0] & PACK_FLAG, PACK_FLAG);
    assert_int_equal(pack_size(exact, exact + out.size), out.size);
    assert_int_equal(pack_decode(exact, exact + out.size, 0, fast), out.size);
    assert_int_equal(slow_decode(exact, slow), out.size);
    assert_memory_equal(fast, values, sizeof fast);
    assert_memory_equal(slow, values, sizeof slow);
    assert_int_equal(pack_decode(exact, exact + out.size, 7, fast), out.size);
    for (unsigned i = 0; i < PACK_VALUES; i++)
        assert_int_equal(fast[i], (uint32_t)(values[i] + 7));
    assert_true(packed_open(&packed, exact, exact + out.size));
    assert_ptr_equal(packed.end, exact + out.size);
    for (unsigned i = 0; i < PACK_VALUES; i++)
        assert_int_equal(packed_value(&packed, i), values[i]);
    for (size_t size = 0; size < out.size; size++) {
        assert_int_equal(pack_decode(exact, exact + size, 0, fast), 0);
        assert_false(packed_open(&packed, exact, exact + size));
    }
    free(exact);
    buffer_free(&out);
}

static void test_every_width(void **state)
{
    struct random random = random_start();
    (void)state;

    for (unsigned width = 0; width <= 32; width++)
        for (unsigned outliers = 0; outliers < 20; outliers += 1 + outliers / 3) {
            uint32_t values[PACK_VALUES];

            for (unsigned i = 0; i < PACK_VALUES; i++)
                values[i] = width ? (uint32_t)(random_next(&random) >> (64 - width)) : 0;
            for (unsigned i = 0; i < outliers; i++)
                values[random_below(&random, PACK_VALUES)] =
                    (uint32_t)(random_next(&random) >> (32 + random_below(&random, 32)));
            check_values(values);
        }
}

static void test_edges(void **state)
{
    uint32_t values[PACK_VALUES] = { 0 };
    struct buffer out = { 0 };
    (void)state;

    pack_encode(&out, values, 0);
    assert_int_equal(out.size, 1); /* nothing costs nothing */
    buffer_free(&out);
    values[127] = UINT32_MAX;
    check_values(values);
    memset(values, 0xff, sizeof values);
    check_values(values);
}

static const struct {
    const char *why, *bytes;
    size_t size;
} refused[] = {
    { "nothing", "", 0 },
    { "wider than 32", "\x84", 1 },
    { "words are missing", "\x04\0\0\0", 4 },
    { "exceptions without their number", "\x02", 1 },
    { "no exceptions", "\x02\x00\x01", 3 },
    { "too many exceptions", "\x02\x80\x01", 3 },
    { "exceptions of no bits", "\x02\x01\x00\x05\x01", 5 },
    { "exceptions above 32 bits", "\x02\x01\x21\x05\1\1\1\1\1", 9 },
    { "an exception past the block", "\x02\x01\x01\x80\x01", 5 },
    { "bits behind the exceptions", "\x02\x01\x01\x05\x03", 5 },
    { "places are missing", "\x02\x02\x01\x05", 4 },
};

static void test_refused(void **state)
{
    uint32_t values[PACK_VALUES];
    (void)state;

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const uint8_t *at = (const uint8_t *)refused[i].bytes;

        if (pack_decode(at, at + refused[i].size, 0, values))
            fail_msg("taken: %s", refused[i].why);
    }
}

static void test_rising(void **state)
{
    uint32_t gaps[PACK_VALUES] = { 0 }, values[PACK_VALUES];
    struct buffer out = { 0 };
    (void)state;

    pack_encode(&out, gaps, 0);
    assert_int_equal(pack_decode_rising(out.at, out.at + 1, UINT32_MAX, values), 1);
    assert_int_equal(values[0], 0);
    assert_int_equal(values[127], 127);
    assert_int_equal(pack_decode_rising(out.at, out.at + 1, UINT32_MAX - 128, values), 1);
    assert_int_equal(values[127], UINT32_MAX);
    assert_int_equal(pack_decode_rising(out.at, out.at + 1, UINT32_MAX - 127, values), 0);
    for (unsigned i = 0; i < PACK_VALUES; i++) /* the sum passes 2^32 many times */
        gaps[i] = 0x80000000;
    buffer_clear(&out);
    pack_encode(&out, gaps, 0);
    assert_int_equal(pack_decode_rising(out.at, out.at + out.size, UINT32_MAX, values), 0);
    for (unsigned i = 0; i < PACK_VALUES; i++) /* once, to just above the start */
        gaps[i] = 0x2000001;
    buffer_clear(&out);
    pack_encode(&out, gaps, 0);
    assert_int_equal(pack_decode_rising(out.at, out.at + out.size, 5, values), 0);
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_width),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_rising),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
