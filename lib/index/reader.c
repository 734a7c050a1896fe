/* SPDX-License-Identifier: MIT */
#include "index/reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <xxhash.h>

#include "base/bytes.h"
#include "base/error.h"
#include "index/columns.h"
#include "index/head.h"
#include "index/keys.h"
#include "index/names.h"
#include "index/segment.h"
#include "index/stored.h"

struct reader_data {
    struct store *store;
    struct store_read *read;
    pthread_mutex_t lock; /* of `names` */
    struct abbreviations *names;
};

static int open_segments(struct reader *reader, const struct segment_list *list,
                         struct muc_error *err)
{
    reader->segments = calloc(list->entries.n + 1, sizeof *reader->segments);
    if (!reader->segments)
        return error_memory(err);
    for (size_t i = 0; i < list->entries.n; i++) {
        const struct segment_entry *entry = &list->entries.at[i];
        int rc = segment_open(reader->data->read, entry, &reader->segments[i], err);

        if (rc)
            return rc;
        reader->n_segments++;
        reader->n_docs += entry->n_docs - entry->n_deleted;
        reader->n_tokens += entry->tokens;
    }
    return MUC_OK;
}

int reader_check_rules(const struct reader *reader, struct muc_error *err)
{
    return reader->foreign ? head_check(reader->data->read, reader_path(reader), err) : MUC_OK;
}

int reader_open(struct store *store, struct reader **out, struct muc_error *err)
{
    struct reader *reader;
    int rc = reader_open_stored(store, &reader, err);

    if (!rc && (rc = reader_check_rules(reader, err)))
        reader_close(reader);
    else if (!rc)
        *out = reader;
    return rc;
}

int reader_open_stored(struct store *store, struct reader **out, struct muc_error *err)
{
    static atomic_uint_fast64_t last_number;
    struct reader *reader = calloc(1, sizeof *reader);
    struct segment_list list = { 0 };
    int rc = MUC_OK;

    if (!reader || !(reader->data = calloc(1, sizeof *reader->data))) {
        free(reader);
        return error_memory(err);
    }
    reader->number = atomic_fetch_add_explicit(&last_number, 1, memory_order_relaxed) + 1;
    reader->data->store = store;
    pthread_mutex_init(&reader->data->lock, NULL);
    if ((rc = store_read_begin(store, &reader->data->read, err)) ||
        (rc = head_check_format(reader->data->read, store_path(store), err)) ||
        (rc = segment_list_load(reader->data->read, &list, err)) ||
        (rc = open_segments(reader, &list, err)) ||
        (rc = standing_table_open(reader->data->read, &list.standing, &reader->standing, err)))
        goto out;
    reader->snapshot = list.snapshot;
    reader->foreign = head_check(reader->data->read, store_path(store), NULL) != MUC_OK;
    *out = reader;
    reader = NULL;
out:
    segment_list_free(&list);
    reader_close(reader);
    return rc;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    for (uint32_t i = 0; i < reader->n_segments; i++)
        segment_close(&reader->segments[i]);
    standing_table_close(reader->standing);
    store_read_end(reader->data->read);
    abbreviations_free(reader->data->names);
    pthread_mutex_destroy(&reader->data->lock);
    free(reader->segments);
    free(reader->data);
    free(reader);
}

const char *reader_path(const struct reader *reader)
{
    return store_path(reader->data->store);
}

int reader_names(const struct reader *reader, const struct abbreviations **out,
                 struct muc_error *err)
{
    struct reader_data *data = reader->data;
    int rc = MUC_OK;

    pthread_mutex_lock(&data->lock);
    if (!data->names)
        rc = names_make(reader, &data->names, err);
    if (!rc)
        *out = data->names;
    pthread_mutex_unlock(&data->lock);
    return rc;
}

bool reader_is_stale(const struct reader *reader)
{
    const struct reader_data *data = reader->data;
    struct segment_list list = { 0 };
    struct store_read *read = NULL;
    bool stale = false;

    /* Unfinished segments are transactions of LMDB too: only the list tells a commit. */
    if (store_newest(data->store) == store_read_number(data->read))
        return false;
    if (!store_read_begin(data->store, &read, NULL) && !segment_list_load(read, &list, NULL))
        stale = list.snapshot != reader->snapshot;
    segment_list_free(&list);
    store_read_end(read);
    return stale;
}

/* ---- documents */

int reader_find_id(const struct reader *reader, struct muc_string id, uint32_t *segment,
                   uint32_t *doc, struct muc_error *err)
{
    uint64_t hash = XXH3_64bits(id.bytes ? id.bytes : "", id.size);

    for (uint32_t s = reader->n_segments; s-- > 0;) {
        int rc = segment_find_id(&reader->segments[s], id, hash, doc, err);

        if (rc == 1)
            *segment = s;
        if (rc)
            return rc;
    }
    return 0;
}

int segment_document(const struct segment *segment, uint32_t doc, struct arena *arena,
                     struct muc_document *document, struct muc_error *err)
{
    struct stored_raw raw = { 0 };
    struct stored_block block;
    struct muc_string value, frame, record;
    uint32_t first, within;
    int rc;

    if ((rc = segment_stored(segment, doc, &value, &first, err)) ||
        (rc = stored_find(value, doc - first, &block, &frame, &within, err)) ||
        (rc = segment_unpack(segment, &block, frame, &raw, err)))
        return rc;
    record = stored_record(&raw, within);
    if (!record.bytes)
        rc = error_set(err, MUC_EDAMAGED, 0, "", "stored text: a document's record is damaged");
    else if (!(record = arena_copy(arena, record)).bytes)
        rc = error_memory(err);
    else
        rc = stored_parse(record, arena, document, err);
    stored_raw_free(&raw);
    return rc;
}

/* ---- figures */

static void add_part(const struct part *part, struct muc_stats *stats)
{
    stats->terms += part->terms;
    stats->postings += part->postings;
    stats->dictionary_bytes += part->dictionary_bytes;
    stats->positions_bytes += part->positions_bytes;
    stats->postings_bytes += part->bytes - part->dictionary_bytes - part->positions_bytes;
}

static void add_dates(const struct segment *segment, uint32_t *oldest, uint32_t *newest)
{
    for (uint32_t doc = 0; doc < segment->n_docs; doc++) {
        uint32_t date = segment->dates[doc];

        if (!date || segment_is_deleted(segment, doc))
            continue;
        *oldest = !*oldest || date < *oldest ? date : *oldest;
        *newest = date > *newest ? date : *newest;
    }
}

int reader_stats(const struct reader *reader, struct muc_stats *stats, struct muc_error *err)
{
    struct segment_list list = { 0 };
    uint32_t oldest = 0, newest = 0;
    int rc = segment_list_load(reader->data->read, &list, err);

    if (rc)
        return rc;
    stats->snapshot = reader->snapshot;
    stats->segments = reader->n_segments;
    stats->documents = reader->n_docs;
    stats->tokens = reader->n_tokens;
    for (uint32_t i = 0; i < reader->n_segments; i++) {
        const struct segment *segment = &reader->segments[i];
        const struct manifest *manifest = &segment->data->manifest;

        stats->deleted += segment->n_deleted;
        stats->text_bytes += list.entries.at[i].text_bytes;
        stats->stored_bytes += manifest->stored.bytes;
        for (int k = 1; k < FAMILY_END; k++)
            add_part(&manifest->families[k], stats);
        for (int k = 1; k < COLUMN_END; k++)
            stats->column_bytes += manifest->columns[k].bytes;
        add_dates(segment, &oldest, &newest);
    }
    stats->oldest = date_unpack(oldest);
    stats->newest = date_unpack(newest);
    segment_list_free(&list);
    return MUC_OK;
}
