/* SPDX-License-Identifier: MIT */
#include "doc/csv_rows.h"

#include "base/error.h"
#include "doc/metadata.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "text/decode.h"
#include "text/utf8.h"

enum {
    CELLS_MAX = 4096, /* of a row; what comes behind is left out */
    TAGS_MAX = 64,
};

/* ---- the row at hand in UTF-8 */

/* NULL: it is in UTF-8, good or bad. */
static int encoding_of_row(struct csv_rows *rows, const char **encoding, struct muc_error *err)
{
    struct buffer decoded = { 0 };
    struct decoding decoding;
    int rc;

    *encoding = rows->items.input->encoding;
    if (*encoding || utf8_is_valid(str_of((const char *)rows->row.at, rows->row.size)))
        return MUC_OK;
    if ((*encoding = rows->encoding))
        return MUC_OK;
    rc = decode(rows->row.at, rows->row.size, NULL, &decoded, &decoding, err);
    buffer_free(&decoded);
    if (!rc && strcmp(decoding.encoding, "UTF-8") != 0)
        *encoding = decoding.encoding;
    return rc;
}

static int decode_cell(struct csv_rows *rows, struct csv_cell cell, const char *encoding,
                       struct muc_string *out, uint32_t *n_replaced, struct muc_error *err)
{
    struct muc_string text = str_of((const char *)rows->row.at + cell.start, cell.size);
    struct buffer decoded = { 0 }, clean = { 0 };
    struct decoding decoding = { 0 };
    int rc = MUC_OK;

    if (encoding && text.size) {
        rc = decode(text.bytes, text.size, encoding, &decoded, &decoding, err);
        text = str_of((const char *)decoded.at, decoded.size);
        *n_replaced += decoding.n_replaced;
    }
    if (!rc && !repair_is_clean(text)) {
        *n_replaced += repair(text, &clean);
        text = str_of((const char *)clean.at, clean.size);
    }
    text = str_trim(text);
    *out = text.size ? arena_copy(&rows->arena, text) : STR("");
    if (!rc && (!out->bytes || clean.failed))
        rc = error_memory(err);
    buffer_free(&decoded);
    buffer_free(&clean);
    return rc;
}

/* ---- header */

static int take_header(struct csv_rows *rows, struct muc_error *err)
{
    const char *encoding;
    uint32_t n_replaced = 0;
    bool useful = false;
    int rc = encoding_of_row(rows, &encoding, err);

    for (size_t i = 0; !rc && i < rows->cells.n; i++) {
        struct csv_column *column = vector_push(&rows->columns);
        struct muc_string name;

        if (!column)
            return error_memory(err);
        if ((rc = decode_cell(rows, rows->cells.at[i], encoding, &name, &n_replaced, err)))
            return rc;
        *column = (struct csv_column){ field_of(name), arena_copy(&rows->names, name) };
        if (!column->name.bytes)
            return error_memory(err);
        for (size_t other = 0; other < i; other++) /* the second of a kind is metadata */
            if (rows->columns.at[other].field == column->field)
                column->field = FIELD_OTHER;
        useful |= column->field == FIELD_TITLE || column->field == FIELD_TEXT;
    }
    if (!rc && !useful)
        rc = error_set(err, MUC_EINPUT, 0, rows->items.input->path,
                       "no column is called title or text (tiêu đề, nội dung) in its first row");
    return rc;
}

/* ---- documents */

static int take_tags(struct csv_rows *rows, struct muc_string text, struct muc_document *document,
                     struct muc_error *err)
{
    struct muc_string *tags = arena_zero(&rows->arena, TAGS_MAX, sizeof *tags);
    size_t n = 0;

    if (!tags)
        return error_memory(err);
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

static int take_cell(struct csv_rows *rows, const struct csv_column *column, struct muc_string text,
                     struct metadata *metadata, struct muc_document *document, bool *bad_date,
                     struct muc_error *err)
{
    struct muc_string *place = field_place(document, column->field);

    if (!text.size)
        return MUC_OK;
    if (place)
        *place = text;
    else if (column->field == FIELD_TAGS)
        return take_tags(rows, text, document, err);
    else if (column->field != FIELD_DATE)
        return metadata_add(metadata, column->name.size ? column->name : STR("column"), text,
                            &rows->arena, err);
    else if (doc_date_parse_time(text, &document->date))
        document->date_origin = MUC_DATE_GIVEN;
    else
        *bad_date = true;
    return MUC_OK;
}

/* What a row has behind the last column, where a delimiter in a text was not in quotes, goes behind
 * the text. */
static int take_rest(struct csv_rows *rows, const char *encoding, struct muc_document *document,
                     bool *longer, struct muc_error *err)
{
    const struct csv_cell *first = &rows->cells.at[rows->columns.n];
    struct csv_cell rest = { first->start, rows->row.size - 1 - first->start };
    struct muc_string text = document->text, more;
    char *joined;
    int rc;

    for (size_t i = rows->columns.n + 1; i < rows->cells.n; i++)
        rows->row.at[rows->cells.at[i].start - 1] = (uint8_t)rows->delimiter;
    while (rest.size && strchr(" \t,;|", rows->row.at[rest.start + rest.size - 1]))
        rest.size--;
    *longer = rest.size;
    if (!rest.size || (rc = decode_cell(rows, rest, encoding, &more, &document->n_replaced, err)))
        return rest.size ? rc : MUC_OK;
    if (!(joined = arena_alloc(&rows->arena, text.size + 1 + more.size)))
        return error_memory(err);
    if (text.size)
        memcpy(joined, text.bytes, text.size);
    joined[text.size] = rows->delimiter;
    memcpy(joined + text.size + 1, more.bytes, more.size);
    document->text = str_of(joined, text.size + 1 + more.size);
    return MUC_OK;
}

static int give(struct csv_rows *rows, struct muc_document *document, bool bad_date, bool longer,
                struct muc_error *err)
{
    char replaced[REPAIR_WARNING_MAX];
    uint64_t taken = rows->items.n_taken;
    int rc;

    if (!document->title.size && !document->text.size)
        return items_refuse(&rows->items, "neither a text nor a title in it", err);
    if ((rc = recode_document(&rows->arena, document, err)) ||
        (rc = items_take(&rows->items, document, err)) || rows->items.n_taken == taken)
        return rc;
    if (document->n_replaced) {
        repair_warning(replaced, document->encoding.size ? document->encoding.bytes : "UTF-8",
                       document->n_replaced);
        items_warn(&rows->items, replaced);
    }
    if (bad_date)
        items_warn(&rows->items, "its date is not a day of the calendar; taken without it");
    if (longer)
        items_warn(&rows->items, "more cells than the first row; what is behind is taken as text");
    if (rows->is_cut)
        items_warn(&rows->items, "too many cells; the rest of the row is left out");
    return MUC_OK;
}

static int take_row(struct csv_rows *rows, struct muc_error *err)
{
    struct muc_document document = { 0 };
    struct metadata metadata = { 0 };
    bool bad_date = false, blank = true, longer = false;
    const char *encoding;
    int rc = encoding_of_row(rows, &encoding, err);

    for (size_t i = 0; !rc && i < rows->cells.n && i < rows->columns.n; i++) {
        struct muc_string text;

        rc = decode_cell(rows, rows->cells.at[i], encoding, &text, &document.n_replaced, err);
        if (!rc)
            rc = take_cell(rows, &rows->columns.at[i], text, &metadata, &document, &bad_date, err);
        blank &= !rc && !text.size;
    }
    if (rc || blank)
        return rc;
    if (rows->cells.n > rows->columns.n &&
        (rc = take_rest(rows, encoding, &document, &longer, err)))
        return rc;
    document.metadata = metadata.at;
    document.n_metadata = metadata.n;
    if (encoding)
        document.encoding = str_c(encoding);
    return give(rows, &document, bad_date, longer, err);
}

/* ---- rows */

/** Whether the ' in front only says that a cell is no formula: '=, '+, '-, '@. So spreadsheets want
 *  it, and so the server's export writes it. */
static bool is_guarded(const char *bytes, size_t size)
{
    return size > 1 && bytes[0] == '\'' && bytes[1] && strchr("=+-@\t\r", bytes[1]);
}

int csv_rows_add(struct csv_rows *rows, const void *bytes, size_t size, struct muc_error *err)
{
    struct csv_cell *cell;
    bool guarded;

    if (rows->cells.n == CELLS_MAX) {
        rows->is_cut = true;
        return MUC_OK;
    }
    if (!(cell = vector_push(&rows->cells)))
        return error_memory(err);
    guarded = is_guarded(bytes, size);
    *cell = (struct csv_cell){ rows->row.size + guarded, size - guarded };
    buffer_append(&rows->row, bytes, size);
    buffer_byte(&rows->row, '\n');
    return rows->row.failed ? error_memory(err) : MUC_OK;
}

int csv_rows_end(struct csv_rows *rows, struct muc_error *err)
{
    int rc = MUC_OK;

    if (rows->cells.n) {
        rows->items.number++;
        if (!rows->columns.n)
            rc = take_header(rows, err);
        else if (rows->row.size > CSV_ROW_MAX)
            rc = items_refuse(&rows->items, "a row above 128 MiB is not read", err);
        else
            rc = take_row(rows, err);
    }
    buffer_clear(&rows->row);
    rows->cells.n = 0;
    rows->is_cut = false;
    arena_reset(&rows->arena);
    return rc;
}

void csv_rows_free(struct csv_rows *rows)
{
    items_free(&rows->items);
    buffer_free(&rows->row);
    vector_free(&rows->cells);
    vector_free(&rows->columns);
    arena_free(&rows->names);
    arena_free(&rows->arena);
}
