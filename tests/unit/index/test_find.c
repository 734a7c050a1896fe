/* SPDX-License-Identifier: MIT */
/* The writer finds each id that is there and no other, also once it looks into a sieve of all ids
 * first: while documents are added, after the sieve was full, and when another database has joined.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "index/writer_parts.h"
#include "named_store.h"

enum {
    MANY = 70000, /* more than the first sieve has room for */
    TRIED = 2000,
    THEIRS = 3000,
};

static struct writer *open_writer_in(struct store *store, size_t memory)
{
    const struct muc_writer_options options = { .memory = memory, .threads = 1 };
    struct writer *writer;

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    return writer;
}

static struct writer *open_writer(struct store *store)
{
    return open_writer_in(store, 0);
}

static void add(struct writer *writer, uint32_t id, const char *text, enum outcome wanted)
{
    struct muc_document document = { .text = str_c(text) };
    enum outcome outcome;
    char name[16];

    snprintf(name, sizeof name, "%u", id);
    document.id = str_c(name);
    assert_int_equal(writer_add(writer, &document, &outcome, NULL), MUC_OK);
    if (outcome != wanted)
        fail_msg("document %u: outcome %d, not %d", id, outcome, wanted);
}

static void forget(struct writer *writer, uint32_t id, bool wanted)
{
    bool found;
    char name[16];

    snprintf(name, sizeof name, "%u", id);
    assert_int_equal(writer_delete(writer, str_c(name), &found, NULL), MUC_OK);
    assert_int_equal(found, wanted);
}

static void test_many(void **state)
{
    struct random random = random_start();
    struct store *store = open_store("many");
    struct writer *writer = open_writer(store);

    (void)state;
    for (uint32_t id = 0; id < MANY; id++) {
        add(writer, id, "a", OUTCOME_ADDED);
        if (id == MANY / 2)
            assert_int_equal(writer_commit(writer, NULL), MUC_OK);
        if (id % (MANY / TRIED) == 0)
            add(writer, random_below(&random, id + 1), "a", OUTCOME_SAME);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    for (uint32_t id = 0; id < MANY; id += MANY / TRIED) {
        add(writer, id, "b", OUTCOME_CHANGED);
        forget(writer, id, true);
        forget(writer, id, false);
        forget(writer, MANY + id, false);
    }
    writer_close(writer);
    store_close(store);
}

/** In the least memory the sieve has room for fewer ids than there are, which more and more pass.
 */
static void test_overfull(void **state)
{
    struct store *store = open_store("overfull");
    struct writer *writer = open_writer_in(store, 1 << 20);

    (void)state;
    for (uint32_t id = 0; id < 2 * MANY; id++)
        add(writer, id, "a", OUTCOME_ADDED);
    for (uint32_t id = 0; id < 2 * MANY; id += MANY / TRIED)
        add(writer, id, "a", OUTCOME_SAME);
    assert_true(writer->ids.n > writer->ids.room);
    assert_true(id_sieve_bytes(&writer->ids) <= writer->memory / 8);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    store_close(store);
}

/** Ids 0 … THEIRS are there with text "a"; join those from THEIRS / 2 on with text "b". */
static void test_joined(void **state)
{
    struct store *store = open_store("joined"), *other = open_store("other");
    struct muc_tally tally = { 0 };
    struct writer *writer = open_writer(other);

    (void)state;
    for (uint32_t id = THEIRS / 2; id < 2 * THEIRS; id++)
        add(writer, id, id % 3 ? "b" : "a", OUTCOME_ADDED);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    writer = open_writer(store);
    for (uint32_t id = 0; id < THEIRS; id++)
        add(writer, id, "a", OUTCOME_ADDED);
    assert_int_equal(writer_join(writer, other, &tally, NULL), MUC_OK);
    assert_int_equal(tally.added, THEIRS);
    assert_int_equal(tally.same, THEIRS / 2 / 3);
    assert_int_equal(tally.changed, THEIRS / 2 - THEIRS / 2 / 3);
    for (uint32_t id = 0; id < 2 * THEIRS; id++)
        add(writer, id, id >= THEIRS / 2 && id % 3 ? "b" : "a", OUTCOME_SAME);
    add(writer, 2 * THEIRS, "a", OUTCOME_ADDED);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    store_close(other);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_joined),
        cmocka_unit_test(test_overfull),
    };

    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
