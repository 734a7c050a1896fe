/* SPDX-License-Identifier: MIT */
/* A database whose values say anything, sealed as if they were meant: opened, asked for all that
 * can be asked, checked, merged and joined.
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
#include "index/merge.h"
#include "index/names.h"
#include "index/reader.h"
#include "index/standing_count.h"
#include "index/writer.h"
#include "search/duplicates.h"
#include "search/search.h"
#include "search/suggest.h"
#include "search/vocabulary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EDIT = 5, EDITS_MAX = 32, GROWTH_MAX = 64 };

struct sealed {
    struct muc_string key, value;
};

static struct store *store, *other; /* other: what it is joined to, always empty */
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

static char other_folder[64];

static void remove_other(void)
{
    remove_files(other_folder);
}

static void make_store(char folder[64], struct store **out)
{
    snprintf(folder, 64, "%s/fuzz-segment-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    need(mkdtemp(folder) && !store_open(folder, true, out, NULL));
}

static void add(struct writer *writer, int i)
{
    struct muc_string tags[2] = { STR("rừng"), STR("biển") };
    char id[16], text[512];
    struct muc_document document = { .title = STR("Bảo vệ môi trường"),
                                     .source = STR("Sở"),
                                     .lang = STR("vi"),
                                     .tags = tags,
                                     .n_tags = i % 3,
                                     .date = { 2020, 1 + i % 12, 1 + i % 28 } };

    snprintf(id, sizeof id, "%d", i);
    snprintf(
        text, sizeof text,
        "%sSáng %d, môi trường nước bien doi %d. Rừng môi trương. Ủy ban nhân dân (UBND) họp.\n%s",
        i % 4 ? "" : "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\n\n", i, i % 7,
        i % 4 ? "" : "\nMọi chi tiết xin liên hệ văn phòng Sở.\n");
    document.id = str_c(id);
    document.text = str_c(text);
    if (i % 5 == 0)
        document.title = str_of(NULL, 0);
    need(!writer_add(writer, &document, NULL, NULL));
}

static void fill(struct store *filled)
{
    const struct muc_writer_options options = { 0 };
    struct writer *writer;
    struct store_read *read;

    need(!writer_open(filled, &options, &writer, NULL));
    for (int i = 0; i < 260; i++) { /* enough for merging to reorder them */
        add(writer, i);
        if (i == 140)
            need(!writer_commit(writer, NULL));
    }
    need(!writer_delete(writer, STR("7"), &(bool){ 0 }, NULL) && !writer_commit(writer, NULL));
    writer_close(writer);
    need(!store_read_begin(filled, &read, NULL) &&
         !store_scan(read, TREE_INDEX, str_of(NULL, 0), keep, NULL, NULL));
    store_read_end(read);
    need(!store_lock(filled, 0, NULL));
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
        "m* *ng m?i nuoc~",
        "UBND hop",
        "bảo vệ môi trườmg",
    };
    struct analyzers analyzers;
    struct suggestions suggestions = { 0 };
    struct answer *similar = NULL;
    const struct muc_query plain = { .limit = 5, .facet_values = 5, .snippet_bytes = 80 };

    analyzers_init(&analyzers);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct muc_query query = plain;
        struct answer *answer = NULL;

        query.text = str_c(queries[i]);
        query.facets = i % 2 ? "source,tag" : NULL;
        query.explain = i % 2;
        query.collapse = i % 3;
        query.recency = i % 4 * 30U;
        if (i % 5 == 4)
            query.document = STR("5");
        search(reader, &analyzers, &query, &answer, NULL);
        answer_free(answer);
    }
    search_similar(reader, &analyzers, &STR("5"), 1, &plain, &similar, NULL);
    answer_free(similar);
    suggest(reader, &analyzers, STR("bao ve m"), 5, &suggestions, NULL);
    arena_free(&suggestions.arena);
    analyzers_destroy(&analyzers);
}

static void walk(const struct reader *reader)
{
    struct duplicates duplicates = { 0 };
    struct learned_names names = { 0 };
    struct vocabulary vocabulary = { 0 };

    for (uint32_t s = 0; s < reader->n_segments; s++)
        for (uint32_t doc = 0; doc < reader->segments[s].n_docs && doc < 400; doc += 37) {
            struct arena arena = { 0 };
            struct muc_document document;

            segment_document(&reader->segments[s], doc, &arena, &document, NULL);
            arena_free(&arena);
        }
    if (!vocabulary_open(reader, FAMILY_EXACT, STR(""), &vocabulary, NULL))
        while (vocabulary_next(&vocabulary, NULL) == 1)
            continue;
    vocabulary_close(&vocabulary);
    duplicates_find(reader, &duplicates, NULL);
    arena_free(&duplicates.arena);
    names_learned(reader, &names, NULL);
    names_free(&names);
}

/** All segments into one, their standing lines counted: to the spill of the other, which is
 * dropped. */
static void merge(void)
{
    struct view view;
    struct spill spill;
    struct segment **inputs;
    struct segment_entry entry;
    uint32_t next;

    if (view_open(store, &view, NULL))
        return;
    next = view.list.next;
    inputs = malloc((view.n_open + 1) * sizeof *inputs);
    need(inputs);
    for (size_t i = 0; i < view.n_open; i++)
        inputs[i] = &view.segments[i];
    spill_init(&spill, other);
    if (view.n_open)
        merge_segments(&(struct merge_task){ .inputs = inputs,
                                             .n = view.n_open,
                                             .memory = 1 << 20,
                                             .threads = 1,
                                             .spill = &spill,
                                             .number = next++ },
                       &entry, NULL);
    spill_drop(&spill);
    standing_count(&view, 0, &spill, &next, NULL);
    spill_free(&spill);
    free(inputs);
    view_close(&view);
}

/** To a database that is empty and stays so. */
static void join(void)
{
    const struct muc_writer_options options = { .threads = 1 };
    struct muc_tally tally = { 0 };
    struct writer *writer;

    need(!writer_open(other, &options, &writer, NULL));
    writer_join(writer, store, &tally, NULL);
    writer_close(writer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n_edits = size / EDIT < EDITS_MAX ? size / EDIT : EDITS_MAX;
    struct reader *reader;
    uint64_t n_faults;
    char folder[64];

    if (!store) {
        make_store(folder, &store);
        fill(store);
        remove_files(folder);
        make_store(other_folder, &other);
        atexit(remove_other); /* a writer wants its folder */
    }
    put(data, n_edits, true);
    if (!reader_open(store, &reader, NULL)) {
        ask(reader);
        walk(reader);
        reader_close(reader);
    }
    index_check(store, NULL, NULL, &n_faults, NULL);
    merge();
    join();
    put(data, n_edits, false);
    return 0;
}
