/* SPDX-License-Identifier: MIT */
/* Writes letter_table of text/letters.h, on standard output. Runs while the library is built. */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "text/character.h"
#include "text/letters.h"

enum { UNITS = 32, D_STROKE = 0x111 };

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

/** What a letter becomes; false: it is none, or one that changes in company. */
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

int main(void)
{
    printf("#include \"text/letters.h\"\nconst struct letter letter_table[LETTERS] = {\n");
    for (uint32_t c = 0; c < LETTERS; c++) {
        struct letter letter = { 0 };

        if (ask(c, &letter))
            printf("[%u]={%u,%u,%u,1},\n", (unsigned)c, (unsigned)letter.exact,
                   (unsigned)letter.toneless, (unsigned)letter.folded);
    }
    printf("};\n");
    return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
