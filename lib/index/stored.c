/* SPDX-License-Identifier: MIT */
#include "index/stored.h"

#include <zstd.h>

#include "base/bytes.h"
#include "base/error.h"
#include "index/keys.h"

enum {
    FIELDS = 13, /* of texts in a record */
    /* A record within the limits of mucluc.h, roughly from above: text, 10 fields, tags, metadata.
     */
    RECORD_MAX = MUC_TEXT_MAX + (10 + 3 * MUC_LIST_MAX) * (MUC_FIELD_MAX + 8) + 4096,
    RAW_MAX = RECORD_MAX + 2 * STORED_BLOCK,
    BLOCK_HEAD = 12,
    RAW_KEPT = 1 << 20, /* room from one block to the next */
};

/* ---- writing */

void stored_writer_start(struct stored_writer *writer, struct segment_writer *segment)
{
    *writer = (struct stored_writer){ .segment = segment };
}

void stored_writer_free(struct stored_writer *writer)
{
    ZSTD_freeCCtx(writer->zstd);
    buffer_free(&writer->raw);
    buffer_free(&writer->frames);
    vector_free(&writer->ends);
    vector_free(&writer->blocks);
    writer->zstd = NULL;
}

size_t stored_writer_memory(const struct stored_writer *writer)
{
    return writer->raw.room + writer->frames.room;
}

static int close_value(struct stored_writer *writer, struct muc_error *err)
{
    struct buffer value = writer->frames; /* moved behind their directory: they may be large */
    char key[STORE_KEY_MAX];
    uint32_t first = writer->first;
    size_t size = value.size, head = 4 + writer->blocks.n * BLOCK_HEAD;

    writer->frames = (struct buffer){ 0 };
    if (buffer_reserve(&value, head)) {
        memmove(value.at + head, value.at, size);
        value.size = 0;
        buffer_u32(&value, (uint32_t)writer->blocks.n);
        for (size_t i = 0; i < writer->blocks.n; i++) {
            buffer_u32(&value, writer->blocks.at[i].n_docs);
            buffer_u32(&value, writer->blocks.at[i].raw);
            buffer_u32(&value, writer->blocks.at[i].end);
        }
        value.size = head + size;
    }
    writer->blocks.n = 0;
    writer->first = writer->next;
    return segment_writer_put(writer->segment, 't', 0,
                              key_stored(writer->segment->number, first, key), &value, err);
}

static int close_block(struct stored_writer *writer, struct muc_error *err)
{
    struct stored_block *block;
    size_t bound, size;

    for (size_t i = 0; i < writer->ends.n; i++)
        buffer_u32(&writer->raw, writer->ends.at[i]);
    bound = ZSTD_compressBound(writer->raw.size);
    if (!writer->zstd)
        writer->zstd = ZSTD_createCCtx();
    if (writer->raw.failed || !writer->zstd || !buffer_reserve(&writer->frames, bound) ||
        !(block = vector_push(&writer->blocks)))
        return error_memory(err);
    size = ZSTD_compressCCtx(writer->zstd, writer->frames.at + writer->frames.size, bound,
                             writer->raw.at, writer->raw.size, STORED_LEVEL);
    if (ZSTD_isError(size))
        return error_memory(err); /* all else that zstd complains about cannot happen here */
    writer->frames.size += size;
    *block = (struct stored_block){ (uint32_t)writer->ends.n, (uint32_t)writer->raw.size,
                                    (uint32_t)writer->frames.size };
    if (writer->raw.room > RAW_KEPT)
        buffer_free(&writer->raw);
    buffer_clear(&writer->raw);
    writer->ends.n = 0;
    return writer->frames.size >= STORED_VALUE ? close_value(writer, err) : MUC_OK;
}

/** A record was appended to the open block. */
static int record_done(struct stored_writer *writer, struct muc_error *err)
{
    uint32_t *end = vector_push(&writer->ends);

    if (!end || writer->raw.failed)
        return error_memory(err);
    *end = (uint32_t)writer->raw.size;
    writer->next++;
    return writer->raw.size >= STORED_BLOCK ? close_block(writer, err) : MUC_OK;
}

static void write_text(struct buffer *out, struct muc_string text)
{
    buffer_sized(out, text);
    buffer_byte(out, 0);
}

static void write_sections(struct buffer *out, const struct muc_document *document)
{
    uint32_t end = 0;

    buffer_varint(out, document->n_sections);
    for (size_t i = 0; i < document->n_sections; i++) {
        const struct muc_section *section = &document->sections[i];

        buffer_byte(out, (uint8_t)section->kind);
        buffer_varint(out, section->start - end);
        buffer_varint(out, section->end - section->start);
        end = section->end;
    }
}

int stored_writer_add(struct stored_writer *writer, const struct muc_document *document,
                      struct muc_error *err)
{
    const struct muc_string fields[FIELDS] = {
        document->id,     document->title, document->text,   document->source, document->url,
        document->lang,   document->kind,  document->byline, document->path,   document->encoding,
        document->reader, document->place, document->number,
    };
    struct buffer *out = &writer->raw;

    for (int i = 0; i < FIELDS; i++)
        write_text(out, fields[i]);
    buffer_u16(out, (uint16_t)document->date.year);
    buffer_byte(out, document->date.month);
    buffer_byte(out, document->date.day);
    buffer_byte(out, (uint8_t)document->date_origin);
    buffer_u64(out, (uint64_t)document->file_time);
    buffer_u64(out, document->file_size);
    buffer_u32(out, document->n_replaced);
    buffer_varint(out, document->n_tags);
    for (size_t i = 0; i < document->n_tags; i++)
        write_text(out, document->tags[i]);
    buffer_varint(out, document->n_metadata);
    for (size_t i = 0; i < document->n_metadata; i++) {
        write_text(out, document->metadata[i].key);
        write_text(out, document->metadata[i].value);
    }
    write_sections(out, document);
    return record_done(writer, err);
}

int stored_writer_record(struct stored_writer *writer, struct muc_string record,
                         struct muc_error *err)
{
    buffer_append(&writer->raw, record.bytes, record.size);
    return record_done(writer, err);
}

bool stored_writer_takes_block(const struct stored_writer *writer)
{
    return !writer->ends.n || writer->raw.size >= STORED_BLOCK / 2;
}

int stored_writer_block(struct stored_writer *writer, const struct stored_block *block,
                        struct muc_string frame, struct muc_error *err)
{
    struct stored_block *kept;
    int rc = writer->ends.n ? close_block(writer, err) : MUC_OK;

    if (rc)
        return rc;
    buffer_append(&writer->frames, frame.bytes, frame.size);
    if (writer->frames.failed || !(kept = vector_push(&writer->blocks)))
        return error_memory(err);
    *kept = (struct stored_block){ block->n_docs, block->raw, (uint32_t)writer->frames.size };
    writer->next += block->n_docs;
    return writer->frames.size >= STORED_VALUE ? close_value(writer, err) : MUC_OK;
}

int stored_writer_finish(struct stored_writer *writer, struct muc_error *err)
{
    int rc = writer->ends.n ? close_block(writer, err) : MUC_OK;

    return !rc && writer->blocks.n ? close_value(writer, err) : rc;
}

/* ---- reading */

static int damaged(struct muc_error *err, const char *what)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "stored text: %s", what);
}

int stored_find(struct muc_string value, uint32_t doc, struct stored_block *block,
                struct muc_string *frame, uint32_t *within, struct muc_error *err)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    uint32_t n = bytes_u32(&in), start = 0;
    struct bytes head;
    const uint8_t *heads = bytes_take(&in, n * (size_t)BLOCK_HEAD);

    if (in.bad)
        return damaged(err, "a directory ends early");
    head = bytes_of(heads, n * (size_t)BLOCK_HEAD);
    for (uint32_t i = 0; i < n; i++) {
        struct stored_block read;

        read.n_docs = bytes_u32(&head);
        read.raw = bytes_u32(&head);
        read.end = bytes_u32(&head);
        if (read.end < start || read.end > bytes_left(&in))
            return damaged(err, "a block lies outside of its value");
        if (doc < read.n_docs) {
            *block = read;
            *frame = str_of((const char *)in.at + start, read.end - start);
            *within = doc;
            return MUC_OK;
        }
        doc -= read.n_docs;
        start = read.end;
    }
    return damaged(err, "a document is missing");
}

int stored_unpack(struct ZSTD_DCtx_s *zstd, const struct stored_block *block,
                  struct muc_string frame, struct stored_raw *raw, struct muc_error *err)
{
    uint64_t ends = block->n_docs * (uint64_t)4;
    uint8_t *at;
    size_t size;

    if (block->raw > RAW_MAX || ends > block->raw)
        return damaged(err, "a block is larger than blocks are");
    if (!(at = malloc(block->raw + (size_t)1)))
        return error_memory(err);
    size = ZSTD_decompressDCtx(zstd, at, block->raw, frame.bytes, frame.size);
    if (ZSTD_isError(size) || size != block->raw) {
        free(at);
        return damaged(err, "a block cannot be decompressed");
    }
    *raw = (struct stored_raw){ at, block->n_docs, (uint32_t)(block->raw - ends) };
    return MUC_OK;
}

void stored_raw_free(struct stored_raw *raw)
{
    free(raw->at);
    raw->at = NULL;
}

static uint32_t end_of(const struct stored_raw *raw, uint32_t i)
{
    struct bytes in = bytes_of(raw->at + raw->records + (size_t)4 * i, 4);

    return bytes_u32(&in);
}

struct muc_string stored_record(const struct stored_raw *raw, uint32_t i)
{
    uint32_t start = i ? end_of(raw, i - 1) : 0, end = end_of(raw, i);

    if (start > end || end > raw->records)
        return str_of(NULL, 0);
    return str_of((const char *)raw->at + start, end - start);
}

static struct muc_string read_text(struct bytes *in)
{
    struct muc_string text = bytes_sized(in);

    if (bytes_byte(in) != 0)
        in->bad = true;
    return in->bad ? str_of("", 0) : text;
}

/** A list's length, of elements of at least 2 bytes. */
static size_t read_count(struct bytes *in)
{
    uint64_t n = bytes_varint64(in);

    if (n > MUC_LIST_MAX || n > bytes_left(in) / 2)
        in->bad = true;
    return in->bad ? 0 : (size_t)n;
}

static bool read_lists(struct bytes *in, struct arena *arena, struct muc_document *document)
{
    struct muc_string *tags;
    struct muc_metadata *metadata;

    document->n_tags = read_count(in);
    if (!(tags = arena_zero(arena, document->n_tags + 1, sizeof *tags)))
        return false;
    for (size_t i = 0; i < document->n_tags; i++)
        tags[i] = read_text(in);
    document->n_metadata = read_count(in);
    if (!(metadata = arena_zero(arena, document->n_metadata + 1, sizeof *metadata)))
        return false;
    for (size_t i = 0; i < document->n_metadata; i++) {
        metadata[i].key = read_text(in);
        metadata[i].value = read_text(in);
    }
    document->tags = tags;
    document->metadata = metadata;
    return true;
}

static bool read_sections(struct bytes *in, struct arena *arena, struct muc_document *document)
{
    uint64_t n = bytes_varint64(in), end = 0, least = 3; /* bytes of a section */
    struct muc_section *sections;

    if (n > bytes_left(in) / least) {
        in->bad = true;
        n = 0;
    }
    if (!(sections = arena_zero(arena, (size_t)n + 1, sizeof *sections)))
        return false;
    for (uint64_t i = 0; i < n && !in->bad; i++) {
        uint8_t kind = bytes_byte(in);
        uint64_t start = end + bytes_varint(in);

        end = start + bytes_varint(in);
        if (kind >= MUC_SECTION_KINDS || end > document->text.size)
            in->bad = true;
        sections[i] =
            (struct muc_section){ (enum muc_section_kind)kind, (uint32_t)start, (uint32_t)end };
    }
    document->sections = sections;
    document->n_sections = (size_t)n;
    return true;
}

int stored_parse(struct muc_string record, struct arena *arena, struct muc_document *document,
                 struct muc_error *err)
{
    struct muc_document read = { 0 };
    struct muc_string *const fields[FIELDS] = {
        &read.id,     &read.title, &read.text,   &read.source, &read.url,
        &read.lang,   &read.kind,  &read.byline, &read.path,   &read.encoding,
        &read.reader, &read.place, &read.number,
    };
    struct bytes in = bytes_of(record.bytes, record.size);

    for (int i = 0; i < FIELDS; i++)
        *fields[i] = read_text(&in);
    read.date.year = (int16_t)bytes_u16(&in);
    read.date.month = bytes_byte(&in);
    read.date.day = bytes_byte(&in);
    read.date_origin = (enum muc_date_origin)bytes_byte(&in);
    read.file_time = (int64_t)bytes_u64(&in);
    read.file_size = bytes_u64(&in);
    read.n_replaced = bytes_u32(&in);
    if (!read_lists(&in, arena, &read) || !read_sections(&in, arena, &read))
        return error_memory(err);
    if (in.bad || in.at != in.end)
        return damaged(err, "a document's record is damaged");
    *document = read;
    return MUC_OK;
}
