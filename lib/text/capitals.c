/* SPDX-License-Identifier: MIT */
#include "text/capitals.h"

#include <unicode/utf8.h>

#include "text/alphabet.h"
#include "text/character.h"

enum kind { NEUTRAL, SMALL, CAPITALS, UNCLEAR };

struct word {
    size_t start, end;
    enum kind kind;
};

void capitals_raise(char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t start = at;
        uint32_t c = character_next(str_of(text, size), &at), capital = alphabet_capital(c);

        if (capital != c)
            U8_APPEND_UNSAFE(text, start, capital);
    }
}

/** The next word from `*at` on in the line that goes on there; false at its end or the text's. */
static bool next_word(struct muc_string text, size_t *at, struct word *word)
{
    uint32_t n_small = 0, n_capitals = 0, n_marked = 0;
    struct alphabet_letter letter;
    bool inside = false;

    while (*at < text.size) {
        size_t start = *at;
        uint32_t c = character_next(text, at);

        if (!alphabet_of(c, &letter)) {
            if (inside && c == '\n')
                *at = start; /* which ends the line behind the word */
            if (inside || c == '\n')
                break;
            continue;
        }
        if (!inside)
            word->start = start;
        inside = true;
        word->end = *at;
        n_capitals += letter.upper;
        n_small += !letter.upper && c < 0x80;
        n_marked += !letter.upper && c >= 0x80;
    }
    word->kind = n_small                      ? SMALL
                 : n_capitals >= 2            ? CAPITALS
                 : n_marked && n_capitals < 2 ? UNCLEAR
                                              : NEUTRAL;
    return inside;
}

static void restore_line(char *text, size_t size, size_t *at)
{
    enum kind before = NEUTRAL; /* of the last word that told; NEUTRAL: none in this line */
    struct word word, unclear = { 0, 0, NEUTRAL };
    bool more;

    do {
        more = *at < size && next_word(str_of(text, size), at, &word);
        if (more && word.kind == UNCLEAR) {
            if (unclear.kind == NEUTRAL)
                unclear = word;
            unclear.end = word.end;
        }
        if (more && (word.kind == UNCLEAR || word.kind == NEUTRAL))
            continue;
        if (unclear.kind == UNCLEAR && before != SMALL && !(more && word.kind == SMALL) &&
            (before == CAPITALS || more))
            capitals_raise(text + unclear.start, unclear.end - unclear.start);
        unclear.kind = NEUTRAL;
        if (more && word.kind == CAPITALS)
            capitals_raise(text + word.start, word.end - word.start);
        before = more ? word.kind : NEUTRAL;
    } while (more);
}

void capitals_restore(char *text, size_t size)
{
    for (size_t at = 0; at < size;)
        restore_line(text, size, &at);
}

/** The bytes of a word that are raised where it takes the place of a written one. */
static size_t raised_size(struct muc_string written, struct muc_string word)
{
    size_t at = 0, first = 0;

    if (!written.size || !word.size || !character_is_upper(character_next(written, &at)))
        return 0;
    if (at < written.size && character_is_upper(character_next(written, &at)))
        return word.size;
    character_next(word, &first);
    return first;
}

void capitals_replace(struct buffer *out, struct muc_string text, uint32_t *at, uint32_t start,
                      uint32_t end, struct muc_string word)
{
    const struct muc_string written = str_of(text.bytes + start, end - start);

    buffer_append(out, text.bytes + *at, start - *at);
    buffer_append(out, word.bytes, word.size);
    if (!out->failed)
        capitals_raise((char *)out->at + out->size - word.size, raised_size(written, word));
    *at = end;
}
