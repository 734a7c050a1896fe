/* SPDX-License-Identifier: MIT */
/* Runs of codes against a decoder that reads them bit by bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "codec/codes.h"

enum { RUNS = 2, RUN_MOST = CODES_MOST / RUNS };

struct model {
    uint32_t n[RUNS];
    unsigned k[RUNS];
    uint32_t values[RUNS][RUN_MOST];
};

/** As the grammar of codes.h says, one bit at a time; false: a code has no end, or more digits than
 *  numbers have, or something is left behind. */
static bool slow_decode(const uint8_t *at, size_t size, const struct model *model,
                        uint64_t values[RUNS][RUN_MOST])
{
    size_t height = 0, digit = 8 * size; /* the bit that comes next; the one that came last */

    for (unsigned r = 0; r < RUNS; r++)
        for (uint32_t i = 0; i < model->n[r]; i++) {
            uint64_t w = 1;
            unsigned z = 0;

            for (; height < digit && !(at[height / 8] >> height % 8 & 1); height++)
                z++;
            if (height++ >= digit || z + model->k[r] > 63)
                return false;
            for (unsigned d = 0; d < z + model->k[r]; d++) {
                if (digit-- <= height)
                    return false;
                w = w << 1 | (at[digit / 8] >> digit % 8 & 1);
            }
            values[r][i] = w - ((uint64_t)1 << model->k[r]);
        }
    if (digit - height >= 8)
        return false;
    for (; height < digit; height++)
        if (at[height / 8] >> height % 8 & 1)
            return false;
    return true;
}

/** Both decoders say the same of these bytes, which end where their memory does. */
static bool check_bytes(const uint8_t *bytes, size_t size, const struct model *model,
                        uint32_t before)
{
    uint64_t slow[RUNS][RUN_MOST], next = (uint32_t)(before + 1);
    uint32_t fast[RUNS][RUN_MOST];
    uint8_t *at = malloc(size ? size : 1);
    struct codes codes;
    bool good = slow_decode(bytes, size, model, slow), read;

    assert_non_null(at);
    memcpy(at, bytes, size);
    for (unsigned r = 0; r < RUNS && good; r++)
        for (uint32_t i = 0; i < model->n[r]; i++)
            good &= slow[r][i] <= UINT32_MAX;
    for (uint32_t i = 0; i < model->n[0] && good; i++) {
        next += slow[0][i];
        slow[0][i] = next++;
    }
    good &= next <= (uint64_t)UINT32_MAX + 1;
    read = codes_open(&codes, at, at + size) &&
           codes_read_rising(&codes, model->k[0], model->n[0], before, fast[0]) &&
           codes_read(&codes, model->k[1], model->n[1], fast[1]) && codes_at_end(&codes);
    assert_int_equal(read, good);
    for (uint32_t i = 0; i < model->n[0] && good; i++)
        assert_int_equal(fast[0][i], slow[0][i]);
    for (uint32_t i = 0; i < model->n[1] && good; i++)
        assert_int_equal(fast[1][i], (uint32_t)(slow[1][i] + 1));
    if (good) { /* the second run alone */
        assert_true(codes_open(&codes, at, at + size));
        assert_true(codes_skip(&codes, model->k[0], model->n[0]));
        assert_true(codes_read(&codes, model->k[1], model->n[1], fast[0]));
        assert_true(codes_at_end(&codes));
        assert_memory_equal(fast[0], fast[1], model->n[1] * sizeof *fast[0]);
    }
    free(at);
    return good;
}

static struct buffer write_runs(const struct model *model)
{
    struct codes_writer writer;
    struct buffer out = { 0 };

    buffer_byte(&out, 0xff); /* what is in front stays */
    assert_true(codes_start(&writer, &out));
    for (unsigned r = 0; r < RUNS; r++)
        codes_put(&writer, model->values[r], model->n[r], model->k[r]);
    codes_finish(&writer);
    assert_false(out.failed);
    assert_int_equal(out.at[0], 0xff);
    return out;
}

/** What is written is read, and cut or changed it is what the slow decoder says. */
static void check_model(const struct model *model, struct random *random)
{
    struct buffer out = write_runs(model);
    uint64_t slow[RUNS][RUN_MOST];
    uint8_t *at = out.at + 1;
    size_t size = out.size - 1;

    assert_true(slow_decode(at, size, model, slow));
    for (unsigned r = 0; r < RUNS; r++)
        for (uint32_t i = 0; i < model->n[r]; i++)
            assert_int_equal(slow[r][i], model->values[r][i]);
    check_bytes(at, size, model, UINT32_MAX);
    check_bytes(at, size, model, (uint32_t)random_next(random));
    for (size_t cut = size < 12 ? size : 12; cut > 0; cut--)
        check_bytes(at, size - cut, model, 0);
    for (int i = 0; i < 20; i++) {
        size_t bit = random_below(random, 8 * (uint32_t)size);

        at[bit / 8] ^= (uint8_t)(1 << bit % 8);
        check_bytes(at, size, model, random_below(random, 1000));
        if (i % 4 == 3) /* else several are wrong */
            at[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    buffer_free(&out);
}

/** Numbers of at most so many bits, most of them of few. */
static uint32_t number_of(unsigned bits, struct random *random)
{
    unsigned n = random_below(random, 8) ? random_below(random, bits + 1) / 2 : bits;

    return n ? (uint32_t)(random_next(random) >> (64 - n)) : 0;
}

static void test_round_trip(void **state)
{
    struct random random = random_start();
    (void)state;

    for (unsigned k = 0; k < CODE_ORDERS; k++)
        for (int i = 0; i < 60; i++) {
            unsigned bits = i % 3 ? (k + 3 < 32 ? k + 3 : 32) : random_below(&random, 33);
            struct model model = { .k = { k, random_below(&random, i % 2 ? 7 : CODE_ORDERS) } };

            for (unsigned r = 0; r < RUNS; r++) {
                model.n[r] = 1 + random_below(&random, i % 4 ? RUN_MOST : 9);
                for (uint32_t v = 0; v < model.n[r]; v++)
                    model.values[r][v] = number_of(r ? 3 + model.k[r] / 2 : bits, &random);
            }
            check_model(&model, &random);
        }
}

static const struct {
    const char *why, *bytes;
    size_t size;
    uint32_t n;
    unsigned k;
    int64_t last; /* what all numbers, and 1 each, are together, less 1; -1: refused */
} cases[] = {
    { "0", "\x01", 1, 1, 0, 0 },
    { "1: a digit, 0, is the highest bit", "\x02", 1, 1, 0, 1 },
    { "2: the digit is 1", "\x82", 1, 1, 0, 2 },
    { "0 of order 2: two digits", "\x01", 1, 1, 2, 0 },
    { "2 of order 2: 10", "\x81", 1, 1, 2, 2 },
    { "4 of order 2: 01, 000", "\x02", 1, 1, 2, 4 },
    { "0 and 0", "\x03", 1, 2, 0, 1 },
    { "1 and 2: 01, 01, 0, 1", "\x4a", 1, 2, 0, 4 },
    { "eight times 0", "\xff", 1, 8, 0, 7 },
    { "nothing", "", 0, 1, 0, -1 },
    { "no end of the height", "\x00", 1, 1, 0, -1 },
    { "a height and no digit", "\x80", 1, 1, 0, -1 },
    { "a bit between", "\x05", 1, 1, 0, -1 },
    { "a byte between", "\x01\x00", 2, 1, 0, -1 },
    { "64 zeros, and as many digits", "\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0", 17, 1, 0, -1 },
    { "more heights than bits", "\xff", 1, 9, 0, -1 },
    { "the digits of one in the heights of the other", "\x31", 1, 2, 3, -1 },
};

static void test_bytes(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint8_t *at = (const uint8_t *)cases[i].bytes;
        uint32_t values[CODES_AT_ONCE * 2];
        struct codes codes;
        bool good;

        print_message("%s\n", cases[i].why);
        assert_true(codes_open(&codes, at, at + cases[i].size));
        good = codes_read_rising(&codes, cases[i].k, cases[i].n, UINT32_MAX, values) &&
               codes_at_end(&codes);
        assert_int_equal(good, cases[i].last >= 0);
        if (good)
            assert_int_equal(values[cases[i].n - 1], cases[i].last);
    }
}

/* The order of the mean and 1, or the one below if most numbers are higher with it. */
static const struct {
    const char *why;
    uint32_t values[4];
    uint32_t n;
    unsigned orders, best;
} orders[] = {
    { "zeros alone", { 0, 0, 0 }, 3, 32, 0 },
    { "11 is no higher than 10", { 1, 1 }, 2, 32, 1 },
    { "1111 is no higher than 1011", { 7, 7 }, 2, 32, 3 },
    { "1010 is no higher than 1000, and 8 above the mean", { 6, 6 }, 2, 32, 2 },
    { "1000 is higher than 100, which three of four are", { 0, 0, 0, 30 }, 4, 32, 2 },
    { "no order so high", { 1000 }, 1, 7, 6 },
    { "the largest number", { UINT32_MAX }, 1, 32, 31 },
    { "nothing", { 0 }, 0, 32, 0 },
};

static void test_best_order(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        uint64_t sum = 0;

        print_message("%s\n", orders[i].why);
        for (uint32_t k = 0; k < orders[i].n; k++)
            sum += orders[i].values[k];
        assert_int_equal(codes_best_order(orders[i].values, orders[i].n, sum, orders[i].orders),
                         orders[i].best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_best_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
