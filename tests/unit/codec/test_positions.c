/* SPDX-License-Identifier: MIT */
/* Runs of positions: each document alone, whatever its place in the run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "codec/positions.h"

struct run {
    uint32_t freqs[128], n_docs, n;
    uint32_t *positions;
};

static struct run run_new(uint32_t n_docs, uint32_t most, uint32_t widest, struct random *random)
{
    struct run run = { .n_docs = n_docs };
    uint32_t *at;

    for (uint32_t d = 0; d < n_docs; d++)
        run.n += run.freqs[d] = 1 + random_below(random, most);
    run.positions = at = calloc(run.n, sizeof *run.positions);
    assert_non_null(at);
    for (uint32_t d = 0; d < n_docs; d++)
        for (uint32_t i = 0, next = 0; i < run.freqs[d]; i++)
            next = (*at++ = next + random_below(random, widest)) + 1;
    return run;
}

/** A run as it is encoded: the first position of each document apart from the steps behind it. */
struct parted {
    uint32_t firsts[128], *steps;
    size_t n_steps;
};

static struct parted part(const struct run *run)
{
    struct parted parted = { .steps = calloc(run->n + 1, sizeof *parted.steps) };
    const uint32_t *at = run->positions;

    assert_non_null(parted.steps);
    for (uint32_t d = 0; d < run->n_docs; at += run->freqs[d++]) {
        parted.firsts[d] = at[0];
        for (uint32_t i = 1; i < run->freqs[d]; i++)
            parted.steps[parted.n_steps++] = at[i] - at[i - 1] - 1;
    }
    return parted;
}

static void encode(const struct run *run, struct buffer *bytes)
{
    struct parted parted = part(run);

    positions_encode(bytes, parted.firsts, run->n_docs, parted.steps, parted.n_steps);
    free(parted.steps);
}

static void check_read_all(const struct run *run, const struct positions_run *opened)
{
    struct parted parted = part(run);
    uint32_t firsts[128], *steps = calloc(run->n + 1, sizeof *steps);

    assert_non_null(steps);
    assert_int_equal(opened->n_steps, parted.n_steps);
    assert_true(positions_read_all(opened, firsts, steps));
    assert_memory_equal(firsts, parted.firsts, run->n_docs * sizeof *firsts);
    assert_memory_equal(steps, parted.steps, parted.n_steps * sizeof *steps);
    free(parted.steps);
    free(steps);
}

static void check_read(const struct run *run, struct positions_run *opened, uint32_t d,
                       uint32_t before, uint32_t *out)
{
    assert_true(positions_read(opened, d, out));
    assert_memory_equal(out, run->positions + before, run->freqs[d] * 4);
}

static void check_run(const struct run *run)
{
    struct buffer bytes = { 0 };
    uint32_t *out = calloc(run->n, sizeof *out), before = 0;
    struct positions_run opened;
    size_t size;

    encode(run, &bytes);
    size = bytes.size;
    assert_int_equal(positions_size(bytes.at, size, run->freqs, run->n_docs), size);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(positions_size(bytes.at, cut, run->freqs, run->n_docs), 0);
    assert_true(positions_open(&opened, bytes.at, size, run->freqs, run->n_docs));
    check_read_all(run, &opened);
    for (uint32_t d = 0; d < run->n_docs; before += run->freqs[d++])
        check_read(run, &opened, d, before, out);
    for (uint32_t d = run->n_docs; d-- > 0;) { /* backwards: each is sought from the first on */
        before -= run->freqs[d];
        check_read(run, &opened, d, before, out);
    }
    for (uint32_t d = 0; d < run->n_docs; before += run->freqs[d++])
        if (d % 7 == 3)
            check_read(run, &opened, d, before, out);
    assert_false(positions_read(&opened, run->n_docs, out));
    buffer_string(&bytes, "what follows");
    assert_int_equal(positions_size(bytes.at, bytes.size, run->freqs, run->n_docs), size);
    assert_true(positions_open(&opened, bytes.at, bytes.size, run->freqs, run->n_docs));
    check_read(run, &opened, run->n_docs - 1, run->n - run->freqs[run->n_docs - 1], out);
    check_read_all(run, &opened);
    buffer_free(&bytes);
    free(out);
}

static void test_round_trip(void **state)
{
    static const struct {
        uint32_t n_docs, most, widest;
    } runs[] = {
        { 1, 1, 1 },          { 1, 1, 1000 },    { 2, 1, 300 },    { 128, 1, 400 },
        { 127, 1, 9 },        { 128, 3, 200 },   { 128, 60, 900 }, { 1, 5000, 20 },
        { 64, 2, 1 },         { 3, 128, 70000 }, { 128, 2, 1 },    { 1, 1, 1 << 30 },
        { 100, 40, 1 << 20 },
    };
    struct random random = random_start();
    (void)state;

    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        for (int n = 1; n < 10; n++) {
            struct run run = run_new(runs[i].n_docs, runs[i].most, runs[i].widest, &random);

            print_message("row %zu, run %d\n", i, n);
            check_run(&run);
            free(run.positions);
        }
}

static void test_largest(void **state)
{
    uint32_t positions[] = { 0, UINT32_MAX, UINT32_MAX };
    struct run run = { .freqs = { 2, 1 }, .n_docs = 2, .n = 3, .positions = positions };
    (void)state;

    check_run(&run);
}

/** One far position among many near ones, as the first of a document and behind it: high parts of
 *  many words. */
static void test_outliers(void **state)
{
    (void)state;

    for (uint32_t at = 0; at < 128; at += 127) {
        uint32_t positions[256];
        struct run run = { .n_docs = 128, .n = 256, .positions = positions };

        for (uint32_t d = 0; d < 128; d++) {
            run.freqs[d] = 2;
            positions[2 * d] = d == at ? 1 << 30 : 0;
            positions[2 * d + 1] = positions[2 * d] + 1 + (d == 127 - at ? UINT32_MAX / 2 : 0);
        }
        check_run(&run);
    }
}

/** By hand: firsts 5 and 2 with one low bit, a difference - 1 of 0 with none.
 *  k 1 (1 0 0 0 0), m 0 (0 0 0 0 0), low 1 0, high 001 01 and 1. */
static void test_bytes(void **state)
{
    static const uint8_t expected[] = { 0x01, 0x04 | 1 << 6, 0x03 };
    uint32_t positions[] = { 5, 6, 2 };
    struct run run = { .freqs = { 2, 1 }, .n_docs = 2, .n = 3, .positions = positions };
    struct buffer bytes = { 0 };
    (void)state;

    encode(&run, &bytes);
    assert_int_equal(bytes.size, sizeof expected);
    assert_memory_equal(bytes.at, expected, sizeof expected);
    buffer_free(&bytes);
}

static void test_refused(void **state)
{
    static const struct {
        const char *why, *bytes;
        size_t size;
        uint32_t n_docs, freqs[2];
    } cases[] = {
        { "no documents", "\x00\x04", 2, 0, { 0 } },
        { "a document without positions", "\x00\x04", 2, 1, { 0 } },
        { "too many documents", "\x00\xfc\xff\xff", 4, 200, { 0 } },
        { "one byte", "\x00", 1, 1, { 1 } },
        { "a high part without an end", "\x00\x00\x00\x00", 4, 1, { 1 } },
        { "bits behind the last", "\x00\x14", 2, 1, { 1 } },
        { "more positions than bits", "\x00\xfc", 2, 1, { 7 } },
        { "low bits past the end", "\x1f\xfc\xff", 3, 1, { 1 } },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].why);
        assert_int_equal(positions_size((const uint8_t *)cases[i].bytes, cases[i].size,
                                        cases[i].freqs, cases[i].n_docs),
                         0);
    }
}

/** What is refused of one document is refused of all, and nothing else. */
static void check_alike(struct positions_run *run)
{
    uint32_t firsts[128], steps[128 * 6], out[6], *at = steps;
    bool all = positions_read_all(run, firsts, steps), each = true;

    for (uint32_t d = 0; d < run->n_docs && each; d++) {
        each = positions_read(run, d, out);
        for (uint32_t i = 0; i < run->freqs[d] && all; i++)
            assert_int_equal(i ? *at++ : firsts[d], i ? out[i] - out[i - 1] - 1 : out[i]);
    }
    assert_int_equal(all, each);
}

static void test_damage(void **state)
{
    struct random random = random_start();
    struct run run = run_new(100, 6, 500, &random);
    struct buffer bytes = { 0 };
    uint32_t out[6], taken = 0;
    struct positions_run opened;
    (void)state;

    encode(&run, &bytes);
    bytes.at = realloc(bytes.at, bytes.size);
    assert_non_null(bytes.at);
    for (int i = 0; i < 50000; i++) {
        size_t at = random_below(&random, bytes.size);
        uint32_t d = random_below(&random, run.n_docs);
        uint8_t was = bytes.at[at];

        bytes.at[at] = (uint8_t)random_next(&random);
        if (positions_open(&opened, bytes.at, bytes.size, run.freqs, run.n_docs) &&
            positions_read(&opened, d, out)) {
            taken++;
            for (uint32_t p = 1; p < run.freqs[d]; p++)
                if (out[p] <= out[p - 1])
                    fail_msg("positions do not rise");
        }
        if (positions_open(&opened, bytes.at, bytes.size, run.freqs, run.n_docs))
            check_alike(&opened);
        positions_size(bytes.at, bytes.size, run.freqs, 1 + random_below(&random, run.n_docs));
        bytes.at[at] = was;
    }
    assert_int_not_equal(taken, 0);
    buffer_free(&bytes);
    free(run.positions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_largest),
        cmocka_unit_test(test_outliers),   cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
