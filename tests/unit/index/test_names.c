/* SPDX-License-Identifier: MIT */
/* What an archive introduces, of which only so much is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "index/names.h"
#include "index/writer.h"
#include "named_store.h"

enum { READ_MAX = 50000, DOCS = 51, OTHERS = 100 };

/** "Ba Ca Da Ga (BCDG)." as often as a document is read for them, each with other letters; then a
 * few more, which are left out. */
static void write_introductions(unsigned doc, struct buffer *text)
{
    static const char letters[] = "BCDGHKLMNPRSTVXQ";

    buffer_clear(text);
    for (unsigned i = doc * MUC_LIST_MAX; i < (doc + 1) * MUC_LIST_MAX + 5; i++) {
        char c[4];

        for (unsigned k = 0; k < 4; k++)
            c[k] = letters[i >> (4 * k) & 15];
        buffer_format(text, "%ca %ca %ca %ca (%c%c%c%c).\n", c[0], c[1], c[2], c[3], c[0], c[1],
                      c[2], c[3]);
    }
    assert_false(text->failed);
}

static struct reader *make_archive(struct store *store)
{
    const struct muc_writer_options options = { .memory = 64 };
    struct buffer text = { 0 };
    struct writer *writer;
    struct reader *reader;

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (unsigned i = 0; i < DOCS; i++) {
        struct muc_document document = { 0 };
        char id[16];

        snprintf(id, sizeof id, "%u", i);
        write_introductions(i, &text);
        document.id = str_c(id);
        document.text = str_of((const char *)text.at, text.size);
        assert_int_equal(writer_add(writer, &document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    buffer_free(&text);
    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    return reader;
}

static void test_many(void **state)
{
    struct learned_names names = { 0 };
    struct store *store = open_store("db");
    struct reader *reader;

    (void)state;
    reader = make_archive(store);
    assert_int_equal(names_learned(reader, &names, NULL), MUC_OK);
    assert_int_equal(names.n, READ_MAX);
    for (size_t i = 0; i < names.n; i++) {
        assert_int_equal(names.at[i].brief.size, 4);
        assert_int_equal(names.at[i].meaning.size, 4 * 2 + 3);
        assert_int_equal(names.at[i].n_docs, 1);
    }
    names_free(&names);
    reader_close(reader);
    store_close(store);
}

/** Documents that introduce one meaning or the other; some of them are deleted. */
static struct reader *make_deleted(struct store *store, unsigned n, const char *const texts[],
                                   const bool gone[], unsigned each)
{
    const struct muc_writer_options options = { 0 };
    struct writer *writer;
    struct reader *reader;
    char id[16];

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (unsigned i = 0; i < n; i++) {
        struct muc_document document = { .text = str_c(texts[i]) };

        snprintf(id, sizeof id, "%u", i);
        document.id = str_c(id);
        assert_int_equal(writer_add(writer, &document, NULL, NULL), MUC_OK);
        if (i % each == 0)
            assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    }
    for (unsigned i = n; i < n + OTHERS; i++) { /* so many that nothing is merged yet */
        struct muc_document document = { .text = str_c("Mưa to.") };

        snprintf(id, sizeof id, "%u", i);
        document.id = str_c(id);
        assert_int_equal(writer_add(writer, &document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    for (unsigned i = 0; i < n; i++) {
        bool found;

        snprintf(id, sizeof id, "%u", i);
        if (gone[i])
            assert_int_equal(writer_delete(writer, str_c(id), &found, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    return reader;
}

/** Nobody introduces any more what deleted documents did, and these are not counted. */
static void test_deleted(void **state)
{
    static const char *const texts[] = {
        "Bông Cam Dừa (BCD) mở cửa.", "Bông Cam Dừa (BCD) đóng cửa.", "Bánh Canh Dai (BCD) ngon.",
        "Bánh Canh Dai (BCD) nóng.",  "Bánh Canh Dai (BCD) rẻ.",      "Hàng Khô Lạ (HKL) mới về."
    };
    static const bool gone[] = { true, true, false, true, false, true };

    (void)state;
    for (unsigned each = 1; each <= 6; each += 5) { /* documents of a commit */
        struct learned_names names = { 0 };
        struct store *store = open_store(each == 1 ? "each" : "once");
        struct reader *reader = make_deleted(store, 6, texts, gone, each);

        assert_int_equal(names_learned(reader, &names, NULL), MUC_OK);
        assert_int_equal(names.n, 1);
        assert_true(str_equal(names.at[0].brief, str_c("bcd")));
        assert_true(str_equal(names.at[0].meaning, str_c("bánh canh dai")));
        assert_int_equal(names.at[0].n_docs, 2);
        names_free(&names);
        reader_close(reader);
        store_close(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_many),
                                        cmocka_unit_test(test_deleted) };

    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
