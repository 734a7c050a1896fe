/* SPDX-License-Identifier: MIT */
/* reader_jsonl.c - JSON Lines: one document a line.
 *
 * A line ends at \n and nowhere else: U+2028, U+0085 and \r are text. Lines of nothing but blanks
 * are passed over, a byte order mark at the start too. A line above LINE_MAX is refused without
 * being held. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/json_items.h"
#include "doc/source.h"

enum {
    LINE_MAX_SIZE = 2 * MUC_TEXT_MAX, /* of the largest text, were half of it escaped */
    CHUNK = 256 << 10,
    ROOM_KEPT = 4 * CHUNK, /* from a long line to the next */
};

struct lines {
    struct source source;
    struct buffer buffer;  /* what was read and not yet given out, from `start` */
    size_t start, scanned; /* no \n in start … scanned */
    uint64_t number;       /* of the line given out, from 1 */
    bool ended;            /* the input is */
    bool too_long;         /* the line at hand; its bytes are being dropped */
};

/** Give the room of a long line back, unless much of it is of others. */
static void shrink(struct lines *lines)
{
    struct buffer left = { 0 };

    if (lines->buffer.room <= ROOM_KEPT || lines->buffer.size - lines->start > CHUNK)
        return;
    buffer_append(&left, lines->buffer.at + lines->start, lines->buffer.size - lines->start);
    if (left.failed) /* it stays where it is */
        return;
    buffer_free(&lines->buffer);
    lines->buffer = left;
    lines->start = lines->scanned = 0;
}

/** A document was made of the line at hand. */
static void line_read(void *whose)
{
    shrink(whose);
}

static int read_more(struct lines *lines, struct muc_error *err)
{
    struct buffer *buffer = &lines->buffer;
    size_t left = buffer->size - lines->start, size;
    int rc;

    shrink(lines);
    if (lines->too_long || left > LINE_MAX_SIZE) {
        lines->too_long = true;
        left = 0;
    } else if (left && lines->start) {
        memmove(buffer->at, buffer->at + lines->start, left);
    }
    buffer->size = left;
    lines->scanned = left;
    lines->start = 0;
    if (!buffer_reserve(buffer, CHUNK))
        return error_memory(err);
    rc = source_read(&lines->source, buffer->at + left, CHUNK, &size, err);
    if (rc)
        return rc;
    buffer->size += size;
    lines->ended = size == 0;
    return MUC_OK;
}

/* The next line, borrowed until the next call, without its \n; *more is false at the end. */
static int next_line(struct lines *lines, struct muc_string *line, bool *more,
                     struct muc_error *err)
{
    struct buffer *buffer = &lines->buffer;
    const uint8_t *end = NULL;
    int rc;

    lines->too_long = false;
    for (;;) {
        if (buffer->size > lines->scanned)
            end = memchr(buffer->at + lines->scanned, '\n', buffer->size - lines->scanned);
        if (end || lines->ended)
            break;
        lines->scanned = buffer->size;
        if ((rc = read_more(lines, err)))
            return rc;
    }
    *more = end || buffer->size > lines->start || lines->too_long;
    if (!*more)
        return MUC_OK;
    line->bytes = (const char *)buffer->at + lines->start;
    line->size = (end ? (size_t)(end - buffer->at) : buffer->size) - lines->start;
    lines->start = lines->scanned = end ? (size_t)(end - buffer->at) + 1 : buffer->size;
    if (++lines->number == 1 && str_starts(*line, STR("\xef\xbb\xbf")))
        *line = str_of(line->bytes + 3, line->size - 3);
    return MUC_OK;
}

struct reading {
    struct lines lines;
    struct json_items json;
};

static int read_line(struct reading *reading, struct muc_string line, struct muc_error *err)
{
    struct items *items = &reading->json.items;
    char id[sizeof "line-0123456789abcdef"] = "";

    items->number = reading->lines.number;
    if (reading->lines.too_long)
        return items_refuse(items, "a line above 128 MiB is not read", err);
    if (!items->input->id.size) /* standard input: what is in it names it */
        snprintf(id, sizeof id, "line-%016" PRIx64, XXH3_64bits(line.bytes, line.size));
    return json_items_take(&reading->json, line, str_c(id), err);
}

static bool is_blank(struct muc_string line)
{
    for (size_t i = 0; i < line.size; i++)
        if (line.bytes[i] != ' ' && line.bytes[i] != '\t' && line.bytes[i] != '\r')
            return false;
    return true;
}

static bool is_utf16(struct muc_string line)
{
    return str_starts(line, STR("\xff\xfe")) || str_starts(line, STR("\xfe\xff"));
}

static int read_lines(struct reading *reading, struct muc_error *err)
{
    struct muc_string line;
    bool more;
    int rc;

    while (!(rc = next_line(&reading->lines, &line, &more, err)) && more) {
        if (reading->lines.number == 1 && is_utf16(line))
            return error_set(err, MUC_EINPUT, 0, reading->json.items.input->path,
                             "in UTF-16; JSON Lines are UTF-8, convert it first");
        if (!is_blank(line) || reading->lines.too_long)
            rc = read_line(reading, line, err);
        if (rc)
            return rc;
    }
    return rc ? rc : items_end(&reading->json.items, err);
}

static int jsonl_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                      struct muc_error *err)
{
    struct reading reading = { .json.items = { .input = input,
                                               .sink = sink,
                                               .reader = &doc_reader_jsonl,
                                               .format = "JSON Lines",
                                               .unit = "lines" } };
    int rc;

    reading.json.read = line_read;
    reading.json.whose = &reading.lines;
    rc = source_open(&reading.lines.source, input, err);

    if (rc)
        return rc;
    rc = read_lines(&reading, err);
    if (!rc)
        *hash = source_hash(&reading.lines.source);
    source_close(&reading.lines.source);
    buffer_free(&reading.lines.buffer);
    json_items_free(&reading.json);
    return rc;
}

static const char *const endings[] = { "jsonl", "ndjson", NULL };

const struct doc_reader doc_reader_jsonl = { "jsonl", true, endings, NULL, jsonl_read };
