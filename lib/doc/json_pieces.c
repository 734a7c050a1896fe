/* SPDX-License-Identifier: MIT */
#include "doc/json_pieces.h"

#include "base/error.h"

enum { CHUNK = 256 << 10 };

void json_pieces_free(struct json_pieces *pieces)
{
    buffer_free(&pieces->in);
    buffer_free(&pieces->piece);
}

/* The next byte, or -1 at the end. */
static int next_byte(struct json_pieces *pieces, int *byte, struct muc_error *err)
{
    size_t size = 0;
    int rc;

    if (pieces->at == pieces->in.size && !pieces->ended) {
        buffer_clear(&pieces->in);
        pieces->at = 0;
        if (!buffer_reserve(&pieces->in, CHUNK))
            return error_memory(err);
        if ((rc = source_read(pieces->source, pieces->in.at, CHUNK, &size, err)))
            return rc;
        pieces->in.size = size;
        pieces->ended = !size;
    }
    *byte = pieces->at < pieces->in.size ? pieces->in.at[pieces->at++] : -1;
    return MUC_OK;
}

static void keep(struct json_pieces *pieces, int byte)
{
    if (pieces->piece.size >= JSON_PIECE_MAX) {
        pieces->too_long = true;
        pieces->piece.size = 0;
    }
    if (!pieces->too_long)
        buffer_byte(&pieces->piece, (uint8_t)byte);
}

static bool is_blank(int byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == 0x1e; /* RFC 7464 */
}

/* What is before a value; -1: the file ends. */
static int begin(struct json_pieces *pieces, int *byte, struct muc_error *err)
{
    static const uint8_t mark[] = { 0xef, 0xbb, 0xbf };
    size_t n_mark = 0;
    int rc;

    while (!(rc = next_byte(pieces, byte, err))) {
        if (!pieces->number && n_mark < sizeof mark && *byte == mark[n_mark]) {
            n_mark++;
        } else if (!pieces->number && !pieces->in_array && *byte == '[') {
            pieces->in_array = pieces->is_array = true;
        } else if (pieces->in_array && *byte == ']') {
            pieces->in_array = false;
        } else if (!is_blank(*byte) && !(pieces->in_array && *byte == ',')) {
            return MUC_OK;
        }
    }
    return rc;
}

/* To the end of a value that begins with a bracket. */
static int take_brackets(struct json_pieces *pieces, struct muc_error *err)
{
    bool quoted = false, escaped = false;
    uint64_t depth = 1;
    int byte = -1, rc;

    while (depth) {
        if ((rc = next_byte(pieces, &byte, err)))
            return rc;
        if (byte < 0)
            return error_set(err, MUC_EINPUT, 0, pieces->source->input->path,
                             "it breaks off in the middle of a document");
        keep(pieces, byte);
        if (escaped)
            escaped = false;
        else if (quoted)
            escaped = byte == '\\', quoted = byte != '"';
        else if (byte == '"')
            quoted = true;
        else
            depth += (byte == '{' || byte == '[') - (byte == '}' || byte == ']');
    }
    return MUC_OK;
}

/* Of anything else, up to what may stand behind a value. */
static int take_word(struct json_pieces *pieces, struct muc_error *err)
{
    int byte = -1, rc;

    while (!(rc = next_byte(pieces, &byte, err)) && byte >= 0) {
        if (is_blank(byte) || byte == ',' || byte == ']') {
            pieces->at--;
            break;
        }
        keep(pieces, byte);
    }
    return rc;
}

int json_next(struct json_pieces *pieces, bool *more, struct muc_error *err)
{
    int byte = -1, rc = begin(pieces, &byte, err);

    *more = !rc && byte >= 0;
    if (!*more)
        return rc || !pieces->in_array ? rc
                                       : error_set(err, MUC_EINPUT, 0, pieces->source->input->path,
                                                   "it breaks off: its array is not closed");
    if (!pieces->number && (byte == 0xfe || byte == 0xff)) /* of a mark */
        return error_set(err, MUC_EINPUT, 0, pieces->source->input->path,
                         "in UTF-16; JSON is UTF-8, convert it first");
    buffer_clear(&pieces->piece);
    pieces->too_long = false;
    pieces->number++;
    keep(pieces, byte);
    rc = byte == '{' || byte == '[' ? take_brackets(pieces, err) : take_word(pieces, err);
    return rc ? rc : pieces->piece.failed ? error_memory(err) : MUC_OK;
}
