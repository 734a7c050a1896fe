/* SPDX-License-Identifier: MIT */
#include "text/marks.h"

#include <unicode/unorm2.h>

#include "text/character.h"

enum { PARTS_MAX = 4, STROKE = 0x335 };

/** A letter and its marks. */
struct letter {
    UChar parts[PARTS_MAX];
    int32_t n;
};

/** Those beyond the first plane have no marks of interest. */
static struct letter take_apart(uint32_t c)
{
    struct letter letter = { { (UChar)c }, 1 };
    UErrorCode status = U_ZERO_ERROR;
    int32_t n;

    if (c < 0x80)
        return letter;
    if (c == 0x111)
        return (struct letter){ { 'd', STROKE }, 2 };
    n = unorm2_getDecomposition(unorm2_getNFDInstance(&status), (UChar32)c, letter.parts, PARTS_MAX,
                                &status);
    if (U_SUCCESS(status) && n > 0)
        letter.n = n;
    else
        letter.parts[0] = (UChar)c;
    return letter;
}

static bool has_marks_of(uint32_t c, uint32_t typed)
{
    struct letter have, want;

    if (c == typed)
        return true;
    if (c > 0xffff || typed > 0xffff)
        return false;
    have = take_apart(c);
    want = take_apart(typed);
    if (have.parts[0] != want.parts[0])
        return false;
    for (int32_t i = 1; i < want.n; i++) {
        int32_t from = 1;

        while (from < have.n && have.parts[from] != want.parts[i])
            from++;
        if (from == have.n)
            return false;
    }
    return true;
}

bool marks_begin(struct muc_string form, struct muc_string typed)
{
    size_t at = 0, i = 0;

    while (i < typed.size) {
        if (at == form.size)
            return false;
        if (!has_marks_of(character_next(form, &at), character_next(typed, &i)))
            return false;
    }
    return true;
}
