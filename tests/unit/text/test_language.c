/* SPDX-License-Identifier: MIT */
/* The language of paragraphs, and stems: tables of texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/stem.h"
#include "text/syllable.h"

static struct analyzer *analyzer;
static struct stems *stems;
static struct tokens tokens;
static struct language_spans spans;

static void analyze(const char *text)
{
    tokens.n = 0;
    assert_int_equal(analyzer_run(analyzer, str_c(text), 0, &tokens, NULL), MUC_OK);
    assert_true(language_find(analyzer, str_c(text), tokens.at, tokens.n, &spans));
}

static const struct {
    const char *text, *spans; /* language and first letters of each paragraph that is not vi */
    enum language language;
} texts[] = {
    { "", "", LANGUAGE_UNKNOWN },
    { "\n\n", "", LANGUAGE_UNKNOWN },
    { "2020 - 2025", "", LANGUAGE_UNKNOWN },
    { "Sáng ngày 22-12, UBND thành phố tổ chức hội nghị", "", LANGUAGE_VIETNAMESE },
    { "sang ngay 22-12, UBND thanh pho to chuc hoi nghi", "", LANGUAGE_VIETNAMESE },
    { "The city held a meeting with the residents of the district", "en:The ", LANGUAGE_ENGLISH },
    { "La ville a organisé une réunion avec les habitants du district", "fr:La v",
      LANGUAGE_FRENCH },
    { "Die Stadt hat eine Sitzung mit den Bewohnern des Bezirks abgehalten", "de:Die ",
      LANGUAGE_GERMAN },
    { "El municipio organizó una reunión con los vecinos del distrito", "es:El m",
      LANGUAGE_SPANISH },
    { "La città ha organizzato una riunione con gli abitanti della zona", "it:La c",
      LANGUAGE_ITALIAN },
    { "A cidade não realizou uma reunião com os moradores do distrito", "pt:A ci",
      LANGUAGE_PORTUGUESE },
    { "De stad heeft een vergadering met bewoners van het district gehouden", "nl:De s",
      LANGUAGE_DUTCH },
    /* by itself, then like what stands before it */
    { "Contact: Smith, Press office", "", LANGUAGE_UNKNOWN },
    { "The announcement of the release was made in the morning\nContact: Smith, Press office",
      "en:The ", LANGUAGE_ENGLISH },
    { "PRESS RELEASE\nThe announcement of the release was made in the morning", "en:PRES",
      LANGUAGE_ENGLISH },
    { "Contact: Smith\nSáng ngày 22-12 thành phố họp\nThe city held a meeting with the residents",
      "en:The ", LANGUAGE_ENGLISH },
    /* Vietnamese between English, marked or not, long or short */
    { "The city held a meeting with the residents\nThành phố họp dân\nThe report of the city was "
      "read",
      "en:The  en:The ", LANGUAGE_ENGLISH },
    { "The city held a meeting with the residents\nUy ban nhan dan", "en:The ", LANGUAGE_ENGLISH },
    /* names of either in the other */
    { "Dự án “Support to the Development of the Mekong Delta” do UNDP tài trợ cho tỉnh", "",
      LANGUAGE_VIETNAMESE },
    { "Chairman Nguyễn Văn An of the People's Committee said that it was the largest of the "
      "projects in the province",
      "en:Chai", LANGUAGE_ENGLISH },
    { "Theo Y Djin, trưa 31/7, Y Th.", "", LANGUAGE_UNKNOWN },
    /* nothing that is known */
    { "Встреча жителей района с руководством города", "", LANGUAGE_UNKNOWN },
    { "Lorem ipsum dolor sit amet consectetur adipiscing elit", "", LANGUAGE_UNKNOWN },
};

static void test_paragraphs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char found[256] = "";

        analyze(texts[i].text);
        for (size_t k = 0; k < spans.n; k++)
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s:%.4s", k ? " " : "",
                     language_code(spans.at[k].language),
                     texts[i].text + tokens.at[spans.at[k].from].start);
        if (strcmp(found, texts[i].spans))
            fail_msg("[%s]: found \"%s\", expected \"%s\"", texts[i].text, found, texts[i].spans);
        if (language_of_most(&spans.lines) != texts[i].language)
            fail_msg("[%s] is in \"%s\"", texts[i].text,
                     language_code(language_of_most(&spans.lines)));
    }
}

static const struct {
    const char *text, *language;
    enum language of_text;
} titles[] = {
    { "City announces new measures", "en", LANGUAGE_ENGLISH },
    { "City announces new measures", "", LANGUAGE_UNKNOWN },
    { "Can Tho", "", LANGUAGE_ENGLISH },
    { "Thành phố họp dân", "vi", LANGUAGE_ENGLISH },
    { "The city and the residents", "en", LANGUAGE_VIETNAMESE },
    { "City announces new measures", "vi", LANGUAGE_VIETNAMESE },
};

static void test_titles(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        analyze(titles[i].text);
        assert_string_equal(language_code(language_of_title(analyzer, tokens.at, tokens.n,
                                                            titles[i].of_text, &spans.lines)),
                            titles[i].language);
    }
}

static const struct {
    const char *word, *stem; /* "": none */
    enum language language;
} words[] = {
    { "announcements", "enannounc", LANGUAGE_ENGLISH },
    { "announcement", "enannounc", LANGUAGE_ENGLISH },
    { "running", "enrun", LANGUAGE_ENGLISH },
    { "company's", "encompani", LANGUAGE_ENGLISH },
    { "développements", "frdévelopp", LANGUAGE_FRENCH },
    { "l'administration", "fradministr", LANGUAGE_FRENCH },
    { "qu'administration", "fradministr", LANGUAGE_FRENCH },
    { "Verordnungen", "deverordn", LANGUAGE_GERMAN },
    { "Übungen", "deubung", LANGUAGE_GERMAN },
    { "d'l'eaux", "frl'eau", LANGUAGE_FRENCH },
    { "an", "", LANGUAGE_ENGLISH },
    { "l'an", "", LANGUAGE_FRENCH },
    { "html5", "", LANGUAGE_ENGLISH },
    { "announcements", "", LANGUAGE_VIETNAMESE },
    { "announcements", "", LANGUAGE_UNKNOWN },
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "", LANGUAGE_ENGLISH },
};

static void test_stems(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct form *form;
        struct muc_string exact;
        char stem[FORM_MAX];
        int size;

        analyze(words[i].word);
        assert_int_equal(tokens.n, 1);
        form = analyzer_form(analyzer, tokens.at[0].form);
        exact = str_of(form->exact, form->exact_size);
        size = stem_word(stems, words[i].language, exact, stem);
        if (!str_equal(str_of(stem, size > 0 ? (size_t)size : 0), str_c(words[i].stem)))
            fail_msg("%s: \"%.*s\", not \"%s\"", words[i].word, size, stem, words[i].stem);
        if (size)
            assert_int_equal(stem_is_of(stems, str_c(words[i].stem), exact), 1);
        assert_int_equal(stem_is_of(stems, STR("enother"), exact), 0);
    }
}

/** Function words have no stem. */
static void test_stems_of_paragraph(void **state)
{
    struct buffer out = { 0 };

    (void)state;
    analyze("The announcements of the People's Committee in 2020");
    assert_true(stem_tokens(stems, analyzer, tokens.at, tokens.n, LANGUAGE_ENGLISH, 0, &out));
    buffer_byte(&out, 0);
    assert_string_equal((const char *)out.at, "enannounc enpeopl encommitte ");
    buffer_free(&out);
}

/** Both ways to see that a word is built like a syllable agree: with marks it is so if without. */
static void test_syllables(void **state)
{
    static const struct {
        const char *word;
        bool fits, needs_marks;
    } cases[] = {
        { "truong", true, true },     { "nuoc", true, true },   { "nghieng", true, true },
        { "quyet", true, true },      { "gi", true, false },    { "gin", true, false },
        { "duong", true, true },      { "can", true, false },   { "the", true, false },
        { "of", false, false },       { "is", false, false },   { "announce", false, false },
        { "strong", false, false },   { "", false, false },     { "ng", false, false },
        { "uon", true, true },        { "plan", false, false }, { "nghiengg", false, false },
        { "hot", true, true },        { "sach", true, true },   { "nhanh", true, false },
        { "dak", true, true },        { "tap", true, true },    { "loa", true, false },
        { "khuya", true, false },     { "hoc", true, true },    { "lang", true, false },
        { "facebook", false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (syllable_fits(cases[i].word, strlen(cases[i].word)) != cases[i].fits)
            fail_msg("%s", cases[i].word);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (syllable_needs_marks(cases[i].word, strlen(cases[i].word)) != cases[i].needs_marks)
            fail_msg("%s: needs marks or not", cases[i].word);
}

static int open_all(void **state)
{
    (void)state;
    return stems_new(&stems, NULL) || analyzer_new(&analyzer, NULL);
}

static int close_all(void **state)
{
    (void)state;
    stems_free(stems);
    analyzer_free(analyzer);
    vector_free(&tokens);
    vector_free(&spans);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs), cmocka_unit_test(test_titles),
        cmocka_unit_test(test_stems),      cmocka_unit_test(test_stems_of_paragraph),
        cmocka_unit_test(test_syllables),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
