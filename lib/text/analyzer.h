/* SPDX-License-Identifier: MIT */
/* text/analyzer.h - text to syllables with byte offsets and forms: the one door to this room.
 *
 * text turns bytes into tokens; it is pure (no files, no index) and may include base only. ICU is
 * the authority on Unicode. The one invariant: the same text gives the same tokens whatever was
 * analysed before it, on every machine with the same analyzer_version().
 *
 * Forms are interned: an analyzer keeps each distinct (kind, exact, folded) once and numbers them
 * from 0, so that an index writer maps a token to its lists by one array access. */
#pragma once

#include <stdint.h>

#include "base/str.h"
#include "base/vector.h"

enum {
    FORM_MAX = 120, /* bytes of a form; a longer token's form is cut at a character's end */
};

enum token_kind {
    TOKEN_WORD,   /* letters, or letters and digits */
    TOKEN_NUMBER, /* starts with a digit, or is the % behind one */
    TOKEN_WHOLE,  /* several tokens that are also searched as one: TP.HCM, 123/QĐ-UBND */
};

/** What a token is searched by. It lives as long as the analyzer (or its reset). A text may have
 *  millions of them: so its bytes stand behind it. */
struct form {
    uint8_t exact_size, folded_size; /* bytes, 1 … FORM_MAX */
    uint8_t folded_at;               /* where in `exact` form_folded() is, behind the NUL, or 0 */
    uint8_t kind;                    /* enum token_kind */
    char exact[]; /* NFC, folded case, tone mark in its canonical place; NUL behind it */
};

/** The exact form without marks, đ as d; it itself if that changes nothing. NUL behind it. */
static inline const char *form_folded(const struct form *form)
{
    return form->exact + form->folded_at;
}

static inline bool form_folds_alike(const struct form *a, const struct form *b)
{
    return str_equal(str_of(form_folded(a), a->folded_size),
                     str_of(form_folded(b), b->folded_size));
}

/** One token. Plain tokens (WORD, NUMBER) come in the order of the text, their positions rise by
 *  one, by two across the end of a sentence. A WHOLE token follows the last plain token that it
 *  covers and has the position of the first. */
struct token {
    uint32_t start, end; /* bytes of the text, exactly the written word */
    uint32_t position;
    uint32_t form : 31; /* number for analyzer_form() */
    uint32_t whole : 1; /* its kind is TOKEN_WHOLE */
};

struct tokens {
    struct token *at;
    size_t n, room; /* as VECTOR() */
};

struct analyzer;

/** Tokens that wait for others behind them; of use to the analyzer alone. */
struct analyzer_room {
    struct tokens plain;
    VECTOR(uint32_t) joints; /* those of them that may be joined to the next */
};

int analyzer_new(struct analyzer **out, struct muc_error *err);
void analyzer_free(struct analyzer *analyzer);

/**
 * Append the tokens of a text to `tokens`.
 *
 * `text` is UTF-8 of at most MUC_TEXT_MAX bytes; a bad sequence separates words. The first position
 * is `position`. Sentences: see text/sentence.h. Returns MUC_OK or MUC_ENOMEM (tokens then holds
 * what it held before).
 */
int analyzer_run(struct analyzer *analyzer, struct muc_string text, uint32_t position,
                 struct tokens *tokens, struct muc_error *err);

/** A text that is read some tokens at a time, so that they are not all held at once. */
struct analyzer_reading {
    struct muc_string text;
    size_t at;
    uint32_t position;
    bool ended; /* no more tokens come */
    struct analyzer_room room;
};

/** Begin a text, as analyzer_run() does. The reading is zeros, or was used before. */
void analyzer_start(struct analyzer_reading *reading, struct muc_string text, uint32_t position);
/** Append the next tokens of it, `most` or some more; all together are those that analyzer_run()
 *  gives. After a failure nothing but analyzer_start() and _end() may follow. */
int analyzer_next(struct analyzer *analyzer, struct analyzer_reading *reading, size_t most,
                  struct tokens *tokens, struct muc_error *err);
void analyzer_end(struct analyzer_reading *reading);

/* Tokens before and behind a part of a text that may say what stands in it: those of a list of
 * months (text/days_months.c), of a short form and its words (text/introduced.c), and the words of
 * a line that its language is told by (text/language.c), with whole tokens among them. */
enum { PART_BACK = 256, PART_AHEAD = 512 };

/** Form number `n` < analyzer_n_forms(). */
const struct form *analyzer_form(const struct analyzer *analyzer, uint32_t n);
uint32_t analyzer_n_forms(const struct analyzer *analyzer);
/** What each form tells of a language and of days (TRAIT_*: text/language.h, text/days.h), an array
 *  until more are met. */
const uint16_t *analyzer_traits(const struct analyzer *analyzer);

/** The number of a form made of others (TOKEN_WHOLE), new or known; UINT32_MAX if memory is out. */
uint32_t analyzer_intern(struct analyzer *analyzer, struct muc_string exact,
                         struct muc_string folded);

/** Bytes held by the interned forms; analyzer_reset() forgets them all and numbers from 0 again. */
size_t analyzer_memory(const struct analyzer *analyzer);
void analyzer_reset(struct analyzer *analyzer);
/** No text is read soon: free what forms are found by. */
void analyzer_settle(struct analyzer *analyzer);

/** "rules 12, ICU 72.1, Unicode 15.0": recorded in each index, equal or refused. */
const char *analyzer_version(void);
