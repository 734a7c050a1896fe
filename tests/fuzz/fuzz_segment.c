/* SPDX-License-Identifier: MIT */
/* A database whose values say anything, sealed as if they were meant: opened, searched, checked.
 *
 *   input := edit*       edit := u8 value, u8 kind, u16 place, u8 byte
 *   kind 0: set the byte; 1: cut the value there; 2: repeat the byte behind the end; 3: flip a bit
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vector.h"
#include "index/check.h"
#include "index/reader.h"
#include "index/writer.h"
#include "search/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EDIT = 5, EDITS_MAX = 32, GROWTH_MAX = 64 };

struct sealed {
    struct muc_string key, value;
};

static struct store *store;
static VECTOR(struct sealed) values;

static void need(bool good)
{
    if (!good)
        abort();
}

static struct muc_string copy(struct muc_string from)
{
    char *bytes = malloc(from.size + 1);

    need(bytes);
    memcpy(bytes, from.bytes, from.size);
    return str_of(bytes, from.size);
}

static int keep(void *context, struct muc_string key, struct muc_string value,
                struct muc_error *err)
{
    struct sealed *sealed = vector_push(&values);

    (void)context, (void)err;
    need(sealed);
    sealed->key = copy(key);
    sealed->value = copy(value);
    return MUC_OK;
}

/** What is open stays readable, and is gone with the process. */
static void remove_files(const char *folder)
{
    static const char *const names[] = { "data.mdb", "lock.mdb", "writer.lock" };
    char path[96];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void make_database(void)
{
    static char folder[64];
    const struct muc_writer_options options = { 0 };
    struct muc_string tags[2] = { STR("rừng"), STR("biển") };
    struct writer *writer;
    struct store_read *read;

    snprintf(folder, sizeof folder, "%s/fuzz-segment-XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    need(mkdtemp(folder) && !store_open(folder, true, &store, NULL));
    need(!writer_open(store, &options, &writer, NULL));
    for (int i = 0; i < 160; i++) {
        char id[16], text[128];
        struct muc_document document = { .title = STR("Bảo vệ môi trường"),
                                         .source = STR("Sở"),
                                         .lang = STR("vi"),
                                         .tags = tags,
                                         .n_tags = i % 3,
                                         .date = { 2020, 1 + i % 12, 1 + i % 28 } };

        snprintf(id, sizeof id, "%d", i);
        snprintf(text, sizeof text, "Sáng %d, môi trường nước bien doi %d. Rừng môi trương.", i,
                 i % 7);
        document.id = str_c(id);
        document.text = str_c(text);
        if (i % 5 == 0)
            document.title = str_of(NULL, 0);
        need(!writer_add(writer, &document, NULL, NULL));
        if (i == 140)
            need(!writer_commit(writer, NULL));
    }
    need(!writer_delete(writer, STR("7"), &(bool){ 0 }, NULL) && !writer_commit(writer, NULL));
    writer_close(writer);
    need(!store_read_begin(store, &read, NULL) &&
         !store_scan(read, TREE_INDEX, str_of(NULL, 0), keep, NULL, NULL));
    store_read_end(read);
    need(!store_lock(store, 0, NULL));
    remove_files(folder);
}

static void edit(struct muc_string *value, const uint8_t *edit)
{
    char *bytes = (char *)(uintptr_t)value->bytes;
    size_t at = value->size ? (edit[2] | (size_t)edit[3] << 8) % value->size : 0;

    switch (edit[1] % 4) {
    case 0:
        if (value->size)
            bytes[at] = (char)edit[4];
        break;
    case 1:
        value->size = at;
        break;
    case 2:
        bytes = realloc(bytes, value->size + GROWTH_MAX);
        need(bytes);
        memset(bytes + value->size, edit[4], edit[2] % GROWTH_MAX);
        *value = str_of(bytes, value->size + edit[2] % GROWTH_MAX);
        break;
    default:
        if (value->size)
            bytes[at] = (char)(bytes[at] ^ 1 << edit[4] % 8);
        break;
    }
}

/** Put the edited values, or the old ones, in one transaction. */
static void put(const uint8_t *data, size_t n_edits, bool edited)
{
    struct store_write *write;

    need(!store_write_begin(store, &write, NULL));
    for (size_t i = 0; i < n_edits; i++) {
        const struct sealed *sealed = &values.at[data[i * EDIT] % values.n];
        struct muc_string value = copy(sealed->value);

        for (size_t k = 0; k < n_edits && edited; k++)
            if (data[k * EDIT] % values.n == data[i * EDIT] % values.n)
                edit(&value, data + k * EDIT);
        need(!store_put(write, TREE_INDEX, sealed->key, value, NULL));
        free((void *)(uintptr_t)value.bytes);
    }
    need(!store_commit(write, NULL));
}

static void ask(const struct reader *reader)
{
    static const char *const queries[] = {
        "môi trường",
        "\"bảo vệ môi trường\"",
        "nước NEAR/3 bien",
        "sang OR rung -bao",
        "title:bao tag:rừng",
        "date:2020-03..2020-09",
        "id:5",
        "\"moi truong nuoc\"",
    };
    struct analyzers analyzers;

    analyzers_init(&analyzers);

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct muc_query query = { .text = str_c(queries[i]),
                                   .limit = 5,
                                   .facet_values = 5,
                                   .snippet_bytes = 80,
                                   .facets = i % 2 ? "source,tag" : NULL };
        struct answer answer = { 0 };

        search(reader, &analyzers, &query, &answer, NULL);
        answer_free(&answer);
    }
    analyzers_destroy(&analyzers);
}

static void walk(const struct reader *reader)
{
    for (uint32_t s = 0; s < reader->n_segments; s++)
        for (uint32_t doc = 0; doc < reader->segments[s].n_docs && doc < 400; doc += 37) {
            struct arena arena = { 0 };
            struct muc_document document;

            segment_document(&reader->segments[s], doc, &arena, &document, NULL);
            arena_free(&arena);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n_edits = size / EDIT < EDITS_MAX ? size / EDIT : EDITS_MAX;
    struct reader *reader;
    uint64_t n_faults;

    if (!store)
        make_database();
    put(data, n_edits, true);
    if (!reader_open(store, &reader, NULL)) {
        ask(reader);
        walk(reader);
        reader_close(reader);
    }
    index_check(store, NULL, NULL, &n_faults, NULL);
    put(data, n_edits, false);
    return 0;
}
