/* SPDX-License-Identifier: MIT */
#include "text/likeness.h"

#include <uchar.h>

#include "text/alphabet.h"
#include "text/character.h"
#include "text/syllable.h"

enum { WORD_MAX = 32, ABBREVIATION_MAX = 6, D_STROKE = 0x111, SHARP_S = 0xdf };

/* Weights are -10 · ln(frequency). */
enum {
    SIGN = 25,
    RARE = 60,
    ODD = 95,
    NEVER = 130,
    D_WEIGHT = 24,
    MARKED = 3, /* three in four words of Vietnamese have marks … */
    UNMARKED = 14,
    UNMARKED_ALIEN = 20,
    FOREIGN_MARKED = 19, /* … and one in seven elsewhere, seldom more than one */
    FOREIGN_UNMARKED = 2,
    FOREIGN_AGAIN = 20,
};

/* Of a vowel with its tone among all Vietnamese letters beyond ASCII, counted in the releases of
 * corpus/; tones in the order of enum alphabet_tone. */
static const uint8_t vowel_weights[ALPHABET_VOWELS][ALPHABET_TONES] = {
    { 0, 26, 36, 45, 30, 35 }, { 41, 57, 72, 79, 51, 52 }, { 38, 43, 61, 63, 38, 41 },
    { 0, 61, 62, 62, 49, 71 }, { 36, 42, 42, 59, 35, 36 }, { 0, 44, 47, 60, 45, 41 },
    { 0, 45, 60, 62, 39, 46 }, { 33, 41, 44, 52, 37, 37 }, { 41, 37, 44, 70, 38, 39 },
    { 0, 48, 43, 59, 47, 49 }, { 28, 45, 51, 57, 46, 47 }, { 0, 67, 57, 58, 52, 92 },
};

struct word {
    uint32_t letters[WORD_MAX]; /* composed */
    uint32_t n;                 /* may be more than WORD_MAX */
    uint32_t n_marked;          /* beyond ASCII */
};

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return (c >= 0xc0 && c < 0x250 && c != 0xd7 && c != 0xf7) || (c >= 0x1e00 && c < 0x1f00) ||
           c == 0xaa || c == 0xba;
}

/** Capitals all through, or none behind the first. */
static bool has_usual_case(const struct word *word)
{
    uint32_t n_upper = 0, n = word->n < WORD_MAX ? word->n : WORD_MAX;
    bool behind_first = false;

    for (uint32_t i = 0; i < n; i++) {
        bool upper = character_is_upper(word->letters[i]);

        n_upper += upper;
        behind_first |= upper && i;
    }
    return !behind_first || n_upper == n;
}

/** Whether the word is a Vietnamese syllable; `weight`: of its letters beyond ASCII, as such. */
static bool weigh_syllable(const struct word *word, int *weight)
{
    uint32_t letters[SYLLABLE_MAX];
    enum alphabet_tone tone = TONE_LEVEL;
    struct syllable syllable;
    int sum = 0;

    if (word->n > SYLLABLE_MAX)
        return false;
    for (uint32_t i = 0; i < word->n; i++) {
        struct alphabet_letter letter;

        if (!alphabet_of(word->letters[i], &letter) || (letter.tone && tone))
            return false;
        letters[i] = letter.base;
        if (letter.tone)
            tone = (enum alphabet_tone)letter.tone;
        if (letter.vowel < ALPHABET_VOWELS)
            sum += vowel_weights[letter.vowel][letter.tone];
        else if (letter.base == D_STROKE)
            sum += D_WEIGHT;
    }
    if (!syllable_parse(letters, word->n, &syllable))
        return false;
    if (word->n_marked && syllable.final && tone != TONE_RISING && tone != TONE_HEAVY &&
        strchr("cpt", (int)letters[syllable.initial + syllable.nucleus]))
        return false; /* stops bear these tones only: học, hóc, never hòc */
    *weight = sum;
    return true;
}

/** An abbreviation in capitals: HĐND, QĐ, ĐBSCL; or the unit đ. */
static bool weigh_abbreviation(const struct word *word, int *weight)
{
    if (word->n > ABBREVIATION_MAX)
        return false;
    for (uint32_t i = 0; i < word->n; i++) {
        struct alphabet_letter letter;

        if (!alphabet_of(word->letters[i], &letter) || letter.tone ||
            (!letter.upper && word->n > 1))
            return false;
    }
    *weight = (int)word->n_marked * RARE;
    return true;
}

/** Latin letters by how many languages and words have them. */
static int weigh_letter(uint32_t c)
{
    static const struct {
        const char *letters;
        int weight;
    } groups[] = {
        { "\xe9", 15 },
        { "\xe0\xe1\xe4\xe7\xe8\xea\xed\xf1\xf3\xf6\xfc\xdf\xc9\xd6\xdc", 30 },
        { "\xaa\xba\xd0\xde\xf0\xfe\xff", RARE },
    };

    for (size_t i = 0; i < sizeof groups / sizeof *groups && c < 0x100; i++)
        if (strchr(groups[i].letters, (int)c))
            return groups[i].weight;
    return c < 0x100 ? 45 : RARE;
}

static bool follows_vowel(const struct word *word, uint32_t at)
{
    static const char vowels[] = "aeiouyAEIOUY\xe4\xf6\xfc";

    return at && word->letters[at - 1] < 0x100 && strchr(vowels, (int)word->letters[at - 1]);
}

/** As a word of another language; `n_odd` letters of it are where nobody writes them. */
static int weigh_foreign(const struct word *word, uint32_t *n_odd)
{
    uint32_t n = word->n < WORD_MAX ? word->n : WORD_MAX, n_marked = 0;
    bool usual = has_usual_case(word);
    int sum = FOREIGN_MARKED;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = word->letters[i];
        bool odd = c >= 0x80 && (!usual || (c == SHARP_S && !follows_vowel(word, i)));

        if (c < 0x80)
            continue;
        *n_odd += odd;
        sum += (odd ? ODD : weigh_letter(c)) + (n_marked++ ? FOREIGN_AGAIN : 0);
    }
    return sum;
}

static void end_word(struct word *word, struct likeness *likeness)
{
    int syllable = 0, foreign = 0;
    uint32_t n_odd = 0;
    bool ok;

    if (!word->n)
        return;
    ok = (weigh_syllable(word, &syllable) && has_usual_case(word)) ||
         weigh_abbreviation(word, &syllable);
    likeness->n_words++;
    likeness->n_words_ok += ok;
    if (word->n_marked) {
        syllable = ok ? MARKED + syllable : (int)word->n_marked * ODD;
        foreign = weigh_foreign(word, &n_odd);
        likeness->n_marked++;
        likeness->n_marked_ok += ok;
        likeness->n_odd += ok ? 0 : n_odd;
    } else {
        syllable = ok ? UNMARKED : UNMARKED_ALIEN;
        foreign = FOREIGN_UNMARKED;
    }
    likeness->vietnamese -= syllable;
    likeness->any -= syllable < foreign ? syllable : foreign;
    *word = (struct word){ .n = 0 };
}

static bool is_among(uint32_t c, const char16_t *characters)
{
    while (*characters && *characters != c)
        characters++;
    return *characters;
}

/** A character that is no letter, between two others (0 at the ends). */
static void weigh_sign(uint32_t before, uint32_t c, uint32_t after, struct likeness *likeness)
{
    static const char16_t common[] = u"\u00a0–—‘’“”•…€", usual[] = u"«»°§©®",
                          behind_letters[] = u"\u00a0°¹²³®©ª»§";
    bool glued = is_letter(before) && is_letter(after);
    int weight = is_among(c, common) ? SIGN : is_among(c, usual) ? SIGN + 15 : RARE;

    if (c < 0x2000 && c != 0xa0 && (glued || (is_letter(before) && !is_among(c, behind_letters))))
        weight = ODD;
    if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfffd || (c >= 0x300 && c < 0x370))
        weight = NEVER;
    likeness->n_odd += weight == NEVER || (weight == ODD && glued);
    likeness->any -= weight;
    likeness->vietnamese -= weight;
}

static bool weighs(uint32_t c)
{
    return c >= 0x7f || (c < ' ' && !(c >= '\t' && c <= '\r') && c != 0x1a);
}

void likeness_of(struct muc_string text, struct likeness *likeness)
{
    struct word word = { .n = 0 };
    uint32_t before = 0;

    *likeness = (struct likeness){ .vietnamese = 0 };
    for (size_t at = 0; at < text.size;) {
        uint32_t c = character_next(text, &at);

        if (is_letter(c)) {
            if (word.n < WORD_MAX)
                word.letters[word.n] = c;
            word.n++;
            word.n_marked += c >= 0x80;
        } else {
            size_t ahead = at;

            end_word(&word, likeness);
            if (weighs(c))
                weigh_sign(before, c, at < text.size ? character_next(text, &ahead) : 0, likeness);
        }
        before = c;
    }
    end_word(&word, likeness);
    likeness->vietnamese /= 10;
    likeness->any /= 10;
}

bool likeness_is_plain(struct muc_string text)
{
    const uint8_t *at = (const uint8_t *)text.bytes, *end = text.size ? at + text.size : at;

    for (; end - at >= 2; at++) {
        if (*at < 0xc4)
            continue;
        if (*at == 0xe1 && end - at > 2 &&
            ((at[1] == 0xba && at[2] >= 0xa0) || (at[1] == 0xbb && at[2] <= 0xb9)))
            return true;
        if ((*at == 0xc4 && (at[1] == 0x82 || at[1] == 0x83 || at[1] == 0x90 || at[1] == 0x91)) ||
            (*at == 0xc6 && (at[1] == 0xa0 || at[1] == 0xa1 || at[1] == 0xaf || at[1] == 0xb0)) ||
            (*at == 0xcc && at[1] <= 0xa3))
            return true;
    }
    return false;
}
