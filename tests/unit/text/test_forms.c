/* SPDX-License-Identifier: MIT */
/* Forms: tone marks by rule over all rimes, folding against ICU, and tables for what rules say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cmocka.h>

#include "../random.h"
#include "base/vector.h"
#include "text/analyzer.h"
#include "text/character.h"
#include "text/fold.h"
#include "text/letters.h"

static struct analyzer *analyzer;
static struct tokens tokens;

/** The form of the only plain token of a text; NULL if there are none or several. */
static const struct form *form_of(const char *text)
{
    tokens.n = 0;
    assert_int_equal(analyzer_run(analyzer, str_c(text), 0, &tokens, NULL), MUC_OK);
    return tokens.n ? analyzer_form(analyzer, tokens.at[0].form) : NULL;
}

static const char *exact_of(const char *text)
{
    const struct form *form = form_of(text);

    return form ? form->exact : "(none)";
}

static const char *folded_of(const char *text)
{
    const struct form *form = form_of(text);

    return form ? form_folded(form) : "(none)";
}

/* ---- tone marks */

/* Vowels that bear no tone, to be followed by a combining one. */
static const char *const tones[] = { "\u0301", "\u0300", "\u0309", "\u0303", "\u0323" };

/* Rimes of two vowels and more, as letters in NFC; the bearer's number counts vowels from 0. By the
 * spelling rules of the Ministry of Education (1980) as school grammars give them: a vowel with a
 * mark of its own bears the tone (the last, in ươ); before a final the second of two; else the
 * first. What is compared is only that all placements come to one form. */
static const char *const rimes[][5] = {
    /* initials that fit,   the vowels one by one,  final */
    { "h", "o", "a", "", "" },   { "t", "o", "a", "", "n" },   { "kh", "o", "e", "", "" },
    { "th", "u", "y", "", "" },  { "th", "u", "y", "", "nh" }, { "", "u", "y", "", "" },
    { "m", "a", "i", "", "" },   { "b", "a", "o", "", "" },    { "c", "â", "u", "", "" },
    { "m", "u", "a", "", "" },   { "b", "i", "a", "", "" },    { "l", "ư", "a", "", "" },
    { "t", "i", "ê", "", "ng" }, { "v", "i", "ê", "", "t" },   { "n", "ư", "ơ", "", "c" },
    { "m", "u", "ô", "", "n" },  { "ng", "u", "y", "ê", "n" }, { "kh", "u", "y", "u", "" },
    { "ng", "o", "a", "i", "" }, { "x", "o", "a", "y", "" },   { "t", "ư", "ơ", "i", "" },
    { "h", "ư", "ơ", "u", "" },  { "c", "u", "ô", "i", "" },   { "y", "ê", "u", "", "" },
    { "ch", "i", "ê", "u", "" }, { "h", "o", "ă", "", "c" },   { "l", "o", "e", "o", "" },
    { "qu", "a", "", "", "" },   { "qu", "y", "", "", "" },    { "gi", "a", "", "", "" },
    { "qu", "â", "y", "", "" },  { "gi", "ư", "ơ", "", "ng" }, { "t", "u", "â", "", "n" },
    { "x", "u", "â", "", "n" },  { "d", "u", "ê", "", "" },    { "th", "u", "ê", "", "" },
};

/** Write a syllable with its tone behind vowel `bearer`. */
static void spell(const char *const rime[5], int bearer, const char *tone, char out[64])
{
    size_t n = (size_t)snprintf(out, 64, "%s", rime[0]);

    for (int i = 1; i <= 3; i++)
        n += (size_t)snprintf(out + n, 64 - n, "%s%s", rime[i],
                              rime[i][0] && i - 1 == bearer ? tone : "");
    snprintf(out + n, 64 - n, "%s", rime[4]);
}

static void test_tones_have_one_place(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof rimes / sizeof *rimes; r++)
        for (size_t t = 0; t < sizeof tones / sizeof *tones; t++) {
            char first[64], other[64], form[128];

            spell(rimes[r], 0, tones[t], first);
            snprintf(form, sizeof form, "%s", exact_of(first));
            assert_string_not_equal(form, first); /* composed */
            for (int bearer = 1; bearer < 3 && rimes[r][1 + bearer][0]; bearer++) {
                spell(rimes[r], bearer, tones[t], other);
                if (strcmp(exact_of(other), form))
                    fail_msg("%s is %s, %s is %s", first, form, other, exact_of(other));
            }
        }
}

static void test_tones_stay_apart(void **state)
{
    static const char *const pairs[][2] = {
        { "túi", "tuý" },   { "hoá", "hoà" }, { "thúy", "thủy" }, { "mai", "mái" },
        { "quốc", "quộc" }, { "hoa", "hóa" }, { "của", "cửa" },   { "nghĩa", "nghía" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char form[128];

        snprintf(form, sizeof form, "%s", exact_of(pairs[i][0]));
        assert_string_not_equal(form, exact_of(pairs[i][1]));
    }
}

/* ---- tables */

static void test_exact(void **state)
{
    static const struct {
        const char *text, *exact, *folded;
    } cases[] = {
        { "Bệnh", "bệnh", "benh" },
        { "be\u0323\u0302nh", "bệnh", "benh" }, /* decomposed, marks in any order */
        { "be\u0302\u0323nh", "bệnh", "benh" },
        { "VIỆT", "việt", "viet" },
        { "Vịêt", "việt", "viet" },
        { "nứơc", "nước", "nuoc" },
        { "đựơc", "được", "duoc" },
        { "hửơng", "hưởng", "huong" },
        { "Đ", "đ", "d" },
        { "Ðại", "đại", "dai" }, /* U+00D0 */
        { "ðồng", "đồng", "dong" },
        { "soft\u00adhyphen", "softhyphen", "softhyphen" },
        { "zero\u200bwidth", "zerowidth", "zerowidth" },
        { "Straße", "strasse", "strasse" },
        { "José", "josé", "jose" }, /* no Vietnamese syllable: nothing moves */
        { "naïve", "naïve", "naive" },
        { "résumé", "résumé", "resume" },
        { "Müller", "müller", "muller" },
        { "Москва", "москва", "москва" },
        { "H'Hen", "h'hen", "h'hen" },
        { "H’Hen", "h'hen", "h'hen" },
        { "H\u02bcHen", "h'hen", "h'hen" },
        { "html5", "html5", "html5" },
        { "COVID19", "covid19", "covid19" },
        { "ﬁn", "fin", "fin" },
        { "𝐓𝐡𝐨\u0302𝐧𝐠", "thông", "thong" }, /* bold as on social networks */
        { "𝗕𝗔\u0301𝗢", "báo", "bao" },
        { "Ⅷ", "viii", "viii" },
        { "Ⓐ", "a", "a" },
        { "µm", "μm", "μm" }, /* U+00B5 is the Greek letter */
        { "ﬃ𝟐", "ffi2", "ffi2" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(exact_of(cases[i].text), cases[i].exact);
        assert_string_equal(folded_of(cases[i].text), cases[i].folded);
    }
}

/* ---- against ICU */

/** NFD without \p{Mn}, đ as d, NFC: what folding means. */
static void fold_by_icu(const char *text, char *out, int32_t room)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status), *nfc = unorm2_getNFCInstance(&status);
    UChar in[256], parts[1024], kept[1024], composed[1024];
    int32_t n, to = 0;

    u_strFromUTF8(in, 256, &n, text, -1, &status);
    n = unorm2_normalize(nfd, in, n, parts, 1024, &status);
    for (int32_t i = 0; i < n;) {
        UChar32 c;

        U16_NEXT(parts, i, n, c);
        if (u_charType(c) == U_NON_SPACING_MARK)
            continue;
        if (c == 0x111)
            c = 'd';
        U16_APPEND_UNSAFE(kept, to, c);
    }
    n = unorm2_normalize(nfc, kept, to, composed, 1024, &status);
    u_strToUTF8(out, room, NULL, composed, n, &status);
    assert_true(U_SUCCESS(status));
}

static void test_folding_is_icus(void **state)
{
    static const char *const parts[] = {
        "a", "ă",      "â",      "ế",      "ộ",      "ữ", "ỵ", "đ", "i", "o",
        "u", "b",      "ng",     "qu",     "é",      "ñ", "ç", "ø", "ж", "й",
        "ά", "\u0301", "\u0323", "\u031b", "\u0306", "ǘ", "ṩ", "ö", "å",
    };
    struct random random = random_start();

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char word[128] = "x", form[128], wanted[512];
        uint32_t n = 1 + random_below(&random, 8);

        for (uint32_t k = 0; k < n; k++)
            strcat(word, parts[random_below(&random, sizeof parts / sizeof *parts)]);
        snprintf(form, sizeof form, "%s", exact_of(word));
        fold_by_icu(form, wanted, sizeof wanted);
        assert_string_equal(folded_of(word), wanted);
        /* forms are fixed points */
        assert_string_equal(exact_of(form), form);
        assert_string_equal(folded_of(wanted), wanted);
    }
}

/** A letter or digit: of Vietnamese, two times in three. */
static uint32_t random_letter(struct random *random)
{
    static const char vietnamese[] =
        "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
        "ÁẢÂĐÊỈÔƠỦƯÝNGTQ0179";
    uint32_t c;

    if (random_below(random, 3) == 0) {
        while (!u_isalnum((UChar32)(c = random_below(random, 0x3000))))
            ;
        return c;
    }
    do {
        int32_t at = (int32_t)random_below(random, sizeof vietnamese - 1);

        U8_SET_CP_START((const uint8_t *)vietnamese, 0, at);
        U8_NEXT((const uint8_t *)vietnamese, at, (int32_t)sizeof vietnamese - 1, c);
    } while (!c);
    return c;
}

/** A zero-width space is not there for either form, but no word with one is folded by letters. */
static void test_letters_fold_as_words_do(void **state)
{
    struct random random = random_start();
    struct folder *folder;

    (void)state;
    assert_int_equal(folder_new(&folder, NULL), MUC_OK);
    for (int i = 0; i < 300000; i++) {
        char word[64], longer[64];
        uint32_t n = 1 + random_below(&random, 8), size = 0, split = 0;
        struct folded_word by_letters, by_word;

        for (uint32_t k = 0; k < n; k++) {
            U8_APPEND_UNSAFE((uint8_t *)word, size, random_letter(&random));
            split = k == 0 ? size : split;
        }
        memcpy(longer, word, split);
        memcpy(longer + split, "\u200b", 3);
        memcpy(longer + split + 3, word + split, size - split);
        assert_int_equal(fold_word(folder, str_of(word, size), false, &by_letters, NULL), MUC_OK);
        assert_int_equal(fold_word(folder, str_of(longer, size + 3), false, &by_word, NULL),
                         MUC_OK);
        if (strcmp(by_letters.exact, by_word.exact) || strcmp(by_letters.folded, by_word.folded) ||
            by_letters.exact_size != by_word.exact_size ||
            by_letters.folded_size != by_word.folded_size)
            fail_msg("%.*s: %s %s, not %s %s", (int)size, word, by_letters.exact, by_letters.folded,
                     by_word.exact, by_word.folded);
    }
    folder_free(folder);
}

static bool all_letters(const UChar *text, int32_t n)
{
    for (int32_t i = 0; i < n;) {
        UChar32 c;

        U16_NEXT(text, i, n, c);
        if (character_is_apostrophe((uint32_t)c) || character_is_foreign_d((uint32_t)c) || /* ŉ ᶞ */
            (!u_isalnum(c) && u_charType(c) != U_NON_SPACING_MARK))
            return false;
    }
    return true;
}

/** A letter or digit of another shape is folded as those that NFKC has for it are. */
static void test_shapes_fold_as_letters(void **state)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    struct folder *folder;
    unsigned n = 0;

    (void)state;
    assert_true(U_SUCCESS(status));
    assert_int_equal(folder_new(&folder, NULL), MUC_OK);
    for (uint32_t c = 0x80; c <= UCHAR_MAX_VALUE; c++) {
        struct folded_word shape, plain;
        char word[8], letters[128];
        UChar source[2], units[32];
        int32_t size = 0, n_source = 0, n_units, n_letters;

        if (!letter_is_shape(c) || !u_isalnum((UChar32)c))
            continue;
        U8_APPEND_UNSAFE((uint8_t *)word, size, c);
        U16_APPEND_UNSAFE(source, n_source, c);
        n_units = unorm2_normalize(nfkc, source, n_source, units, 32, &status);
        u_strToUTF8(letters, sizeof letters, &n_letters, units, n_units, &status);
        assert_true(U_SUCCESS(status));
        assert_int_equal(fold_word(folder, str_of(word, (size_t)size), false, &shape, NULL),
                         MUC_OK);
        assert_int_equal(fold_word(folder, str_of(letters, (size_t)n_letters), false, &plain, NULL),
                         MUC_OK);
        if (strcmp(shape.exact, plain.exact) != 0 && all_letters(units, n_units))
            fail_msg("%x %s: %s, not %s", c, word, shape.exact, plain.exact);
        n++;
    }
    assert_true(n > 2 * 26 + 10); /* wide ones alone are so many */
    folder_free(folder);
}

/** Thousands of forms of all sizes: each is what it was, and where it was, when others follow. */
static void test_forms_stay(void **state)
{
    enum { FORMS = 20000, DIGITS = 110 };
    static const struct form *met[FORMS];
    char word[FORM_MAX];

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < FORMS; i++) {
            snprintf(word, sizeof word, "%s%0*d", i % 3 ? "x" : "é", 1 + i % DIGITS, i);
            met[i] = form_of(word);
            assert_non_null(met[i]);
        }
        for (int i = 0; i < FORMS; i++) {
            snprintf(word, sizeof word, "%s%0*d", i % 3 ? "x" : "é", 1 + i % DIGITS, i);
            assert_ptr_equal(form_of(word), met[i]);
            assert_string_equal(met[i]->exact, word);
            assert_int_equal(met[i]->exact_size, strlen(word));
            assert_string_equal(form_folded(met[i]) + 1, word + (i % 3 ? 1 : strlen("é")));
            assert_int_equal(form_folded(met[i])[0], i % 3 ? 'x' : 'e');
        }
        analyzer_reset(analyzer);
    }
}

static int open_analyzer(void **state)
{
    (void)state;
    return analyzer_new(&analyzer, NULL);
}

static int close_analyzer(void **state)
{
    (void)state;
    analyzer_free(analyzer);
    vector_free(&tokens);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tones_have_one_place),
        cmocka_unit_test(test_tones_stay_apart),
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_folding_is_icus),
        cmocka_unit_test(test_letters_fold_as_words_do),
        cmocka_unit_test(test_shapes_fold_as_letters),
        cmocka_unit_test(test_forms_stay),
    };

    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
