/* SPDX-License-Identifier: MIT */
#include "index/segment.h"

#include <roaring/roaring.h>
#include <xxhash.h>
#include <zstd.h>

#include "base/error.h"
#include "index/columns.h"
#include "index/keys.h"
#include "index/stored.h"

static int damaged(uint32_t segment, const char *what, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: %s", segment, what);
}

/** What is missing is damage here: the manifest or the list promised it. */
static int get(struct store_read *read, struct muc_string key, uint32_t segment, const char *what,
               struct muc_string *value, struct muc_error *err)
{
    int rc = store_get(read, TREE_INDEX, key, value, err);

    return rc == MUC_ENOTFOUND ? damaged(segment, what, err) : rc;
}

/* ---- opening */

static int open_manifest(struct segment *segment, struct muc_error *err)
{
    struct segment_data *data = segment->data;
    char key[STORE_KEY_MAX];
    struct muc_string value;
    int rc = store_get_sealed(data->read, TREE_INDEX, key_segment('m', segment->number, key),
                              &value, err);

    if (rc == MUC_ENOTFOUND)
        return damaged(segment->number, "its manifest is missing", err);
    if (rc)
        return rc;
    if (!manifest_read(value, &data->manifest) || data->manifest.n_docs != segment->n_docs)
        return damaged(segment->number, "its manifest is damaged", err);
    segment->average_length = manifest_average(&data->manifest);
    return MUC_OK;
}

/** An array of `n` elements of `size` bytes, or one with more behind it. */
static int open_array(struct segment *segment, enum column column, size_t size, bool more,
                      struct muc_string *value, struct muc_error *err)
{
    char key[STORE_KEY_MAX];
    uint64_t least = (uint64_t)segment->n_docs * size;
    int rc = get(segment->data->read, key_column(segment->number, column, key), segment->number,
                 "a column is missing", value, err);

    if (rc)
        return rc;
    if (value->size < least || (!more && value->size != least))
        return damaged(segment->number, "a column has another size than the segment", err);
    value->bytes = column_aligned(*value, 8, &segment->data->arena);
    return value->bytes ? MUC_OK : error_memory(err);
}

static int open_ids(struct segment *segment, struct muc_error *err)
{
    struct segment_data *data = segment->data;
    struct muc_string value;
    uint32_t n = segment->n_docs;
    int rc = open_array(segment, COLUMN_ID, 0, true, &value, err);

    if (rc)
        return rc;
    if (!ids_open(&data->ids, (const uint8_t *)value.bytes, value.size, n))
        return damaged(segment->number, "its ids are damaged", err);
    if ((rc = open_array(segment, COLUMN_ID_HASH, 12, false, &value, err)))
        return rc;
    data->id_hashes = (const void *)value.bytes;
    data->id_docs = (const void *)(value.bytes + (size_t)n * 8);
    return MUC_OK;
}

static int open_arrays(struct segment *segment, struct muc_error *err)
{
    struct segment_data *data = segment->data;
    struct muc_string value;
    int rc;

    if ((rc = open_array(segment, COLUMN_LENGTH, 2, false, &value, err)))
        return rc;
    segment->lengths = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_TITLE_LENGTH, 1, false, &value, err)))
        return rc;
    segment->title_lengths = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_DATE, 4, false, &value, err)))
        return rc;
    segment->dates = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_CONTENT, 8, false, &value, err)))
        return rc;
    data->contents = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_TEXT_SIZE, 4, false, &value, err)))
        return rc;
    data->text_sizes = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_SKETCH, sizeof(struct sketch), false, &value, err)))
        return rc;
    segment->sketches = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_PARTS, 2 * SKETCH_ORDERS, false, &value, err)))
        return rc;
    segment->parts = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_ALIKE, 4 * SKETCH_ORDERS, false, &value, err)))
        return rc;
    segment->alike = (const void *)value.bytes;
    if ((rc = open_array(segment, COLUMN_LINE, 0, true, &value, err)))
        return rc;
    if (!standing_open(value, segment->n_docs, &data->lines))
        return damaged(segment->number, "its lines are damaged", err);
    return open_ids(segment, err);
}

static int open_values(struct segment *segment, struct muc_error *err)
{
    const struct {
        enum column column;
        struct values *values;
    } columns[] = { { COLUMN_SOURCE, &segment->source }, { COLUMN_KIND, &segment->kind },
                    { COLUMN_LANG, &segment->lang },     { COLUMN_PLACE, &segment->place },
                    { COLUMN_BYLINE, &segment->byline }, { COLUMN_NUMBER, &segment->doc_number } };
    struct arena *arena = &segment->data->arena;
    struct muc_string value;
    int rc;

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if ((rc = open_array(segment, columns[i].column, 4, true, &value, err)) ||
            (rc = column_values(value, segment->n_docs, arena, columns[i].values, err)))
            return rc;
    if ((rc = open_array(segment, COLUMN_TAG, 4, true, &value, err)))
        return rc;
    return column_tags(value, segment->n_docs, arena, &segment->tags, err);
}

int segment_prove_columns(const struct segment *segment, struct muc_error *err)
{
    const struct values *all[] = { &segment->source, &segment->kind,   &segment->lang,
                                   &segment->place,  &segment->byline, &segment->doc_number };
    bool good = tags_are_good(&segment->tags, segment->n_docs);

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        good &= values_are_good(all[i], segment->n_docs);
    return good ? MUC_OK : damaged(segment->number, "a column of values is damaged", err);
}

static int open_deletions(struct segment *segment, struct muc_error *err)
{
    struct segment_data *data = segment->data;
    char key[STORE_KEY_MAX];
    struct muc_string value;
    roaring_bitmap_t *bitmap;
    int rc = store_get_sealed(data->read, TREE_INDEX, key_segment('d', segment->number, key),
                              &value, err);

    if (rc)
        return rc == MUC_ENOTFOUND ? damaged(segment->number, "its deletions are missing", err)
                                   : rc;
    bitmap = roaring_bitmap_portable_deserialize_safe(value.bytes, value.size);
    if (!bitmap)
        return damaged(segment->number, "its deletions are damaged", err);
    if (roaring_bitmap_get_cardinality(bitmap) != segment->n_deleted ||
        roaring_bitmap_maximum(bitmap) >= segment->n_docs) {
        roaring_bitmap_free(bitmap);
        return damaged(segment->number, "its deletions contradict the list of segments", err);
    }
    data->deleted = calloc(segment->n_docs / 64 + (size_t)1, sizeof *data->deleted);
    data->deleted_docs = malloc(segment->n_deleted * sizeof *data->deleted_docs);
    if (data->deleted && data->deleted_docs) {
        roaring_bitmap_to_uint32_array(bitmap, data->deleted_docs);
        for (uint32_t i = 0; i < segment->n_deleted; i++)
            data->deleted[data->deleted_docs[i] / 64] |= (uint64_t)1 << data->deleted_docs[i] % 64;
        segment->deleted = data->deleted;
    } else {
        rc = error_memory(err);
    }
    roaring_bitmap_free(bitmap);
    return rc;
}

int segment_open(struct store_read *read, const struct segment_entry *entry,
                 struct segment *segment, struct muc_error *err)
{
    struct segment opened = { .number = entry->number,
                              .n_docs = entry->n_docs,
                              .n_deleted = entry->n_deleted };
    int rc;

    if (!(opened.data = calloc(1, sizeof *opened.data)))
        return error_memory(err);
    pthread_mutex_init(&opened.data->lock, NULL);
    opened.data->read = read;
    if ((rc = open_manifest(&opened, err)) || (rc = open_arrays(&opened, err)) ||
        (rc = open_values(&opened, err)) ||
        (opened.n_deleted && (rc = open_deletions(&opened, err)))) {
        segment_close(&opened);
        return rc;
    }
    *segment = opened;
    return MUC_OK;
}

void segment_close(struct segment *segment)
{
    struct segment_data *data = segment->data;

    if (!data)
        return;
    for (int i = 0; i < DIRECTORIES; i++)
        free(data->directories[i].at);
    free(data->deleted);
    free(data->deleted_docs);
    arena_free(&data->arena);
    ZSTD_freeDCtx(atomic_load_explicit(&data->zstd, memory_order_relaxed));
    pthread_mutex_destroy(&data->lock);
    free(data);
    *segment = (struct segment){ 0 };
}

/* ---- directories */

struct loading {
    struct directory *directory;
    size_t fixed; /* bytes of the key before what differs */
};

static int load_value(void *context, struct muc_string key, struct muc_string value,
                      struct muc_error *err)
{
    const struct loading *loading = context;
    struct directory_value *added = vector_push(loading->directory);

    if (!added)
        return error_memory(err);
    added->key = str_of(key.bytes + loading->fixed, key.size - loading->fixed);
    added->value = value;
    added->head = str_head(added->key);
    atomic_init(&added->slab, NULL);
    return MUC_OK;
}

static int load(const struct segment *segment, unsigned which, struct directory *directory,
                struct muc_error *err)
{
    bool stored = which == DIRECTORY_STORED;
    const struct part *part = manifest_part(&segment->data->manifest, stored ? 't' : 's', which);
    struct loading loading = { directory, stored ? 5 : 6 };
    char room[STORE_KEY_MAX];
    struct muc_string prefix = stored ? key_segment('t', segment->number, room)
                                      : key_slab(segment->number, which, str_of(NULL, 0), room);
    int rc;

    directory->n = 0; /* what an attempt before this one may have left */
    rc = store_scan(segment->data->read, TREE_INDEX, prefix, load_value, &loading, err);
    if (rc)
        return rc;
    if (directory->n != part->n_values)
        return damaged(segment->number, "some of its values are missing", err);
    for (size_t i = 0; stored && i < directory->n; i++)
        if (directory->at[i].key.size != 4)
            return damaged(segment->number, "a key of its stored text is damaged", err);
    return MUC_OK;
}

int segment_directory(const struct segment *segment, unsigned which,
                      const struct directory **directory, struct muc_error *err)
{
    struct directory *wanted = &segment->data->directories[which];
    int rc = MUC_OK;

    if (!atomic_load_explicit(&wanted->ready, memory_order_acquire)) {
        pthread_mutex_lock(&segment->data->lock);
        if (!atomic_load_explicit(&wanted->ready, memory_order_relaxed) &&
            !(rc = load(segment, which, wanted, err)))
            atomic_store_explicit(&wanted->ready, true, memory_order_release);
        pthread_mutex_unlock(&segment->data->lock);
    }
    if (!rc)
        *directory = wanted;
    return rc;
}

int segment_stored(const struct segment *segment, uint32_t doc, struct muc_string *value,
                   uint32_t *first, struct muc_error *err)
{
    const struct directory *directory;
    size_t low = 0, high;
    int rc = segment_directory(segment, DIRECTORY_STORED, &directory, err);

    if (rc)
        return rc;
    for (high = directory->n; low < high;) { /* values before `low` begin at or before doc */
        size_t middle = low + (high - low) / 2;

        if (key_number(directory->at[middle].key, 0) <= doc)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return damaged(segment->number, "the text of a document is missing", err);
    *value = directory->at[low - 1].value;
    *first = key_number(directory->at[low - 1].key, 0);
    return MUC_OK;
}

int segment_unpack(const struct segment *segment, const struct stored_block *block,
                   struct muc_string frame, struct stored_raw *raw, struct muc_error *err)
{
    struct ZSTD_DCtx_s *zstd = atomic_exchange(&segment->data->zstd, NULL);
    int rc;

    if (!zstd && !(zstd = ZSTD_createDCtx()))
        return error_memory(err);
    rc = stored_unpack(zstd, block, frame, raw, err);
    ZSTD_freeDCtx(
        atomic_exchange(&segment->data->zstd, zstd)); /* another thread may have put one */
    return rc;
}

/* ---- ids */

struct muc_string segment_id(const struct segment *segment, uint32_t doc, char room[MUC_ID_MAX])
{
    return ids_read(&segment->data->ids, doc, room, MUC_ID_MAX);
}

int segment_find_id(const struct segment *segment, struct muc_string id, uint64_t hash,
                    uint32_t *doc, struct muc_error *err)
{
    const struct segment_data *data = segment->data;
    uint32_t low = 0, high = segment->n_docs;
    char room[MUC_ID_MAX];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (data->id_hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < segment->n_docs && data->id_hashes[low] == hash; low++) {
        uint32_t found = data->id_docs[low];

        if (found >= segment->n_docs)
            return damaged(segment->number, "its ids are damaged", err);
        if (!segment_is_deleted(segment, found) &&
            str_equal(segment_id(segment, found, room), id)) {
            *doc = found;
            return 1;
        }
    }
    return 0;
}
