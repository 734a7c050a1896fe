/* SPDX-License-Identifier: MIT */
/* reader_json.c - a JSON file: a document, or an array of them, of the form of JSON Lines.
 *
 * Documents are named by their id, their url or FILE#NUMBER; the first that is in no array is named
 * as its file where it has neither. JSON Lines that are called .json are read as well. */
#include "base/error.h"
#include "doc/json_items.h"
#include "doc/json_pieces.h"
#include "doc/source.h"

enum { PIECE_KEPT = 1 << 20 /* room from a large value to the next */ };

struct reading {
    struct json_items json;
    struct json_pieces pieces;
};

/** A document was made of the value at hand: give the room of a large one back. */
static void piece_read(void *whose)
{
    struct json_pieces *pieces = whose;

    if (pieces->piece.room > PIECE_KEPT)
        buffer_free(&pieces->piece);
}

static int take_piece(struct reading *reading, struct muc_error *err)
{
    const struct json_pieces *pieces = &reading->pieces;
    struct items *items = &reading->json.items;
    bool alone = pieces->number == 1 && !pieces->is_array;

    items->number = pieces->number;
    if (pieces->too_long)
        return items_refuse(items, "a document above 128 MiB is not read", err);
    return json_items_take(&reading->json,
                           str_of((const char *)pieces->piece.at, pieces->piece.size),
                           alone ? items->input->id : STR(""), err);
}

static int read_pieces(struct reading *reading, struct muc_error *err)
{
    struct items *items = &reading->json.items;
    struct muc_error why = { 0 };
    bool more;
    int rc;

    while (!(rc = json_next(&reading->pieces, &more, &why)) && more)
        if ((rc = take_piece(reading, err)))
            return rc;
    if (rc == MUC_EINPUT && items->n_taken) { /* what is before the damage is kept */
        items->number = reading->pieces.number;
        return items_refuse(items, why.message, err);
    }
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    if (!reading->pieces.number && !reading->pieces.is_array)
        return error_set(err, MUC_EINPUT, 0, items->input->path, "empty");
    return items_end(items, err);
}

static int json_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct source source;
    struct reading reading = { .json.items = { .input = input,
                                               .sink = sink,
                                               .reader = &doc_reader_json,
                                               .format = "JSON of documents",
                                               .unit = "values" },
                               .pieces = { .source = &source } };
    int rc;

    reading.json.read = piece_read;
    reading.json.whose = &reading.pieces;
    if ((rc = source_open(&source, input, err)))
        return rc;
    rc = read_pieces(&reading, err);
    if (!rc)
        *hash = source_hash(&source);
    source_close(&source);
    json_pieces_free(&reading.pieces);
    json_items_free(&reading.json);
    return rc;
}

/* An array of objects; what begins with a brace may be JSON Lines. */
static bool is_json(const uint8_t *head, size_t size)
{
    static const char signs[] = "[{\"";
    size_t n = 0;

    for (size_t at = 0; at < size && n < sizeof signs - 1; at++) {
        if (head[at] == (uint8_t)signs[n])
            n++;
        else if (head[at] != ' ' && (head[at] < '\t' || head[at] > '\r') && at >= 3)
            return false;
        else if (at < 3 && head[at] != (uint8_t) "\xef\xbb\xbf"[at] && head[at] > ' ')
            return false;
    }
    return n == sizeof signs - 1;
}

static const char *const endings[] = { "json", NULL };

const struct doc_reader doc_reader_json = { "json", true, endings, is_json, json_read };
