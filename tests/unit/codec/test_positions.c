/* SPDX-License-Identifier: MIT */
/* Runs of positions: each document alone, whatever its place in the run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "codec/positions.h"
#include "random.h"

struct run {
    uint32_t freqs[128], n_docs, n;
    uint32_t *positions;
};

static struct run run_new(uint32_t n_docs, uint32_t most, uint32_t widest, uint64_t *seed)
{
    struct run run = { .n_docs = n_docs };
    uint32_t *at;

    for (uint32_t d = 0; d < n_docs; d++)
        run.n += run.freqs[d] = 1 + random_below(seed, most);
    run.positions = at = calloc(run.n, sizeof *run.positions);
    assert_non_null(at);
    for (uint32_t d = 0; d < n_docs; d++)
        for (uint32_t i = 0, next = 0; i < run.freqs[d]; i++)
            next = (*at++ = next + random_below(seed, widest)) + 1;
    return run;
}

static void check_run(const struct run *run)
{
    struct buffer bytes = { 0 };
    uint32_t *out = calloc(run->n, sizeof *out), before = 0;
    size_t size;

    positions_encode(&bytes, run->positions, run->freqs, run->n_docs);
    size = bytes.size;
    assert_int_equal(positions_size(bytes.at, size, run->n), size);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(positions_size(bytes.at, cut, run->n), 0);
    for (uint32_t d = 0; d < run->n_docs; before += run->freqs[d++]) {
        assert_true(positions_decode(bytes.at, size, before, run->freqs[d], out));
        assert_memory_equal(out, run->positions + before, run->freqs[d] * 4);
    }
    assert_false(positions_decode(bytes.at, 0, 0, 1, out));
    assert_false(positions_decode(bytes.at, size, run->n + 128, 1, out));
    buffer_string(&bytes, "what follows");
    assert_int_equal(positions_size(bytes.at, bytes.size, run->n), size);
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
    (void)state;

    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        for (uint64_t n = 1; n < 10; n++) {
            uint64_t seed = n;
            struct run run = run_new(runs[i].n_docs, runs[i].most, runs[i].widest, &seed);

            print_message("row %zu, seed %d\n", i, (int)n);
            check_run(&run);
            free(run.positions);
        }
}

static void test_largest(void **state)
{
    uint32_t positions[] = { 0, UINT32_MAX, UINT32_MAX }, freqs[] = { 2, 1 };
    struct run run = { .freqs = { 2, 1 }, .n_docs = 2, .n = 3, .positions = positions };
    (void)state;
    (void)freqs;

    check_run(&run);
}

static void test_damage(void **state)
{
    uint64_t seed = 3;
    struct run run = run_new(100, 6, 500, &seed);
    struct buffer bytes = { 0 };
    uint32_t out[64], taken = 0;
    (void)state;

    positions_encode(&bytes, run.positions, run.freqs, run.n_docs);
    bytes.at = realloc(bytes.at, bytes.size);
    assert_non_null(bytes.at);
    for (int i = 0; i < 50000; i++) {
        size_t at = random_below(&seed, bytes.size);
        uint8_t was = bytes.at[at];

        bytes.at[at] = (uint8_t)random_next(&seed);
        if (positions_decode(bytes.at, bytes.size, random_below(&seed, run.n), 64, out)) {
            taken++;
            for (uint32_t p = 1; p < 64; p++)
                if (out[p] <= out[p - 1])
                    fail_msg("positions do not rise");
        }
        positions_size(bytes.at, bytes.size, random_below(&seed, 2 * run.n));
        bytes.at[at] = was;
    }
    assert_int_not_equal(taken, 0);
    buffer_free(&bytes);
    free(run.positions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_largest),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
