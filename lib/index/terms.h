/* SPDX-License-Identifier: MIT */
/* index/terms.h - the bytes under which forms stand in the dictionaries: see index/format.h.
 *
 * Each function writes into `out` (TERM_MAX bytes) and returns the term; forms are at most FORM_MAX
 * bytes, so the longest term (a pair or a field's exact form) always fits. */
#pragma once

#include "base/str.h"
#include "codec/terms.h"

/** EXACT: all forms of a folded syllable begin with `folded 00`. */
static inline struct muc_string term_exact(struct muc_string folded, struct muc_string exact,
                                           char out[TERM_MAX])
{
    size_t size = folded.size + 1;

    memcpy(out, folded.bytes, folded.size);
    out[folded.size] = 0;
    if (!str_equal(folded, exact)) {
        memcpy(out + size, exact.bytes, exact.size);
        size += exact.size;
    }
    return str_of(out, size);
}

/** The exact form inside a term of EXACT; {NULL, 0} if there is no 00 in it. */
static inline struct muc_string term_exact_form(struct muc_string term)
{
    const char *zero = term.size ? memchr(term.bytes, 0, term.size) : NULL;
    size_t folded = zero ? (size_t)(zero - term.bytes) : 0;

    if (!zero)
        return str_of(NULL, 0);
    return folded + 1 == term.size ? str_of(term.bytes, folded)
                                   : str_of(zero + 1, term.size - folded - 1);
}

/** The folded form inside a term of EXACT; the same. */
static inline struct muc_string term_folded_form(struct muc_string term)
{
    const char *zero = term.size ? memchr(term.bytes, 0, term.size) : NULL;

    return str_of(zero ? term.bytes : NULL, zero ? (size_t)(zero - term.bytes) : 0);
}

/** PAIR of exact forms, PAIR_FOLDED of folded ones. */
static inline struct muc_string term_pair(struct muc_string first, struct muc_string second,
                                          char out[TERM_MAX])
{
    memcpy(out, first.bytes, first.size);
    out[first.size] = ' ';
    memcpy(out + first.size + 1, second.bytes, second.size);
    return str_of(out, first.size + 1 + second.size);
}

/** FIELD: `field` is one of T B S K G L D E A M; the rest as term_exact(). */
static inline struct muc_string term_field(char field, struct muc_string folded,
                                           struct muc_string exact, char out[TERM_MAX])
{
    struct muc_string term = term_exact(folded, exact, out);

    memmove(out + 1, out, term.size);
    out[0] = field;
    return str_of(out, term.size + 1);
}

/** FIELD_FOLDED. */
static inline struct muc_string term_field_folded(char field, struct muc_string folded,
                                                  char out[TERM_MAX])
{
    out[0] = field;
    memcpy(out + 1, folded.bytes, folded.size);
    return str_of(out, folded.size + 1);
}
