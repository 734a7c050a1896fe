/* SPDX-License-Identifier: MIT */
#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/late.h"
#include "base/late_names.h"

#define LIBSTEMMER_FUNCTIONS(F)                                                                    \
    F(sb_stemmer_delete) F(sb_stemmer_length) F(sb_stemmer_new) F(sb_stemmer_stem)
#define NAMED(name) { #name, &libstemmer.name },

enum {
    LETTERS_LEAST = 3,
    STEM_MAX = 40, /* bytes of a word that has one */
};

struct stems {
    struct sb_stemmer *stemmers[LANGUAGES]; /* opened with the first word of a language */
};

/* Loading it changes 330 kB of addresses, and few searches have a foreign word. */
static struct {
    LIBSTEMMER_FUNCTIONS(LATE_MEMBER)
} libstemmer;

static int load(struct muc_error *err)
{
    static const struct late_function functions[] = {
        LIBSTEMMER_FUNCTIONS(NAMED) /* */
        { NULL, NULL },
    };
    static struct late_library library = { LATE_LIBSTEMMER, functions };

    return late_load(&library)
               ? MUC_OK
               : error_set(err, MUC_EIO, 0, library.name,
                           "words of other languages need a library that cannot be loaded, %s; "
                           "install it",
                           library.failure);
}

int stems_new(struct stems **out, struct muc_error *err)
{
    struct stems *stems;
    int rc = load(err);

    if (rc)
        return rc;
    stems = calloc(1, sizeof *stems);
    if (!stems)
        return error_memory(err);
    *out = stems;
    return MUC_OK;
}

void stems_free(struct stems *stems)
{
    if (!stems)
        return;
    for (int i = 0; i < LANGUAGES; i++)
        libstemmer.sb_stemmer_delete(stems->stemmers[i]);
    free(stems);
}

/** Without the article or pronoun that lost its vowel: l'eau, qu'elle, dell'anno. */
static struct muc_string without_elision(enum language language, struct muc_string word)
{
    const char *apostrophe = memchr(word.bytes, '\'', word.size);
    size_t size = apostrophe ? (size_t)(apostrophe - word.bytes) + 1 : 0;

    if (language == LANGUAGE_FRENCH && size == 3 && memcmp(word.bytes, "qu", 2))
        return word;
    if ((language == LANGUAGE_FRENCH && size <= 3) || language == LANGUAGE_ITALIAN)
        return str_of(word.bytes + size, word.size - size);
    return word;
}

/** Letters, and perhaps an apostrophe. */
static bool has_stem(struct muc_string word)
{
    if (word.size < LETTERS_LEAST || word.size > STEM_MAX)
        return false;
    for (size_t i = 0; i < word.size; i++) {
        uint8_t c = (uint8_t)word.bytes[i];

        if (c < 0x80 && c != '\'' && (c < 'a' || c > 'z'))
            return false;
    }
    return true;
}

int stem_word(struct stems *stems, enum language language, struct muc_string exact,
              char out[FORM_MAX])
{
    const char *code = language_code(language);
    struct sb_stemmer **stemmer = &stems->stemmers[language];
    const sb_symbol *stem;
    size_t size;

    exact = without_elision(language, exact);
    if (language <= LANGUAGE_VIETNAMESE || !has_stem(exact))
        return 0;
    if (!*stemmer && !(*stemmer = libstemmer.sb_stemmer_new(code, NULL)))
        return -1;
    stem = libstemmer.sb_stemmer_stem(*stemmer, (const sb_symbol *)exact.bytes, (int)exact.size);
    if (!stem)
        return -1;
    size = (size_t)libstemmer.sb_stemmer_length(*stemmer);
    if (!size || size > 2 * STEM_MAX)
        return 0;
    memcpy(out, code, 2);
    memcpy(out + 2, stem, size);
    return (int)size + 2;
}

static enum language language_of_stem(struct muc_string stem)
{
    for (int i = LANGUAGE_ENGLISH; i < LANGUAGES; i++)
        if (str_starts(stem, str_c(language_code((enum language)i))))
            return (enum language)i;
    return LANGUAGE_UNKNOWN;
}

int stem_is_of(struct stems *stems, struct muc_string stem, struct muc_string exact)
{
    enum language language = language_of_stem(stem);
    struct muc_string word = without_elision(language, exact);
    char room[FORM_MAX];
    uint8_t first;
    int size;

    if (word.size < LETTERS_LEAST)
        return 0;
    first = (uint8_t)word.bytes[0];
    if (first < 0x80 && first != (uint8_t)stem_letters(stem).bytes[0])
        return 0; /* stemmers change the first letter only to take an umlaut from it */
    size = stem_word(stems, language, exact, room);
    return size > 0 ? str_equal(stem, str_of(room, (size_t)size)) : size;
}

bool stem_tokens(struct stems *stems, const struct analyzer *analyzer, const struct token *tokens,
                 size_t n, enum language language, size_t before, struct buffer *out)
{
    unsigned function = (unsigned)TRAIT_FUNCTION << (language - LANGUAGE_ENGLISH);
    const uint16_t *traits_of = analyzer_traits(analyzer);
    char room[FORM_MAX];

    for (size_t i = 0; i < n; i++) {
        const struct form *form = analyzer_form(analyzer, tokens[i].form);
        unsigned traits = traits_of[tokens[i].form];
        bool elided = memchr(form->exact, '\'', form->exact_size);
        int size;

        if (!(traits & TRAIT_WORD) || ((traits & function) && !elided))
            continue;
        size = stem_word(stems, language, str_of(form->exact, form->exact_size), room);
        if (size < 0)
            return false;
        if (!size || before + out->size + (size_t)size >= MUC_TEXT_MAX)
            continue;
        buffer_append(out, room, (size_t)size);
        buffer_byte(out, ' ');
    }
    return !out->failed;
}
