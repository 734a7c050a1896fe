/* SPDX-License-Identifier: MIT */
/* reader_jsonl.c - JSON Lines: one document a line.
 *
 * A line ends at \n and nowhere else: U+2028, U+0085 and \r are text. Lines of nothing but blanks
 * are passed over, a byte order mark at the start too. A line above LINE_MAX is refused without
 * being held. */
#include <inttypes.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/repair.h"
#include "doc/source.h"
#include "text/decode.h"

enum {
    LINE_MAX_SIZE = 2 * MUC_TEXT_MAX, /* of the largest text, were half of it escaped */
    CHUNK = 256 << 10,
    HOPELESS = 100, /* so many lines, none of them a document: not JSON Lines */
};

struct lines {
    struct source source;
    struct buffer buffer;  /* what was read and not yet given out, from `start` */
    size_t start, scanned; /* no \n in start … scanned */
    uint64_t number;       /* of the line given out, from 1 */
    bool ended;            /* the input is */
    bool too_long;         /* the line at hand; its bytes are being dropped */
};

static int read_more(struct lines *lines, struct muc_error *err)
{
    struct buffer *buffer = &lines->buffer;
    size_t left = buffer->size - lines->start, size;
    int rc;

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
    const struct doc_input *input;
    const struct doc_sink *sink;
    struct lines lines;
    struct arena arena;    /* of one document */
    struct buffer decoded; /* the line, where an encoding is forced */
    struct buffer id, path;
    uint64_t n_taken, n_refused;
};

static int refuse(struct reading *reading, const char *message, struct muc_error *err)
{
    int rc = reading->sink->refuse(reading->sink->context, reading->lines.number, message, err);

    if (rc)
        return rc;
    if (++reading->n_refused == HOPELESS && reading->n_taken == 0)
        return error_set(err, MUC_EINPUT, 0, reading->input->path,
                         "not JSON Lines: not one of its first %d lines is a document", HOPELESS);
    return MUC_OK;
}

static int name_document(struct reading *reading, struct muc_string line,
                         struct muc_document *document, struct muc_error *err)
{
    const struct doc_input *input = reading->input;
    uint64_t number = reading->lines.number;

    buffer_clear(&reading->path);
    buffer_format(&reading->path, "%s#%" PRIu64, input->path, number);
    buffer_clear(&reading->id);
    if (document->id.size) {
        buffer_append(&reading->id, document->id.bytes, document->id.size);
    } else if (document->url.size) {
        buffer_append(&reading->id, document->url.bytes, document->url.size);
    } else if (input->id.size) {
        buffer_append(&reading->id, input->id.bytes, input->id.size);
        buffer_format(&reading->id, "#%" PRIu64, number);
    } else {
        buffer_format(&reading->id, "line-%016" PRIx64, XXH3_64bits(line.bytes, line.size));
    }
    if (reading->path.failed || reading->id.failed)
        return error_memory(err);
    source_describe(input, doc_reader_jsonl.name, document);
    document->path = str_of((const char *)reading->path.at, reading->path.size);
    document->id = str_of((const char *)reading->id.at, reading->id.size);
    return MUC_OK;
}

/* The line in UTF-8 where an encoding is forced. */
static int decode_line(struct reading *reading, struct muc_string *line, uint32_t *n_replaced,
                       struct muc_error *err)
{
    const char *encoding = reading->input->encoding;
    struct decoding decoding;
    int rc;

    if (!encoding)
        return MUC_OK;
    buffer_clear(&reading->decoded);
    rc = decode(line->bytes, line->size, encoding, &reading->decoded, &decoding, err);
    if (rc)
        return rc;
    *line = str_of((const char *)reading->decoded.at, reading->decoded.size);
    *n_replaced = decoding.n_replaced;
    return MUC_OK;
}

static void warn(struct reading *reading, uint32_t n_replaced, const char *warning)
{
    const struct doc_sink *sink = reading->sink;
    char replaced[REPAIR_WARNING_MAX];

    if (n_replaced) {
        repair_warning(replaced, reading->input->encoding, n_replaced);
        sink->warn(sink->context, reading->lines.number, replaced);
    }
    if (warning)
        sink->warn(sink->context, reading->lines.number, warning);
}

static int read_line(struct reading *reading, struct muc_string line, struct muc_error *err)
{
    const struct doc_sink *sink = reading->sink;
    struct muc_document document;
    const char *warning = NULL;
    uint32_t n_replaced = 0;
    struct muc_error why;
    int rc;

    if (reading->lines.too_long)
        return refuse(reading, "a line above 128 MiB is not read", err);
    if ((rc = decode_line(reading, &line, &n_replaced, err)))
        return rc;
    arena_reset(&reading->arena);
    rc = doc_from_json(line, &reading->arena, &document, &warning, &why);
    if (!rc) {
        document.n_replaced += n_replaced;
        rc = name_document(reading, line, &document, &why);
    }
    if (!rc)
        rc = sink->emit(sink->context, &document, &why);
    if (rc == MUC_EINPUT)
        return refuse(reading, why.message, err);
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    reading->n_taken++;
    warn(reading, n_replaced, warning);
    return MUC_OK;
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
            return error_set(err, MUC_EINPUT, 0, reading->input->path,
                             "in UTF-16; JSON Lines are UTF-8, convert it first");
        if (!is_blank(line) || reading->lines.too_long)
            rc = read_line(reading, line, err);
        if (rc)
            return rc;
    }
    if (!rc && reading->n_refused && !reading->n_taken)
        return error_set(err, MUC_EINPUT, 0, reading->input->path,
                         "not one of its %" PRIu64 " lines is a document", reading->n_refused);
    return rc;
}

static int jsonl_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                      struct muc_error *err)
{
    struct reading reading = { .input = input, .sink = sink };
    int rc = source_open(&reading.lines.source, input, err);

    if (rc)
        return rc;
    rc = read_lines(&reading, err);
    if (!rc)
        *hash = source_hash(&reading.lines.source);
    source_close(&reading.lines.source);
    buffer_free(&reading.lines.buffer);
    buffer_free(&reading.decoded);
    buffer_free(&reading.id);
    buffer_free(&reading.path);
    arena_free(&reading.arena);
    return rc;
}

static const char *const endings[] = { "jsonl", "ndjson", NULL };

const struct doc_reader doc_reader_jsonl = { "jsonl", true, endings, NULL, jsonl_read };
