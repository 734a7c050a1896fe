/* SPDX-License-Identifier: MIT */
/* Who merges is told how far that is, and may stop it at any time: all is as it was then. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../store/values.h"
#include "index/check.h"
#include "index/tiers.h"
#include "index/writer_parts.h"
#include "made.h"
#include "named_store.h"

enum { DOCUMENTS = 3000, SEED = 8, NEVER = 1000 };

struct watched {
    unsigned n, stop_at; /* tellings */
    pthread_t thread;
    struct muc_merging last;
};

static bool on_merging(void *context, const struct muc_merging *merging)
{
    struct watched *watched = context;

    assert_true(pthread_equal(watched->thread, pthread_self()));
    assert_in_range(merging->stage, watched->n ? watched->last.stage : 0, MUC_MERGE_WRITING);
    if (watched->n && merging->stage == watched->last.stage)
        assert_in_range(merging->done, watched->last.done, UINT64_MAX);
    assert_in_range(merging->done, 0, merging->total);
    watched->last = *merging;
    return ++watched->n != watched->stop_at;
}

static struct writer *open_watched(struct store *store, struct watched *watched, unsigned threads)
{
    const struct muc_writer_options options = {
        .memory = 64 << 20, .threads = threads, .merging = on_merging, .context = watched
    };
    struct writer *writer;

    watched->thread = pthread_self();
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    return writer;
}

/** So many segments. */
static void fill(struct store *store, struct watched *watched, uint32_t n_segments)
{
    struct writer *writer = open_watched(store, watched, 1);
    struct made made;

    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        make(&made, i, SEED);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        if ((i + 1) % (DOCUMENTS / n_segments) == 0)
            assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    }
    writer_close(writer);
}

/** Stopped at the first telling, the second, the fourth and so on, until it is not any more. */
static void check_stopping(const char *name, unsigned threads)
{
    enum { SEGMENTS = 3 };
    struct store *store = open_store(name);
    struct watched watched = { .stop_at = NEVER };
    bool told[MUC_MERGE_WRITING + 1] = { false };
    uint64_t n_faults;
    size_t n_values;
    int rc;

    fill(store, &watched, SEGMENTS);
    assert_int_equal(watched.n, 0); /* nothing was merged */
    n_values = values_now(store);
    for (unsigned stop_at = 1;; stop_at *= 2) { /* a slow machine tells more often */
        struct writer *writer = open_watched(store, &watched, threads);
        struct muc_error err = { 0 };

        watched = (struct watched){ .stop_at = stop_at, .thread = pthread_self() };
        rc = writer_merge(writer, &err);
        assert_int_equal(watched.last.segments, SEGMENTS);
        told[watched.last.stage] = true;
        if (rc == MUC_OK) {
            writer_close(writer);
            break;
        }
        assert_int_equal(rc, MUC_ESTOPPED);
        assert_int_equal(err.code, MUC_ESTOPPED);
        assert_int_equal(watched.n, stop_at);
        assert_int_equal(values_now(store), n_values);
        assert_int_equal(writer->view.list.entries.n, SEGMENTS);
        assert_int_equal(writer_usable(writer, NULL), MUC_OK);
        writer_close(writer);
        assert_int_equal(index_check(store, NULL, NULL, &n_faults, NULL), MUC_OK);
        assert_int_equal(n_faults, 0);
    }
    for (int stage = 0; stage <= MUC_MERGE_WRITING; stage++)
        assert_true(told[stage] || stage == MUC_MERGE_READING); /* which is over in no time */
    assert_int_equal(index_check(store, NULL, NULL, &n_faults, NULL), MUC_OK);
    assert_int_equal(n_faults, 0);
    store_close(store);
}

static void test_stopping(void **state)
{
    (void)state;
    check_stopping("alone", 1);
    check_stopping("two", 2);
}

/** A commit stands where what it would merge is stopped, and the next one merges that. */
static void test_commit(void **state)
{
    struct store *store = open_store("commit");
    struct watched watched = { .stop_at = 1 };
    struct writer *writer;
    struct made made;

    (void)state;
    fill(store, &watched, TIERS_MERGE);
    assert_int_equal(watched.n, 1);
    writer = open_watched(store, &watched, 1);
    assert_int_equal(writer->view.list.entries.n, TIERS_MERGE);
    watched = (struct watched){ .stop_at = NEVER, .thread = pthread_self() };
    make(&made, DOCUMENTS, SEED);
    assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    assert_in_range(watched.n, 1, NEVER - 1);
    assert_in_range(writer->view.list.entries.n, 1, 2);
    writer_close(writer);
    store_close(store);
}

/** Joining that is stopped leaves a writer that commits nothing, and a database as it was. */
static void test_join(void **state)
{
    struct store *store = open_store("joined"), *other = open_store("other");
    struct watched watched = { .stop_at = NEVER };
    size_t n_values;
    int rc;

    (void)state;
    fill(other, &watched, 1);
    n_values = values_now(store);
    for (unsigned stop_at = 1;; stop_at *= 2) { /* a slow machine tells more often */
        struct writer *writer = open_watched(store, &watched, 1);
        struct muc_tally tally = { 0 };

        watched = (struct watched){ .stop_at = stop_at, .thread = pthread_self() };
        rc = writer_join(writer, other, &tally, NULL);
        if (rc == MUC_OK) {
            assert_int_equal(tally.added, DOCUMENTS);
            writer_close(writer);
            break;
        }
        assert_int_equal(rc, MUC_ESTOPPED);
        assert_int_equal(writer_commit(writer, NULL), MUC_ESTOPPED);
        writer_close(writer);
        assert_int_equal(values_now(store), n_values);
    }
    assert_in_range(watched.n, 1, NEVER - 1);
    store_close(other);
    store_close(store);
}

/** So does joining what is all there already, of which no segment is written. */
static void test_join_same(void **state)
{
    struct store *store = open_store("same");
    struct store *other = open_store("same-other");
    struct watched watched = { .stop_at = NEVER };
    struct writer *writer;
    struct muc_tally tally = { 0 };

    (void)state;
    fill(store, &watched, 1);
    fill(other, &watched, 1);
    writer = open_watched(store, &watched, 1);
    watched = (struct watched){ .stop_at = 1, .thread = pthread_self() };
    assert_int_equal(writer_join(writer, other, &tally, NULL), MUC_ESTOPPED);
    assert_int_equal(watched.n, 1);
    assert_int_equal(writer_commit(writer, NULL), MUC_ESTOPPED);
    writer_close(writer);

    watched = (struct watched){ .stop_at = NEVER, .thread = pthread_self() };
    writer = open_watched(store, &watched, 1);
    tally = (struct muc_tally){ 0 };
    assert_int_equal(writer_join(writer, other, &tally, NULL), MUC_OK);
    assert_int_equal(tally.same, DOCUMENTS);
    writer_close(writer);
    store_close(other);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_commit),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_join_same),
    };

    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
