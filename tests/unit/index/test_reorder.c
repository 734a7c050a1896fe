/* SPDX-License-Identifier: MIT */
/* Postings, columns and texts of merged segments are those of one segment of the same documents in
 * the same order, byte for byte; the order is a new one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "index/check.h"
#include "index/head.h"
#include "index/keys.h"
#include "index/segment.h"
#include "index/tiers.h"
#include "index/writer.h"
#include "made.h"
#include "named_store.h"

enum { DOCUMENTS = 2500, PARTS = 5, MEMORY = 64 << 20 };

/** Some documents, and what is done with them. */
struct task {
    uint64_t seed;
    uint32_t times; /* that each text is there in its document */
    uint32_t every; /* so many of these goes; 0: none does */
    size_t merge_memory;
    unsigned merge_threads;
};

static struct writer *open_writer(struct store *store, size_t memory, unsigned threads)
{
    const struct muc_writer_options options = { .memory = memory, .threads = threads };
    struct writer *writer;

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    return writer;
}

/** A value, copied. */
struct copy {
    char key[STORE_KEY_MAX];
    size_t key_size;
    struct buffer value;
};

static int copy_first(void *context, struct muc_string key, struct muc_string value,
                      struct muc_error *err)
{
    struct copy *copy = context;

    (void)err;
    if (copy->key_size)
        return MUC_OK;
    assert_in_range(key.size, 1, sizeof copy->key);
    memcpy(copy->key, key.bytes, key.size);
    copy->key_size = key.size;
    buffer_append(&copy->value, value.bytes, value.size);
    return MUC_OK;
}

/** Write the first value of a letter again under another seal than its own. */
static void damage(struct store *store, const char *letter)
{
    struct copy copy = { .key_size = 0 };
    struct muc_string key, value;
    struct store_write *write;
    struct store_read *read;

    assert_int_equal(store_read_begin(store, &read, NULL), MUC_OK);
    assert_int_equal(store_scan(read, TREE_INDEX, str_c(letter), copy_first, &copy, NULL), MUC_OK);
    store_read_end(read);
    key = str_of(copy.key, copy.key_size);
    value = str_of((const char *)copy.value.at, copy.value.size);
    assert_true(key.size);
    assert_int_equal(store_lock(store, 0, NULL), MUC_OK);
    assert_int_equal(store_write_begin(store, &write, NULL), MUC_OK);
    assert_int_equal(
        store_put_sealed(write, TREE_INDEX, key, value, store_seal(key, value) ^ 1, NULL), MUC_OK);
    assert_int_equal(store_commit(write, NULL), MUC_OK);
    store_unlock(store);
    buffer_free(&copy.value);
}

/** Index all documents in several commits, delete those that go, and merge. */
static struct store *build_merged(const struct task *task, const char *name)
{
    struct store *store = open_store(name);
    struct writer *writer = open_writer(store, MEMORY, 1);
    static char text[LONG * TEXT];
    struct made made;
    bool found;

    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        make_long(&made, text, i, task->times, task->seed);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        if ((i + 1) % (DOCUMENTS / PARTS) == 0)
            assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    }
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        make(&made, i, task->seed);
        if (goes(i, task->every))
            assert_int_equal(writer_delete(writer, made.document.id, &found, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    writer = open_writer(store, task->merge_memory, task->merge_threads);
    assert_int_equal(writer_merge(writer, NULL), MUC_OK);
    writer_close(writer);
    return store;
}

/** Index these documents alone, at once. */
static struct store *build_at_once(const struct task *task, const char *name,
                                   const uint32_t *numbers, uint32_t n)
{
    struct store *store = open_store(name);
    struct writer *writer = open_writer(store, MEMORY, 1);
    static char text[LONG * TEXT];
    struct made made;

    for (uint32_t i = 0; i < n; i++) {
        make_long(&made, text, numbers[i], task->times, task->seed);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    return store;
}

/** The documents of the only segment by their ids; their number. */
static uint32_t read_order(struct store *store, uint32_t numbers[DOCUMENTS])
{
    struct reader *reader;
    uint32_t n;

    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    assert_int_equal(reader->n_segments, 1);
    n = reader->segments[0].n_docs;
    assert_in_range(n, 1, DOCUMENTS);
    for (uint32_t doc = 0; doc < n; doc++) {
        char room[MUC_ID_MAX];
        struct muc_string id = segment_id(&reader->segments[0], doc, room);
        size_t at = id.size;

        while (at && id.bytes[at - 1] != '/')
            at--;
        numbers[doc] = 0;
        for (; at < id.size; at++)
            numbers[doc] = 10 * numbers[doc] + (uint32_t)(id.bytes[at] - '0');
        assert_in_range(numbers[doc], 0, DOCUMENTS - 1);
    }
    reader_close(reader);
    return n;
}

static int append(void *context, struct muc_string key, struct muc_string value,
                  struct muc_error *err)
{
    struct buffer *out = context;

    (void)err;
    assert_true(store_verify(key, value));
    buffer_sized(out, str_of(key.bytes + 5, key.size - 5)); /* without the segment's number */
    buffer_sized(out, value);
    return MUC_OK;
}

/** Slabs, columns and texts of the only segment. */
static struct buffer values_of(struct store *store)
{
    struct segment_list list = { 0 };
    struct buffer out = { 0 };
    struct store_read *read;
    char key[STORE_KEY_MAX];

    assert_int_equal(store_read_begin(store, &read, NULL), MUC_OK);
    assert_int_equal(segment_list_load(read, &list, NULL), MUC_OK);
    assert_int_equal(list.entries.n, 1);
    for (const char *letter = "cst"; *letter; letter++)
        assert_int_equal(store_scan(read, TREE_INDEX,
                                    key_segment(*letter, list.entries.at[0].number, key), append,
                                    &out, NULL),
                         MUC_OK);
    segment_list_free(&list);
    store_read_end(read);
    return out;
}

/** How many documents have another place than they would have where those that go are left out. */
static uint32_t count_moved(const struct task *task, const uint32_t *numbers, uint32_t window)
{
    uint32_t n_moved = 0, place = 0;

    for (uint32_t i = 0; i < DOCUMENTS; i++)
        if (!goes(i, task->every)) {
            uint32_t first = place - place % window, at = first;

            while (at < DOCUMENTS && at < first + window && numbers[at] != i)
                at++;
            assert_int_equal(numbers[at], i); /* it is in its window */
            n_moved += at != place++;
        }
    return n_moved;
}

/** Merging brings the documents into a new order in windows of that size, and nothing else. */
static void check(const struct task *task, uint32_t window)
{
    static uint32_t count;
    uint32_t numbers[DOCUMENTS] = { 0 }, n, goes_n = 0;
    struct store *merged, *at_once;
    struct buffer a, b;
    char name[2][32];

    snprintf(name[0], sizeof name[0], "merged-%u", count);
    snprintf(name[1], sizeof name[1], "at-once-%u", count++);
    print_message("seed %llu\n", (unsigned long long)task->seed);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        goes_n += goes(i, task->every);
    merged = build_merged(task, name[0]);
    n = read_order(merged, numbers);
    assert_int_equal(n, DOCUMENTS - goes_n);
    assert_in_range(count_moved(task, numbers, window), DOCUMENTS / 2, DOCUMENTS);
    at_once = build_at_once(task, name[1], numbers, n);
    a = values_of(merged);
    b = values_of(at_once);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.at, b.at, a.size);
    buffer_free(&a);
    buffer_free(&b);
    store_close(merged);
    store_close(at_once);
}

static void test_all_alive(void **state)
{
    const struct task task = { .seed = 1, .times = 1, .merge_memory = MEMORY };

    (void)state;
    check(&task, DOCUMENTS);
}

static void test_some_deleted(void **state)
{
    const struct task task = { .seed = 2, .times = 1, .every = 7, .merge_memory = MEMORY };

    (void)state;
    check(&task, DOCUMENTS);
}

/** Three windows, since the positions of more documents would not fit into the least memory. */
static void test_little_memory(void **state)
{
    const struct task task = {
        .seed = 4, .times = 4, .every = 9, .merge_memory = 1, .merge_threads = 2
    };

    (void)state;
    check(&task, 1024);
}

/** Merge, and tell whether that wrote anything. */
static bool merge_writes(struct store *store)
{
    struct writer *writer = open_writer(store, MEMORY, 1);
    struct segment_list before = list_of(store), after;
    bool writes;

    assert_int_equal(writer_merge(writer, NULL), MUC_OK);
    writer_close(writer);
    after = list_of(store);
    writes = after.snapshot != before.snapshot;
    assert_int_equal(after.next != before.next, writes);
    segment_list_free(&before);
    segment_list_free(&after);
    return writes;
}

/** Written anew, what is damaged would look whole: it stays as it is, and is still found. */
static void check_damaged(const char *name, const char *letter)
{
    const struct task task = { .seed = 5, .times = 1 };
    uint32_t numbers[DOCUMENTS];
    struct segment_list before, after;
    struct muc_error err;
    struct writer *writer;
    struct store *store;
    uint64_t n_faults;

    for (uint32_t i = 0; i < DOCUMENTS; i++)
        numbers[i] = i;
    store = build_at_once(&task, name, numbers, DOCUMENTS);
    damage(store, letter);
    before = list_of(store);
    writer = open_writer(store, MEMORY, 2);
    assert_int_equal(writer_merge(writer, &err), MUC_EDAMAGED);
    assert_non_null(strstr(err.message, "mucluc check"));
    assert_int_equal(writer_usable(writer, NULL), MUC_OK);
    writer_close(writer);
    after = list_of(store);
    assert_int_equal(after.snapshot, before.snapshot);
    segment_list_free(&before);
    segment_list_free(&after);
    assert_int_equal(index_check(store, NULL, NULL, &n_faults, NULL), MUC_OK);
    assert_int_not_equal(n_faults, 0);
    store_close(store);
}

static void test_damaged(void **state)
{
    (void)state;
    check_damaged("text", "t");
    check_damaged("column", "c");
    check_damaged("slab", "s");
}

/** Commits stand where what is there cannot be merged, and the writer says why they are not. */
static void test_unmerged(void **state)
{
    enum { MORE = TIERS_MERGE + 1 };
    const struct task task = { .seed = 6, .times = 1 };
    const uint32_t numbers[] = { 0, 1, 2 };
    struct store *store = build_at_once(&task, "unmerged", numbers, 3);
    struct muc_error err = { 0 };
    struct segment_list list;
    struct writer *writer;
    struct made made;

    (void)state;
    damage(store, "t");
    writer = open_writer(store, MEMORY, 2);
    for (uint32_t i = 0; i < MORE; i++) {
        assert_int_equal(writer_unmerged(writer, &err),
                         i < TIERS_MERGE - 1 ? MUC_OK : MUC_EDAMAGED);
        make(&made, 3 + i, task.seed);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    }
    assert_int_equal(err.code, MUC_EDAMAGED);
    assert_non_null(strstr(err.message, "segment "));
    writer_close(writer);
    list = list_of(store);
    assert_int_equal(list.entries.n, 1 + MORE);
    segment_list_free(&list);
    store_close(store);
}

/** One segment comes into the order that several do, once; what then comes to it is merged in. */
static void test_alone(void **state)
{
    const struct task task = { .seed = 6, .times = 1, .merge_memory = MEMORY };
    uint32_t numbers[DOCUMENTS], order[DOCUMENTS];
    struct store *several = build_merged(&task, "several"), *store;
    struct writer *writer;
    struct made made;
    bool found;

    (void)state;
    read_order(several, order);
    assert_false(merge_writes(several));
    store_close(several);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        numbers[i] = i;
    store = build_at_once(&task, "alone", numbers, DOCUMENTS);
    assert_true(merge_writes(store));
    read_order(store, numbers);
    assert_memory_equal(numbers, order, sizeof order);
    assert_false(merge_writes(store));
    writer = open_writer(store, MEMORY, 1);
    make(&made, 0, task.seed);
    assert_int_equal(writer_delete(writer, made.document.id, &found, NULL), MUC_OK);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    assert_true(merge_writes(store));
    assert_false(merge_writes(store));
    store_close(store);
}

/** Of so few documents that no order pays one segment stays what it is. */
static void test_few(void **state)
{
    const struct task task = { .seed = 7, .times = 1 };
    const uint32_t numbers[] = { 0, 1, 2 };
    struct store *store = build_at_once(&task, "few", numbers, 3);

    (void)state;
    assert_false(merge_writes(store));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damaged),      cmocka_unit_test(test_all_alive),
        cmocka_unit_test(test_some_deleted), cmocka_unit_test(test_little_memory),
        cmocka_unit_test(test_alone),        cmocka_unit_test(test_few),
        cmocka_unit_test(test_unmerged),
    };

    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
