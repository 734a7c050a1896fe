/* SPDX-License-Identifier: MIT */
#include "index/standing.h"

#include "base/bytes.h"
#include "base/error.h"
#include "base/hash.h"
#include "doc/plain.h"
#include "index/radix.h"
#include "index/segment.h"

/* ---- lines of a text */

/** `seed`: of the source, among whose texts a line may stand. */
static void add_line(uint64_t seed, struct muc_string text, struct muc_range range,
                     struct edge_lines *lines)
{
    uint32_t size = range.end - range.start;

    if (size < STANDING_BYTES || size > STANDING_MOST)
        return;
    lines->hashes[lines->n] = (uint32_t)XXH3_64bits_withSeed(text.bytes + range.start, size, seed);
    lines->at[lines->n++] = range;
}

void edge_lines_of(struct muc_string source, struct muc_string text, struct edge_lines *lines)
{
    struct muc_range
        last[STANDING_LAST]; /* line i of those behind the first at i % STANDING_LAST */
    struct text_line line = { .end = 0 };
    uint64_t seed = XXH3_64bits(source.bytes ? source.bytes : "", source.size);
    size_t n = 0, n_behind;

    lines->n = 0;
    for (; text_line_next(text, line.end, &line); n++) {
        uint32_t start = (uint32_t)(line.text.bytes - text.bytes);
        struct muc_range range = { start, start + (uint32_t)line.text.size };

        if (n < STANDING_FIRST)
            add_line(seed, text, range, lines);
        else
            last[(n - STANDING_FIRST) % STANDING_LAST] = range;
    }
    n_behind = n > STANDING_FIRST ? n - STANDING_FIRST : 0;
    for (size_t i = n_behind > STANDING_LAST ? n_behind - STANDING_LAST : 0; i < n_behind; i++)
        add_line(seed, text, last[i % STANDING_LAST], lines);
}

/* ---- those that stand */

enum { FILTER_BITS = 16 }; /* at least so many a line: one of 16 others passes at most */

/** Whether the segment is one of lines: one in each document, rising. */
static bool has_lines(const struct segment *segment)
{
    const struct standing_view *lines = &segment->data->lines;

    for (uint32_t doc = 0; doc < segment->n_docs; doc++)
        if (lines->ends[doc] != doc + 1 || (doc && lines->hashes[doc] <= lines->hashes[doc - 1]))
            return false;
    return segment->n_docs && lines->n == segment->n_docs;
}

static bool make_filter(struct standing_table *table)
{
    const struct segment *segment = &table->segment;
    unsigned bits = 6;

    while (bits < 32 && (uint64_t)segment->n_docs * FILTER_BITS > (uint64_t)1 << bits)
        bits++;
    table->shift = 32 - bits;
    table->filter = calloc((size_t)1 << (bits - 6), sizeof *table->filter);
    for (uint32_t i = 0; table->filter && i < segment->n_docs; i++) {
        uint32_t bit = segment->data->lines.hashes[i] >> table->shift;

        table->filter[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return table->filter;
}

int standing_table_open(struct store_read *read, const struct segment_entry *entry,
                        struct standing_table **out, struct muc_error *err)
{
    struct standing_table *table;
    int rc;

    *out = NULL;
    if (!entry->n_docs)
        return MUC_OK;
    if (!(table = calloc(1, sizeof *table)))
        return error_memory(err);
    rc = segment_open(read, entry, &table->segment, err);
    if (!rc && !has_lines(&table->segment))
        rc = error_set(err, MUC_EDAMAGED, 0, "", "segment %u: it is not one of standing lines",
                       entry->number);
    if (!rc && !make_filter(table))
        rc = error_memory(err);
    if (rc) {
        standing_table_close(table);
        return rc;
    }
    *out = table;
    return MUC_OK;
}

void standing_table_close(struct standing_table *table)
{
    if (!table)
        return;
    segment_close(&table->segment);
    free(table->filter);
    free(table);
}

uint32_t standing_number(const struct standing_table *table, uint32_t hash)
{
    uint32_t low = 0, high, bit;
    const uint32_t *hashes;

    if (!table)
        return UINT32_MAX;
    bit = hash >> table->shift;
    if (!(table->filter[bit / 64] >> bit % 64 & 1))
        return UINT32_MAX;
    hashes = table->segment.data->lines.hashes;
    for (high = table->segment.n_docs; low < high;) {
        uint32_t middle = low + (high - low) / 2;

        if (hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < table->segment.n_docs && hashes[low] == hash ? low : UINT32_MAX;
}

uint32_t standing_of(const struct standing_table *table, const struct segment *segment,
                     uint32_t doc, uint32_t numbers[STANDING_LINES])
{
    const uint32_t *hashes;
    uint32_t n = 0, n_hashes = standing_hashes(&segment->data->lines, doc, &hashes);
    uint64_t size = 0;

    for (uint32_t i = 0; i < n_hashes; i++) {
        uint32_t number = standing_number(table, hashes[i]);

        if (number == UINT32_MAX)
            continue;
        size += table->segment.data->text_sizes[number];
        numbers[n++] = number;
    }
    return 2 * size <= segment->data->text_sizes[doc] ? n : 0;
}

void standing_ahead(const struct segment *segment, uint32_t doc)
{
    const uint32_t *hashes;

    if (standing_hashes(&segment->data->lines, doc, &hashes))
        __builtin_prefetch(hashes);
}

void standing_find(const struct standing_table *table, const struct muc_document *document,
                   struct standing *standing)
{
    struct edge_lines lines = { .n = 0 };
    size_t size = 0;

    standing->n = 0;
    if (table)
        edge_lines_of(document->source, document->text, &lines);
    for (size_t i = 0; i < lines.n; i++)
        if (standing_number(table, lines.hashes[i]) != UINT32_MAX) {
            standing->at[standing->n++] = lines.at[i];
            size += lines.at[i].end - lines.at[i].start;
        }
    if (2 * size > document->title.size + document->text.size)
        standing->n = 0;
}

/* ---- the column */

bool standing_add(struct standing_column *column, const uint32_t *hashes, size_t n)
{
    uint32_t *end = vector_push(&column->ends);

    if (!end || !vector_reserve(&column->hashes, n))
        return false;
    for (size_t i = 0; i < n; i++)
        column->hashes.at[column->hashes.n++] = hashes[i];
    *end = (uint32_t)column->hashes.n;
    return true;
}

void standing_column_free(struct standing_column *column)
{
    vector_free(&column->ends);
    vector_free(&column->hashes);
}

bool standing_write(const struct standing_column *column, struct buffer *out)
{
    size_t n = column->hashes.n;
    uint64_t *entries = malloc((n + 1) * sizeof *entries);
    uint64_t *other = malloc((n + 1) * sizeof *other);
    const uint64_t *sorted;
    bool ok = entries && other;

    if (ok) {
        for (size_t i = 0; i < n; i++)
            entries[i] = (uint64_t)column->hashes.at[i] << 32 | i;
        sorted = radix_sort(entries, other, n, 32, 32);
        buffer_reserve(out, 4 + 4 * column->ends.n + 8 * n);
        buffer_u32(out, (uint32_t)n);
        for (size_t i = 0; i < column->ends.n; i++)
            buffer_u32(out, column->ends.at[i]);
        for (size_t i = 0; i < n; i++)
            buffer_u32(out, column->hashes.at[i]);
        for (size_t i = 0; i < n; i++)
            buffer_u32(out, (uint32_t)sorted[i]);
    }
    free(entries);
    free(other);
    return ok;
}

bool standing_open(struct muc_string value, uint32_t n_docs, struct standing_view *view)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    uint32_t n = bytes_u32(&in);

    if (in.bad || bytes_left(&in) != (uint64_t)n * 8 + (uint64_t)n_docs * 4)
        return false;
    view->n = n;
    view->ends = (const void *)in.at;
    view->hashes = view->ends + n_docs;
    view->places = view->hashes + n;
    return true;
}
