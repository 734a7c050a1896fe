/* SPDX-License-Identifier: MIT */
#include "text/fold.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/error.h"
#include "text/character.h"
#include "text/letters.h"
#include "text/syllable.h"

enum {
    WORD_UNITS = 512,  /* UTF-16 units of a word that are looked at; the rest cannot reach a form */
    WORK_UNITS = 4096, /* room for folding and decomposing them */
    SHAPE_UNITS = 32,  /* the longest of NFKC has 18 */
    D_STROKE = 0x111,
    DEGREE = 0xb0,
};

struct folder {
    const UNormalizer2 *nfc, *nfd;
    UChar source[WORD_UNITS], folded[WORK_UNITS], decomposed[WORK_UNITS], work[WORK_UNITS];
};

int folder_new(struct folder **out, struct muc_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    struct folder *folder = malloc(sizeof *folder);

    if (!folder)
        return error_memory(err);
    folder->nfc = unorm2_getNFCInstance(&status);
    folder->nfd = unorm2_getNFDInstance(&status);
    if (U_FAILURE(status)) {
        folder_free(folder);
        return error_set(err, MUC_EIO, 0, "ICU", "its data cannot be loaded: %s",
                         u_errorName(status));
    }
    *out = folder;
    return MUC_OK;
}

void folder_free(struct folder *folder)
{
    free(folder);
}

/** The character of which this is another shape, as NFKC has it: Ｂ 𝐁 B, ² 2, ﬁ fi, Ⅲ III, ㎡ m2,
 *  ℃ C. Its size, 0: it is none, or more than letters and digits. ICU reads the data of NFKC from
 *  its file when it is first asked, which most processes never do. */
static int32_t shape_of(uint32_t c, UChar shape[SHAPE_UNITS], UErrorCode *status)
{
    UChar source[2];
    int32_t size = 0, from = 0;

    if (!letter_is_shape(c))
        return 0;
    U16_APPEND_UNSAFE(source, size, c);
    size =
        unorm2_normalize(unorm2_getNFKCInstance(status), source, size, shape, SHAPE_UNITS, status);
    if (U_FAILURE(*status))
        return 0;
    if (shape[0] == DEGREE && size > 1)
        u_memmove(shape, shape + 1, --size);
    while (from < size) {
        UChar32 part;

        U16_NEXT(shape, from, size, part);
        if (!u_isalnum(part) && u_charType(part) != U_NON_SPACING_MARK)
            return 0;
    }
    return size;
}

/** The word's visible characters in UTF-16, apostrophes as one, Ð, ð, Ɖ and ɖ as đ, and shapes as
 *  what they are; their number. */
static int32_t visible(struct folder *folder, struct muc_string word, UErrorCode *status)
{
    int32_t n = 0, size;

    for (size_t at = 0; at < word.size && n < WORD_UNITS - SHAPE_UNITS;) {
        uint32_t c = character_next(word, &at);
        UChar shape[SHAPE_UNITS];

        if (character_is_invisible(c) || c == CHARACTER_BAD)
            continue;
        if (character_is_apostrophe(c))
            c = '\'';
        else if (character_is_foreign_d(c))
            c = D_STROKE;
        if ((size = shape_of(c, shape, status))) {
            u_memcpy(folder->source + n, shape, size);
            n += size;
        } else {
            U16_APPEND_UNSAFE(folder->source, n, c);
        }
    }
    return n;
}

/**
 * Put the one tone mark of a Vietnamese syllable into its place.
 *
 * @param[in,out] word NFD; rewritten in place (not in canonical order) where there is one tone mark
 * and the rest is a well-formed syllable.
 */
static void place_tone(struct folder *folder, UChar *word, int32_t n)
{
    UErrorCode status = U_ZERO_ERROR;
    uint32_t letters[SYLLABLE_MAX];
    struct syllable syllable;
    int32_t bare = 0, size, written = 0;
    UChar tone = 0;

    for (int32_t i = 0; i < n; i++) {
        if (!letter_is_tone(word[i]))
            folder->work[bare++] = word[i];
        else if (tone)
            return;
        else
            tone = word[i];
    }
    if (!tone)
        return;
    size = unorm2_normalize(folder->nfc, folder->work, bare, folder->folded, WORK_UNITS, &status);
    if (U_FAILURE(status) || size > SYLLABLE_MAX)
        return;
    for (int32_t i = 0; i < size; i++)
        letters[i] = folder->folded[i];
    if (!syllable_parse(letters, (uint32_t)size, &syllable))
        return;
    for (int32_t i = 0, letter = -1; i < bare; i++) {
        letter += u_getCombiningClass(folder->work[i]) == 0;
        word[written++] = folder->work[i];
        if (letter == syllable.bearer &&
            (i + 1 == bare || u_getCombiningClass(folder->work[i + 1]) == 0))
            word[written++] = tone;
    }
}

/** UTF-16 to UTF-8 of at most FORM_MAX bytes, cut at a character. */
static uint8_t to_form(const UChar *text, int32_t n, char form[FORM_MAX + 1])
{
    int32_t size = 0;

    for (int32_t i = 0; i < n;) {
        UChar32 c;

        U16_NEXT(text, i, n, c);
        if (U_IS_SURROGATE(c))
            continue;
        if (size + U8_LENGTH(c) > FORM_MAX)
            break;
        U8_APPEND_UNSAFE((uint8_t *)form, size, c);
    }
    form[size] = '\0';
    return (uint8_t)size;
}

/** `text` (NFD) without marks, đ as d. */
static int32_t strip(UChar *text, int32_t n)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < n;) {
        UChar32 c;

        U16_NEXT(text, i, n, c);
        if (u_charType(c) == U_NON_SPACING_MARK)
            continue;
        if (c == D_STROKE)
            c = 'd';
        U16_APPEND_UNSAFE(text, kept, c);
    }
    return kept;
}

/* ---- letter by letter */

/** Whether the one tone mark of a word stands in its place, or the word is no syllable. */
static bool tone_is_placed(const struct letter *const *word, uint32_t n)
{
    uint32_t letters[SYLLABLE_MAX], n_tones = 0, bearer = 0;
    struct syllable syllable;

    for (uint32_t i = 0; i < n; i++)
        if (word[i]->toneless != word[i]->exact) {
            n_tones++;
            bearer = i;
        }
    if (n_tones != 1 || n > SYLLABLE_MAX)
        return true;
    for (uint32_t i = 0; i < n; i++)
        letters[i] = word[i]->toneless;
    return !syllable_parse(letters, n, &syllable) || (uint32_t)syllable.bearer == bearer;
}

/** The forms of a word of plain letters with the tone in its place; false: it is no such word. */
static bool fold_letters(struct muc_string word, struct folded_word *out)
{
    const struct letter *letters[FORM_MAX];
    uint32_t n = 0, n_exact = 0, n_folded = 0;

    if (!word.size || word.size > FORM_MAX)
        return false;
    for (size_t at = 0; at < word.size; n++) {
        uint32_t c = character_next(word, &at);

        if (c >= LETTERS || !(letters[n] = &letter_table[c])->is_plain)
            return false;
        if (n_exact + U8_LENGTH(letters[n]->exact) > FORM_MAX ||
            n_folded + U8_LENGTH(letters[n]->folded) > FORM_MAX)
            return false;
        U8_APPEND_UNSAFE((uint8_t *)out->exact, n_exact, letters[n]->exact);
        U8_APPEND_UNSAFE((uint8_t *)out->folded, n_folded, letters[n]->folded);
    }
    out->exact[n_exact] = out->folded[n_folded] = '\0';
    out->exact_size = (uint8_t)n_exact;
    out->folded_size = (uint8_t)n_folded;
    return tone_is_placed(letters, n);
}

/* ---- numbers */

/** Whether the separators of a number group it in threes: 1.000.000 but not 3,5 or 22.12.2020. */
static bool is_grouped(const char *text, uint8_t n)
{
    uint32_t group = 0, groups = 0;
    char separator = 0;

    for (uint8_t i = 0; i < n; i++) {
        if (ascii_is_digit(text[i])) {
            group++;
            continue;
        }
        if ((text[i] != '.' && text[i] != ',') || (separator && text[i] != separator) ||
            (groups ? group != 3 : group == 0 || group > 3))
            return false;
        separator = text[i];
        groups++;
        group = 0;
    }
    return groups && group == 3 && text[0] != '0';
}

/** Whether it is a telephone number in groups: 0292.3820.888. */
static bool is_telephone(const char *text, uint8_t n)
{
    uint32_t digits = 0;

    if (text[0] != '0')
        return false;
    for (uint8_t i = 0; i < n; i++) {
        if (text[i] != '.' && (text[i] < '0' || text[i] > '9'))
            return false;
        digits += text[i] != '.';
    }
    return digits >= TELEPHONE_MIN && digits <= TELEPHONE_MAX;
}

/** One number, however its digits are grouped. */
static void join_groups(struct folded_word *word)
{
    uint8_t kept = 0;

    if (!is_grouped(word->exact, word->exact_size) && !is_telephone(word->exact, word->exact_size))
        return;
    for (uint8_t i = 0; i < word->exact_size; i++)
        if (word->exact[i] != '.' && word->exact[i] != ',')
            word->exact[kept++] = word->exact[i];
    word->exact[kept] = '\0';
    memcpy(word->folded, word->exact, kept + (size_t)1);
    word->exact_size = word->folded_size = kept;
}

/* ---- together */

/** As ICU has it, whatever the word is. */
static int fold_by_icu(struct folder *folder, struct muc_string word, struct folded_word *out,
                       struct muc_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = visible(folder, word, &status);

    n = u_strFoldCase(folder->folded, WORK_UNITS, folder->source, n, U_FOLD_CASE_DEFAULT, &status);
    n = unorm2_normalize(folder->nfd, folder->folded, n, folder->decomposed, WORK_UNITS, &status);
    if (U_FAILURE(status))
        return error_set(err, MUC_EIO, 0, "ICU", "a word cannot be folded: %s",
                         u_errorName(status));
    if (n <= 4 * SYLLABLE_MAX)
        place_tone(folder, folder->decomposed, n);
    n = unorm2_normalize(folder->nfc, folder->decomposed, n, folder->work, WORK_UNITS, &status);
    out->exact_size = to_form(folder->work, n, out->exact);

    n = unorm2_normalize(folder->nfd, folder->work, n, folder->decomposed, WORK_UNITS, &status);
    n = strip(folder->decomposed, n);
    n = unorm2_normalize(folder->nfc, folder->decomposed, n, folder->work, WORK_UNITS, &status);
    out->folded_size = to_form(folder->work, n, out->folded);
    if (U_FAILURE(status))
        return error_set(err, MUC_EIO, 0, "ICU", "a word cannot be normalised: %s",
                         u_errorName(status));
    if (!out->folded_size) /* nothing but marks: searched as it is */
        out->exact_size = 0;
    return MUC_OK;
}

int fold_word(struct folder *folder, struct muc_string word, bool number, struct folded_word *out,
              struct muc_error *err)
{
    int rc = fold_letters(word, out) ? MUC_OK : fold_by_icu(folder, word, out, err);

    if (!rc && number)
        join_groups(out);
    return rc;
}
