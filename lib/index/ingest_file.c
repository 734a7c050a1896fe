/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "index/ingest_parts.h"
#include "index/prepare.h"

enum { PROGRESS_NS = 100000000 };

/* ---- telling */

uint64_t ingest_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

int ingest_tell(struct ingest *ingest, enum muc_event_kind kind, const char *path, uint64_t line,
                const char *message, struct muc_error *err)
{
    const struct muc_event event = { kind, path, line, message, ingest->tally };

    if (!ingest->options->event || ingest->options->event(ingest->options->context, &event))
        return MUC_OK;
    return error_set(err, MUC_ESTOPPED, 0, "", "stopped on request");
}

int ingest_tell_progress(struct ingest *ingest, struct muc_error *err)
{
    uint64_t time = ingest->options->event ? ingest_now() : 0;

    if (!ingest->options->event || time - ingest->told < PROGRESS_NS)
        return MUC_OK;
    ingest->told = time;
    return ingest_tell(ingest, MUC_EVENT_PROGRESS, ingest->path, 0, "", err);
}

int ingest_watch(void *ingest, struct muc_error *err)
{
    return ingest_tell_progress(ingest, err);
}

int ingest_held(void *context, uint64_t more, struct muc_error *err)
{
    struct ingest *ingest = context;
    uint64_t before = ingest->held;

    ingest->held += more;
    return !doc_is_large(before) && doc_is_large(ingest->held) ? writer_rest(ingest->writer, err)
                                                               : MUC_OK;
}

/** So that a long run that is killed need not begin anew. */
static int commit_if_due(struct ingest *ingest, struct muc_error *err)
{
    uint64_t time;

    if (!ingest->options->commit_seconds || ingest->options->dry_run)
        return MUC_OK;
    time = ingest_now();
    if (time - ingest->committed < (uint64_t)ingest->options->commit_seconds * 1000000000)
        return MUC_OK;
    ingest->committed = time;
    return writer_commit(ingest->writer, err);
}

/* ---- one document */

/** The document's path from the root of the file system, as its file is remembered: what is read
 * from here today may be read from elsewhere tomorrow. */
static int place(struct ingest *ingest, struct muc_document *document, struct muc_error *err)
{
    struct muc_string file = str_c(ingest->path);

    if (!ingest->absolute.size || !str_starts(document->path, file))
        return MUC_OK;
    buffer_clear(&ingest->place);
    buffer_append(&ingest->place, ingest->absolute.at, ingest->absolute.size);
    buffer_append(&ingest->place, document->path.bytes + file.size,
                  document->path.size - file.size);
    if (ingest->place.failed)
        return error_memory(err);
    document->path = str_of((const char *)ingest->place.at, ingest->place.size);
    return MUC_OK;
}

/** Whose place a document took that names itself. A file that was read before may change what it
 *  has; where that is found in another one, though, the two have it in turns. */
static int note_clash(struct ingest *ingest, const struct muc_document *document,
                      enum outcome outcome, struct muc_error *err)
{
    struct muc_string file = file_of(document->path), before;
    struct arena arena = { 0 };
    int rc = MUC_OK;

    before = clashes_take(writer_clashes(ingest->writer), document->id, file);
    if (!before.bytes)
        return error_memory(err);
    if (!before.size && outcome == OUTCOME_CHANGED && !ingest->reread.had) {
        rc = writer_replaced(ingest->writer, &arena, &before, err);
        before = file_of(before);
        if (str_equal(before, file)) /* as it was read before it was forgotten */
            before.size = 0;
    }
    if (!rc && before.size && outcome != OUTCOME_SAME &&
        !clash_note(&ingest->clash, document->id, file, before))
        rc = error_memory(err);
    arena_free(&arena);
    return rc;
}

/** Whether the document at hand takes the place of one that was read from this file. One that is
 *  the same does: its file counts (index/prepare.c). */
static int find_own(struct ingest *ingest, enum outcome outcome, bool *own, struct muc_error *err)
{
    struct muc_string file = str_of((const char *)ingest->absolute.at, ingest->absolute.size), path;
    struct arena arena = { 0 };
    int rc = MUC_OK;

    *own = outcome == OUTCOME_SAME;
    if (outcome != OUTCOME_CHANGED || !ingest->reread.follow || !ingest->reread.had)
        return MUC_OK;
    rc = writer_replaced(ingest->writer, &arena, &path, err);
    *own = !rc && str_starts(path, file) &&
           (file_of(path).size == file.size ||
            str_starts(str_of(path.bytes + file.size, path.size - file.size), STR("!/")));
    arena_free(&arena);
    return rc;
}

static int emit(void *context, const struct muc_document *given, struct muc_error *err)
{
    struct ingest *ingest = context;
    struct muc_document document = *given;
    enum outcome outcome;
    bool own;
    int rc = place(ingest, &document, err);

    ingest->held = 0;
    if (ingest->options->kind)
        document.kind = str_c(ingest->options->kind);
    if (!rc)
        rc = ingest->options->dry_run ? writer_try(ingest->writer, &document, &outcome, err)
                                      : writer_add(ingest->writer, &document, &outcome, err);

    if (!rc)
        rc = find_own(ingest, outcome, &own, err);
    if (!rc && clashes_may_be(&document))
        rc = note_clash(ingest, &document, outcome, err);
    if (rc)
        return rc;
    if (!reread_add(&ingest->reread, document.id, own))
        return error_memory(err);
    ingest->tally->added += outcome == OUTCOME_ADDED;
    ingest->tally->changed += outcome == OUTCOME_CHANGED;
    ingest->tally->same += outcome == OUTCOME_SAME;
    rc = commit_if_due(ingest, err);
    return rc ? rc : ingest_tell_progress(ingest, err);
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    struct ingest *ingest = context;
    int rc = writer_usable(ingest->writer, err); /* or it is not the document's fault */

    if (rc)
        return rc;
    ingest->held = 0;
    ingest->refused = true;
    ingest->tally->failed++;
    return ingest_tell(ingest, MUC_EVENT_FAILED, ingest->path, line, message, err);
}

static void warn(void *context, uint64_t line, const char *message)
{
    struct ingest *ingest = context;

    ingest_tell(ingest, MUC_EVENT_WARNING, ingest->path, line, message, NULL);
}

static void skip(void *context, const char *path)
{
    struct ingest *ingest = context;

    ingest->held = 0;
    ingest->tally->members_skipped++;
    ingest_tell(ingest, MUC_EVENT_SKIPPED, path, 0, "", NULL);
}

int ingest_input(struct ingest *ingest, const struct doc_reader *reader,
                 const struct doc_input *input, uint64_t *hash, struct muc_error *err)
{
    const struct doc_sink sink = { emit, refuse, warn, ingest, skip };
    int rc;

    ingest->held = 0;
    rc = reader->read(input, &sink, hash, err);

    clash_tell(&ingest->clash, warn, ingest);
    return rc;
}

/* ---- one file */

static int64_t mtime_of(const struct stat *stat)
{
    return (int64_t)stat->st_mtim.tv_sec * 1000000000 + stat->st_mtim.tv_nsec;
}

int ingest_failed(struct ingest *ingest, const char *path, const char *message,
                  struct muc_error *err)
{
    ingest->tally->files_seen++;
    ingest->tally->files_failed++;
    return ingest_tell(ingest, MUC_EVENT_FAILED, path, 0, message, err);
}

/** The same of one that was counted when it was met. */
static int file_failed(struct ingest *ingest, const char *path, const char *message,
                       struct muc_error *err)
{
    ingest->tally->files_seen--;
    ingest->unread = true;
    return ingest_failed(ingest, path, message, err);
}

/** Nobody reads it, any more or from the first. */
static int file_skipped(struct ingest *ingest, const char *path, struct muc_string key, bool known,
                        struct muc_error *err)
{
    int rc = MUC_OK;

    ingest->tally->files_skipped++;
    if (known && ingest->options->follow_deletes) {
        rc = reread_end(&ingest->reread, ingest->writer, key, &ingest->seen,
                        ingest->options->dry_run, ingest->tally, err);
        if (!rc && !ingest->options->dry_run && !ingest->reread.shrunk)
            rc = writer_file_delete(ingest->writer, key, err);
    }
    if (rc)
        return rc;
    return ingest_tell(ingest, MUC_EVENT_SKIPPED, path, 0, "", err);
}

static int remember(struct ingest *ingest, const struct doc_reader *reader, struct muc_string path,
                    const struct doc_input *input, uint64_t hash, bool failed,
                    struct muc_error *err)
{
    struct file_record record = {
        .size = input->size,
        .mtime = input->mtime,
        .hash = hash,
        .state = failed || ingest->refused ? FILE_FAILED : FILE_READ,
        .many = reader->many,
        .id = input->id,
    };
    int rc = reread_end(&ingest->reread, ingest->writer, path, &ingest->seen,
                        ingest->options->dry_run, ingest->tally, err);

    if (rc || ingest->options->dry_run)
        return rc;
    reread_record(&ingest->reread, failed, &record);
    return writer_file_put(ingest->writer, path, &record, err);
}

/** Read a file that is open; `key` is its absolute path. `done`: its documents are those of a file,
 *  or would be. */
static int read_file(struct ingest *ingest, const struct doc_reader *reader, struct muc_string key,
                     const struct doc_input *input, bool *done, struct muc_error *err)
{
    struct muc_error why = { 0 };
    uint64_t hash = 0;
    int rc = ingest_input(ingest, reader, input, &hash, &why), failed;

    if (rc && (failed = writer_usable(ingest->writer, err))) /* it is not the file's fault */
        return failed;
    if (rc == MUC_EINPUT || rc == MUC_EIO) {
        int told = file_failed(ingest, input->path, why.message, err);

        ingest->unread = rc == MUC_EIO;
        if (told || ingest->unread)
            return told;
        return remember(ingest, reader, key, input, hash, true, err);
    }
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    *done = true;
    return remember(ingest, reader, key, input, hash, false, err);
}

/** What is remembered of a file, if it is. `unchanged`: as it was when it was last read. The id of
 * its document stays what it was, also if the file is reached from another root now. */
int ingest_recall(struct ingest *ingest, struct muc_string key, const struct stat *stat,
                  bool *known, bool *unchanged, struct muc_error *err)
{
    struct file_record record;
    int rc = writer_file_get(ingest->writer, key, &record, known, err);

    buffer_clear(&ingest->id);
    reread_begin(&ingest->reread, ingest->options->follow_deletes, !rc && *known ? &record : NULL,
                 (struct muc_string){ 0 });
    if (rc || !*known)
        return rc;
    *unchanged = record.size == (uint64_t)stat->st_size && record.mtime == mtime_of(stat) &&
                 !(ingest->options->retry && record.state == FILE_FAILED) &&
                 !(ingest->options->follow_deletes && record.loose);
    buffer_append(&ingest->id, record.id.bytes, record.id.size);
    ingest->reread.id = str_of((const char *)ingest->id.at, ingest->id.size);
    return ingest->id.failed ? error_memory(err) : MUC_OK;
}

/** A file was read in its new place: forget the old one, and keep its document. */
static int forget_place(struct ingest *ingest, struct moved_file *moved, struct muc_error *err)
{
    moved->taken = true;
    ingest->tally->files_moved++;
    if (ingest->options->follow_deletes && !seen_add(&ingest->seen, moved->path))
        return error_memory(err);
    return ingest->options->dry_run ? MUC_OK : writer_file_delete(ingest->writer, moved->path, err);
}

/** The id of a file that has none yet. */
static int name_file(struct ingest *ingest, struct muc_string key, struct doc_input *input,
                     struct muc_error *err)
{
    const struct claimant file = { key, str_c(ingest->root), input->id, input->fd, input->size };
    int rc = claims_name(&ingest->claims, ingest->writer, &file, &ingest->id, err);

    input->id = str_of((const char *)ingest->id.at, ingest->id.size);
    return rc;
}

/** A file with a reader: under the id that it had before, wherever that was. */
static int read_known(struct ingest *ingest, const struct doc_reader *reader, struct muc_string key,
                      bool known, struct doc_input *input, struct muc_error *err)
{
    struct moved_file *moved = NULL;
    struct muc_error why;
    bool done = false;
    int rc = MUC_OK;

    if (ingest->reread.id.size) {
        input->id = ingest->reread.id;
    } else {
        if (!known && (rc = moves_match(&ingest->moves, input, reader->many, &moved, &why)))
            return rc == MUC_EIO ? file_failed(ingest, input->path, why.message, err)
                                 : error_memory(err);
        if (moved)
            input->id = moved->id;
        else
            rc = name_file(ingest, key, input, err);
    }
    if (rc)
        return rc;
    rc = read_file(ingest, reader, key, input, &done, err);
    return !rc && done && moved ? forget_place(ingest, moved, err) : rc;
}

int ingest_file(struct ingest *ingest, const char *path, struct muc_string name,
                struct muc_string key, bool known, struct muc_error *err)
{
    const struct doc_reader *reader;
    struct doc_input input;
    struct stat stat;
    uint8_t head[DOC_HEAD];
    ssize_t n_head;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), rc;

    if (fd < 0 || fstat(fd, &stat)) {
        rc = file_failed(ingest, path, strerror(errno), err);
    } else if (!S_ISREG(stat.st_mode)) { /* it is another thing now than in the walk */
        rc = file_failed(ingest, path, "not a regular file", err);
    } else if ((n_head = pread(fd, head, sizeof head, 0)) < 0) {
        rc = file_failed(ingest, path, strerror(errno), err);
    } else {
        input = (struct doc_input){
            .path = path,
            .id = name,
            .source = str_c(ingest->options->source),
            .encoding = ingest->options->encoding,
            .keep_all = ingest->options->keep_all,
            .mtime = mtime_of(&stat),
            .size = (uint64_t)stat.st_size,
            .fd = fd,
            .progress = &ingest->tally->bytes_read,
            .converters = ingest->converters,
            .watch = &ingest->watch,
            .held = ingest_held,
            .whose = ingest,
        };
        reader = doc_reader_choose(&input, head, (size_t)n_head);
        rc = reader ? read_known(ingest, reader, key, known, &input, err)
                    : file_skipped(ingest, path, key, known, err);
    }
    if (fd >= 0)
        close(fd);
    return rc;
}
