/* SPDX-License-Identifier: MIT */
/* Answers that are kept while others are given: each stays what it was, whatever order they are
 * freed in, and whichever thread asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "../random.h"
#include "database.h"

enum { WORDS = 40, HELD = 20, STEPS = 400, THREADS = 4 };

/* Word i is in the documents whose number is a multiple of i + 1: of some words so many that an
 * answer has to get more room. */
static int create_database(void **state)
{
    struct muc_writer *writer = database_begin(state);

    if (!writer)
        return -1;
    for (unsigned n = 0; n < 200; n++) {
        char id[80], text[WORDS * 8] = "";

        snprintf(id, sizeof id, "%0*u", (int)(3 + n % 64), n); /* ids of many sizes */
        for (unsigned i = 0, size = 0; i < WORDS; i++)
            if (n % (i + 1) == 0)
                size += (unsigned)snprintf(text + size, sizeof text - size, "w%ux ", i);
        if (muc_writer_add(
                writer, &(struct muc_document){ .id = muc_text(id), .text = muc_text(text) }, NULL))
            return -1;
    }
    return database_end(writer);
}

/** An answer, and what was asked for it. */
struct held {
    struct muc_results *results;
    unsigned word, limit;
};

static struct held ask(const struct muc_index *index, struct random *random)
{
    struct held held = { NULL, random_below(random, WORDS), 1 + random_below(random, 60) };
    char text[16];

    snprintf(text, sizeof text, "w%ux", held.word);
    if (muc_search(index,
                   &(struct muc_query){ .text = muc_text(text),
                                        .limit = held.limit,
                                        .accents = MUC_ACCENTS_EXACT,
                                        .count_only = random_below(random, 4) == 0 },
                   &held.results, NULL))
        abort();
    return held;
}

/** Whether it still has the documents of its word. */
static bool is_right(const struct held *held)
{
    const size_t all = (200 + held->word) / (held->word + 1), n = muc_results_count(held->results);
    bool seen[200] = { false };

    if (muc_results_summary(held->results)->total != all ||
        (n && n != (all < held->limit ? all : held->limit)))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct muc_string id = muc_results_hit(held->results, i)->id;
        const unsigned long doc = strtoul(id.bytes, NULL, 10);

        if (doc >= 200 || seen[doc] || doc % (held->word + 1) || strlen(id.bytes) != id.size ||
            id.size != 3 + doc % 64)
            return false;
        seen[doc] = true;
    }
    return true;
}

struct asking {
    const struct muc_index *index;
    struct random random;
    bool right;
};

/** Ask and free, in any order; at last all are freed. */
static void *hold(void *context)
{
    struct asking *asking = context;
    struct held held[HELD] = { { NULL, 0, 0 } };

    asking->right = true;
    for (unsigned step = 0; step < STEPS + HELD; step++) {
        struct held *at = &held[step < STEPS ? random_below(&asking->random, HELD) : step - STEPS];

        if (at->results)
            asking->right = asking->right && is_right(at);
        muc_results_free(at->results);
        *at = step < STEPS ? ask(asking->index, &asking->random) : (struct held){ NULL, 0, 0 };
    }
    return NULL;
}

static void test_held(void **state)
{
    struct random random = random_start();
    struct asking asking[THREADS];
    pthread_t threads[THREADS];
    struct muc_index *index;

    (void)state;
    assert_int_equal(muc_index_open(database, &index, NULL), MUC_OK);
    for (size_t i = 0; i < THREADS; i++) {
        asking[i] = (struct asking){ index, { random_next(&random) }, false };
        assert_int_equal(pthread_create(&threads[i], NULL, hold, &asking[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(asking[i].right);
    }
    muc_index_close(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_held),
    };

    return cmocka_run_group_tests(tests, create_database, folder_tear_down);
}
