/* SPDX-License-Identifier: MIT */
#include "text/sentence.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "text/character.h"

/** The letter under the marks: the first of the canonical decomposition. */
static uint32_t base_letter(uint32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd;
    UChar units[8];
    int32_t n;

    if (c < 0x80)
        return c | 0x20;
    nfd = unorm2_getNFDInstance(&status);
    n = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, (UChar32)c, units, 8, &status) : -1;
    return (uint32_t)u_tolower(n > 0 ? units[0] : (UChar32)c);
}

static bool is_vowel(uint32_t c)
{
    uint32_t letter = base_letter(c);

    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u' ||
           letter == 'y' || letter == 0x1a1 || letter == 0x1b0;
}

/** Whether a letter has the mark of a tone, or is such a mark. */
static bool has_tone(uint32_t c)
{
    static const UChar marks[] = { 0x300, 0x301, 0x303, 0x309, 0x323 };
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    UChar units[8] = { c <= 0xFFFF ? (UChar)c : 0 }; /* without a decomposition */
    int32_t n = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, (UChar32)c, units, 8, &status) : 0;

    for (int32_t i = 0; i < (n > 0 ? n : 1); i++)
        if (u_memchr(marks, units[i], sizeof marks / sizeof *marks))
            return c >= 0x80;
    return false;
}

/* What a character is in an abbreviation. */
enum { TRAIT_LETTER = 1, TRAIT_CAPITAL = 2, TRAIT_VOWEL = 4, TRAIT_NEVER = 8, TRAIT_TONE = 16 };

static uint8_t traits_of(uint32_t c)
{
    if (c > UCHAR_MAX_VALUE)
        return TRAIT_NEVER;
    if (!u_isalpha((UChar32)c)) /* letters and marks only */
        return c < 0x80 || u_isdigit((UChar32)c) ? TRAIT_NEVER : has_tone(c) ? TRAIT_TONE : 0;
    return (uint8_t)(TRAIT_LETTER | (character_is_upper(c) ? TRAIT_CAPITAL : 0) |
                     (is_vowel(c) ? TRAIT_VOWEL : 0) | (has_tone(c) ? TRAIT_TONE : 0));
}

/* Latin letters, asked of ICU once. */
enum { LATIN = 0x250, MORE = 0x1e00, MORE_LATIN = 0x100 };
static uint8_t latin[LATIN + MORE_LATIN];

static void fill_latin(void)
{
    for (uint32_t c = 0; c < LATIN; c++)
        latin[c] = traits_of(c);
    for (uint32_t c = 0; c < MORE_LATIN; c++)
        latin[LATIN + c] = traits_of(MORE + c);
}

bool sentence_is_abbreviation(struct muc_string word)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    uint32_t letters = 0, capitals = 0;
    bool small_vowel =
        false; /* one besides another letter says that the word is none: nearly all */
    uint8_t all = 0;

    pthread_once(&once, fill_latin);
    for (size_t at = 0; at < word.size;) {
        uint32_t c = character_next(word, &at);
        uint8_t traits = c < LATIN               ? latin[c]
                         : c - MORE < MORE_LATIN ? latin[LATIN + c - MORE]
                                                 : traits_of(c);

        all |= traits;
        letters += (traits & TRAIT_LETTER) != 0;
        capitals += (traits & TRAIT_CAPITAL) != 0;
        small_vowel |= (traits & (TRAIT_VOWEL | TRAIT_CAPITAL)) == TRAIT_VOWEL;
        if (traits & TRAIT_NEVER || letters > 5 || (letters > 1 && small_vowel))
            return false;
    }
    return letters && (letters == 1 || !(all & TRAIT_VOWEL) ||
                       (capitals == letters && letters <= 4 && !(all & TRAIT_TONE)));
}

/** What stands in the gap, as far as sentences are concerned. */
struct gap {
    unsigned breaks;                      /* line breaks */
    bool ends, stop, comma, space, quote; /* quote: opening, after the white space */
};

static bool is_break(uint32_t c)
{
    return c == '\n' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x0b;
}

static struct gap read_gap(struct muc_string text)
{
    struct gap gap = { 0 };

    for (size_t at = 0; at < text.size;) {
        uint32_t c = character_next(text, &at);

        if (c == ' ')
            gap.space |= gap.ends || gap.stop;
        else if (c == 0x2029)
            gap.breaks += 2;
        else if (is_break(c) || (c == '\r' && (at == text.size || text.bytes[at] != '\n')))
            gap.breaks++;
        else if (c == '!' || c == '?' || c == 0x2026)
            gap.ends = true;
        else if (c == '.')
            gap.stop = !gap.space;
        else if (c == ',')
            gap.comma = gap.breaks == 0;
        else if (character_is_space(c))
            gap.space |= gap.ends || gap.stop;
        else if (gap.space)
            gap.quote = true;
    }
    return gap;
}

/** Whether a dash or slash close behind the word before joins the next one to it: QĐ-, UBND. */
static bool joins(struct muc_string gap)
{
    size_t at = 0;
    uint32_t c = character_next(gap, &at);

    return c == '/' || character_is_dash(c);
}

bool sentence_ends(struct muc_string before, struct muc_string text, bool next_upper)
{
    struct gap gap;

    if (text.size == 1 && text.bytes[0] == ' ') /* nearly always */
        return false;
    if (text.size == 2 && text.bytes[0] == ',' && text.bytes[1] == ' ')
        return false;
    gap = read_gap(text);
    if (gap.breaks > 1)
        return true;
    if (gap.breaks == 1)
        return next_upper && !gap.comma && !joins(text);
    if (!gap.space || !(next_upper || gap.quote))
        return false;
    return gap.ends || (gap.stop && !sentence_is_abbreviation(before));
}
