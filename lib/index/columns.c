/* SPDX-License-Identifier: MIT */
#include "index/columns.h"

#include <xxhash.h>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/ids.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "columns are read in place");

/* ---- distinct values */

/** Number of the value + 1; 0 if memory is out. */
static uint32_t value_number(struct value_set *set, struct muc_string value)
{
    uint64_t hash = XXH3_64bits(value.bytes, value.size), at = hash;
    struct muc_string *kept;
    uint32_t i;

    while ((i = slots_next(&set->of_values, hash, &at)) != SLOTS_NONE)
        if (str_equal(set->values.at[i], value))
            return i + 1;
    if (!slots_reserve(&set->of_values) || !(kept = vector_push(&set->values)))
        return 0;
    *kept = arena_copy(&set->arena, value);
    if (!kept->bytes) {
        set->values.n--;
        return 0;
    }
    slots_add(&set->of_values, hash, (uint32_t)set->values.n - 1);
    return (uint32_t)set->values.n;
}

static bool value_add(struct value_set *set, struct muc_string value)
{
    uint32_t number = value.size ? value_number(set, value) : 0;
    uint32_t *of = !value.size || number ? vector_push(&set->of) : NULL;

    if (of)
        *of = number;
    return of;
}

static void value_set_free(struct value_set *set)
{
    arena_free(&set->arena);
    vector_free(&set->values);
    vector_free(&set->of);
    slots_free(&set->of_values);
    *set = (struct value_set){ 0 };
}

struct ranked {
    struct muc_string value;
    uint32_t number;
};

static int compare_ranked(const void *a, const void *b)
{
    return str_compare(((const struct ranked *)a)->value, ((const struct ranked *)b)->value);
}

/** Append the values in order, and turn `of` into ranks + 1. */
static bool write_values(struct value_set *set, struct buffer *out)
{
    size_t n = set->values.n;
    struct ranked *ranked = malloc((n + 1) * sizeof *ranked);
    uint32_t *ranks = calloc(n + 1, sizeof *ranks);
    bool ok = ranked && ranks;

    for (size_t i = 0; ok && i < n; i++)
        ranked[i] = (struct ranked){ set->values.at[i], (uint32_t)i };
    if (ok && n)
        qsort(ranked, n, sizeof *ranked, compare_ranked);
    buffer_u32(out, (uint32_t)n);
    for (size_t i = 0; ok && i < n; i++) {
        buffer_sized(out, ranked[i].value);
        ranks[ranked[i].number + 1] = (uint32_t)i + 1;
    }
    buffer_pad(out, 4);
    for (size_t i = 0; ok && i < set->of.n; i++)
        set->of.at[i] = ranks[set->of.at[i]];
    free(ranked);
    free(ranks);
    return ok;
}

/* ---- gathering */

int columns_add(struct columns *columns, const struct column_row *row, struct muc_error *err)
{
    uint16_t *length = vector_push(&columns->lengths);
    uint8_t *title_length = vector_push(&columns->title_lengths);
    uint32_t *date = vector_push(&columns->dates);
    uint32_t *text_size = vector_push(&columns->text_sizes);
    uint32_t *id_end = vector_push(&columns->id_ends);
    uint32_t *tag_end = vector_push(&columns->tag_ends);
    uint64_t *content = vector_push(&columns->contents);
    struct sketch *sketch = vector_push(&columns->sketches);

    buffer_append(&columns->ids, row->id.bytes, row->id.size);
    if (!length || !title_length || !date || !text_size || !id_end || !tag_end || !content ||
        !sketch || columns->ids.failed)
        return error_memory(err);
    if (columns->ids.size > UINT32_MAX)
        return error_set(err, MUC_EINPUT, 0, "", "ids of one segment are above 4 GiB");
    for (size_t i = 0; i < row->n_tags; i++)
        if (row->tags[i].size && !value_add(&columns->tags, row->tags[i]))
            return error_memory(err);
    if (!standing_add(&columns->lines, row->lines, row->n_lines))
        return error_memory(err);
    if (!value_add(&columns->source, row->source) || !value_add(&columns->kind, row->kind) ||
        !value_add(&columns->lang, row->lang) || !value_add(&columns->place, row->place) ||
        !value_add(&columns->byline, row->byline) || !value_add(&columns->number, row->number))
        return error_memory(err);
    *length = row->length;
    *title_length = row->title_length < UINT8_MAX ? (uint8_t)row->title_length : UINT8_MAX;
    *date = row->date;
    *text_size = row->text_size;
    *id_end = (uint32_t)columns->ids.size;
    *tag_end = (uint32_t)columns->tags.of.n;
    *content = row->content;
    *sketch = *row->sketch;
    columns->n++;
    return MUC_OK;
}

static size_t value_set_memory(const struct value_set *set)
{
    return set->arena.total + set->values.n * sizeof *set->values.at +
           set->of.n * sizeof *set->of.at + set->of_values.room * sizeof *set->of_values.at;
}

size_t columns_memory(const struct columns *columns)
{
    return columns->ids.size + columns->n * (size_t)(1 + 2 + 5 * 4 + 8 + sizeof(struct sketch)) +
           columns->lines.hashes.n * sizeof(uint32_t) + value_set_memory(&columns->source) +
           value_set_memory(&columns->kind) + value_set_memory(&columns->lang) +
           value_set_memory(&columns->place) + value_set_memory(&columns->byline) +
           value_set_memory(&columns->number) + value_set_memory(&columns->tags);
}

void columns_free(struct columns *columns)
{
    vector_free(&columns->lengths);
    vector_free(&columns->title_lengths);
    vector_free(&columns->dates);
    vector_free(&columns->text_sizes);
    vector_free(&columns->id_ends);
    vector_free(&columns->tag_ends);
    vector_free(&columns->contents);
    vector_free(&columns->sketches);
    standing_column_free(&columns->lines);
    buffer_free(&columns->ids);
    value_set_free(&columns->source);
    value_set_free(&columns->kind);
    value_set_free(&columns->lang);
    value_set_free(&columns->place);
    value_set_free(&columns->byline);
    value_set_free(&columns->number);
    value_set_free(&columns->tags);
    *columns = (struct columns){ 0 };
}

/* ---- writing */

static int put_array(struct segment_writer *writer, enum column column, const void *array,
                     size_t size, struct muc_error *err)
{
    struct buffer value = { 0 };

    buffer_append(&value, array, size);
    return segment_writer_column(writer, column, &value, err);
}

struct id_hash {
    uint64_t hash;
    uint32_t doc;
};

static int compare_hashes(const void *a, const void *b)
{
    const struct id_hash *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

static int put_id_hashes(const struct columns *columns, struct segment_writer *writer,
                         struct muc_error *err)
{
    struct id_hash *hashes = malloc((columns->n + (size_t)1) * sizeof *hashes);
    struct buffer value = { 0 };

    if (!hashes)
        return error_memory(err);
    for (uint32_t i = 0; i < columns->n; i++) {
        uint32_t start = i ? columns->id_ends.at[i - 1] : 0;
        const uint8_t *id = columns->ids.at ? columns->ids.at + start : NULL; /* all may be empty */

        hashes[i].hash = XXH3_64bits(id, columns->id_ends.at[i] - start);
        hashes[i].doc = i;
    }
    if (columns->n)
        qsort(hashes, columns->n, sizeof *hashes, compare_hashes);
    buffer_reserve(&value, columns->n * (size_t)12);
    for (uint32_t i = 0; i < columns->n; i++)
        buffer_u64(&value, hashes[i].hash);
    for (uint32_t i = 0; i < columns->n; i++)
        buffer_u32(&value, hashes[i].doc);
    free(hashes);
    return segment_writer_column(writer, COLUMN_ID_HASH, &value, err);
}

static int put_ids(const struct columns *columns, struct segment_writer *writer,
                   struct muc_error *err)
{
    struct buffer value = { 0 };

    ids_encode(&value, columns->id_ends.at, columns->n, columns->ids.at);
    return segment_writer_column(writer, COLUMN_ID, &value, err);
}

static int put_values(struct value_set *set, struct segment_writer *writer, enum column column,
                      struct muc_error *err)
{
    struct buffer value = { 0 };

    if (!write_values(set, &value))
        value.failed = true;
    buffer_append(&value, set->of.at, set->of.n * sizeof *set->of.at);
    return segment_writer_column(writer, column, &value, err);
}

static int put_tags(struct columns *columns, struct segment_writer *writer, struct muc_error *err)
{
    struct value_set *set = &columns->tags;
    struct buffer value = { 0 };

    if (!write_values(set, &value))
        value.failed = true;
    buffer_append(&value, columns->tag_ends.at, columns->n * (size_t)4);
    for (size_t i = 0; i < set->of.n; i++)
        buffer_u32(&value, set->of.at[i] - 1);
    return segment_writer_column(writer, COLUMN_TAG, &value, err);
}

static int put_sketches(const struct columns *columns, struct segment_writer *writer,
                        struct muc_error *err)
{
    struct buffer parts = { 0 }, docs = { 0 };
    int rc = put_array(writer, COLUMN_SKETCH, columns->sketches.at,
                       columns->n * sizeof(struct sketch), err);

    if (!rc && !sketch_orders(columns->sketches.at, columns->n, &parts, &docs))
        rc = error_memory(err);
    if (!rc)
        rc = segment_writer_column(writer, COLUMN_PARTS, &parts, err);
    if (!rc)
        rc = segment_writer_column(writer, COLUMN_ALIKE, &docs, err);
    buffer_free(&parts);
    buffer_free(&docs);
    return rc;
}

static int put_lines(const struct columns *columns, struct segment_writer *writer,
                     struct muc_error *err)
{
    struct buffer value = { 0 };

    if (!standing_write(&columns->lines, &value))
        value.failed = true;
    return segment_writer_column(writer, COLUMN_LINE, &value, err);
}

int columns_write(struct columns *columns, struct segment_writer *writer, struct muc_error *err)
{
    uint32_t n = columns->n;
    int rc = segment_writer_lengths(writer, columns->lengths.at, n, err);

    for (uint32_t i = 0; i < n; i++)
        writer->manifest.text_bytes += columns->text_sizes.at[i];
    if (rc || (rc = put_array(writer, COLUMN_LENGTH, columns->lengths.at, n * (size_t)2, err)) ||
        (rc = put_array(writer, COLUMN_TITLE_LENGTH, columns->title_lengths.at, n, err)) ||
        (rc = put_array(writer, COLUMN_DATE, columns->dates.at, n * (size_t)4, err)) ||
        (rc = put_array(writer, COLUMN_CONTENT, columns->contents.at, n * (size_t)8, err)) ||
        (rc = put_array(writer, COLUMN_TEXT_SIZE, columns->text_sizes.at, n * (size_t)4, err)) ||
        (rc = put_ids(columns, writer, err)) || (rc = put_id_hashes(columns, writer, err)) ||
        (rc = put_values(&columns->source, writer, COLUMN_SOURCE, err)) ||
        (rc = put_values(&columns->kind, writer, COLUMN_KIND, err)) ||
        (rc = put_values(&columns->lang, writer, COLUMN_LANG, err)) ||
        (rc = put_values(&columns->place, writer, COLUMN_PLACE, err)) ||
        (rc = put_values(&columns->byline, writer, COLUMN_BYLINE, err)) ||
        (rc = put_values(&columns->number, writer, COLUMN_NUMBER, err)) ||
        (rc = put_sketches(columns, writer, err)) || (rc = put_lines(columns, writer, err)))
        return rc;
    return put_tags(columns, writer, err);
}

/* ---- reading */

const void *column_aligned(struct muc_string value, size_t alignment, struct arena *arena)
{
    void *copy;

    if ((uintptr_t)value.bytes % alignment == 0)
        return value.bytes;
    if ((copy = arena_alloc(arena, value.size)))
        memcpy(copy, value.bytes, value.size);
    return copy;
}

static int damaged(struct muc_error *err, const char *what)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "a column of %s is damaged", what);
}

/** The dictionary that both kinds begin with; `in` is left at the numbers behind it. */
static int read_dictionary(struct muc_string value, struct arena *arena, uint32_t *n,
                           const struct muc_string **at, struct bytes *in, struct muc_error *err)
{
    struct muc_string *strings;
    size_t used;

    *in = bytes_of(value.bytes, value.size);
    *n = bytes_u32(in);
    if (in->bad || *n > bytes_left(in))
        return damaged(err, "values");
    if (!(strings = arena_zero(arena, *n + (size_t)1, sizeof *strings)))
        return error_memory(err);
    for (uint32_t i = 0; i < *n; i++) {
        strings[i] = bytes_sized(in);
        if (in->bad || (i && str_compare(strings[i - 1], strings[i]) >= 0))
            return damaged(err, "values");
    }
    used = value.size - bytes_left(in);
    bytes_take(in, (4 - used % 4) % 4);
    if (in->bad)
        return damaged(err, "values");
    *at = strings;
    return MUC_OK;
}

static uint32_t highest(const uint32_t *at, size_t n)
{
    uint32_t high = 0;

    for (size_t i = 0; i < n; i++)
        high = at[i] > high ? at[i] : high;
    return high;
}

int column_values(struct muc_string value, uint32_t n_docs, struct arena *arena,
                  struct values *values, struct muc_error *err)
{
    struct values read;
    struct bytes in;
    int rc = read_dictionary(value, arena, &read.n, &read.at, &in, err);

    if (rc)
        return rc;
    if (bytes_left(&in) != (uint64_t)n_docs * 4)
        return damaged(err, "values");
    read.ordinals = column_aligned(str_of((const char *)in.at, bytes_left(&in)), 4, arena);
    if (!read.ordinals)
        return error_memory(err);
    *values = read;
    return MUC_OK;
}

int column_tags(struct muc_string value, uint32_t n_docs, struct arena *arena,
                struct multi_values *tags, struct muc_error *err)
{
    struct multi_values read;
    struct bytes in;
    uint64_t n;
    int rc = read_dictionary(value, arena, &read.n, &read.at, &in, err);

    if (rc)
        return rc;
    n = bytes_left(&in) / 4;
    if (bytes_left(&in) % 4 || n < n_docs || n - n_docs > UINT32_MAX)
        return damaged(err, "tags");
    read.ends = column_aligned(str_of((const char *)in.at, bytes_left(&in)), 4, arena);
    if (!read.ends)
        return error_memory(err);
    read.ordinals = read.ends + n_docs;
    read.n_ordinals = (uint32_t)(n - n_docs);
    *tags = read;
    return MUC_OK;
}

bool values_are_good(const struct values *values, uint32_t n_docs)
{
    return highest(values->ordinals, n_docs) <= values->n;
}

bool tags_are_good(const struct multi_values *tags, uint32_t n_docs)
{
    uint32_t before = 0;

    for (uint32_t i = 0; i < n_docs; before = tags->ends[i++])
        if (tags->ends[i] < before)
            return false;
    return before == tags->n_ordinals &&
           (!before || highest(tags->ordinals, tags->n_ordinals) < tags->n);
}
