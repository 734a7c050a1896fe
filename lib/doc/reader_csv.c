/* SPDX-License-Identifier: MIT */
/* reader_csv.c - a table with a header: one document a row (doc/csv_rows.h).
 *
 * libcsv parses; in tables with tabs it is told which quotes are text. */
#include "base/error.h"
#include "doc/csv_form.h"
#include "doc/csv_rows.h"
#include "doc/late.h"
#include "doc/source.h"
#include "text/decode.h"
#include "text/utf8.h"

enum { CHUNK = 256 << 10 };

struct table {
    struct csv_rows rows;
    struct csv_parser parser;
    bool inside; /* what comes next goes on with a cell */
    int rc;      /* parsing goes on after a failure, in vain */
    struct muc_error *err;
};

static void on_cell(void *bytes, size_t size, void *context)
{
    struct table *table = context;

    if (!table->rc)
        table->rc = csv_rows_add(&table->rows, bytes, size, table->err);
}

static void on_row(int end, void *context)
{
    struct table *table = context;

    (void)end;
    if (!table->rc)
        table->rc = csv_rows_end(&table->rows, table->err);
}

static int feed(struct table *table, struct muc_string bytes)
{
    size_t done = libcsv.csv_parse(&table->parser, bytes.bytes, bytes.size, on_cell, on_row, table);

    if (!table->rc && done != bytes.size)
        table->rc = error_memory(table->err);
    if (!table->rc &&
        (table->parser.entry_pos > CSV_ROW_MAX || table->rows.row.size > CSV_ROW_MAX + CSV_ROW_MAX))
        table->rc = error_set(table->err, MUC_EINPUT, 0, table->rows.items.input->path,
                              "row %llu is above 128 MiB: is a quote never closed?",
                              (unsigned long long)table->rows.items.number + 1);
    return table->rc;
}

/* A quote that is text begins a cell. */
static int feed_quote(struct table *table)
{
    int rc;

    libcsv.csv_set_quote(&table->parser, '\0');
    rc = feed(table, STR("\""));
    libcsv.csv_set_quote(&table->parser, '"');
    return rc;
}

/* As feed(), of a table with tabs. *used: less than all of it where a quote is not told yet. */
static int feed_tabs(struct table *table, struct muc_string text, bool ended, size_t *used)
{
    size_t at = 0, fed = 0, size;
    int rc = MUC_OK;

    while (!rc && at < text.size) {
        while (!table->inside && at < text.size && text.bytes[at] == ' ')
            at++;
        if (!table->inside && at < text.size && text.bytes[at] == '"') {
            struct muc_string rest = str_of(text.bytes + at, text.size - at);
            enum csv_quote quote;

            if ((rc = feed(table, str_of(text.bytes + fed, at - fed))))
                break;
            fed = *used = at;
            quote = csv_quote_of(rest, ended || rest.size > CSV_ROW_MAX, table->rows.cells.n,
                                 table->rows.columns.n, &size);
            if (quote == CSV_UNKNOWN)
                return MUC_OK;
            if (quote == CSV_TEXT && (rc = feed_quote(table)))
                break;
            at += quote == CSV_TEXT ? 1 : size;
            fed += quote == CSV_TEXT;
        }
        while (at < text.size && !strchr("\t\r\n", text.bytes[at] ? text.bytes[at] : '*'))
            at++;
        table->inside = at == text.size;
        at += at < text.size;
    }
    *used = text.size;
    return rc ? rc : feed(table, str_of(text.bytes + fed, text.size - fed));
}

/* ---- the file */

static bool is_utf16(struct muc_string text)
{
    return str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff"));
}

/* As spreadsheets write it: all of it, as its characters are two bytes. */
static int read_utf16(struct table *table, struct source *source, struct buffer *bytes)
{
    struct buffer text = { 0 };
    struct decoding decoding;
    int rc = source_read_all(source, CSV_ROW_MAX, bytes, table->err);

    if (!rc)
        rc = decode(bytes->at, bytes->size, NULL, &text, &decoding, table->err);
    buffer_free(bytes);
    *bytes = text;
    return rc;
}

/* What is before the header, a byte order mark and the line "sep=;" of spreadsheets, and what the
 * first rows show. *begin: the header. */
static int begin(struct table *table, struct muc_string first, size_t *begin)
{
    struct muc_string text = first;
    struct buffer decoded = { 0 };
    struct decoding decoding = { 0 };
    int rc = MUC_OK;

    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_of(text.bytes + 3, text.size - 3);
    table->rows.delimiter = csv_delimiter(text);
    if (str_starts(text, STR("sep=")) && text.size > 6 && strchr("\r\n", text.bytes[5])) {
        table->rows.delimiter = text.bytes[4];
        text = str_of(text.bytes + 6, text.size - 6);
    }
    libcsv.csv_set_delim(&table->parser, (unsigned char)table->rows.delimiter);
    *begin = first.size - text.size;
    while (text.size && text.bytes[text.size - 1] != '\n') /* no part of a character */
        text.size--;
    if (!utf8_is_valid(text))
        rc = decode(text.bytes, text.size, NULL, &decoded, &decoding, table->err);
    buffer_free(&decoded);
    if (decoding.encoding && strcmp(decoding.encoding, "UTF-8") != 0)
        table->rows.encoding = decoding.encoding;
    return rc;
}

/* What was read and not yet parsed. */
static int feed_read(struct table *table, struct buffer *bytes, size_t start, bool ended)
{
    struct muc_string text = bytes->size > start
                                 ? str_of((const char *)bytes->at + start, bytes->size - start)
                                 : STR("");
    size_t used = text.size;
    int rc =
        table->rows.delimiter == '\t' ? feed_tabs(table, text, ended, &used) : feed(table, text);

    if (used < text.size)
        memmove(bytes->at, text.bytes + used, text.size - used);
    bytes->size = text.size - used;
    return rc;
}

static int read_rows(struct table *table, struct source *source)
{
    struct buffer bytes = { 0 };
    bool first = true, ended = false;
    int rc = MUC_OK;

    while (!rc && !ended) {
        size_t room = bytes.size > CHUNK ? bytes.size : CHUNK, size, start = 0;

        if (!buffer_reserve(&bytes, room)) {
            rc = error_memory(table->err);
            break;
        }
        if ((rc = source_read(source, bytes.at + bytes.size, room, &size, table->err)))
            break;
        bytes.size += size;
        ended = !size;
        if (first && bytes.size < CHUNK && !ended)
            continue; /* the header is to be seen whole */
        if (first && is_utf16(str_of((const char *)bytes.at, bytes.size))) {
            rc = read_utf16(table, source, &bytes);
            ended = true;
        }
        if (!rc && first)
            rc = begin(table, str_of((const char *)bytes.at, bytes.size), &start);
        if (!rc)
            rc = feed_read(table, &bytes, start, ended);
        first = false;
    }
    buffer_free(&bytes);
    if (!rc && libcsv.csv_fini(&table->parser, on_cell, on_row, table))
        rc = error_memory(table->err);
    return rc ? rc : table->rc;
}

static int csv_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    struct table table = { .rows = { .items = { .input = input,
                                                .sink = sink,
                                                .reader = &doc_reader_csv,
                                                .format = "a table",
                                                .unit = "rows" } },
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
        rc = table.rows.columns.n ? items_end(&table.rows.items, err)
                                  : error_set(err, MUC_EINPUT, 0, input->path, "empty");
    if (!rc)
        *hash = source_hash(&source);
    libcsv.csv_free(&table.parser);
    source_close(&source);
    csv_rows_free(&table.rows);
    return rc;
}

static const char *const endings[] = { "csv", "tsv", NULL };

const struct doc_reader doc_reader_csv = { "csv", true, endings, NULL, csv_read };
