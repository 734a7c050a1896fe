/* SPDX-License-Identifier: MIT */
#include "text/letters.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "text/character.h"

enum { UNITS = 32, D_STROKE = 0x111 };

bool letters_init(struct letters *letters)
{
    /* calloc() rather than clearing: one language touches a few pages of it */
    letters->at = calloc(LETTERS, sizeof *letters->at);
    return letters->at;
}

void letters_free(struct letters *letters)
{
    free(letters->at);
}

bool letter_is_tone(UChar mark)
{
    return mark == 0x300 || mark == 0x301 || mark == 0x303 || mark == 0x309 || mark == 0x323;
}

/** Whether it stands in NFC whatever stands beside it. */
static bool is_steady(UChar c)
{
    return !U16_IS_SURROGATE(c) && u_getCombiningClass(c) == 0 &&
           u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
}

/** Compose to one steady code point. */
static bool compose(const UChar *text, int32_t n, uint16_t *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar composed[UNITS];

    if (unorm2_normalize(unorm2_getNFCInstance(&status), text, n, composed, UNITS, &status) != 1 ||
        U_FAILURE(status) || !is_steady(composed[0]))
        return false;
    *out = composed[0];
    return true;
}

bool letter_is_shape(uint32_t c)
{
    int32_t kind =
        c < 0x80 ? U_DT_NONE : u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE);

    return kind != U_DT_NONE && kind != U_DT_CANONICAL;
}

static bool ask(uint32_t c, struct letter *letter)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar source = (UChar)c, folded[UNITS], parts[UNITS], bare[UNITS], stripped[UNITS];
    int32_t n, n_bare = 0, n_stripped = 0;

    if ((!u_isalnum((UChar32)c) && c != '.' && c != ',') || character_is_invisible(c) ||
        character_is_apostrophe(c) || letter_is_shape(c) ||
        character_is_foreign_d(c)) /* these are read as đ */
        return false;
    n = u_strFoldCase(folded, UNITS, &source, 1, U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status) || !compose(folded, n, &letter->exact))
        return false;
    n = unorm2_normalize(unorm2_getNFDInstance(&status), folded, n, parts, UNITS, &status);
    if (U_FAILURE(status))
        return false;
    for (int32_t i = 0; i < n; i++) {
        if (!letter_is_tone(parts[i]))
            bare[n_bare++] = parts[i];
        if (u_charType(parts[i]) != U_NON_SPACING_MARK)
            stripped[n_stripped++] = parts[i] == D_STROKE ? 'd' : parts[i];
    }
    return n - n_bare <= 1 && compose(bare, n_bare, &letter->toneless) &&
           compose(stripped, n_stripped, &letter->folded);
}

const struct letter *letter_of(struct letters *letters, uint32_t c)
{
    struct letter *letter = &letters->at[c];

    if (letter->state == LETTER_UNKNOWN)
        letter->state = ask(c, letter) ? LETTER_PLAIN : LETTER_OTHER;
    return letter;
}
