/* SPDX-License-Identifier: MIT */
/* Which lines stand does not depend on how the documents came and went: after each of many commits,
 * large ones (a walk over all lines) and small ones (each line looked up), they are those that a
 * plain count finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../folder.h"
#include "../random.h"
#include "index/reader.h"
#include "index/segment.h"
#include "index/standing.h"
#include "index/writer.h"
#include "store/store.h"

enum { SHARED = 300, MOST = 4000, TEXT = 160 };

/** Documents by number: which of the shared lines it has, and whether it is there. */
struct model {
    uint32_t line[MOST];
    bool alive[MOST];
    uint32_t n;
};

struct archive {
    char folder[FOLDER_SIZE];
    struct store *store;
    struct writer *writer;
};

static void write_text(const struct model *model, uint32_t doc, char text[TEXT])
{
    snprintf(text, TEXT, "Dòng chung thứ %u\nDòng riêng của bản tin %u", model->line[doc], doc);
}

static void add(struct archive *archive, struct model *model, struct random *random)
{
    struct muc_document document = { 0 };
    char id[16], text[TEXT];

    model->line[model->n] = random_below(random, SHARED);
    model->alive[model->n] = true;
    snprintf(id, sizeof id, "%u", model->n);
    write_text(model, model->n++, text);
    document.id = str_c(id);
    document.source = STR("sở");
    document.text = str_c(text);
    assert_int_equal(writer_add(archive->writer, &document, NULL, NULL), MUC_OK);
}

static void forget(struct archive *archive, struct model *model, uint32_t doc)
{
    char id[16];
    bool found;

    snprintf(id, sizeof id, "%u", doc);
    assert_int_equal(writer_delete(archive->writer, str_c(id), &found, NULL), MUC_OK);
    assert_int_equal(found, model->alive[doc]);
    model->alive[doc] = false;
}

static int compare(const void *a, const void *b)
{
    uint32_t one, other;

    memcpy(&one, a, sizeof one);
    memcpy(&other, b, sizeof other);
    return (one > other) - (one < other);
}

/** The hashes of the lines that enough documents have, rising; returns their number. */
static uint32_t count(const struct model *model, uint32_t hashes[SHARED])
{
    unsigned n_docs[SHARED] = { 0 };
    uint32_t n = 0;

    for (uint32_t doc = 0; doc < model->n; doc++)
        if (model->alive[doc] && ++n_docs[model->line[doc]] == STANDING_LEAST) {
            struct edge_lines lines;
            char text[TEXT];

            write_text(model, doc, text);
            edge_lines_of(STR("sở"), str_c(text), &lines);
            hashes[n++] = lines.hashes[0];
        }
    qsort(hashes, n, sizeof *hashes, compare);
    return n;
}

static void check(struct archive *archive, const struct model *model)
{
    uint32_t wanted[SHARED], n = count(model, wanted);
    struct reader *reader;

    assert_int_equal(writer_commit(archive->writer, NULL), MUC_OK);
    assert_int_equal(reader_open(archive->store, &reader, NULL), MUC_OK);
    assert_int_equal(reader->standing ? reader->standing->segment.n_docs : 0, n);
    if (n)
        assert_memory_equal(reader->standing->segment.data->lines.hashes, wanted,
                            n * sizeof *wanted);
    reader_close(reader);
}

static void test_steps(void **state)
{
    static const uint32_t steps[] = { 900, 1, 2, 5, 1, 700, 3, 8, 1, 60, 2, 1 };
    const struct muc_writer_options options = { .memory = 1 };
    struct random random = random_start();
    struct model *model = calloc(1, sizeof *model);
    struct archive archive;

    (void)state;
    assert_non_null(model);
    assert_true(folder_make(archive.folder));
    assert_int_equal(store_open(archive.folder, true, &archive.store, NULL), MUC_OK);
    assert_int_equal(writer_open(archive.store, &options, &archive.writer, NULL), MUC_OK);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        for (uint32_t k = 0; k < steps[i]; k++)
            add(&archive, model, &random);
        check(&archive, model);
        for (uint32_t k = 0; k < steps[i] / (1 + random_below(&random, 8)) + 1; k++)
            forget(&archive, model, random_below(&random, model->n));
        if (i % 3)
            check(&archive, model);
    }
    check(&archive, model);
    writer_close(archive.writer);
    store_close(archive.store);
    assert_true(folder_remove(archive.folder));
    free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
