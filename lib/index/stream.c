/* SPDX-License-Identifier: MIT */
#include "index/stream.h"

#include "base/pages.h"

enum { PIECE = 1 << 20 }; /* bytes, unless one document may take more */

void stream_free(struct stream *stream)
{
    for (size_t i = 0; i < stream->pieces.n; i++)
        pages_free(stream->pieces.at[i].at, stream->pieces.at[i].bytes);
    vector_free(&stream->pieces);
    *stream = (struct stream){ 0 };
}

/** A new piece with room for so many words. */
bool stream_grow(struct stream *stream, size_t words)
{
    size_t bytes = words > PIECE / sizeof *stream->to ? words * sizeof *stream->to : PIECE;
    struct stream_piece *piece;
    uint16_t *at;

    if (words > SIZE_MAX / sizeof *stream->to || !vector_reserve(&stream->pieces, 1) ||
        !(at = pages_new(bytes)))
        return false;
    if (stream->pieces.n) { /* so will this one be filled */
        pages_ready(at, bytes);
        piece = &stream->pieces.at[stream->pieces.n - 1];
        piece->end = stream->to;
        stream->n_before += (size_t)(piece->end - piece->at);
    }
    piece = &stream->pieces.at[stream->pieces.n++];
    *piece = (struct stream_piece){ at, at, bytes };
    stream->to = at;
    stream->end = at + bytes / sizeof *at;
    return true;
}

bool stream_next_piece(struct stream_iter *iter)
{
    const struct stream *stream = iter->stream;

    while (iter->piece < stream->pieces.n) {
        const struct stream_piece *piece = &stream->pieces.at[iter->piece++];

        iter->at = piece->at;
        iter->end = iter->piece < stream->pieces.n ? piece->end : stream->to;
        if (iter->at < iter->end)
            return true;
    }
    return false;
}
