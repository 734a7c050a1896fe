/* SPDX-License-Identifier: MIT */
/* reader_csv.c - a table with a header: one document a row, also over several lines.
 *
 * libcsv parses. The header is row 1, as spreadsheets show it. A row is read in the encoding that
 * it is found to be in, as a text would be. */
#include "base/error.h"
#include "base/vector.h"
#include "doc/field_names.h"
#include "doc/items.h"
#include "doc/late.h"
#include "doc/metadata.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"
#include "text/decode.h"
#include "text/utf8.h"

enum {
    ROW_MAX = 2 * MUC_TEXT_MAX, /* bytes */
    CHUNK = 256 << 10,
    CELLS_MAX = 4096, /* of a row; what comes behind is left out */
    TAGS_MAX = 64,
};

struct cell {
    size_t start, size; /* of the row's bytes */
};

struct column {
    enum field field;
    struct muc_string name;
};

struct table {
    struct items items;
    struct csv_parser parser;
    struct buffer row; /* cells, a line feed behind each */
    VECTOR(struct cell) cells;
    VECTOR(struct column) columns; /* none: the header was not met */
    struct arena names, arena;     /* of the columns; of the row at hand */
    int rc;                        /* parsing goes on after a failure, in vain */
    struct muc_error *err;
};

/* ---- the row at hand in UTF-8 */

/* NULL: it is in UTF-8, good or bad. */
static int encoding_of_row(struct table *table, const char **encoding)
{
    struct buffer decoded = { 0 };
    struct decoding decoding;
    int rc;

    *encoding = table->items.input->encoding;
    if (*encoding || utf8_is_valid(str_of((const char *)table->row.at, table->row.size)))
        return MUC_OK;
    rc = decode(table->row.at, table->row.size, NULL, &decoded, &decoding, table->err);
    buffer_free(&decoded);
    if (!rc && strcmp(decoding.encoding, "UTF-8") != 0)
        *encoding = decoding.encoding;
    return rc;
}

static int decode_cell(struct table *table, struct cell cell, const char *encoding,
                       struct muc_string *out, uint32_t *n_replaced)
{
    struct muc_string text = str_of((const char *)table->row.at + cell.start, cell.size);
    struct buffer decoded = { 0 }, clean = { 0 };
    struct decoding decoding = { 0 };
    int rc = MUC_OK;

    if (encoding && text.size) {
        rc = decode(text.bytes, text.size, encoding, &decoded, &decoding, table->err);
        text = str_of((const char *)decoded.at, decoded.size);
        *n_replaced += decoding.n_replaced;
    }
    if (!rc && !repair_is_clean(text)) {
        *n_replaced += repair(text, &clean);
        text = str_of((const char *)clean.at, clean.size);
    }
    while (text.size && (unsigned char)*text.bytes <= ' ')
        text = str_of(text.bytes + 1, text.size - 1);
    while (text.size && (unsigned char)text.bytes[text.size - 1] <= ' ')
        text.size--;
    *out = text.size ? arena_copy(&table->arena, text) : STR("");
    if (!rc && (!out->bytes || clean.failed))
        rc = error_memory(table->err);
    buffer_free(&decoded);
    buffer_free(&clean);
    return rc;
}

/* ---- header */

static int take_header(struct table *table)
{
    const char *encoding;
    uint32_t n_replaced = 0;
    bool useful = false;
    int rc = encoding_of_row(table, &encoding);

    for (size_t i = 0; !rc && i < table->cells.n; i++) {
        struct column *column = vector_push(&table->columns);
        struct muc_string name;

        if (!column)
            return error_memory(table->err);
        if ((rc = decode_cell(table, table->cells.at[i], encoding, &name, &n_replaced)))
            return rc;
        *column = (struct column){ field_of(name), arena_copy(&table->names, name) };
        if (!column->name.bytes)
            return error_memory(table->err);
        for (size_t other = 0; other < i; other++) /* the second of a kind is metadata */
            if (table->columns.at[other].field == column->field)
                column->field = FIELD_OTHER;
        useful |= column->field == FIELD_TITLE || column->field == FIELD_TEXT;
    }
    if (!rc && !useful)
        rc = error_set(table->err, MUC_EINPUT, 0, table->items.input->path,
                       "no column is called title or text (tiêu đề, nội dung) in its first row");
    return rc;
}

/* ---- documents */

static int take_tags(struct table *table, struct muc_string text, struct muc_document *document)
{
    struct muc_string *tags = arena_zero(&table->arena, TAGS_MAX, sizeof *tags);
    size_t n = 0;

    if (!tags)
        return error_memory(table->err);
    for (size_t at = 0, start = 0; at <= text.size && n < TAGS_MAX; at++) {
        if (at < text.size && !strchr(",;|", text.bytes[at]))
            continue;
        while (start < at && text.bytes[start] == ' ')
            start++;
        if (at > start)
            tags[n++] = str_of(text.bytes + start, at - start);
        start = at + 1;
    }
    document->tags = tags;
    document->n_tags = n;
    return MUC_OK;
}

static int take_cell(struct table *table, const struct column *column, struct muc_string text,
                     struct metadata *metadata, struct muc_document *document, bool *bad_date)
{
    struct muc_string *place = field_place(document, column->field);

    if (!text.size)
        return MUC_OK;
    if (place)
        *place = text;
    else if (column->field == FIELD_TAGS)
        return take_tags(table, text, document);
    else if (column->field != FIELD_DATE)
        return metadata_add(metadata, column->name.size ? column->name : STR("column"), text,
                            &table->arena, table->err);
    else if (doc_date_parse_time(text, &document->date))
        document->date_origin = MUC_DATE_GIVEN;
    else
        *bad_date = true;
    return MUC_OK;
}

static int give(struct table *table, struct muc_document *document, bool bad_date)
{
    char replaced[REPAIR_WARNING_MAX];
    uint64_t taken = table->items.n_taken;
    int rc;

    if (!document->title.size && !document->text.size)
        return items_refuse(&table->items, "neither a text nor a title in it", table->err);
    if ((rc = recode_document(&table->arena, document, table->err)) ||
        (rc = items_take(&table->items, document, table->err)) || table->items.n_taken == taken)
        return rc;
    if (document->n_replaced) {
        repair_warning(replaced, document->encoding.size ? document->encoding.bytes : "UTF-8",
                       document->n_replaced);
        items_warn(&table->items, replaced);
    }
    if (bad_date)
        items_warn(&table->items, "its date is not a day of the calendar; taken without it");
    return MUC_OK;
}

static int take_row(struct table *table)
{
    struct muc_document document = { 0 };
    struct metadata metadata = { 0 };
    bool bad_date = false, blank = true;
    const char *encoding;
    int rc = encoding_of_row(table, &encoding);

    for (size_t i = 0; !rc && i < table->cells.n && i < table->columns.n; i++) {
        struct muc_string text;

        rc = decode_cell(table, table->cells.at[i], encoding, &text, &document.n_replaced);
        if (!rc)
            rc = take_cell(table, &table->columns.at[i], text, &metadata, &document, &bad_date);
        blank &= !rc && !text.size;
    }
    if (rc || blank)
        return rc;
    document.metadata = metadata.at;
    document.n_metadata = metadata.n;
    if (encoding)
        document.encoding = str_c(encoding);
    return give(table, &document, bad_date);
}

/* ---- what libcsv calls */

static void on_cell(void *bytes, size_t size, void *context)
{
    struct table *table = context;
    struct cell *cell = table->cells.n < CELLS_MAX ? vector_push(&table->cells) : NULL;

    if (!cell) {
        if (table->cells.n < CELLS_MAX && !table->rc)
            table->rc = error_memory(table->err);
        return;
    }
    *cell = (struct cell){ table->row.size, size };
    buffer_append(&table->row, bytes, size);
    buffer_byte(&table->row, '\n');
}

static void on_row(int end, void *context)
{
    struct table *table = context;

    (void)end;
    if (!table->rc && table->cells.n) {
        table->items.number++;
        if (table->row.failed)
            table->rc = error_memory(table->err);
        else if (!table->columns.n)
            table->rc = take_header(table);
        else if (table->row.size > ROW_MAX)
            table->rc = items_refuse(&table->items, "a row above 128 MiB is not read", table->err);
        else
            table->rc = take_row(table);
    }
    buffer_clear(&table->row);
    table->cells.n = 0;
    arena_reset(&table->arena);
}

static int feed(struct table *table, struct muc_string bytes)
{
    size_t done = libcsv.csv_parse(&table->parser, bytes.bytes, bytes.size, on_cell, on_row, table);

    if (!table->rc && done != bytes.size)
        table->rc = error_memory(table->err);
    if (!table->rc && (table->parser.entry_pos > ROW_MAX || table->row.size > ROW_MAX + ROW_MAX))
        table->rc = error_set(table->err, MUC_EINPUT, 0, table->items.input->path,
                              "row %llu is above 128 MiB: is a quote never closed?",
                              (unsigned long long)table->items.number + 1);
    return table->rc;
}

/* ---- the file */

/* What separates its cells, from its first line: the comma, semicolon, tab or bar that stands most
 * often outside of quotes; a comma where none does. */
static char delimiter_of(struct muc_string text)
{
    static const char signs[] = ",;\t|";
    size_t counts[sizeof signs - 1] = { 0 }, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.size; i++) {
        const char *sign = text.bytes[i] ? strchr(signs, text.bytes[i]) : NULL;

        if (text.bytes[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text.bytes[i] == '\n' || text.bytes[i] == '\r'))
            break;
        else if (!quoted && sign)
            counts[sign - signs]++;
    }
    for (size_t i = 1; i < sizeof signs - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    return signs[best];
}

static bool is_utf16(struct muc_string text)
{
    return str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff"));
}

/* As spreadsheets write it: all of it, as its characters are two bytes. */
static int feed_utf16(struct table *table, struct source *source, struct buffer *bytes)
{
    struct buffer text = { 0 };
    struct decoding decoding;
    int rc = source_read_all(source, ROW_MAX, bytes, table->err);

    if (!rc)
        rc = decode(bytes->at, bytes->size, NULL, &text, &decoding, table->err);
    if (!rc) {
        libcsv.csv_set_delim(&table->parser,
                             (unsigned char)delimiter_of(str_of((const char *)text.at, text.size)));
        rc = feed(table, str_of((const char *)text.at, text.size));
    }
    buffer_free(&text);
    return rc;
}

/* What is before the header: a byte order mark, and the line "sep=;" of spreadsheets. */
static struct muc_string begin(struct table *table, struct muc_string first)
{
    char delimiter;

    if (str_starts(first, STR("\xef\xbb\xbf")))
        first = str_of(first.bytes + 3, first.size - 3);
    delimiter = delimiter_of(first);
    if (str_starts(first, STR("sep=")) && first.size > 6 && strchr("\r\n", first.bytes[5])) {
        delimiter = first.bytes[4];
        first = str_of(first.bytes + 6, first.size - 6);
    }
    libcsv.csv_set_delim(&table->parser, (unsigned char)delimiter);
    return first;
}

static int read_rows(struct table *table, struct source *source)
{
    struct buffer bytes = { 0 };
    size_t size = 1;
    bool first = true;
    int rc = MUC_OK;

    while (!rc && size) {
        if (!buffer_reserve(&bytes, CHUNK)) {
            rc = error_memory(table->err);
            break;
        }
        rc = source_read(source, bytes.at + bytes.size, CHUNK, &size, table->err);
        if (rc)
            break;
        bytes.size += size;
        if (first && bytes.size < CHUNK && size)
            continue; /* the header is to be seen whole */
        if (first && is_utf16(str_of((const char *)bytes.at, bytes.size))) {
            rc = feed_utf16(table, source, &bytes);
        } else {
            struct muc_string text = str_of((const char *)bytes.at, bytes.size);

            rc = feed(table, first ? begin(table, text) : text);
        }
        first = false;
        buffer_clear(&bytes);
    }
    buffer_free(&bytes);
    if (!rc && libcsv.csv_fini(&table->parser, on_cell, on_row, table))
        rc = error_memory(table->err);
    return rc ? rc : table->rc;
}

static int csv_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    struct table table = { .items = { .input = input,
                                      .sink = sink,
                                      .reader = &doc_reader_csv,
                                      .format = "a table",
                                      .unit = "rows" },
                           .err = err };
    struct source source;
    int rc = libcsv_load(err);

    if (rc || (rc = source_open(&source, input, err)))
        return rc;
    if (libcsv.csv_init(&table.parser, 0))
        rc = error_memory(err);
    libcsv.csv_set_blk_size(&table.parser, CHUNK);
    if (!rc)
        rc = read_rows(&table, &source);
    if (!rc)
        rc = table.columns.n ? items_end(&table.items, err)
                             : error_set(err, MUC_EINPUT, 0, input->path, "empty");
    if (!rc)
        *hash = source_hash(&source);
    libcsv.csv_free(&table.parser);
    source_close(&source);
    items_free(&table.items);
    buffer_free(&table.row);
    vector_free(&table.cells);
    vector_free(&table.columns);
    arena_free(&table.names);
    arena_free(&table.arena);
    return rc;
}

static const char *const endings[] = { "csv", "tsv", NULL };

const struct doc_reader doc_reader_csv = { "csv", true, endings, NULL, csv_read };
