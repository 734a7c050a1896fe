/* SPDX-License-Identifier: MIT */
/* text/language.h - the language of each paragraph of a text: Vietnamese, or one that has stems.
 *
 * A line is a paragraph (or a piece of one that was wrapped). Of its first words
 *  - it is Vietnamese if three in four are built like a Vietnamese syllable, with marks or without,
 *    or one in five with marks;
 *  - else it is in the language of which it has most function words, if these are two or more, one
 *    word in eight, and clearly more than those of any other;
 *  - else, as of a heading or an address, it is in the language of the known line before, or of
 *    the first known line, unless that is Vietnamese. A title is the line above the first.
 *
 * Function words are the articles, the commonest prepositions, conjunctions and pronouns, and the
 * forms of to be and to have: closed classes, listed in language.c. Those of one letter without a
 * mark (y, a, e) are left out: they are parts of names, too. */
#pragma once

#include "base/vector.h"
#include "text/analyzer.h"

enum language {
    LANGUAGE_UNKNOWN,
    LANGUAGE_VIETNAMESE,
    LANGUAGE_ENGLISH,
    LANGUAGE_FRENCH,
    LANGUAGE_GERMAN,
    LANGUAGE_SPANISH,
    LANGUAGE_ITALIAN,
    LANGUAGE_PORTUGUESE,
    LANGUAGE_DUTCH,
    LANGUAGES
};

/** ISO 639-1: "vi", "en", …; "" of UNKNOWN. */
const char *language_code(enum language language);
/** The language of a code, "en" or "en-GB"; UNKNOWN: another one, or none. */
enum language language_of_code(struct muc_string code);

/** What a form says of the language it stands in. */
enum {
    TRAIT_WORD = 1,     /* letters, not a number */
    TRAIT_SYLLABLE = 2, /* built like a Vietnamese syllable, whatever its marks */
    TRAIT_MARKED = 4,   /* so built, and has marks */
    TRAIT_FUNCTION = 8, /* << language - LANGUAGE_ENGLISH: a function word of it */
};
uint16_t language_traits(enum token_kind kind, struct muc_string exact, struct muc_string folded);

/** Letters that are no Vietnamese syllable. */
static inline bool language_is_foreign(unsigned traits)
{
    return (traits & (TRAIT_WORD | TRAIT_SYLLABLE)) == TRAIT_WORD;
}

/** Tokens [from, to) of a paragraph that is not Vietnamese. */
struct language_span {
    size_t from, to;
    enum language language;
};

/** What the lines of a text say, one after the other; zeros before the first. */
struct language_lines {
    size_t n_words[LANGUAGES]; /* in lines of a language, of each line no more than are judged */
    enum language first;       /* of the first line that says it */
    enum language before;      /* of the last one */
    enum language language;    /* of the line at hand */
    bool follows;              /* it does not say it, and may have that of one beside it */
    bool open;                 /* it goes on */
    uint32_t end;              /* at this byte */
};

struct language_spans {
    struct language_span *at;
    size_t n, room; /* as VECTOR() */
    struct language_lines lines;
};

/**
 * Find the paragraphs that are in another language than Vietnamese.
 *
 * @param tokens of `text`, plain ones in its order.
 * @param spans  what was there is dropped.
 * @return false: memory is out.
 */
bool language_find(const struct analyzer *analyzer, struct muc_string text,
                   const struct token *tokens, size_t n, struct language_spans *spans);

/** Read on to the end of a line, or to token `to` where the line goes on, as days_find_part() does;
 *  the next token, to go on from. */
size_t language_next(const struct analyzer *analyzer, struct muc_string text,
                     const struct token *tokens, size_t n, size_t from, size_t to,
                     struct language_lines *lines);

/** The language of a title above the text whose first line to say it has said `first`; its words
 *  are counted. */
enum language language_of_title(const struct analyzer *analyzer, const struct token *tokens,
                                size_t n, enum language first, struct language_lines *lines);

/** The language of most words. */
enum language language_of_most(const struct language_lines *lines);
