/* SPDX-License-Identifier: MIT */
/* What fails is told as what it is: a database that cannot be written to is not the fault of the
 * file that was being read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../folder.h"
#include "base/error.h"
#include "index/ingest.h"
#include "index/writer_parts.h"

struct watched {
    struct writer *writer;
    unsigned n_failed; /* documents and files that were told to have failed */
};

/** At the first document that fails the writer does, too, as if the disk refused. */
static bool watch(void *context, const struct muc_event *event)
{
    struct watched *watched = context;
    struct muc_error err;

    if (event->kind != MUC_EVENT_FAILED)
        return true;
    if (!watched->n_failed++)
        writer_fail(watched->writer, error_set(&err, MUC_EIO, 0, "data.mdb", "the disk refuses"),
                    &err);
    return true;
}

/** Index a file of these lines, of which the first is none. */
static void check(const char *lines)
{
    const struct muc_writer_options options = { .threads = 1 };
    struct watched watched = { .n_failed = 0 };
    struct muc_index_options indexing = { .event = watch, .context = &watched };
    char folder[FOLDER_SIZE], path[64], database[64];
    struct muc_tally tally = { 0 };
    struct muc_error err;
    struct store *store;
    FILE *file;

    assert_true(folder_make(folder));
    snprintf(database, sizeof database, "%s/db", folder);
    snprintf(path, sizeof path, "%s/lines.jsonl", folder);
    assert_non_null(file = fopen(path, "w"));
    assert_true(fputs(lines, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(store_open(database, true, &store, NULL), MUC_OK);
    assert_int_equal(writer_open(store, &options, &watched.writer, NULL), MUC_OK);
    assert_int_equal(ingest(watched.writer, database, path, &indexing, &tally, &err), MUC_EIO);
    assert_string_equal(err.message, "the disk refuses");
    assert_int_equal(watched.n_failed, 1);
    assert_int_equal(tally.failed, 1);
    assert_int_equal(tally.files_failed, 0);
    writer_close(watched.writer);
    store_close(store);
    assert_true(folder_remove(folder));
}

static void test_adding(void **state)
{
    (void)state;
    check("broken\n{\"id\": \"1\", \"text\": \"một\"}\n");
}

static void test_refusing(void **state)
{
    (void)state;
    check("broken\nbroken, too\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_refusing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
