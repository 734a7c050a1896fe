/* SPDX-License-Identifier: MIT */
/* However an index came about (one commit or many, one thread or three, merged or not, joined of
 * parts, with what deletions), it is the index of the documents that are alive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../random.h"
#include "dump.h"
#include "index/check.h"
#include "index/writer.h"
#include "named_store.h"

enum { IDS = 120, STEPS = 400, ROUNDS = 6 };

/** A document made from a number, the same each time. */
struct made {
    char id[16], title[64], text[512], source[16];
    struct muc_string tags[3];
    struct muc_document document;
};

static void make(struct made *made, uint32_t id, uint32_t version)
{
    static const char *const words[] = { "môi",  "trường", "Môi",  "moi",         "nước",
                                         "sạch", "TP.HCM", "rừng", "123/QĐ-UBND", "bảo",
                                         "vệ.",  "Sáng",   "1.000" };
    static const char *const tags[] = { "rừng", "biển xanh", "lũ" };
    struct random random = { id * 7919 + version };
    uint32_t n = random_below(&random, 60);

    *made = (struct made){ { 0 } };
    snprintf(made->id, sizeof made->id, "tin-%u", id);
    snprintf(made->title, sizeof made->title, "Bản tin %u về nước", version % 5);
    for (uint32_t i = 0; i < n; i++) {
        strcat(made->text, words[random_below(&random, sizeof words / sizeof *words)]);
        strcat(made->text, " ");
    }
    snprintf(made->source, sizeof made->source, "Sở %u", id % 4);
    for (uint32_t i = 0; i < id % 3; i++)
        made->tags[i] = str_c(tags[i]);
    made->document = (struct muc_document){
        .id = str_c(made->id),
        .title = version % 7 ? str_c(made->title) : str_of(NULL, 0),
        .text = version % 7 ? str_c(made->text) : STR("chỉ có bài"),
        .source = str_c(made->source),
        .kind = id % 5 ? STR("thông báo") : str_of(NULL, 0),
        .place = id % 2 ? STR("Cần Thơ") : str_of(NULL, 0),
        .byline = id % 3 ? STR("Lan Anh") : str_of(NULL, 0),
        .number = id % 7 ? STR("12/TB-UBND") : str_of(NULL, 0),
        .tags = made->tags,
        .n_tags = id % 3,
        .date = { (int16_t)(2000 + id % 20), (uint8_t)(1 + id % 12), 1 },
    };
}

static struct writer *open_writer(struct store *store, unsigned threads)
{
    const struct muc_writer_options options = { .memory = 1, .threads = threads };
    struct writer *writer;

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    return writer;
}

static void dump_store(struct store *store, struct buffer *out)
{
    struct reader *reader;
    uint64_t n_faults = 1;

    assert_int_equal(index_check(store, NULL, NULL, &n_faults, NULL), MUC_OK);
    assert_int_equal(n_faults, 0);
    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    buffer_clear(out);
    dump(reader, out);
    reader_close(reader);
}

static void assert_dumps_equal(const struct buffer *got, const struct buffer *wanted)
{
    const char *a = (const char *)got->at, *b = (const char *)wanted->at;
    size_t line = 0;

    if (!strcmp(a, b))
        return;
    for (size_t i = 0; a[i] && a[i] == b[i]; i++)
        line = a[i] == '\n' ? i + 1 : line;
    fail_msg("is        %.*s\nshould be %.*s", (int)strcspn(a + line, "\n"), a + line,
             (int)strcspn(b + line, "\n"), b + line);
}

/** Index the documents of `versions` (0: not there) at one go. */
static void build_at_once(const char *name, const uint32_t *versions, struct buffer *out)
{
    struct store *store = open_store(name);
    struct writer *writer = open_writer(store, 1);
    struct made made;

    for (uint32_t id = 0; id < IDS; id++)
        if (versions[id]) {
            make(&made, id, versions[id]);
            assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    dump_store(store, out);
    writer_close(writer);
    store_close(store);
}

static void step(struct random *random, struct writer *writer, uint32_t *versions)
{
    uint32_t id = random_below(random, IDS), kind = random_below(random, 40);
    enum outcome outcome;
    struct made made;
    bool found;

    if (kind == 0) {
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    } else if (kind < 6) {
        snprintf(made.id, sizeof made.id, "tin-%u", id);
        assert_int_equal(writer_delete(writer, str_c(made.id), &found, NULL), MUC_OK);
        assert_int_equal(found, versions[id] != 0);
        versions[id] = 0;
    } else {
        uint32_t version = 1 + random_below(random, 12);

        make(&made, id, version);
        assert_int_equal(writer_add(writer, &made.document, &outcome, NULL), MUC_OK);
        assert_int_equal(outcome, !versions[id]             ? OUTCOME_ADDED
                                  : versions[id] == version ? OUTCOME_SAME
                                                            : OUTCOME_CHANGED);
        versions[id] = version;
    }
}

static void test_step_by_step_is_at_once(void **state)
{
    struct random random = random_start();
    struct buffer got = { 0 }, wanted = { 0 };
    char name[32];

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint32_t versions[IDS] = { 0 };
        struct store *store;
        struct writer *writer;

        snprintf(name, sizeof name, "steps-%u", round);
        store = open_store(name);
        writer = open_writer(store, 1 + round % 3);
        for (int i = 0; i < STEPS; i++)
            step(&random, writer, versions);
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
        dump_store(store, &got);
        snprintf(name, sizeof name, "once-%u", round);
        build_at_once(name, versions, &wanted);
        assert_dumps_equal(&got, &wanted);
        assert_int_equal(writer_merge(writer, NULL), MUC_OK);
        dump_store(store, &got);
        assert_dumps_equal(&got, &wanted);
        writer_close(writer);
        store_close(store);
    }
    buffer_free(&got);
    buffer_free(&wanted);
}

/** A database made of random steps, and what is then in it. */
static struct store *make_part(struct random *random, const char *name, uint32_t *versions)
{
    struct store *store = open_store(name);
    struct writer *writer = open_writer(store, 1);

    for (int i = 0; i < STEPS / 4; i++)
        step(random, writer, versions);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    return store;
}

/** Join a part to what `versions` is of; the totals have to be right. */
static void join_part(struct writer *writer, struct store *part, const uint32_t *theirs,
                      uint32_t *versions)
{
    struct muc_tally tally = { 0 };
    uint64_t added = 0, changed = 0, same = 0;

    for (uint32_t id = 0; id < IDS; id++) {
        if (!theirs[id])
            continue;
        added += !versions[id];
        same += versions[id] == theirs[id];
        changed += versions[id] && versions[id] != theirs[id];
        versions[id] = theirs[id];
    }
    assert_int_equal(writer_join(writer, part, &tally, NULL), MUC_OK);
    assert_int_equal(tally.added, added);
    assert_int_equal(tally.changed, changed);
    assert_int_equal(tally.same, same);
}

/** Parts that are made apart and joined are what is made at one go; joined again, nothing changes.
 */
static void test_joined_is_at_once(void **state)
{
    enum { PARTS = 3 };
    struct random random = random_start();
    struct buffer got = { 0 }, wanted = { 0 };
    char name[32];

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint32_t versions[IDS] = { 0 }, theirs[PARTS][IDS] = { { 0 } };
        struct store *parts[PARTS], *store;
        struct writer *writer;
        uint64_t newest;

        for (unsigned i = 0; i < PARTS; i++) {
            snprintf(name, sizeof name, "part-%u-%u", round, i);
            parts[i] = make_part(&random, name, theirs[i]);
        }
        snprintf(name, sizeof name, "joined-%u", round);
        store = open_store(name);
        writer = open_writer(store, 1 + round % 3);
        for (unsigned i = 0; i < PARTS; i++) {
            for (uint32_t k = random_below(&random, STEPS / 8); k-- > 0;)
                step(&random, writer, versions); /* some of it is not committed yet */
            join_part(writer, parts[i], theirs[i], versions);
        }
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
        dump_store(store, &got);
        snprintf(name, sizeof name, "at-once-%u", round);
        build_at_once(name, versions, &wanted);
        assert_dumps_equal(&got, &wanted);
        newest = store_newest(store);
        join_part(writer, parts[PARTS - 1], theirs[PARTS - 1], versions);
        join_part(writer, store, versions, versions);
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
        assert_int_equal(store_newest(store), newest);
        writer_close(writer);
        store_close(store);
        for (unsigned i = 0; i < PARTS; i++)
            store_close(parts[i]);
    }
    buffer_free(&got);
    buffer_free(&wanted);
}

/** What was not committed is gone, and the next writer goes on from the commit. */
static void test_dropped(void **state)
{
    uint32_t versions[IDS] = { [3] = 1, [4] = 2 };
    struct buffer got = { 0 }, wanted = { 0 };
    struct store *store = open_store("dropped");
    struct writer *writer = open_writer(store, 1);
    struct made made;

    (void)state;
    for (uint32_t id = 0; id < IDS; id++)
        if (versions[id]) {
            make(&made, id, versions[id]);
            assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    for (uint32_t id = 5; id < IDS; id++) {
        make(&made, id, 1);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
    }
    writer_close(writer);
    dump_store(store, &got);
    build_at_once("dropped-once", versions, &wanted);
    assert_dumps_equal(&got, &wanted);
    writer = open_writer(store, 1);
    dump_store(store, &got);
    assert_dumps_equal(&got, &wanted);
    writer_close(writer);
    store_close(store);
    buffer_free(&got);
    buffer_free(&wanted);
}

/** A reader stays as it was opened, whatever is committed and merged meanwhile. */
static void test_snapshots_stay(void **state)
{
    struct buffer before = { 0 }, after = { 0 };
    struct store *store = open_store("snapshots");
    struct writer *writer = open_writer(store, 1);
    struct reader *reader;
    struct made made;

    (void)state;
    for (uint32_t id = 0; id < 50; id++) {
        make(&made, id, 1);
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    assert_false(reader_is_stale(reader));
    dump(reader, &before);
    for (uint32_t round = 2; round < 14; round++) {
        for (uint32_t id = 0; id < 50; id++) {
            make(&made, id, round);
            assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        }
        assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    }
    assert_int_equal(writer_merge(writer, NULL), MUC_OK);
    assert_true(reader_is_stale(reader));
    dump(reader, &after);
    assert_dumps_equal(&after, &before);
    reader_close(reader);
    writer_close(writer);
    store_close(store);
    buffer_free(&before);
    buffer_free(&after);
}

/** A commit without changes writes nothing. */
static void test_nothing_to_commit(void **state)
{
    struct store *store = open_store("nothing");
    struct writer *writer = open_writer(store, 1);
    enum outcome outcome;
    struct made made;
    uint64_t newest;

    (void)state;
    make(&made, 1, 1);
    assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    newest = store_newest(store);
    assert_int_equal(writer_add(writer, &made.document, &outcome, NULL), MUC_OK);
    assert_int_equal(outcome, OUTCOME_SAME);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    assert_int_equal(store_newest(store), newest);
    writer_close(writer);
    store_close(store);
}

/** Documents of which every tenth is large, nearly all of it blanks. */
static void build_large(const char *name, unsigned threads, struct buffer *out)
{
    enum { LARGE = 5 << 20 };
    struct store *store = open_store(name);
    const struct muc_writer_options options = { .memory = 256 << 20, .threads = threads };
    struct writer *writer;
    char *text = malloc(LARGE);

    assert_non_null(text);
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (uint32_t id = 0; id < IDS; id++) {
        struct made made;

        make(&made, id, 1);
        if (id % 10 == 3) {
            memset(text, ' ', LARGE);
            memcpy(text, made.text, strlen(made.text));
            memcpy(text + LARGE - sizeof "behind", "behind", sizeof "behind" - 1);
            made.document.text = str_of(text, LARGE);
            if (id % 20 == 3)
                assert_int_equal(writer_rest(writer, NULL), MUC_OK);
        }
        assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        if (id % 10 == 5) {                        /* where they stand is known */
            make(&made, id - id % 20 / 10 - 1, 2); /* the large one, or that behind it */
            assert_int_equal(writer_add(writer, &made.document, NULL, NULL), MUC_OK);
        }
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    dump_store(store, out);
    free(text);
    writer_close(writer);
    store_close(store);
}

static void test_large(void **state)
{
    struct buffer alone = { 0 }, threads = { 0 };

    (void)state;
    build_large("large-alone", 1, &alone);
    build_large("large-threads", 3, &threads);
    assert_dumps_equal(&threads, &alone);
    assert_non_null(strstr((const char *)alone.at, "behind"));
    buffer_free(&alone);
    buffer_free(&threads);
}

static void test_limits(void **state)
{
    static char large[MUC_FIELD_MAX + 1];
    const struct {
        const char *why;
        struct muc_document document;
    } cases[] = {
        { "no id", { .text = STR("a") } },
        { "nothing to find", { .id = STR("a") } },
        { "a long id", { .id = str_of(large, MUC_ID_MAX + 1), .text = STR("a") } },
        { "a long title", { .id = STR("a"), .title = str_of(large, sizeof large) } },
        { "many tags", { .id = STR("a"), .text = STR("a"), .n_tags = MUC_LIST_MAX + 1 } },
    };
    struct store *store = open_store("limits");
    struct writer *writer = open_writer(store, 1);

    (void)state;
    memset(large, 'x', sizeof large);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_error err = { 0 };

        assert_int_equal(writer_add(writer, &cases[i].document, NULL, &err), MUC_EINPUT);
        assert_true(err.message[0]);
    }
    assert_int_equal(writer_add(writer,
                                &(struct muc_document){ .id = STR("a"), .text = STR("\xff") }, NULL,
                                NULL),
                     MUC_OK); /* the writer goes on */
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_step_by_step_is_at_once),
        cmocka_unit_test(test_joined_is_at_once),
        cmocka_unit_test(test_dropped),
        cmocka_unit_test(test_snapshots_stay),
        cmocka_unit_test(test_nothing_to_commit),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
