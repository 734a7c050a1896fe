/* SPDX-License-Identifier: MIT */
/* index/stream.h - the tokens of a segment's texts, or of one of their fields, in the order in
 * which they were met: nearly always 4 bytes each.
 *
 *   token := form (25 bits) step (6 bits) whole (1 bit)
 *
 * A place is a slot and a position inside it (index/invert.h); a step is how far it is from that of
 * the token before. STEP_FAR: the place follows as two words, the lower one first. */
#pragma once

#include "base/vector.h"

enum {
    STREAM_FORM_BITS = 25,
    STREAM_STEP_BITS = 6,
    STEP_FAR = (1 << STREAM_STEP_BITS) - 1,
    STREAM_WORDS = 3, /* that a token takes at most */
};

struct stream {
    uint32_t *at;
    size_t n, room; /* as VECTOR() */
    uint64_t place; /* of the last token */
};

static inline void stream_clear(struct stream *stream)
{
    stream->n = 0;
    stream->place = 0;
}

/** Room for `n` more tokens; false: no memory. */
static inline bool stream_reserve(struct stream *stream, size_t n)
{
    return vector_reserve(stream, STREAM_WORDS * n);
}

/** Append a token; there is room. */
static inline void stream_put(struct stream *stream, uint32_t form, uint64_t place, bool whole)
{
    uint64_t step = place - stream->place;
    uint32_t low = form << (STREAM_STEP_BITS + 1) | whole;

    stream->place = place;
    if (step < STEP_FAR) {
        stream->at[stream->n++] = low | (uint32_t)step << 1;
        return;
    }
    stream->at[stream->n++] = low | STEP_FAR << 1;
    stream->at[stream->n++] = (uint32_t)place;
    stream->at[stream->n++] = (uint32_t)(place >> 32);
}

/** Reading one from its beginning. */
struct stream_iter {
    const uint32_t *at, *end;
    uint64_t place; /* of the token that was read last */
    uint32_t form;
    bool whole;
};

static inline struct stream_iter stream_iter_of(const struct stream *stream)
{
    /* an empty one has no array, and nothing can be added to a null pointer */
    return (struct stream_iter){ .at = stream->at,
                                 .end = stream->n ? stream->at + stream->n : stream->at };
}

/** Read the next token; false: there is none. */
static inline bool stream_next(struct stream_iter *iter)
{
    uint32_t token, step;

    if (iter->at == iter->end)
        return false;
    token = *iter->at++;
    step = token >> 1 & STEP_FAR;
    iter->form = token >> (STREAM_STEP_BITS + 1);
    iter->whole = token & 1;
    iter->place += step;
    if (step == STEP_FAR) {
        iter->place = iter->at[0] | (uint64_t)iter->at[1] << 32;
        iter->at += STREAM_WORDS - 1;
    }
    return true;
}
