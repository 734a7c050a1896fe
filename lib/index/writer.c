/* SPDX-License-Identifier: MIT */
#include "index/writer.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "index/prepare.h"
#include "index/records.h"
#include "index/sweep.h"
#include "index/writer_parts.h"

enum {
    DEFAULT_MEMORY = 400 << 20,
    LEAST_MEMORY = 1 << 20,
};

/* ---- opening */

int writer_open(struct store *store, const struct muc_writer_options *options, struct writer **out,
                struct muc_error *err)
{
    struct writer *writer;
    size_t memory = options->memory ? options->memory : DEFAULT_MEMORY;
    int rc = store_lock(store, options->wait_ms, err);

    if (rc)
        return rc;
    if (!(writer = calloc(1, sizeof *writer))) {
        store_unlock(store);
        return error_memory(err);
    }
    writer->store = store;
    writer->replaced.doc = UINT32_MAX;
    writer->memory = memory < LEAST_MEMORY ? LEAST_MEMORY : memory;
    writer->threads = options->threads > 1 ? options->threads : 1;
    merge_watch_init(&writer->watch, options);
    spill_init(&writer->spill, store);
    if (writer->threads > 1)
        spill_start(&writer->spill);
    if ((rc = view_open(store, &writer->view, err)) || (rc = sweep(&writer->view, err)) ||
        (rc = builder_new(&writer->spill, writer->memory, writer->threads, &writer->next,
                          &writer->builder, err))) {
        writer_close(writer);
        return rc;
    }
    writer->next = writer->counted = writer->view.list.next;
    *out = writer;
    return MUC_OK;
}

void writer_close(struct writer *writer)
{
    if (!writer)
        return;
    builder_free(writer->builder);
    spill_free(&writer->spill);
    view_close(&writer->view);
    for (size_t i = 0; i < writer->unfinished.n; i++)
        unfinished_free(&writer->unfinished.at[i]);
    vector_free(&writer->unfinished);
    id_sieve_free(&writer->ids);
    file_table_free(&writer->files);
    arena_free(&writer->arena);
    clashes_free(&writer->clashes);
    store_unlock(writer->store);
    free(writer);
}

/* ---- failing: what was half done must not be committed */

int writer_fail(struct writer *writer, int rc, const struct muc_error *err)
{
    if (rc && !writer->failure.code) {
        if (err)
            writer->failure = *err;
        else
            error_set(&writer->failure, rc, 0, "", "an earlier step of the writer failed");
        writer->failure.code = rc;
    }
    return rc;
}

int writer_usable(const struct writer *writer, struct muc_error *err)
{
    if (writer->failure.code && err)
        *err = writer->failure;
    return writer->failure.code;
}

/* ---- seeing what was finished */

int writer_absorb(struct writer *writer, struct muc_error *err)
{
    struct segment_entry entry;
    size_t before = writer->view.list.entries.n;
    int rc = MUC_OK;

    while (!rc && builder_take(writer->builder, &entry))
        rc = view_add(&writer->view, &entry, err);
    if (rc || writer->view.list.entries.n == before)
        return rc;
    if ((rc = spill_flush(&writer->spill, err)) || (rc = view_refresh(&writer->view, err)))
        return rc;
    for (size_t i = before; i < writer->view.n_open; i++)
        for (size_t k = 0; k < writer->unfinished.n; k++) {
            struct unfinished *unfinished = &writer->unfinished.at[k];

            if (unfinished->number != writer->view.list.entries.at[i].number)
                continue;
            for (size_t d = 0; d < unfinished->deleted.n && !rc; d++)
                rc = view_delete(&writer->view, i, unfinished->deleted.at[d], err);
            unfinished_free(unfinished);
            *unfinished = writer->unfinished.at[--writer->unfinished.n];
            break;
        }
    return rc;
}

int writer_gather(struct writer *writer, struct muc_error *err)
{
    int rc = builder_finish(writer->builder, err);

    if (!rc)
        rc = writer_absorb(writer, err);
    return rc ? rc : spill_flush(&writer->spill, err);
}

/* ---- adding and deleting */

static uint64_t content_at(const struct writer *writer, const struct place *place)
{
    return place->known ? place->known->content
                        : writer->view.segments[place->segment].data->contents[place->doc];
}

static int delete_at(struct writer *writer, const struct place *place, struct muc_error *err)
{
    writer->changed = true;
    if (!place->known)
        return view_delete(&writer->view, place->segment, place->doc, err);
    return unfinished_delete(place->unfinished, place->known) ? MUC_OK : error_memory(err);
}

static struct unfinished *unfinished_of(struct writer *writer, uint32_t number)
{
    struct unfinished *added;

    for (size_t i = 0; i < writer->unfinished.n; i++)
        if (writer->unfinished.at[i].number == number)
            return &writer->unfinished.at[i];
    if ((added = vector_push(&writer->unfinished)))
        *added = (struct unfinished){ .number = number };
    return added;
}

static int append(struct writer *writer, const struct muc_document *document, uint64_t hash,
                  uint64_t content, struct muc_error *err)
{
    struct unfinished *unfinished;
    uint32_t number, doc;
    int rc = builder_place(writer->builder, &number, &doc, err);

    if (rc)
        return rc;
    writer->changed = true;
    if ((rc = writer_note_id(writer, hash, err)))
        return rc;
    unfinished = unfinished_of(writer, number);
    if (!unfinished || !unfinished_add(unfinished, document->id, hash, content, doc))
        return error_memory(err);
    return builder_add(writer->builder, document, content, err);
}

/** See what was finished, and where that has become much make fewer segments of it. */
static int catch_up(struct writer *writer, struct muc_error *err)
{
    size_t before = writer->view.n_open;
    int rc = writer_absorb(writer, err);

    return rc || writer->view.n_open == before ? rc : writer_merge_unnamed(writer, err);
}

int writer_rest(struct writer *writer, struct muc_error *err)
{
    int rc = writer_usable(writer, err);

    if (!rc)
        rc = builder_rest(writer->builder, err);
    if (!rc)
        rc = catch_up(writer, err);
    return writer_fail(writer, rc, err);
}

/** Prepare a document and look for the one it replaces: 1, 0, or a failure. */
static int look_up(struct writer *writer, const struct muc_document *given,
                   struct muc_document *document, uint64_t *content, uint64_t *hash,
                   struct place *place, struct muc_error *err)
{
    int rc = writer_usable(writer, err);

    arena_reset(&writer->arena);
    if (rc || (rc = prepare(given, &writer->arena, document, content, err)))
        return rc;
    if ((rc = catch_up(writer, err)))
        return writer_fail(writer, rc, err);
    *hash = XXH3_64bits(document->id.bytes, document->id.size);
    rc = writer_find(writer, document->id, *hash, place, err);
    writer->replaced = rc == 1 ? *place : (struct place){ .doc = UINT32_MAX };
    return rc < 0 ? writer_fail(writer, rc, err) : rc;
}

int writer_try(struct writer *writer, const struct muc_document *given, enum outcome *outcome,
               struct muc_error *err)
{
    struct muc_document document;
    struct place place;
    uint64_t content, hash;
    int found = look_up(writer, given, &document, &content, &hash, &place, err);

    if (found < 0)
        return found;
    *outcome = !found                                  ? OUTCOME_ADDED
               : content_at(writer, &place) == content ? OUTCOME_SAME
                                                       : OUTCOME_CHANGED;
    return MUC_OK;
}

int writer_add(struct writer *writer, const struct muc_document *given, enum outcome *outcome,
               struct muc_error *err)
{
    struct muc_document document;
    struct place place;
    uint64_t content, hash = 0;
    int found = look_up(writer, given, &document, &content, &hash, &place, err), rc = MUC_OK;

    if (found < 0)
        return found;
    if (found && content_at(writer, &place) == content) {
        if (outcome)
            *outcome = OUTCOME_SAME;
        return MUC_OK;
    }
    if (found)
        rc = delete_at(writer, &place, err);
    if (!rc)
        rc = append(writer, &document, hash, content, err);
    if (!rc && outcome)
        *outcome = found ? OUTCOME_CHANGED : OUTCOME_ADDED;
    return writer_fail(writer, rc, err);
}

int writer_replaced(const struct writer *writer, struct arena *arena, struct muc_string *path,
                    struct muc_error *err)
{
    const struct place *place = &writer->replaced;
    struct muc_document document;
    int rc;

    *path = STR("");
    if (place->known || place->doc == UINT32_MAX)
        return MUC_OK;
    rc =
        segment_document(&writer->view.segments[place->segment], place->doc, arena, &document, err);
    if (!rc)
        *path = document.path;
    return rc;
}

struct clashes *writer_clashes(struct writer *writer)
{
    return &writer->clashes;
}

int writer_delete(struct writer *writer, struct muc_string id, bool *found, struct muc_error *err)
{
    struct place place;
    int rc = writer_usable(writer, err), is_there;

    if (rc)
        return rc;
    if ((rc = writer_absorb(writer, err)))
        return writer_fail(writer, rc, err);
    is_there = writer_find(writer, id, XXH3_64bits(id.bytes ? id.bytes : "", id.size), &place, err);
    rc = is_there == 1 ? delete_at(writer, &place, err) : is_there;
    if (!rc)
        *found = is_there;
    return writer_fail(writer, rc, err);
}

int writer_documents(struct writer *writer,
                     int (*visit)(void *context, const struct muc_document *document,
                                  struct muc_error *err),
                     void *context, struct muc_error *err)
{
    struct arena arena = { 0 };
    int rc = MUC_OK;

    for (size_t i = 0; i < writer->view.n_open && !rc; i++) {
        struct records_iter iter;

        records_start(&iter, &writer->view.segments[i]);
        while ((rc = records_next(&iter, err)) == 1) {
            struct muc_document document;

            arena_reset(&arena);
            if ((rc = stored_parse(iter.record, &arena, &document, err)) ||
                (rc = visit(context, &document, err)))
                break;
        }
        records_end(&iter);
    }
    arena_free(&arena);
    return rc;
}

/* ---- files */

int writer_file_get(struct writer *writer, struct muc_string path, struct file_record *record,
                    bool *found, struct muc_error *err)
{
    return file_table_get(&writer->files, writer->view.read, path, record, found, err);
}

int writer_file_at(struct writer *writer, const char key[FILE_KEY], struct muc_string *path,
                   struct file_record *record, bool *found, struct muc_error *err)
{
    return file_table_at(&writer->files, writer->view.read, key, path, record, found, err);
}

int writer_file_put(struct writer *writer, struct muc_string path, const struct file_record *record,
                    struct muc_error *err)
{
    return file_table_set(&writer->files, path, record, err);
}

int writer_file_delete(struct writer *writer, struct muc_string path, struct muc_error *err)
{
    return file_table_set(&writer->files, path, NULL, err);
}

int writer_files(struct writer *writer, struct muc_string prefix, file_visit *visit, void *context,
                 struct muc_error *err)
{
    return file_table_walk(&writer->files, writer->view.read, prefix, visit, context, err);
}
