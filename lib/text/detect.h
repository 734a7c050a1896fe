/* SPDX-License-Identifier: MIT */
/* text/detect.h - which encoding a text is in: the reading that explains the whole of it best.
 *
 * Every encoding of text/encodings.h is tried on the text (or the first SAMPLE bytes of it), and so
 * is the text as it stands. A legacy reading is taken only if nearly every word with marks becomes
 * a well-formed Vietnamese syllable, if most words without marks could be Vietnamese too, and if it
 * is clearly likelier than the text as it stands (text/likeness.h); it then holds for the whole
 * text. A text in which a letter that only Vietnamese has is written in Unicode stays as it is, and
 * one of characters that is Vietnamese as it stands. */
#pragma once

#include "text/encodings.h"
#include "text/likeness.h"

enum { READINGS_MAX = 12 };

struct reading {
    const struct encoding *encoding; /* NULL: the text as it stands, bytes as windows-1252 */
    struct likeness likeness;
    double weight; /* logarithm of a likelihood: the greater, the likelier */
    bool explains; /* so much of the text that it may be taken */
};

/** All readings, the likeliest first; their number. MUC_OK, MUC_ENOMEM. */
int detect_readings(struct muc_string text, enum encoding_form form,
                    struct reading readings[READINGS_MAX], size_t *n, struct muc_error *err);

/** Of these, as detect_readings() gave them, the one to be taken; NULL: the text as it stands. */
const struct encoding *detect_choose(const struct reading *readings, size_t n,
                                     enum encoding_form form);

/**
 * The encoding of a text.
 *
 * @param form AS_CHARACTERS: `text` is UTF-8. AS_BYTES: it is not, nor anything with a mark.
 * @param[out] encoding NULL: the text is what it stands for; for bytes that no reading explains.
 * @return MUC_OK, MUC_ENOMEM.
 */
int detect(struct muc_string text, enum encoding_form form, const struct encoding **encoding,
           struct muc_error *err);
