/* SPDX-License-Identifier: MIT */
/* All records come, by rising keys, in no more rounds than the memory makes necessary, and these
 * are about alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random.h"
#include "index/rounds.h"

enum { FORMS = 500, MOST_COUNT = 200, VALUE_BITS = 20 };

struct walked {
    uint32_t counts[FORMS]; /* of each form */
    uint32_t order[FORMS];  /* form of each rank, and the other way round */
    uint32_t rank_of[FORMS];
    size_t n, n_rounds, most; /* most: records of a round */
    uint64_t next;            /* no key may be lower */
};

/** Records of a form have its number and a count as their values. */
static void pick(void *context, struct rounds *rounds)
{
    struct walked *walked = context;
    size_t n = 0;

    for (uint32_t form = 0; form < FORMS; form++) {
        struct target target = rounds_target(rounds, rounds->targets, form);

        for (uint32_t i = walked->counts[form]; i-- > 0;) {
            rounds_put(rounds, target.range,
                       (uint64_t)target.rank << VALUE_BITS | (uint64_t)form << 8 | i);
            n += target.range != 0;
        }
    }
    assert_true(n > 0 && n <= rounds->room);
    walked->most = n > walked->most ? n : walked->most;
    walked->n_rounds++;
}

static int write_key(void *context, uint32_t rank, uint32_t rest, const uint64_t *at,
                     const uint64_t *end, struct muc_error *err)
{
    struct walked *walked = context;
    uint32_t form = walked->order[rank];

    (void)err;
    assert_int_equal(rest, 0);
    assert_true(rank >= walked->next);
    walked->next = rank + 1;
    assert_int_equal(end - at, walked->counts[form]);
    for (uint32_t i = 0; at + i < end; i++)
        assert_int_equal(low_bits(at[i], VALUE_BITS) >> 8, form);
    walked->n += (size_t)(end - at);
    return MUC_OK;
}

static void walk(struct walked *walked, size_t room, size_t many)
{
    struct ranks ranks = { walked->rank_of, walked->order, FORMS };
    const struct rounds_work work = { VALUE_BITS, 0, pick, write_key, NULL, walked };
    struct rounds rounds;
    struct muc_error err;

    rounds_init(&rounds, room * sizeof(uint64_t), many);
    assert_int_equal(rounds_start(&rounds, walked->counts, FORMS, &ranks, &err), MUC_OK);
    assert_int_equal(rounds_walk(&rounds, &work, &err), MUC_OK);
    rounds_free(&rounds);
}

static void test_walk(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int run = 0; run < 50; run++) {
        struct walked walked = { .n = 0 };
        size_t n = 0, n_rounds = 1 + random_below(&random, 6), room;

        for (uint32_t i = 0; i < FORMS; i++) {
            uint32_t other = random_below(&random, i + 1);

            walked.order[i] = walked.order[other];
            walked.order[other] = i;
            walked.counts[i] = random_below(&random, MOST_COUNT);
            n += walked.counts[i];
        }
        for (uint32_t i = 0; i < FORMS; i++)
            walked.rank_of[walked.order[i]] = i;
        room = n / n_rounds * 3 / 2 + MOST_COUNT;         /* a rank is in one round, whole */
        walk(&walked, room, run % 2 ? FORMS : FORMS - 1); /* where records go is kept, or is not */
        assert_int_equal(walked.n, n);
        assert_in_range(walked.n_rounds, n / room, n / room + 1);
        assert_true(walked.most <= room);
        assert_true(walked.most <= n / walked.n_rounds + MOST_COUNT);
    }
}

/** One rank has more records than a round should. */
static void test_large(void **state)
{
    struct walked walked = { .n = 0 };

    (void)state;
    for (uint32_t i = 0; i < FORMS; i++) {
        walked.order[i] = walked.rank_of[i] = i;
        walked.counts[i] = i == FORMS / 2 ? MOST_COUNT : 1;
    }
    walk(&walked, MOST_COUNT / 4, FORMS);
    assert_int_equal(walked.n, FORMS - 1 + MOST_COUNT);
    assert_in_range(walked.most, MOST_COUNT, MOST_COUNT + MOST_COUNT / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
