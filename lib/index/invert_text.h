/* SPDX-License-Identifier: MIT */
/* index/invert_text.h - the text of one document to tokens of an inversion, and what it tells.
 *
 * A text may have more tokens than there is memory for: they are 16 bytes each, most of them 2 in
 * the stream. So it is read in parts; whatever is found in a text is found there with a look at
 * what stands close before and behind (text/analyzer.h). */
#pragma once

#include "index/invert.h"

/** What is found out of title and text. */
struct measures {
    uint32_t length, title_length; /* plain tokens, of both and of the title */
    uint32_t last;                 /* position */
    enum language language;        /* of most words */
    struct sketch sketch;
};

/** A position of the document whose first slot is `slot`. */
static inline uint64_t invert_place(uint32_t slot, uint32_t position)
{
    return ((uint64_t)slot << RECORD_POSITION_BITS) + position;
}

/** Title and text, and what they have of named days, stems and first words. What they introduce
 *  stands in invert->introductions then, each way once. */
int invert_add_text(struct invert *invert, const struct muc_document *document, uint32_t slot,
                    struct measures *measures, struct muc_error *err);

/** A text of a field, from position `*next` on, which becomes that of its last plain token + `gap`.
 *  `*last`: rises to that of the last token. */
int invert_add_field(struct invert *invert, int field, struct muc_string text, uint32_t slot,
                     uint32_t gap, uint32_t *next, uint32_t *last, struct muc_error *err);
