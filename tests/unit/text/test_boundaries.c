/* SPDX-License-Identifier: MIT */
/* Word boundaries and folded forms against ICU: the break iterator of UAX #29, and normalisation.
 *
 * Random texts out of pieces of many scripts. Where the analyser means to differ from UAX #29 the
 * pieces keep away: . : · _ and ; between letters separate here, U+200B is invisible, katakana
 * joins letters, a number and its unit are two words, m² is one, U+02BC is an apostrophe, a joiner
 * before a pictograph leaves the word a word, and scripts without spaces have a test of their own
 * in test_analyzer.c. The % behind a number, a word here, is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cmocka.h>

#include "../random.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "text/analyzer.h"
#include "text/character.h"

enum { TEXTS = 20000, PIECES = 24 };

static const char *const letters[] = {
    "môi",     "trường",
    "Nguyễn",  "đa",
    "Ð",       "ưở",
    "a",       "Z",
    "é",       "ß",
    "İ",       "ﬁ",
    "Ж",       "щи",
    "Ωμ",      "ع",
    "سلام",    "हिन्दी",
    "ɓ",       "𝒜",
    "e\u0301", "o\u031b\u0301",
    "ư\u0323", "\u0301",
    "\u0303",  "\u00ad",
    "\u2060",  "\ufe0f",
    "ª",       "²",
};
static const char *const numbers[] = { "0", "7", "2020", "1.000", "3,14", "٣", "५", "1.2.3" };
static const char *const joints[] = { "'", "’", "''", "'’" };
static const char *const gaps[] = { " ",  "\u00a0", ", ",   ". ", " – ", "-",        "\u2011",
                                    "\n", "\r\n",   "(",    ") ", "“",   "” ",       "! ",
                                    "?",  "/",      "…",    "\t", "🎉",   "👩\u200d🌾", "$",
                                    "%",  "\u2028", "\x01", "&",  "=" };

#define PICK(list) list[random_below(random, sizeof list / sizeof *list)]

static void make_text(struct random *random, struct buffer *out)
{
    uint32_t n = 1 + random_below(random, PIECES);

    buffer_clear(out);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t kind = random_below(random, 10);

        buffer_string(out, kind < 4   ? PICK(letters)
                           : kind < 6 ? PICK(numbers)
                           : kind < 7 ? PICK(joints)
                                      : PICK(gaps));
    }
}

/** The next segment of ICU's that is a word; false at the end. */
static bool next_word(UBreakIterator *words, int32_t *from, int32_t *to)
{
    for (;;) {
        *from = ubrk_current(words);
        *to = ubrk_next(words);
        if (*to == UBRK_DONE)
            return false;
        if (ubrk_getRuleStatus(words) != UBRK_WORD_NONE)
            return true;
    }
}

static void test_boundaries(void **state)
{
    struct random random = random_start();
    struct buffer text = { 0 };
    struct tokens tokens = { 0 };
    struct analyzer *analyzer;
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    UText utext = UTEXT_INITIALIZER;

    (void)state;
    assert_true(U_SUCCESS(status));
    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    for (int i = 0; i < TEXTS; i++) {
        int32_t from, to;

        make_text(&random, &text);
        utext_openUTF8(&utext, (const char *)text.at, (int64_t)text.size, &status);
        ubrk_setUText(words, &utext, &status);
        assert_true(U_SUCCESS(status));
        tokens.n = 0;
        assert_int_equal(
            analyzer_run(analyzer, str_of((const char *)text.at, text.size), 0, &tokens, NULL),
            MUC_OK);
        ubrk_first(words);
        for (size_t t = 0; t < tokens.n; t++) {
            const struct token *token = &tokens.at[t];

            if (analyzer_form(analyzer, token->form)->kind == TOKEN_WHOLE ||
                text.at[token->start] == '%')
                continue;
            if (!next_word(words, &from, &to) || (uint32_t)from != token->start ||
                (uint32_t)to != token->end)
                fail_msg("text %d: [%.*s]: token [%u, %u), ICU has [%d, %d)", i, (int)text.size,
                         (const char *)text.at, token->start, token->end, from, to);
        }
        if (next_word(words, &from, &to))
            fail_msg("text %d: [%.*s]: no token at [%d, %d)", i, (int)text.size,
                     (const char *)text.at, from, to);
    }
    utext_close(&utext);
    ubrk_close(words);
    analyzer_free(analyzer);
    vector_free(&tokens);
    buffer_free(&text);
}

/** What is a small digit here is one digit in NFKC, the same. */
static void test_small_digits(void **state)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    uint32_t n = 0;

    (void)state;
    assert_true(U_SUCCESS(status));
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        int digit = character_small_digit(c);
        UChar source[2], plain[8];
        int32_t size = 0;

        if (digit < 0)
            continue;
        n++;
        U16_APPEND_UNSAFE(source, size, c);
        assert_int_equal(unorm2_normalize(nfkc, source, size, plain, 8, &status), 1);
        assert_int_equal(plain[0], '0' + digit);
        assert_int_equal(character_class(c), CLASS_SMALL_DIGIT);
    }
    assert_true(n >= 20); /* ten above the line, ten below it */
}

/** What was asked while this was built is what ICU says now. */
static void test_classes(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < CHARACTER_TABLE; c++)
        if (character_classes[c] != character_class(c))
            fail_msg("U+%04X is of class %d, in the table of %d", (unsigned)c,
                     (int)character_class(c), (int)character_classes[c]);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_boundaries),
                                        cmocka_unit_test(test_small_digits),
                                        cmocka_unit_test(test_classes) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
