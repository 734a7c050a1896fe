/* SPDX-License-Identifier: MIT */
#include "index/standing.h"

#include <xxhash.h>

#include "base/bytes.h"
#include "doc/plain.h"
#include "index/radix.h"
#include "index/segment.h"

/* ---- lines of a text */

static void add_line(struct muc_string source, struct muc_string text, struct muc_range range,
                     struct edge_lines *lines)
{
    XXH64_hash_t seed = XXH3_64bits(source.bytes ? source.bytes : "", source.size);

    if (range.end - range.start < STANDING_BYTES)
        return;
    lines->hashes[lines->n] =
        (uint32_t)XXH3_64bits_withSeed(text.bytes + range.start, range.end - range.start, seed);
    lines->at[lines->n++] = range;
}

void edge_lines_of(struct muc_string source, struct muc_string text, struct edge_lines *lines)
{
    struct muc_range
        last[STANDING_LAST]; /* line i of those behind the first at i % STANDING_LAST */
    struct text_line line = { .end = 0 };
    size_t n = 0, n_behind;

    lines->n = 0;
    for (; text_line_next(text, line.end, &line); n++) {
        uint32_t start = (uint32_t)(line.text.bytes - text.bytes);
        struct muc_range range = { start, start + (uint32_t)line.text.size };

        if (n < STANDING_FIRST)
            add_line(source, text, range, lines);
        else
            last[(n - STANDING_FIRST) % STANDING_LAST] = range;
    }
    n_behind = n > STANDING_FIRST ? n - STANDING_FIRST : 0;
    for (size_t i = n_behind > STANDING_LAST ? n_behind - STANDING_LAST : 0; i < n_behind; i++)
        add_line(source, text, last[i % STANDING_LAST], lines);
}

/* ---- counting */

static bool is_counted(const struct segment *segment, uint32_t doc)
{
    return doc < segment->n_docs && !segment_is_deleted(segment, doc);
}

/** Whether a line stands in STANDING_LEAST living documents. One that has it twice counts once:
 *  entries of equal hashes are in the order of their documents. */
static bool stands(const struct reader *reader, uint32_t hash)
{
    unsigned count = 0;

    for (uint32_t i = 0; i < reader->n_segments; i++) {
        const struct segment *segment = &reader->segments[i];
        const struct standing_view *view = &segment->data->lines;
        uint32_t low = 0, high = view->n;

        while (low < high) {
            uint32_t middle = low + (high - low) / 2;

            if (view->hashes[middle] < hash)
                low = middle + 1;
            else
                high = middle;
        }
        for (uint32_t before = UINT32_MAX; low < view->n && view->hashes[low] == hash; low++) {
            if (view->docs[low] == before || !is_counted(segment, view->docs[low]))
                continue;
            before = view->docs[low];
            if (++count == STANDING_LEAST)
                return true;
        }
    }
    return false;
}

void standing_find(const struct reader *reader, struct muc_string source, struct muc_string text,
                   struct standing *standing)
{
    struct edge_lines lines;
    size_t size = 0;

    standing->n = 0;
    edge_lines_of(source, text, &lines);
    for (size_t i = 0; i < lines.n; i++)
        if (stands(reader, lines.hashes[i])) {
            standing->at[standing->n++] = lines.at[i];
            size += lines.at[i].end - lines.at[i].start;
        }
    if (size * 2 > text.size)
        standing->n = 0;
}

/* ---- the column */

bool standing_write(struct standing_column *column, struct buffer *out)
{
    size_t n = column->entries.n;
    uint64_t *other = malloc((n + 1) * sizeof *other);
    const uint64_t *sorted;

    if (!other)
        return false;
    sorted = radix_sort(column->entries.at, other, n, 0, 64);
    buffer_reserve(out, 4 + n * 8);
    buffer_u32(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        buffer_u32(out, (uint32_t)(sorted[i] >> 32));
    for (size_t i = 0; i < n; i++)
        buffer_u32(out, (uint32_t)sorted[i]);
    free(other);
    return true;
}

bool standing_open(struct muc_string value, struct standing_view *view)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    uint32_t n = bytes_u32(&in);

    if (in.bad || bytes_left(&in) != (uint64_t)n * 8)
        return false;
    view->n = n;
    view->hashes = (const void *)in.at;
    view->docs = view->hashes + n;
    return true;
}
