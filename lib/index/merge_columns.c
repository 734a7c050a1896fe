/* SPDX-License-Identifier: MIT */
/* The columns of several segments, one column after the other: memory holds the one at hand. What
 * is in some order in each segment is merged, not sorted anew. */
#include "codec/ids.h"
#include "index/keys.h"
#include "index/merge_parts.h"

static struct muc_string column_of(const struct input *input, enum column column,
                                   struct muc_string *key, char room[STORE_KEY_MAX])
{
    struct muc_string value = { NULL, 0 };

    *key = key_column(input->segment->number, column, room);
    if (store_get(input->segment->data->read, TREE_INDEX, *key, &value, NULL) != MUC_OK)
        value.bytes = NULL;
    return value;
}

/** A column of an input that was read from its beginning to its end. */
static void release(const struct input *input, enum column column)
{
    char room[STORE_KEY_MAX];
    struct muc_string key, value = column_of(input, column, &key, room);

    if (value.bytes)
        store_release(value);
}

/** Write a column of the new segment. */
int merge_column(struct merge *merge, enum column column, struct buffer *value,
                 struct muc_error *err)
{
    for (size_t i = 0; i < merge->n; i++)
        release(&merge->inputs[i], column);
    return segment_writer_column(&merge->writer, column, value, err);
}

/** What is written anew must not be what was damaged. */
static int prove(const struct input *input, struct muc_error *err)
{
    int rc = segment_prove_columns(input->segment, err);

    for (enum column column = 1; column < COLUMN_END && !rc; column++) {
        char room[STORE_KEY_MAX];
        struct muc_string key, value = column_of(input, column, &key, room);

        if (!value.bytes || !store_verify(key, value))
            return merge_damaged(input, "a column is damaged", err);
        store_release(value);
    }
    return rc;
}

/* ---- rows of one size */

static const void *rows_of(const struct segment *segment, enum column column)
{
    return column == COLUMN_LENGTH         ? (const void *)segment->lengths
           : column == COLUMN_TITLE_LENGTH ? segment->title_lengths
           : column == COLUMN_DATE         ? (const void *)segment->dates
           : column == COLUMN_CONTENT      ? (const void *)segment->data->contents
           : column == COLUMN_TEXT_SIZE    ? (const void *)segment->data->text_sizes
                                           : (const void *)segment->sketches;
}

static int merge_rows(struct merge *merge, enum column column, size_t size, struct muc_error *err)
{
    struct buffer value = { 0 };
    const uint32_t *sizes;
    int rc = MUC_OK;

    buffer_reserve(&value, merge->n_docs * size);
    for (uint32_t i = 0; i < merge->n_docs; i++) {
        const struct place place = merge->places[i];
        const uint8_t *rows = rows_of(merge_segment(merge, place), column);

        buffer_append(&value, rows + place.doc * size, size);
    }
    sizes = (const void *)value.at;
    for (uint32_t i = 0; i < merge->n_docs && column == COLUMN_TEXT_SIZE && !value.failed; i++)
        merge->writer.manifest.text_bytes += sizes[i];
    if (column == COLUMN_LENGTH && !value.failed)
        rc = segment_writer_lengths(&merge->writer, (const void *)value.at, merge->n_docs, err);
    if (!rc)
        return merge_column(merge, column, &value, err);
    buffer_free(&value);
    return rc;
}

static int merge_ids(struct merge *merge, struct muc_error *err)
{
    struct ids_builder ids = { .n = 0 };
    struct buffer value = { 0 };
    char room[MUC_ID_MAX];

    for (uint32_t i = 0; i < merge->n_docs; i++) {
        const struct place place = merge->places[i];

        ids_builder_add(&ids, segment_id(merge_segment(merge, place), place.doc, room));
    }
    ids_builder_finish(&ids, &value);
    return merge_column(merge, COLUMN_ID, &value, err);
}

/* ---- what is in the order of a key */

struct order {
    uint32_t (*count)(const struct input *input);
    /* Entry number `at` of an input: its key, and the number it has in the new segment (UINT32_MAX:
     * none). False: it cannot be. */
    bool (*read)(const struct input *input, uint32_t part, uint32_t at, uint64_t *key,
                 uint32_t *number);
    uint32_t part;
    size_t key_size; /* bytes of a key in the new order; 0: it is not written */
};

/** An input's next entry. */
struct head {
    const struct input *input;
    uint64_t key;
    uint32_t next, n, number;
};

/** 1: it stands at its next entry; 0: there is none; -1: the bytes are bad. */
static int step(struct head *head, const struct order *order)
{
    while (head->next < head->n) {
        if (!order->read(head->input, order->part, head->next++, &head->key, &head->number))
            return -1;
        if (head->number != UINT32_MAX)
            return 1;
    }
    return 0;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/** Numbers of equal keys rise, whatever order the documents have now. */
static void end_run(uint32_t *numbers, uint32_t n)
{
    uint32_t i = 1;

    while (i < n && numbers[i] > numbers[i - 1])
        i++;
    if (i < n)
        qsort(numbers, n, sizeof *numbers, compare_numbers);
}

/** Merge `n` entries of all inputs; of equal keys by number. */
static int merge_order(struct merge *merge, const struct order *order, uint32_t n, uint8_t *keys,
                       uint32_t *numbers, struct muc_error *err)
{
    struct head *heads = calloc(merge->n + 1, sizeof *heads), *low;
    size_t n_heads = 0;
    uint32_t done = 0, run = 0; /* first of those of the key at hand */
    uint64_t key = 0;
    int found = 1;

    if (!heads)
        return error_memory(err);
    for (size_t i = 0; i < merge->n && found >= 0; i++) {
        const struct input *input = &merge->inputs[i];

        heads[n_heads] = (struct head){ .input = input, .n = order->count(input) };
        n_heads += (found = step(&heads[n_heads], order)) > 0;
    }
    while (found >= 0 && n_heads && done < n) {
        low = heads;
        for (size_t i = 1; i < n_heads; i++)
            low = heads[i].key < low->key ? &heads[i] : low;
        if (low->key != key) {
            end_run(numbers + run, done - run);
            run = done;
            key = low->key;
        }
        memcpy(keys + done * order->key_size, &low->key, order->key_size);
        numbers[done++] = low->number;
        if ((found = step(low, order)) == 0)
            memmove(low, low + 1, (size_t)(heads + --n_heads - low) * sizeof *low);
    }
    end_run(numbers + run, done - run);
    free(heads);
    if (found < 0 || n_heads || done < n)
        return error_set(err, MUC_EDAMAGED, 0, "", "an order of a segment is damaged");
    return MUC_OK;
}

static uint32_t count_docs(const struct input *input)
{
    return input->segment->n_docs;
}

static bool read_hash(const struct input *input, uint32_t part, uint32_t at, uint64_t *key,
                      uint32_t *number)
{
    uint32_t doc = input->segment->data->id_docs[at];

    (void)part;
    if (doc >= input->segment->n_docs)
        return false;
    *key = input->segment->data->id_hashes[at];
    *number = merge_number(input, doc);
    return true;
}

static int merge_id_hashes(struct merge *merge, struct muc_error *err)
{
    const struct order order = { count_docs, read_hash, 0, sizeof(uint64_t) };
    size_t hashes = merge->n_docs * sizeof(uint64_t), docs = merge->n_docs * sizeof(uint32_t);
    struct buffer value = { 0 };
    int rc;

    if (!buffer_reserve(&value, hashes + docs))
        return error_memory(err);
    value.size = hashes + docs;
    rc = merge_order(merge, &order, merge->n_docs, value.at, (void *)(value.at + hashes), err);
    if (!rc)
        return merge_column(merge, COLUMN_ID_HASH, &value, err);
    buffer_free(&value);
    return rc;
}

static bool read_alike(const struct input *input, uint32_t part, uint32_t at, uint64_t *key,
                       uint32_t *number)
{
    const struct segment *segment = input->segment;
    size_t place = (size_t)part * segment->n_docs + at;

    if (segment->alike[place] >= segment->n_docs)
        return false;
    *key = segment->parts[place];
    *number = merge_number(input, segment->alike[place]);
    return true;
}

static int merge_sketch_orders(struct merge *merge, struct muc_error *err)
{
    size_t parts_size = merge->n_docs * sizeof(uint16_t);
    size_t docs_size = merge->n_docs * sizeof(uint32_t);
    struct buffer parts = { 0 }, docs = { 0 };
    int rc = MUC_OK;

    if (!buffer_reserve(&parts, SKETCH_ORDERS * parts_size) ||
        !buffer_reserve(&docs, SKETCH_ORDERS * docs_size))
        rc = error_memory(err);
    for (uint32_t part = 0; part < SKETCH_ORDERS && !rc; part++) {
        const struct order order = { count_docs, read_alike, part, sizeof(uint16_t) };

        rc = merge_order(merge, &order, merge->n_docs, parts.at + parts.size,
                         (void *)(docs.at + docs.size), err);
        parts.size += parts_size;
        docs.size += docs_size;
    }
    if (!rc)
        rc = merge_column(merge, COLUMN_PARTS, &parts, err);
    if (!rc)
        rc = merge_column(merge, COLUMN_ALIKE, &docs, err);
    buffer_free(&parts);
    buffer_free(&docs);
    return rc;
}

/* ---- lines */

static uint32_t count_lines(const struct input *input)
{
    return input->segment->data->lines.n;
}

static bool read_line(const struct input *input, uint32_t part, uint32_t at, uint64_t *key,
                      uint32_t *number)
{
    const struct standing_view *lines = &input->segment->data->lines;
    uint32_t place = lines->places[at];

    (void)part;
    if (place >= lines->n)
        return false;
    *key = lines->hashes[place];
    *number = input->line_map[place];
    return true;
}

/** Where the lines of inputs go; none do yet. */
static bool start_line_maps(struct merge *merge)
{
    for (size_t i = 0; i < merge->n; i++) {
        struct input *input = &merge->inputs[i];
        size_t size = count_lines(input) * sizeof *input->line_map;

        if (!(input->line_map = malloc(size + 1)))
            return false;
        memset(input->line_map, 0xff, size);
    }
    return true;
}

static void free_line_maps(struct merge *merge)
{
    for (size_t i = 0; i < merge->n; i++) {
        free(merge->inputs[i].line_map);
        merge->inputs[i].line_map = NULL;
    }
}

/** The ends of the documents, and where their lines go; the number of all lines. */
static uint64_t append_ends(struct merge *merge, struct buffer *value)
{
    uint64_t n_lines = 0;

    for (uint32_t number = 0; number < merge->n_docs; number++) {
        const struct place place = merge->places[number];
        const struct input *input = &merge->inputs[place.input];
        const struct standing_view *lines = &input->segment->data->lines;
        const uint32_t *hashes;
        uint32_t n = standing_hashes(lines, place.doc, &hashes);

        for (uint32_t i = 0; i < n; i++)
            input->line_map[hashes - lines->hashes + i] = (uint32_t)n_lines + i;
        n_lines += n;
        buffer_u32(value, (uint32_t)n_lines);
    }
    return n_lines;
}

static void append_hashes(const struct merge *merge, struct buffer *value)
{
    for (uint32_t number = 0; number < merge->n_docs; number++) {
        const struct place place = merge->places[number];
        const uint32_t *hashes;
        uint32_t n = standing_hashes(&merge_segment(merge, place)->data->lines, place.doc, &hashes);

        buffer_append(value, hashes, n * sizeof *hashes);
    }
}

static int write_lines(struct merge *merge, struct buffer *value, struct muc_error *err)
{
    const struct order order = { count_lines, read_line, 0, 0 };
    uint64_t n_lines;
    uint32_t n;
    int rc;

    if (!start_line_maps(merge))
        return error_memory(err);
    buffer_u32(value, 0);
    n_lines = append_ends(merge, value);
    if (n_lines > UINT32_MAX || !buffer_reserve(value, 2 * n_lines * sizeof(uint32_t)))
        return error_memory(err);
    n = (uint32_t)n_lines;
    memcpy(value->at, &n, sizeof n);
    append_hashes(merge, value);
    rc = merge_order(merge, &order, n, value->at, (void *)(value->at + value->size), err);
    value->size += n_lines * sizeof n;
    return rc;
}

static int merge_lines(struct merge *merge, struct muc_error *err)
{
    struct buffer value = { 0 };
    int rc = write_lines(merge, &value, err);

    free_line_maps(merge);
    if (!rc)
        return merge_column(merge, COLUMN_LINE, &value, err);
    buffer_free(&value);
    return rc;
}

/* ---- all */

int merge_columns(struct merge *merge, struct muc_error *err)
{
    static const struct {
        enum column column;
        size_t size;
    } rows[] = {
        { COLUMN_LENGTH, sizeof(uint16_t) },    { COLUMN_TITLE_LENGTH, sizeof(uint8_t) },
        { COLUMN_DATE, sizeof(uint32_t) },      { COLUMN_CONTENT, sizeof(uint64_t) },
        { COLUMN_TEXT_SIZE, sizeof(uint32_t) }, { COLUMN_SKETCH, sizeof(struct sketch) },
    };
    static const enum column values[] = { COLUMN_SOURCE, COLUMN_KIND,   COLUMN_LANG,
                                          COLUMN_PLACE,  COLUMN_BYLINE, COLUMN_NUMBER };
    int rc = merge_prove(merge, 'c', 0, err);

    for (size_t i = 0; i < merge->n && !rc; i++)
        rc = prove(&merge->inputs[i], err);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !rc; i++)
        rc = merge_rows(merge, rows[i].column, rows[i].size, err);
    if (rc || (rc = merge_ids(merge, err)) || (rc = merge_id_hashes(merge, err)) ||
        (rc = merge_sketch_orders(merge, err)) || (rc = merge_lines(merge, err)))
        return rc;
    for (size_t i = 0; i < sizeof values / sizeof *values && !rc; i++)
        rc = merge_values(merge, values[i], err);
    return rc ? rc : merge_tags(merge, err);
}
