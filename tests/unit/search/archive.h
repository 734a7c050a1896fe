/* SPDX-License-Identifier: MIT */
/* archive.h - a database in a folder of its own, filled and searched through the rooms' doors.
 *
 * Everything asserts; a failing step ends the test. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../folder.h"
#include "index/reader.h"
#include "index/writer.h"
#include "search/search.h"
#include "store/store.h"

struct archive {
    char folder[FOLDER_SIZE];
    struct store *store;
    struct writer *writer;
    struct reader *reader; /* of the last commit */
    struct analyzers *analyzers;
};

static inline void archive_start(struct archive *archive)
{
    const struct muc_writer_options options = { 0 };
    struct muc_error err = { 0 };

    *archive = (struct archive){ 0 };
    assert_true(folder_make(archive->folder));
    assert_non_null(archive->analyzers = malloc(sizeof *archive->analyzers));
    analyzers_init(archive->analyzers);
    assert_int_equal(store_open(archive->folder, true, &archive->store, &err), MUC_OK);
    assert_int_equal(writer_open(archive->store, &options, &archive->writer, &err), MUC_OK);
}

static inline void archive_add(struct archive *archive, const struct muc_document *document)
{
    struct muc_error err = { 0 };

    assert_int_equal(writer_add(archive->writer, document, NULL, &err), MUC_OK);
}

/** A document that is no more than a number and a text. */
static inline void archive_add_text(struct archive *archive, size_t number, const char *text)
{
    char id[24];

    snprintf(id, sizeof id, "%zu", number);
    archive_add(archive, &(struct muc_document){ .id = muc_text(id), .text = muc_text(text) });
}

static inline void archive_delete(struct archive *archive, const char *id)
{
    bool found = false;

    assert_int_equal(writer_delete(archive->writer, muc_text(id), &found, NULL), MUC_OK);
    assert_true(found);
}

/** Commit and read what is there now. */
static inline void archive_commit(struct archive *archive)
{
    struct muc_error err = { 0 };

    assert_int_equal(writer_commit(archive->writer, &err), MUC_OK);
    reader_close(archive->reader);
    archive->reader = NULL;
    assert_int_equal(reader_open(archive->store, &archive->reader, &err), MUC_OK);
}

static inline void archive_end(struct archive *archive)
{
    reader_close(archive->reader);
    writer_close(archive->writer);
    store_close(archive->store);
    analyzers_destroy(archive->analyzers);
    free(archive->analyzers);
    assert_true(folder_remove(archive->folder));
}

/** The answer needs answer_free(). */
static inline struct answer archive_search(const struct archive *archive,
                                           const struct muc_query *query)
{
    struct answer *answer = NULL;
    struct muc_error err = { 0 };
    int rc = search(archive->reader, archive->analyzers, query, &answer, &err);

    if (rc)
        print_error("%.*s: %s\n", (int)query->text.size, query->text.bytes, err.message);
    assert_int_equal(rc, MUC_OK);
    return *answer; /* whose memory goes with the copy, too */
}
