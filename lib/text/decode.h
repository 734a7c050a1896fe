/* SPDX-License-Identifier: MIT */
/* text/decode.h - the bytes of a file to UTF-8 text.
 *
 * UTF-8 (with or without a mark), UTF-16 and UTF-32 by their marks, UTF-16 without a mark where
 * every other byte of an ASCII-heavy text is zero. A mark is dropped. What is none of these, and
 * Unicode text whose characters stand for legacy bytes, is read in one of the encodings of
 * text/encodings.h if text/detect.h finds it to be. Bad sequences become U+FFFD
 * and are counted, as ICU counts them (one for each maximal bad part). Nothing else is changed: no
 * normalisation, so that offsets into the text are offsets into what the writer wrote. */
#pragma once

#include "base/buffer.h"

struct decoding {
    const char *encoding; /* "UTF-8", "UTF-16LE", "TCVN3", … or what was forced or declared */
    uint32_t n_replaced;
};

/**
 * Append the text to `out`.
 *
 * @param forced an encoding by its name here or ICU's, or NULL to find out.
 * @return MUC_OK, MUC_EARGUMENT (no such encoding), MUC_ENOMEM.
 */
int decode(const void *bytes, size_t size, const char *forced, struct buffer *out,
           struct decoding *decoding, struct muc_error *err);

/** The same, of a text that says what it is in, such as HTML: believed (if it is an encoding that
 * is known) where the text has no mark, is not UTF-8 and in no legacy encoding. NULL: it does not
 * say. */
int decode_declared(const void *bytes, size_t size, const char *declared, struct buffer *out,
                    struct decoding *decoding, struct muc_error *err);

/** Append the text with U+FFFD for each maximal bad part; the number of them. */
uint32_t decode_repair(struct muc_string text, struct buffer *out);
