/* SPDX-License-Identifier: MIT */
#include "text/language.h"

#include <stdlib.h>

#include "text/syllable.h"

enum {
    JUDGED_MAX = 40,  /* words of a line that are looked at: bounds what Vietnamese text costs */
    FUNCTION_MAX = 7, /* bytes of a function word */
    WORDS_LEAST = 4,  /* of a line that is judged by itself */
};

enum { EN = 1, FR = 2, DE = 4, ES = 8, IT = 16, PT = 32, NL = 64 };

struct function_word {
    char word[FUNCTION_MAX + 1];
    uint8_t languages;
};

static const struct function_word function_words[] = {
    /* rising by bytes */
    { "aan", NL },
    { "al", ES | IT },
    { "alla", IT },
    { "als", DE | NL },
    { "an", EN | DE },
    { "and", EN },
    { "ao", PT },
    { "are", EN },
    { "as", EN | PT },
    { "at", EN },
    { "au", FR },
    { "auch", DE },
    { "auf", DE },
    { "aus", DE },
    { "aux", FR },
    { "avec", FR },
    { "be", EN },
    { "been", EN },
    { "bei", DE },
    { "bij", NL },
    { "by", EN },
    { "ce", FR },
    { "ces", FR },
    { "cette", FR },
    { "che", IT },
    { "com", PT },
    { "come", IT },
    { "comme", FR },
    { "como", ES | PT },
    { "con", ES | IT },
    { "da", IT | PT },
    { "dal", IT },
    { "dans", FR },
    { "das", DE | PT },
    { "dat", NL },
    { "de", FR | ES | PT | NL },
    { "dei", IT },
    { "del", ES | IT },
    { "della", IT },
    { "delle", IT },
    { "dem", DE },
    { "den", DE },
    { "der", DE },
    { "des", FR | DE },
    { "di", IT },
    { "die", DE | NL },
    { "do", PT },
    { "door", NL },
    { "dos", PT },
    { "du", FR },
    { "durch", DE },
    { "een", NL },
    { "ein", DE },
    { "eine", DE },
    { "einem", DE },
    { "einer", DE },
    { "eines", DE },
    { "el", ES },
    { "elle", FR },
    { "em", PT },
    { "en", FR | ES | NL },
    { "er", DE },
    { "es", DE | ES },
    { "est", FR },
    { "esta", ES },
    { "este", ES },
    { "et", FR },
    { "foi", PT },
    { "for", EN },
    { "from", EN },
    { "fue", ES },
    { "für", DE },
    { "gli", IT },
    { "ha", ES | IT },
    { "haben", DE },
    { "had", EN },
    { "han", ES },
    { "has", EN },
    { "hat", DE },
    { "have", EN },
    { "he", EN },
    { "heeft", NL },
    { "het", NL },
    { "his", EN },
    { "il", FR | IT },
    { "ils", FR },
    { "im", DE },
    { "in", EN | DE | IT | NL },
    { "is", EN | NL },
    { "ist", DE },
    { "it", EN },
    { "its", EN },
    { "la", FR | ES | IT },
    { "las", ES },
    { "le", FR | IT },
    { "les", FR },
    { "leur", FR },
    { "leurs", FR },
    { "lo", ES | IT },
    { "los", ES },
    { "mais", PT },
    { "met", NL },
    { "mit", DE },
    { "más", ES },
    { "na", PT },
    { "naar", NL },
    { "nach", DE },
    { "nas", PT },
    { "ne", FR },
    { "nel", IT },
    { "nella", IT },
    { "nicht", DE },
    { "niet", NL },
    { "no", ES | PT },
    { "non", IT },
    { "nos", PT },
    { "not", EN },
    { "nous", FR },
    { "não", PT },
    { "of", EN },
    { "om", NL },
    { "on", EN },
    { "ook", NL },
    { "op", NL },
    { "or", EN },
    { "os", PT },
    { "ou", FR },
    { "our", EN },
    { "par", FR },
    { "para", ES | PT },
    { "pas", FR },
    { "per", IT },
    { "più", IT },
    { "plus", FR },
    { "por", ES | PT },
    { "pour", FR },
    { "que", FR | ES | PT },
    { "qui", FR },
    { "sa", FR },
    { "se", ES | PT },
    { "ses", FR },
    { "seu", PT },
    { "si", IT },
    { "sich", DE },
    { "sind", DE },
    { "sobre", ES },
    { "son", FR | ES },
    { "sono", IT },
    { "sont", FR },
    { "su", ES | IT },
    { "sua", PT },
    { "sur", FR },
    { "sus", ES },
    { "são", PT },
    { "te", NL },
    { "that", EN },
    { "the", EN },
    { "their", EN },
    { "these", EN },
    { "they", EN },
    { "this", EN },
    { "to", EN },
    { "uit", NL },
    { "um", PT },
    { "uma", PT },
    { "un", FR | ES | IT },
    { "una", ES | IT },
    { "und", DE },
    { "une", FR },
    { "van", NL },
    { "von", DE },
    { "voor", NL },
    { "vous", FR },
    { "war", DE },
    { "was", EN },
    { "we", EN },
    { "werd", NL },
    { "werden", DE },
    { "were", EN },
    { "which", EN },
    { "will", EN },
    { "wird", DE },
    { "with", EN },
    { "worden", NL },
    { "wordt", NL },
    { "would", EN },
    { "wurde", DE },
    { "zijn", NL },
    { "zu", DE },
    { "zum", DE },
    { "zur", DE },
    { "à", FR | PT },
    { "è", IT },
    { "é", PT },
    { "été", FR },
    { "über", DE },
};

const char *language_code(enum language language)
{
    static const char codes[LANGUAGES][3] = { "", "vi", "en", "fr", "de", "es", "it", "pt", "nl" };

    return codes[language];
}

enum language language_of_code(struct muc_string code)
{
    enum { SIZE = 2 };

    if (code.size == SIZE ||
        (code.size > SIZE && (code.bytes[SIZE] == '-' || code.bytes[SIZE] == '_')))
        for (int i = LANGUAGE_VIETNAMESE; i < LANGUAGES; i++)
            if (!memcmp(code.bytes, language_code((enum language)i), SIZE))
                return (enum language)i;
    return LANGUAGE_UNKNOWN;
}

/* ---- words */

static int compare_word(const void *key, const void *row)
{
    const struct muc_string *word = key;
    const struct function_word *function = row;

    return str_compare(*word, str_c(function->word));
}

/** The languages in which it is a function word, or begins with one that lost its vowel: l'eau. */
static unsigned languages_of(struct muc_string exact)
{
    const struct function_word *found;

    if (exact.size > 2 && exact.bytes[1] == '\'' && strchr("ldnscjm", exact.bytes[0]))
        return exact.bytes[0] == 'l' || exact.bytes[0] == 'd' ? FR | IT : FR;
    if (exact.size > FUNCTION_MAX)
        return 0;
    found = bsearch(&exact, function_words, sizeof function_words / sizeof *function_words,
                    sizeof *function_words, compare_word);
    return found ? found->languages : 0;
}

uint16_t language_traits(enum token_kind kind, struct muc_string exact, struct muc_string folded)
{
    unsigned traits = TRAIT_WORD;

    if (kind != TOKEN_WORD)
        return 0;
    if (syllable_fits(folded.bytes, folded.size))
        traits |= str_equal(exact, folded) ? TRAIT_SYLLABLE : TRAIT_SYLLABLE | TRAIT_MARKED;
    return (uint16_t)(traits | TRAIT_FUNCTION * languages_of(exact));
}

/* ---- lines */

/** The first words of a line, no more than JUDGED_MAX: so each number of some is a byte, and all of
 *  them are added up at once. */
struct words {
    const uint16_t *traits_of; /* of each form */
    const struct token *at;
    size_t n;
    uint64_t kinds; /* bytes: words, syllables, marked ones */
};

_Static_assert(JUDGED_MAX <= UINT8_MAX && LANGUAGES - LANGUAGE_ENGLISH <= 7, "bytes of a number");

/** Bit i of seven becomes byte i: of the copies, which lie seven apart, each has another bit at a
 *  multiple of eight. */
static uint64_t to_bytes(unsigned bits)
{
    return bits * UINT64_C(0x40810204081) & UINT64_C(0x1010101010101);
}

/** Take token `n` of the line. Whole ones have no traits. */
static void take_word(struct words *words)
{
    words->kinds += to_bytes(words->traits_of[words->at[words->n++].form] % TRAIT_FUNCTION);
}

static uint32_t n_words(const struct words *words)
{
    return (uint8_t)words->kinds;
}

static bool is_vietnamese(const struct words *words)
{
    uint32_t n_syllables = (uint8_t)(words->kinds >> 8), n_marked = (uint8_t)(words->kinds >> 16);

    return n_syllables * 4 >= n_words(words) * 3 || n_marked * 5 >= n_words(words);
}

/** How many are function words, of each language from English on in a byte. */
static uint64_t count_functions(const struct words *words)
{
    uint64_t functions = 0;

    for (size_t i = 0; i < words->n; i++) {
        unsigned traits = words->traits_of[words->at[i].form];

        functions += to_bytes(traits / TRAIT_FUNCTION % (1 << (LANGUAGES - LANGUAGE_ENGLISH)));
    }
    return functions;
}

/** The language with most function words, if they are enough. */
static enum language foreign_of(const struct words *words)
{
    const uint64_t functions = count_functions(words);
    enum language best = LANGUAGE_UNKNOWN;
    uint32_t most = 0, other = 0;

    for (int i = 0; i < LANGUAGES - LANGUAGE_ENGLISH; i++) {
        uint32_t n = (uint8_t)(functions >> 8 * i);

        if (n > most) {
            other = most;
            most = n;
            best = (enum language)(LANGUAGE_ENGLISH + i);
        } else if (n > other) {
            other = n;
        }
    }
    return most >= 2 && most * 8 >= n_words(words) && most > other + other / 4 ? best
                                                                               : LANGUAGE_UNKNOWN;
}

static enum language language_of(const struct words *words)
{
    if (n_words(words) < WORDS_LEAST)
        return LANGUAGE_UNKNOWN;
    return is_vietnamese(words) ? LANGUAGE_VIETNAMESE : foreign_of(words);
}

/** Whether a line whose own words do not say it may have the language of one beside it. */
static bool may_follow(const struct words *words)
{
    return n_words(words) && !is_vietnamese(words);
}

/* ---- texts */

/** The first token from `from` on that begins at `end` or behind it, which few are far from. */
static size_t behind(const struct token *tokens, size_t n, size_t from, uint32_t end)
{
    size_t step = 1, high;

    while (n - from > step && tokens[from + step].start < end) {
        from += step;
        step *= 2;
    }
    high = n - from > step ? from + step : n;
    while (from < high) {
        size_t middle = from + (high - from) / 2;

        if (tokens[middle].start < end)
            from = middle + 1;
        else
            high = middle;
    }
    return from;
}

/** The first words of the line that begins with the first of `n` tokens and ends at byte `*end`. */
static struct words words_of_line(const struct analyzer *analyzer, struct muc_string text,
                                  const struct token *tokens, size_t n, uint32_t *end)
{
    struct words words = { analyzer_traits(analyzer), tokens, 0, 0 };
    const char *at = text.bytes + tokens->start;
    const char *newline = memchr(at, '\n', text.size - tokens->start);
    uint32_t behind = newline ? (uint32_t)(newline - text.bytes) : (uint32_t)text.size;

    n = n < JUDGED_MAX ? n : JUDGED_MAX;
    while (words.n < n && tokens[words.n].start < behind)
        take_word(&words);
    *end = behind;
    return words;
}

size_t language_next(const struct analyzer *analyzer, struct muc_string text,
                     const struct token *tokens, size_t n, size_t from, size_t to,
                     struct language_lines *lines)
{
    if (!lines->open) {
        struct words words = words_of_line(analyzer, text, tokens + from, n - from, &lines->end);

        from += words.n;
        lines->language = language_of(&words);
        lines->follows = !lines->language && may_follow(&words);
        if (lines->language) {
            lines->before = lines->language;
            lines->first = lines->first ? lines->first : lines->language;
        } else if (lines->follows) {
            lines->language = lines->before;
        }
        lines->n_words[lines->language] += n_words(&words);
    }
    if (from < to && tokens[from].start < lines->end)
        from = behind(tokens, to, from, lines->end);
    lines->open = from >= to;
    return from < to ? from : to;
}

static bool add_span(struct language_spans *spans, size_t from, size_t to, enum language language)
{
    struct language_span *span = spans->n ? &spans->at[spans->n - 1] : NULL;

    if (span && span->to == from && span->language == language) {
        span->to = to;
        return true;
    }
    if (!vector_reserve(spans, 1))
        return false;
    spans->at[spans->n++] = (struct language_span){ from, to, language };
    return true;
}

/** Lines above the first that says it take its language. */
static void settle_spans(struct language_spans *spans, enum language first)
{
    size_t n = 0;

    for (size_t i = 0; i < spans->n; i++) {
        struct language_span span = spans->at[i], *last = n ? &spans->at[n - 1] : NULL;

        if (span.language == LANGUAGE_UNKNOWN)
            span.language = first;
        if (last && last->to == span.from && last->language == span.language)
            last->to = span.to;
        else if (span.language > LANGUAGE_VIETNAMESE)
            spans->at[n++] = span;
    }
    spans->n = n;
}

enum language language_of_most(const struct language_lines *lines)
{
    enum language most = LANGUAGE_UNKNOWN;
    size_t n = 0;

    for (int i = LANGUAGE_VIETNAMESE; i < LANGUAGES; i++)
        if (lines->n_words[i] > n) {
            most = (enum language)i;
            n = lines->n_words[i];
        }
    return most;
}

bool language_find(const struct analyzer *analyzer, struct muc_string text,
                   const struct token *tokens, size_t n, struct language_spans *spans)
{
    struct language_lines *lines = &spans->lines;

    spans->n = 0;
    *lines = (struct language_lines){ .open = false };
    for (size_t from = 0, to; from < n; from = to) {
        to = language_next(analyzer, text, tokens, n, from, n, lines);
        if (lines->language == LANGUAGE_VIETNAMESE || (!lines->language && !lines->follows))
            continue;
        if (!add_span(spans, from, to, lines->language))
            return false;
    }
    settle_spans(spans, lines->first);
    return true;
}

enum language language_of_title(const struct analyzer *analyzer, const struct token *tokens,
                                size_t n, enum language first, struct language_lines *lines)
{
    struct words words = { analyzer_traits(analyzer), tokens, 0, 0 };
    enum language language;

    while (words.n < n && words.n < JUDGED_MAX)
        take_word(&words);
    language = language_of(&words);
    if (!language && may_follow(&words))
        language = first;
    lines->n_words[language] += n_words(&words);
    return language;
}
