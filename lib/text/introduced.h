/* SPDX-License-Identifier: MIT */
/* text/introduced.h - abbreviations that a text introduces itself.
 *
 *   Tài nguyên và Môi trường (TNMT)                 the long form, the short one in brackets
 *   Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Cần Thơ (UBMTTQVN)     words may follow it
 *   Ủy ban nhân dân (sau đây gọi tắt là UBND)       the last word in the brackets
 *   TNMT (Tài nguyên và Môi trường)                 the other way round
 *
 * Each letter of the short form is the first of a syllable of the long one, in their order, from
 * the first syllable on; a few syllables have no letter. As Schwartz and Hearst ("A simple
 * algorithm for identifying abbreviation definitions in biomedical text", 2003) it is matched from
 * the end, but by syllables. */
#pragma once

#include "base/vector.h"
#include "text/analyzer.h"

/** Forms of the analyzer, TOKEN_WHOLE, words with single spaces between. */
struct introduced {
    uint32_t by_brief;   /* folded: the short form without marks; exact: the long one */
    uint32_t by_meaning; /* folded: the long form without marks; exact: the short one */
};

struct introductions {
    struct introduced *at;
    size_t n, room; /* as VECTOR() */
};

enum { BRIEF_MIN = 2, BRIEF_MAX = 12 /* letters */ };

/** Where a text is read in parts; zeros before the first. */
struct introduced_reading {
    const char *at, *close; /* the next bracket that opens, and one that closes behind it */
    size_t i;               /* tokens from this one on begin behind `at` */
    bool begun;
};

/** The same of those in brackets in front of which less than `to` tokens stand, as days_find_part()
 *  does. `reading->i` is for the caller to move as he moves the tokens. */
int introduced_find_part(struct analyzer *analyzer, struct muc_string text,
                         const struct token *tokens, size_t n, size_t to,
                         struct introduced_reading *reading, struct introductions *out,
                         struct muc_error *err);

/** Append what `text` introduces; `tokens` are those of the text, in its order. The new forms are
 *  interned. MUC_OK, MUC_ENOMEM. */
int introduced_find(struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
                    size_t n, struct introductions *out, struct muc_error *err);
