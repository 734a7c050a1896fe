/* SPDX-License-Identifier: MIT */
/* A word that a segment has more often than there is memory for records of it: what is written is
 * the same as with enough memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../folder.h"
#include "../random.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "index/check.h"
#include "index/invert.h"
#include "index/writer.h"

enum {
    LITTLE_MEMORY = 8 << 20, /* of which so many records of a round have a place: … */
    MOST = LITTLE_MEMORY / MEMORY_PARTS * MEMORY_ROUNDS / 8,
    MUCH_MEMORY = 256 << 20,
    TEXTS = 3,
};

/* The last one has more positions than two slots. */
static const uint32_t n_words[TEXTS] = { 1000, MOST / 8, MOST + MOST / 2 };

struct written {
    struct buffer *at;
    size_t n, room;
};

static int keep(void *context, struct muc_string key, struct muc_string value,
                struct muc_error *err)
{
    struct written *values = context;
    struct buffer *kept = vector_push(values);

    (void)err;
    assert_non_null(kept);
    *kept = (struct buffer){ 0 };
    buffer_sized(kept, key);
    buffer_append(kept, value.bytes, value.size);
    assert_false(kept->failed);
    return MUC_OK;
}

static void write_texts(const struct buffer *texts, size_t memory, struct written *values)
{
    const struct muc_writer_options options = { .memory = memory, .threads = 1 };
    struct store_read *read;
    struct writer *writer;
    struct store *store;
    char folder[FOLDER_SIZE], path[64], id[16];
    uint64_t n_faults;

    assert_true(folder_make(folder));
    snprintf(path, sizeof path, "%s/db", folder);
    assert_int_equal(store_open(path, true, &store, NULL), MUC_OK);
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (int i = 0; i < TEXTS; i++) {
        struct muc_document document = { .text = str_of((const char *)texts[i].at, texts[i].size) };

        snprintf(id, sizeof id, "tin-%d", i);
        document.id = str_c(id);
        assert_int_equal(writer_add(writer, &document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    assert_int_equal(index_check(store, NULL, NULL, &n_faults, NULL), MUC_OK);
    assert_int_equal(n_faults, 0);
    assert_int_equal(store_read_begin(store, &read, NULL), MUC_OK);
    assert_int_equal(store_scan(read, TREE_INDEX, STR(""), keep, values, NULL), MUC_OK);
    store_read_end(read);
    store_close(store);
    assert_true(folder_remove(folder));
}

/** `often` of a hundred words are the same one. */
static void check(struct random *random, uint32_t often)
{
    static const char *const words[] = { "á ", "TP.HCM ", "b ", "A. ", "1.000 ", "â " };
    struct buffer texts[TEXTS] = { 0 };
    struct written little = { 0 }, much = { 0 };

    for (int i = 0; i < TEXTS; i++) {
        for (uint32_t n = 0; n < n_words[i]; n++)
            buffer_string(&texts[i], random_below(random, 100) < often
                                         ? "a "
                                         : words[random_below(random, 6)]);
        assert_false(texts[i].failed);
    }
    write_texts(texts, LITTLE_MEMORY, &little);
    write_texts(texts, MUCH_MEMORY, &much);
    assert_int_equal(little.n, much.n);
    for (size_t i = 0; i < much.n; i++) {
        assert_int_equal(little.at[i].size, much.at[i].size);
        assert_memory_equal(little.at[i].at, much.at[i].at, much.at[i].size);
        buffer_free(&little.at[i]);
        buffer_free(&much.at[i]);
    }
    vector_free(&little);
    vector_free(&much);
    for (int i = 0; i < TEXTS; i++)
        buffer_free(&texts[i]);
}

static void test_often(void **state)
{
    struct random random = random_start();

    (void)state;
    check(&random, 100);
    check(&random, 90);
    check(&random, 75);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_often),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
