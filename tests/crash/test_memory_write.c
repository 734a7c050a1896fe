/* SPDX-License-Identifier: MIT */
/* test_memory_write POINTS FILE…: writing, taking care and reading files, an allocation fails once.
 * What is told to have failed left the state before, what was not, the new one; then it is done
 * again. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { MANY = 300 };

/** All documents of a database, which is sound. */
static char *content_of(const char *path)
{
    const struct muc_document *document;
    struct muc_cursor *cursor;
    struct muc_index *index;
    struct muc_error err = { 0 };
    uint64_t n_faults = 1;
    char *content = NULL;
    size_t size;
    FILE *out = open_memstream(&content, &size);

    if (!out)
        die("out of memory indeed");
    must(muc_check(path, NULL, NULL, &n_faults, &err), "check", &err);
    if (n_faults)
        die("%" PRIu64 " faults", n_faults);
    must(muc_index_open(path, &index, &err), "open", &err);
    must(muc_cursor_open(index, &cursor, &err), "read all", &err);
    for (;;) {
        must(muc_cursor_next(cursor, &document, &err), "read all", &err);
        if (!document)
            break;
        fwrite(document->id.bytes, 1, document->id.size, out);
        fwrite(document->text.bytes, 1, document->text.size, out);
    }
    muc_cursor_close(cursor);
    muc_index_close(index);
    fclose(out);
    return content;
}

/** One life of a writer: an alert, new documents, a new version, a deletion, others joined. */
static int write_once(const char *path, unsigned threads, struct muc_error *err)
{
    const struct muc_writer_options options = { .memory = 1 << 20, .threads = threads };
    const struct muc_string alert = muc_text("môi trường");
    struct muc_tally tally = { 0 };
    struct muc_writer *writer;
    char other[PATH];
    size_t n_found;
    int rc = muc_writer_open(path, &options, &writer, err);

    if (rc)
        return rc;
    rc = muc_writer_alert_remove(writer, alert, err);
    if (rc == MUC_OK || rc == MUC_ENOTFOUND)
        rc = muc_writer_alert_add(writer, alert, alert, err);
    for (int i = DOCUMENTS - 2; i < DOCUMENTS + 3 && !rc; i++)
        rc = add(writer, i, 2, err);
    if (!rc)
        rc = muc_writer_delete(writer, muc_text("3"), NULL, err);
    if (!rc)
        rc = muc_writer_alert_run(writer, alert, &n_found, err);
    if (!rc)
        rc = muc_writer_join(writer, path_of("other", other), &tally, err);
    if (!rc)
        rc = muc_writer_commit(writer, err);
    muc_writer_close(writer);
    return rc;
}

/** What changes nothing that can be found. */
static int care_once(const char *path, unsigned threads, struct muc_error *err)
{
    struct muc_writer *writer;
    uint64_t n_faults = 1;
    char target[PATH];
    int rc = muc_check(path, NULL, NULL, &n_faults, err);

    (void)threads;
    if (rc || n_faults)
        return rc ? rc : MUC_EDAMAGED;
    if ((rc = muc_writer_open(path, NULL, &writer, err)))
        return rc;
    rc = muc_writer_merge(writer, err);
    muc_writer_close(writer);
    snprintf(target, sizeof target, "%s/copy", path);
    return rc ? rc : muc_backup(path, target, err);
}

/** Enough documents to get a new order. */
static int merge_once(const char *path, unsigned threads, struct muc_error *err)
{
    const struct muc_writer_options options = { .threads = threads };
    struct muc_writer *writer;
    int rc = muc_writer_open(path, &options, &writer, err);

    if (rc)
        return rc;
    rc = muc_writer_merge(writer, err);
    muc_writer_close(writer);
    return rc;
}

/** A file is not to blame where memory is out: it is to be read the next time. */
static int read_once(const char *path, unsigned threads, struct muc_error *err)
{
    const struct muc_index_options options = { .follow_deletes = true, .track_moves = true };
    const struct muc_writer_options writing = { .threads = threads };
    struct muc_tally tally = { 0 };
    struct muc_writer *writer;
    char from[PATH];
    int rc = muc_writer_open(path, &writing, &writer, err);

    if (rc)
        return rc;
    rc = muc_writer_index(writer, path_of("files", from), &options, &tally, err);
    if (!rc && tally.files_failed)
        rc = MUC_EINPUT;
    if (!rc)
        rc = muc_writer_commit(writer, err);
    muc_writer_close(writer);
    return rc;
}

static void copy(const char *from, const char *to)
{
    char command[4 * PATH];

    snprintf(command, sizeof command, "rm -rf %s && cp -r %s %s", to, from, to);
    if (system(command))
        die("%s", command);
}

/** What failed leaves the state before; what did not, the new one. Either way one may go on. */
static void try_writing(const char *name, int (*once)(const char *, unsigned, struct muc_error *),
                        const char *path, unsigned threads)
{
    char scratch[PATH], *before = content_of(path), *wanted, *got;
    struct muc_error err = { 0 };
    bool more = true;
    int rc;

    path_of("scratch", scratch);
    copy(path, scratch);
    must(once(scratch, threads, &err), name, &err);
    wanted = content_of(scratch);
    for (long n = 1; more; n = memory_after(n)) {
        copy(path, scratch);
        memory_arm(n);
        rc = once(scratch, threads, &err);
        more = memory_disarm();
        got = content_of(scratch);
        if ((rc && rc != MUC_ENOMEM) || strcmp(got, rc ? before : wanted) != 0)
            wrong("%s: allocation %ld: %d %s", name, n, rc, err.message);
        free(got);
        if (!rc)
            continue;
        must(once(scratch, threads, &err), name, &err);
        got = content_of(scratch);
        if (strcmp(got, wanted) != 0)
            wrong("%s: again after allocation %ld", name, n);
        free(got);
    }
    free(before);
    free(wanted);
}

int main(int argc, char **argv)
{
    char archive[PATH], one[PATH], many[PATH], files[PATH], command[4 * PATH];

    memory_start(argc > 1 ? argv[1] : NULL);
    make_archive(path_of("archive", archive), 0, DOCUMENTS);
    make_archive(path_of("other", one), DOCUMENTS - 5, DOCUMENTS + 5);
    make_archive(path_of("one", one), 0, 1);
    make_archive(path_of("many", many), 0, MANY);
    path_of("files", files);
    for (int i = 2; i < argc; i++) {
        snprintf(command, sizeof command, "mkdir -p %s && cp '%s' %s", files, argv[i], files);
        if (system(command))
            die("%s", command);
    }
    try_writing("write", write_once, archive, 1);
    try_writing("write with threads", write_once, archive, 2);
    try_writing("take care", care_once, archive, 1);
    try_writing("merge many", merge_once, many, 1);
    try_writing("merge many with threads", merge_once, many, 2);
    try_writing("read files", read_once, one, 1);
    return memory_end();
}
