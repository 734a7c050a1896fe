/* SPDX-License-Identifier: MIT */
#include "text/syllable.h"

#include <string.h>

/* Parts as their letters, 0 at the end. Written from the rules of Vietnamese orthography: the
 * initials, the nuclei of one, two and three vowels, the finals. Nuclei with the same first letter
 * are neighbours; of parts that begin alike the longer ones come first. */
static const uint32_t initials[][4] = {
    { 'n', 'g', 'h' }, { 'c', 'h' }, { 'g', 'h' }, { 'g', 'i' }, { 'k', 'h' }, { 'n', 'g' },
    { 'n', 'h' },      { 'p', 'h' }, { 'q', 'u' }, { 't', 'h' }, { 't', 'r' }, { 'b' },
    { 'c' },           { 'd' },      { 0x111 },    { 'g' },      { 'h' },      { 'k' },
    { 'l' },           { 'm' },      { 'n' },      { 'p' },      { 'r' },      { 's' },
    { 't' },           { 'v' },      { 'x' },
};

enum { A_BREVE = 0x103, A_HAT = 0xe2, E_HAT = 0xea, O_HAT = 0xf4, O_HORN = 0x1a1, U_HORN = 0x1b0 };

static const struct {
    uint32_t letters[4];
    uint8_t open, closed; /* bearer without and with a final; NEVER: there is no such rime */
} nuclei[] = {
#define NEVER 0xff
    { { 'a', 'i' }, 0, NEVER },
    { { 'a', 'o' }, 0, NEVER },
    { { 'a', 'u' }, 0, NEVER },
    { { 'a', 'y' }, 0, NEVER },
    { { 'a' }, 0, 0 },
    { { A_BREVE }, 0, 0 },
    { { A_HAT, 'u' }, 0, NEVER },
    { { A_HAT, 'y' }, 0, NEVER },
    { { A_HAT }, 0, 0 },
    { { 'e', 'o' }, 0, NEVER },
    { { 'e' }, 0, 0 },
    { { E_HAT, 'u' }, 0, NEVER },
    { { E_HAT }, 0, 0 },
    { { 'i', E_HAT, 'u' }, 1, NEVER },
    { { 'i', 'a' }, 0, NEVER },
    { { 'i', E_HAT }, 1, 1 },
    { { 'i', 'u' }, 0, NEVER },
    { { 'i' }, 0, 0 },
    { { 'o', 'a', 'i' }, 1, NEVER },
    { { 'o', 'a', 'o' }, 1, NEVER },
    { { 'o', 'a', 'y' }, 1, NEVER },
    { { 'o', 'e', 'o' }, 1, NEVER },
    { { 'o', 'a' }, 0, 1 },
    { { 'o', A_BREVE }, 1, 1 },
    { { 'o', 'e' }, 0, 1 },
    { { 'o', 'i' }, 0, NEVER },
    { { 'o', 'o' }, 0, 1 },
    { { 'o' }, 0, 0 },
    { { O_HAT, 'i' }, 0, NEVER },
    { { O_HAT, O_HAT }, 0, 1 },
    { { O_HAT }, 0, 0 },
    { { O_HORN, 'i' }, 0, NEVER },
    { { O_HORN }, 0, 0 },
    { { 'u', 'a', 'i' }, 1, NEVER },
    { { 'u', 'a', 'o' }, 1, NEVER },
    { { 'u', 'a', 'y' }, 1, NEVER },
    { { 'u', A_HAT, 'y' }, 1, NEVER },
    { { 'u', 'e', 'o' }, 1, NEVER },
    { { 'u', O_HAT, 'i' }, 1, NEVER },
    { { 'u', 'y', 'a' }, 1, NEVER },
    { { 'u', 'y', E_HAT }, 2, 2 },
    { { 'u', 'y', 'u' }, 1, NEVER },
    { { 'u', 'a' }, 0, 1 },
    { { 'u', A_BREVE }, 1, 1 },
    { { 'u', A_HAT }, 1, 1 },
    { { 'u', 'e' }, 1, 1 },
    { { 'u', E_HAT }, 1, 1 },
    { { 'u', 'i' }, 0, NEVER },
    { { 'u', O_HAT }, 1, 1 },
    { { 'u', O_HORN }, 1, 1 },
    { { 'u', 'y' }, 0, 1 },
    { { 'u' }, 0, 0 },
    { { U_HORN, O_HORN, 'i' }, 1, NEVER },
    { { U_HORN, O_HORN, 'u' }, 1, NEVER },
    { { U_HORN, 'a' }, 0, NEVER },
    { { U_HORN, 'i' }, 0, NEVER },
    { { U_HORN, O_HORN }, 1, 1 },
    { { U_HORN, 'u' }, 0, NEVER },
    { { U_HORN }, 0, 0 },
    { { 'y', E_HAT, 'u' }, 1, NEVER },
    { { 'y', E_HAT }, 1, 1 },
    { { 'y' }, 0, 0 },
};

static const size_t n_nuclei = sizeof nuclei / sizeof *nuclei;

static const uint32_t finals[][3] = {
    { 'c', 'h' }, { 'n', 'g' }, { 'n', 'h' }, { 'c' }, { 'k' }, { 'm' }, { 'n' }, { 'p' }, { 't' },
};

/** The first of the nuclei that begin with a letter; n_nuclei: it is no vowel. */
static size_t first_nucleus(uint32_t letter)
{
    size_t i = 0;

    while (i < n_nuclei && nuclei[i].letters[0] != letter)
        i++;
    return i;
}

/** Letters of `part` if the word has it at `at`, else 0. */
static uint32_t part_at(const uint32_t *part, uint32_t room, const uint32_t *letters, uint32_t n,
                        uint32_t at)
{
    uint32_t size = 0;

    for (; size < room && part[size]; size++)
        if (at + size >= n || letters[at + size] != part[size])
            return 0;
    return size;
}

/** The rest of the word after the initial, not empty: nucleus and final fill it exactly. */
static bool parse_rime(const uint32_t *letters, uint32_t n, uint32_t at, struct syllable *syllable)
{
    for (size_t i = first_nucleus(letters[at]); i < n_nuclei; i++) {
        uint32_t nucleus = part_at(nuclei[i].letters, 4, letters, n, at);
        uint32_t rest = at + nucleus, final = 0;
        uint8_t bearer;

        if (nuclei[i].letters[0] != letters[at])
            break;
        if (!nucleus)
            continue;
        for (size_t f = 0; f < sizeof finals / sizeof *finals && rest < n && !final; f++) {
            uint32_t size = part_at(finals[f], 3, letters, n, rest);

            final = size == n - rest ? size : 0;
        }
        bearer = final ? nuclei[i].closed : nuclei[i].open;
        if (rest + final != n || bearer == NEVER)
            continue;
        *syllable = (struct syllable){ (uint8_t)at, (uint8_t)nucleus, (uint8_t) final,
                                       (uint8_t)(at + bearer) };
        return true;
    }
    return false;
}

bool syllable_parse(const uint32_t *letters, uint32_t n, struct syllable *syllable)
{
    if (n == 0 || n > SYLLABLE_MAX)
        return false;
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++) {
        uint32_t size = initials[i][0] == letters[0] ? part_at(initials[i], 4, letters, n, 0) : 0;

        /* gi and qu give back their vowel where no other is left: gì, gìn */
        if (size && size < n && parse_rime(letters, n, size, syllable))
            return true;
    }
    return parse_rime(letters, n, 0, syllable);
}

/* ---- without marks */

static char plain_letter(uint32_t c)
{
    switch (c) {
    case A_BREVE:
    case A_HAT:
        return 'a';
    case E_HAT:
        return 'e';
    case O_HAT:
    case O_HORN:
        return 'o';
    case U_HORN:
        return 'u';
    default:
        return (char)c; /* the rest of nuclei and finals is ASCII */
    }
}

/** Letters of `part` if the word begins with it, else 0. */
static size_t plain_part(const uint32_t *part, size_t room, const char *word, size_t size)
{
    size_t n = 0;

    for (; n < room && part[n]; n++)
        if (n >= size || plain_letter(part[n]) != word[n])
            return 0;
    return n;
}

static bool is_final(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++)
        if ((char)finals[i][0] == word[0] && plain_part(finals[i], 3, word, size) == size)
            return true;
    return false;
}

static bool is_plain_rime(const char *word, size_t size)
{
    if (!size || !memchr("aeiouy", word[0], 6)) /* mostly, of what is no Vietnamese */
        return false;
    for (size_t i = 0; i < n_nuclei; i++) {
        size_t nucleus = plain_letter(nuclei[i].letters[0]) == word[0]
                             ? plain_part(nuclei[i].letters, 4, word, size)
                             : 0;

        if (nucleus && (nucleus == size ? nuclei[i].open != NEVER
                                        : nuclei[i].closed != NEVER &&
                                              is_final(word + nucleus, size - nucleus)))
            return true;
    }
    return false;
}

bool syllable_fits(const char *folded, size_t size)
{
    if (!size || size > SYLLABLE_MAX)
        return false;
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++) {
        size_t initial =
            (char)initials[i][0] == folded[0] ? plain_part(initials[i], 4, folded, size) : 0;

        if (initial && is_plain_rime(folded + initial, size - initial))
            return true;
    }
    return is_plain_rime(folded, size);
}

bool syllable_needs_marks(const char *folded, size_t size)
{
    uint32_t letters[SYLLABLE_MAX];
    struct syllable syllable;
    const char *last;

    if (!syllable_fits(folded, size))
        return false;
    for (size_t i = 0; i < size; i++)
        letters[i] = (unsigned char)folded[i];
    if (!syllable_parse(letters, (uint32_t)size, &syllable))
        return true;
    last = folded + size - 1;
    return syllable.final && (*last == 'k' || *last == 'p' || *last == 't' || *last == 'c' ||
                              (*last == 'h' && last[-1] == 'c'));
}
