/* SPDX-License-Identifier: MIT */
/* index/stream.h - the tokens of a segment's texts, or of one of their fields, in the order in
 * which they were met: most often 2 bytes each.
 *
 *   token := 0 form (15 bits)                             plain, one place behind the token before
 *          | 10 form (14 bits), where
 *          | 11 form's high bits (14), its low bits (16), where
 *   where := step (15 bits) whole (1 bit), [ u16 place{4} ]           STEP_FAR: the place, lowest
 *                                                                      word first
 *
 * in words of 16 bits, in pieces, so that none is moved as they come. A place is a slot and a
 * position inside it (index/invert.h); a step is how far it is from that of the token before. Forms
 * are numbered as they are met, so most tokens have one of low number. */
#pragma once

#include "base/vector.h"

enum {
    STREAM_FORM_BITS = 25,
    STREAM_SHORT = 1 << 15, /* forms below this may be plain words; below half of it, short ones */
    STEP_FAR = (1 << 15) - 1,
    STREAM_WORDS = 7, /* that a token takes at most */
};

/** Words, all of whole tokens. */
struct stream_piece {
    uint16_t *at, *end; /* what was written */
    size_t bytes;       /* that it has */
};

struct stream {
    VECTOR(struct stream_piece) pieces; /* the last one ends at `to` */
    uint16_t *to, *end;                 /* of the last piece: what is free */
    size_t n_before;                    /* words of the others */
    uint64_t place;                     /* of the last token */
};

/** Forget all tokens and free their memory. */
void stream_free(struct stream *stream);

/** Words of all tokens. */
static inline size_t stream_size(const struct stream *stream)
{
    if (!stream->pieces.n)
        return 0;
    return stream->n_before + (size_t)(stream->to - stream->pieces.at[stream->pieces.n - 1].at);
}

bool stream_grow(struct stream *stream, size_t words);

/** Room for `n` more tokens; false: no memory. */
static inline bool stream_reserve(struct stream *stream, size_t n)
{
    return STREAM_WORDS * n <= (size_t)(stream->end - stream->to) ||
           stream_grow(stream, STREAM_WORDS * n);
}

/** Append a token; there is room. */
static inline void stream_put(struct stream *stream, uint32_t form, uint64_t place, bool whole)
{
    uint64_t step = place - stream->place;
    uint16_t *to = stream->to;

    stream->place = place;
    if (form < STREAM_SHORT && step == 1 && !whole) {
        *to++ = (uint16_t)form;
        stream->to = to;
        return;
    }
    if (form < STREAM_SHORT / 2) {
        *to++ = (uint16_t)(STREAM_SHORT | form);
    } else {
        *to++ = (uint16_t)(STREAM_SHORT | STREAM_SHORT / 2 | form >> 16);
        *to++ = (uint16_t)form;
    }
    *to++ = (uint16_t)((step < STEP_FAR ? step : STEP_FAR) << 1 | whole);
    for (unsigned i = 0; step >= STEP_FAR && i < 4; i++)
        *to++ = (uint16_t)(place >> 16 * i);
    stream->to = to;
}

/** Reading one from its beginning. */
struct stream_iter {
    const struct stream *stream;
    size_t piece; /* behind the one at hand */
    const uint16_t *at, *end;
    uint64_t place; /* of the token that was read last */
    uint32_t form;
    bool whole;
};

static inline struct stream_iter stream_iter_of(const struct stream *stream)
{
    return (struct stream_iter){ .stream = stream };
}

bool stream_next_piece(struct stream_iter *iter);

/** Read the next token; false: there is none. */
static inline bool stream_next(struct stream_iter *iter)
{
    uint32_t word, step;

    if (iter->at == iter->end && !stream_next_piece(iter))
        return false;
    word = *iter->at++;
    if (word < STREAM_SHORT) {
        iter->form = word;
        iter->whole = false;
        iter->place++;
        return true;
    }
    iter->form = word % (STREAM_SHORT / 2);
    if (word & STREAM_SHORT / 2)
        iter->form = iter->form << 16 | *iter->at++;
    step = *iter->at >> 1;
    iter->whole = *iter->at++ & 1;
    iter->place += step;
    if (step == STEP_FAR) {
        iter->place = 0;
        for (unsigned i = 0; i < 4; i++)
            iter->place |= (uint64_t)*iter->at++ << 16 * i;
    }
    return true;
}
