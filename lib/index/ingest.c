/* SPDX-License-Identifier: MIT */
#include "index/ingest.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "index/ingest_parts.h"
#include "index/walk.h"

/** The path of what the walk calls `name`, under which it is remembered. */
static int absolute(struct ingest *ingest, const char *name, struct muc_string *path,
                    struct muc_error *err)
{
    buffer_clear(&ingest->absolute);
    buffer_string(&ingest->absolute, ingest->root);
    buffer_string(&ingest->absolute, name);
    if (ingest->absolute.failed)
        return error_memory(err);
    *path = str_of((const char *)ingest->absolute.at, ingest->absolute.size);
    return MUC_OK;
}

static int visit_failed(void *context, const char *path, const char *name, const char *message,
                        bool lost, struct muc_error *err)
{
    struct ingest *ingest = context;
    struct muc_string key;
    int rc = absolute(ingest, name, &key, err);

    if (rc || ingest->counting)
        return rc;
    if (lost && !(rc = gone_remembers(&ingest->remembered, ingest->writer, key,
                                      err))) /* it never led anywhere */
        return ingest_tell(ingest, MUC_EVENT_WARNING, path, 0, message, err);
    if (rc < 0)
        return rc;
    if (ingest->options->follow_deletes && !seen_add_unread(&ingest->seen, key))
        return error_memory(err);
    return ingest_failed(ingest, path, message, err);
}

/** A file of the walk; also the only file. */
static int visit(void *context, const char *path, const char *name, const struct stat *stat,
                 struct muc_error *err)
{
    struct ingest *ingest = context;
    struct muc_string key;
    bool known = false, unchanged = false;
    const uint64_t size = (uint64_t)stat->st_size;
    int rc;

    if ((rc = absolute(ingest, name, &key, err)))
        return rc;
    ingest->path = path;
    if ((rc = ingest_recall(ingest, key, stat, &known, &unchanged, err)))
        return rc;
    if (ingest->counting) {
        if (!unchanged && doc_reader_for(path, NULL, 0)) /* not opened for that */
            ingest->tally->bytes_total += (uint64_t)stat->st_size;
        return MUC_OK;
    }
    ingest->tally->files_seen++;
    ingest->tally->files_unchanged += unchanged;
    if (ingest->options->follow_deletes && !seen_add(&ingest->seen, key))
        return error_memory(err);
    if (unchanged)
        return ingest_tell_progress(ingest, err);
    if (!*name) /* the file itself was given */
        name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    ingest->unread = ingest->refused = false;
    rc = ingest_file(ingest, path, str_c(name), key, known, err);
    if (!rc && !known && ingest->options->follow_deletes && ingest->unread &&
        !moves_keep(&ingest->moves, size, &ingest->seen))
        rc = error_memory(err);
    return rc;
}

/* ---- roots */

static int index_stdin(struct ingest *ingest, struct muc_error *err)
{
    const struct doc_input input = {
        .path = "-",
        .source = str_c(ingest->options->source),
        .encoding = ingest->options->encoding,
        .fd = STDIN_FILENO,
        .progress = &ingest->tally->bytes_read,
        .held = ingest_held,
        .whose = ingest,
    };
    uint64_t hash;

    ingest->path = "-";
    return ingest_input(ingest, &doc_reader_jsonl, &input, &hash, err);
}

static int delete_gone(struct ingest *ingest, const char *path, struct muc_error *err)
{
    struct muc_error why = { 0 };
    int rc = gone_delete(ingest->writer, str_c(ingest->root), &ingest->seen, &ingest->claims,
                         ingest->options->dry_run, ingest->tally, &why);

    if (rc == MUC_EINPUT)
        return ingest_failed(ingest, path, why.message, err);
    if (rc && err)
        *err = why;
    return rc;
}

static int index_path(struct ingest *ingest, const char *database, const char *path,
                      struct muc_error *err)
{
    const struct walk_visitor visitor = { visit, visit_failed, ingest };
    struct stat root, left_out;
    bool known = !stat(database, &left_out), tree;
    struct buffer prefix = { 0 };
    char *real;
    int rc = MUC_OK;

    if (stat(path, &root))
        return error_set(err, MUC_EIO, errno, path, "cannot be read: %s", strerror(errno));
    tree = S_ISDIR(root.st_mode);
    if (!tree && !S_ISREG(root.st_mode)) /* a pipe has no real path */
        return ingest_failed(ingest, path, "neither a file nor a folder; standard input is \"-\"",
                             err);
    if (!(real = realpath(path, NULL)))
        return error_set(err, MUC_EIO, errno, path, "cannot be read: %s", strerror(errno));
    buffer_string(&prefix, real);
    if (tree && strcmp(real, "/"))
        buffer_byte(&prefix, '/');
    buffer_byte(&prefix, 0);
    free(real);
    ingest->root = (char *)prefix.at;
    if (prefix.failed)
        rc = error_memory(err);
    if (!rc && tree && ingest->options->track_moves)
        rc = moves_find(&ingest->moves, ingest->writer, str_c(ingest->root), err);
    if (!rc && ingest->options->event) { /* so that the time left can be told */
        ingest->counting = true;
        rc = walk(path, known ? &left_out : NULL, &visitor, err);
        ingest->counting = false;
    }
    if (!rc)
        rc = walk(path, known ? &left_out : NULL, &visitor, err);
    if (!rc && ingest->options->follow_deletes)
        rc = delete_gone(ingest, path, err);
    buffer_free(&prefix);
    return rc;
}

int ingest(struct writer *writer, const char *database, const char *path,
           const struct muc_index_options *options, struct muc_tally *tally, struct muc_error *err)
{
    struct ingest ingest = {
        .writer = writer, .options = options, .tally = tally, .committed = ingest_now()
    };
    int rc = MUC_OK;

    ingest.watch = (struct child_watch){ ingest_watch, &ingest };
    if (options->n_converters)
        rc = doc_converters_open(options->converters, options->n_converters, &ingest.converters,
                                 err);
    if (!rc)
        rc = strcmp(path, "-") ? index_path(&ingest, database, path, err)
                               : index_stdin(&ingest, err);
    doc_converters_close(ingest.converters);
    seen_free(&ingest.seen);
    moves_free(&ingest.moves);
    claims_free(&ingest.claims);
    remembered_free(&ingest.remembered);
    clash_free(&ingest.clash);
    buffer_free(&ingest.absolute);
    buffer_free(&ingest.place);
    buffer_free(&ingest.id);
    reread_free(&ingest.reread);
    return rc;
}
