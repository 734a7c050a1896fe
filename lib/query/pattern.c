/* SPDX-License-Identifier: MIT */
#include "query/pattern.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/** Which of a … z are among the bytes; bit 31: a digit or another character that no form has. */
static uint32_t letters_in(const char *bytes, size_t size)
{
    uint32_t has = 0;

    for (size_t i = 0; i < size; i++) {
        uint8_t letter = (uint8_t)(bytes[i] - 'a');

        if (letter < 26)
            has |= (uint32_t)1 << letter;
        else if (!(bytes[i] & 0x80))
            has |= (uint32_t)1 << 31;
    }
    return has;
}

bool pattern_form_init(struct pattern_form *form, struct muc_string text, uint32_t distance,
                       struct arena *arena)
{
    size_t size = distance ? text.size - 2 : text.size; /* without ~N */
    UChar32 *letters = arena_alloc(arena, (size + 1) * sizeof *letters);
    uint32_t n = 0;

    if (!letters)
        return false;
    *form = (struct pattern_form){ .text = text, .letters = letters };
    for (size_t i = 0; i < size; n++)
        U8_NEXT((const uint8_t *)text.bytes, i, size, letters[n]);
    form->n = n;
    form->has = letters_in(text.bytes, size);
    while (!distance && form->prefix < size && text.bytes[form->prefix] != '*' &&
           text.bytes[form->prefix] != '?')
        form->prefix++;
    return true;
}

/** Letters of a word; 0 if it has other characters, or too many. */
static uint32_t to_letters(struct muc_string word, bool digits, UChar32 out[FORM_MAX])
{
    uint32_t n = 0;

    if (word.size > FORM_MAX)
        return 0;
    for (size_t i = 0; i < word.size; n++) {
        UChar32 c;

        U8_NEXT((const uint8_t *)word.bytes, i, word.size, c);
        if (c < 0x80 ? !((c >= 'a' && c <= 'z') || (digits && c >= '0' && c <= '9'))
                     : !u_isUAlphabetic(c) && !(U_GET_GC_MASK(c) & U_GC_M_MASK) &&
                           !(digits && u_isdigit(c)))
            return 0;
        out[n] = c;
    }
    return n;
}

/** After a star that did not lead further, the last one takes a letter more: no other can do
 *  better. */
static bool fits_wildcards(const struct pattern_form *form, const UChar32 *word, uint32_t n)
{
    uint32_t p = 0, w = 0, star = UINT32_MAX, from = 0;

    while (w < n) {
        if (p < form->n && form->letters[p] == '*') {
            star = p++;
            from = w;
        } else if (p < form->n && (form->letters[p] == '?' || form->letters[p] == word[w])) {
            p++;
            w++;
        } else if (star != UINT32_MAX) {
            p = star + 1;
            w = ++from;
        } else {
            return false;
        }
    }
    while (p < form->n && form->letters[p] == '*')
        p++;
    return p == form->n;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/** The optimal string alignment distance, by rows. */
static bool is_within(const struct pattern_form *form, uint32_t most, const UChar32 *word,
                      uint32_t n)
{
    uint32_t rows[3][FORM_MAX + 1];

    if (form->n > n + most || n > form->n + most)
        return false;
    for (uint32_t k = 0; k <= n; k++)
        rows[0][k] = k;
    for (uint32_t i = 1; i <= form->n; i++) {
        uint32_t *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        uint32_t lowest = row[0] = i;

        for (uint32_t k = 1; k <= n; k++) {
            UChar32 a = form->letters[i - 1], b = word[k - 1];

            row[k] = least(least(last[k], row[k - 1]) + 1, last[k - 1] + (a != b));
            if (i > 1 && k > 1 && a == word[k - 2] && form->letters[i - 2] == b)
                row[k] = least(row[k], before[k - 2] + 1);
            lowest = least(lowest, row[k]);
        }
        if (lowest > most)
            return false;
    }
    return rows[form->n % 3][n] <= most;
}

/** Whether words have at most so many letters that the other has not: each is a change. */
static bool may_be_within(const struct pattern_form *form, uint32_t most, struct muc_string word)
{
    uint32_t has = letters_in(word.bytes, word.size);

    return !(has >> 31) && (uint32_t)__builtin_popcount(has & ~form->has) <= most &&
           (uint32_t)__builtin_popcount(form->has & ~has) <= most;
}

bool pattern_fits(const struct pattern_form *form, uint32_t distance, struct muc_string word)
{
    UChar32 letters[FORM_MAX];
    uint32_t n;

    if (distance && (word.size > 4 * ((size_t)form->n + distance) ||
                     word.size + distance < form->n || !may_be_within(form, distance, word)))
        return false;
    n = to_letters(word, !distance, letters);
    if (!n)
        return false;
    return distance ? is_within(form, distance, letters, n) : fits_wildcards(form, letters, n);
}
