/* SPDX-License-Identifier: MIT */
/* When segments are merged, several at a time, before the commit, and where the disk is full: none
 * of their documents is lost. What merging makes of them: test_reorder.c. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../store/values.h"
#include "base/buffer.h"
#include "base/error.h"
#include "index/check.h"
#include "index/head.h"
#include "index/keys.h"
#include "index/tiers.h"
#include "index/writer_parts.h"
#include "made.h"
#include "named_store.h"

static void print_fault(void *context, const char *fault)
{
    (void)context;
    print_message("%s\n", fault);
}

/** Little memory makes many segments, and so several merges in each round of several threads. */
static void test_several_at_a_time(void **state)
{
    enum { MANY = 5000, SMALL = 1 << 20, THREADS = 3 };
    const struct muc_writer_options options = { .memory = SMALL, .threads = THREADS };
    struct store *store = open_store("several");
    struct segment_list list;
    struct writer *writer;
    uint64_t n_docs = 0, n_faults;
    struct made made;
    static char text[LONG * TEXT];
    bool found;

    (void)state;
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (uint32_t i = 0; i < MANY; i++) {
        make_long(&made, text, i, LONG, 3);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    list = list_of(store);
    print_message("%zu segments\n", list.entries.n);
    assert_in_range(list.next, 3 * TIERS_MERGE, UINT32_MAX); /* so many there were */
    segment_list_free(&list);
    for (uint32_t i = 0; i < MANY; i++) {
        enum outcome outcome;

        make_long(&made, text, i, LONG, 3);
        assert_int_equal(writer_try(writer, &made.document, &outcome, NULL), MUC_OK);
        assert_int_equal(outcome, OUTCOME_SAME);
        if (goes(i, 5))
            assert_int_equal(writer_delete(writer, made.document.id, &found, NULL), MUC_OK);
    }
    assert_int_equal(writer_merge(writer, NULL), MUC_OK);
    writer_close(writer);
    list = list_of(store);
    for (size_t i = 0; i < list.entries.n; i++) {
        n_docs += list.entries.at[i].n_docs;
        assert_int_equal(list.entries.at[i].n_deleted, 0);
    }
    assert_int_equal(n_docs, MANY - MANY / 5);
    segment_list_free(&list);
    assert_int_equal(index_check(store, print_fault, NULL, &n_faults, NULL), MUC_OK);
    assert_int_equal(n_faults, 0);
    store_close(store);
}

static void add_long(struct writer *writer, uint32_t number)
{
    static char text[LONG * TEXT];
    enum outcome outcome;
    struct made made;

    make_long(&made, text, number, LONG, 3);
    assert_int_equal(writer_add(writer, &made.document, &outcome, NULL), MUC_OK);
    assert_int_equal(outcome, OUTCOME_ADDED);
}

/** The document that a run added as its second, the same and then another, is found. */
static void replace_second(struct writer *writer, uint32_t first)
{
    static char text[LONG * TEXT];
    enum outcome outcome;
    struct made made;

    make_long(&made, text, first + 1, LONG, 3);
    assert_int_equal(writer_add(writer, &made.document, &outcome, NULL), MUC_OK);
    assert_int_equal(outcome, OUTCOME_SAME);
    made.document.text.size /= LONG;
    assert_int_equal(writer_add(writer, &made.document, &outcome, NULL), MUC_OK);
    assert_int_equal(outcome, OUTCOME_CHANGED);
}

/** A long run merges before its commit, but nothing that was committed: this is there until then,
 *  and again where there is none. What the run had is found where it is now. */
static void check_before_commit(unsigned threads, bool commits)
{
    enum { OLD = 100, ALL = 5000, SMALL = 1 << 20 };
    const struct muc_writer_options options = { .memory = SMALL, .threads = threads };
    struct store *store = open_store(commits ? "committed" : "given-up");
    struct segment_list list;
    struct writer *writer;
    uint64_t n_docs = 0, n_faults;
    size_t n_values;
    bool found;

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (uint32_t i = 0; i < OLD; i++)
        add_long(writer, i);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    n_values = values_now(store);
    assert_int_equal(writer_delete(writer, STR("/tin/0/1"), &found, NULL), MUC_OK);
    assert_true(found);
    for (uint32_t i = OLD; i < ALL; i++) {
        add_long(writer, i);
        if (i % 7 == 0) { /* of all ages: their segment is unfinished, or merged by now */
            char id[32];
            uint32_t number = OLD + (i - OLD) / 2;

            snprintf(id, sizeof id, "/tin/%u/%u", number / 100, number);
            assert_int_equal(writer_delete(writer, str_c(id), &found, NULL), MUC_OK);
            assert_true(found);
            n_docs++;
        }
    }
    print_message("%u segments were begun, %zu are there\n", writer->next,
                  writer->view.list.entries.n);
    /* how many depends on which thread comes first; so many less they are after one round */
    assert_in_range(writer->next, TIERS_MOST, UINT32_MAX);
    assert_in_range(writer->view.list.entries.n, 1, writer->next - (TIERS_MOST - 1));
    list = list_of(store); /* as readers see it */
    for (size_t i = 0; i < list.entries.n; i++)
        assert_in_range(list.entries.at[i].number, 1, writer->counted - 1);
    segment_list_free(&list);
    replace_second(writer, OLD); /* which was not deleted */
    n_docs = ALL - 1 - n_docs;
    if (commits)
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    if (!commits) {
        assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK); /* sweeps */
        writer_close(writer);
        assert_int_equal(values_now(store), n_values);
        n_docs = OLD;
    }
    list = list_of(store);
    for (size_t i = 0; i < list.entries.n; i++)
        n_docs -= list.entries.at[i].n_docs - list.entries.at[i].n_deleted;
    assert_int_equal(n_docs, 0);
    segment_list_free(&list);
    assert_int_equal(index_check(store, print_fault, NULL, &n_faults, NULL), MUC_OK);
    assert_int_equal(n_faults, 0);
    store_close(store);
}

static void test_before_commit(void **state)
{
    (void)state;
    check_before_commit(2, true);
}

static void test_never_committed(void **state)
{
    (void)state;
    check_before_commit(1, false);
}

/** Files may not grow beyond this many bytes, as if the disk were full; RLIM_INFINITY: they may. */
static void limit_files(rlim_t size)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t file_size(struct store *store)
{
    char path[256];
    struct stat stat_of;

    snprintf(path, sizeof path, "%s/data.mdb", store_path(store));
    assert_int_equal(stat(path, &stat_of), 0);
    return (rlim_t)stat_of.st_size;
}

/** Merging before the commit finds no room, after it has written a part: that goes again, so that
 *  there is room to commit what the run had. `room`: bytes left. */
static void check_full(unsigned threads, rlim_t room)
{
    enum { MANY = 4000, SMALL = 2 << 20 };
    const struct muc_writer_options options = { .memory = SMALL, .threads = threads };
    struct muc_error err = { 0 };
    struct segment_list list;
    struct writer *writer;
    struct store *store;
    uint64_t n_docs = 0, n_faults;
    size_t n_values;
    char name[32];

    snprintf(name, sizeof name, "full-%u", threads);
    store = open_store(name);
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    writer->merges_late = true; /* for now */
    for (uint32_t i = 0; i < MANY; i++)
        add_long(writer, i);
    assert_int_equal(writer_gather(writer, NULL), MUC_OK);
    assert_in_range(writer->view.list.entries.n, TIERS_MOST, UINT32_MAX);
    n_values = values_now(store);
    writer->merges_late = false;
    limit_files(file_size(store) + room);
    assert_int_equal(writer_merge_unnamed(writer, &err), MUC_OK);
    assert_true(writer->merges_late);
    assert_int_equal(values_now(store), n_values);
    print_message("%ld bytes of room, a file of %ld\n", (long)room, (long)file_size(store));
    assert_int_equal(writer_commit(writer, &err), MUC_OK);
    limit_files(RLIM_INFINITY);
    writer_close(writer);
    list = list_of(store);
    for (size_t i = 0; i < list.entries.n; i++)
        n_docs += list.entries.at[i].n_docs;
    assert_int_equal(n_docs, MANY);
    segment_list_free(&list);
    assert_int_equal(index_check(store, print_fault, NULL, &n_faults, NULL), MUC_OK);
    assert_int_equal(n_faults, 0);
    store_close(store);
}

static void test_disk_full(void **state)
{
    (void)state;
    check_full(1, 5 << 20);
    check_full(2, 5 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several_at_a_time),
        cmocka_unit_test(test_before_commit),
        cmocka_unit_test(test_never_committed),
        cmocka_unit_test(test_disk_full),
    };

    signal(SIGXFSZ, SIG_IGN); /* or a write beyond the limit ends the process */
    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
