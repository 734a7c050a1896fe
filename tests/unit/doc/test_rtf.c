/* SPDX-License-Identifier: MIT */
/* RTF to text: characters, fonts, what is none of the text, and what is no RTF. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "doc/rtf_text.h"

#define FONTS                                                                                      \
    "{\\fonttbl{\\f0\\froman\\fcharset0\\fprq2{\\*\\panose 020206}Times New Roman;}"               \
    "{\\f1\\fcharset163 Arial;}{\\f2\\fcharset0 .VnTime;}{\\f3\\fcharset0 .VnTimeH;}"              \
    "{\\f4\\fcharset0 VNI-Times;}{\\f5\\fcharset204 Arial Cyr{\\*\\falt Arial};}}"

static const struct {
    const char *why, *rtf, *text;
} cases[] = {
    { "nothing", "", "" },
    { "paragraphs", "{\\rtf1 M\\'f4i\\par\r\n tr\\par }", "Môi\n\n tr" },
    { "a line break in the file is none", "{\\rtf1 mo\r\ni\\line hai}", "moi\nhai" },
    { "a page ends a paragraph", "{\\rtf1 a\\page\\par b}", "a\n\nb" },
    { "Unicode, with the bytes for those who know none", "{\\rtf1 tr\\u432\\'f6\\u7901?ng}",
      "trường" },
    { "no such bytes", "{\\rtf1\\uc0 tr\\u432\\u7901 ng}", "trường" },
    { "such bytes end with their group", "{\\rtf1\\uc3{\\u432 a}bc}", "ưbc" },
    { "above 32767 a number is negative", "{\\rtf1\\u-4051?}", "\xef\x80\xad" },
    { "two halves", "{\\rtf1\\u-10179?\\u-8704?}", "\xf0\x9f\x98\x80" },
    { "half a character", "{\\rtf1 a\\u-8704?b}",
      "a\xef\xbf\xbd"
      "b" },
    { "signs", "{\\rtf1\\ldblquote a\\rdblquote\\~\\endash\\_\\{\\}\\\\}", "“a”\u00a0–-{}\\" },
    { "the charset of the document", "{\\rtf1\\ansicpg1258 H\\'f4\\'f2i}", "Hội" },
    { "the charset of a font",
      "{\\rtf1\\ansicpg1252" FONTS "{\\f1 H\\'f4\\'f2i} \\'f4 {\\f5\\'c0}}", "Hội ô А" },
    { "an unknown charset", "{\\rtf1\\ansicpg99999 \\'f4}", "ô" },
    { "TCVN3 by its font", "{\\rtf1" FONTS "\\f2 C\\'e9ng ho\\'b5 x\\'b7 h\\'e9i}",
      "Cộng hoà xã hội" },
    { "its capitals", "{\\rtf1" FONTS "{\\f3 céng ho\\'b5}}", NULL },
    { "capitals of a font", "{\\rtf1" FONTS "{\\f3 c\\'e9ng ho\\'b5} {\\f0 \\'e9}}", "CỘNG HOÀ é" },
    { "TCVN3 written as characters", "{\\rtf1" FONTS "\\f2 x\\u183? h\\u233?i}", "xã hội" },
    { "VNI by its font, over changes of style", "{\\rtf1" FONTS "\\f4 Ho\\'e4{\\b i} nghò}", NULL },
    { "VNI", "{\\rtf1" FONTS "\\f4 Ho\\'e4i ngh\\'f2}", "Hội nghị" },
    { "the font of the document", "{\\rtf1\\deff2" FONTS "h\\'e9i{\\plain  h\\'e9i}", "hội hội" },
    { "heads and feet of pages", "{\\rtf1{\\header Trang \\chpgn}{\\footerl x}a}", "a" },
    { "what is not known", "{\\rtf1{\\*\\unknown x{y}}{\\known a}}", "a" },
    { "pictures", "{\\rtf1{\\pict\\wmetafile8 0102}{\\*\\shppict{\\pict 00}}a}", "a" },
    { "binary data", "{\\rtf1{\\pict\\bin5 }}{{}}a}", "a" },
    { "fields", "{\\rtf1{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt trang}}}", "trang" },
    { "hidden and deleted", "{\\rtf1 a{\\v b}\\deleted c\\deleted0 d\\v e\\plain f}", "adf" },
    { "tables", "{\\rtf1\\trowd a\\cell b\\cell\\row c\\cell d\\cell\\row\\pard e}",
      "a\tb\nc\td\ne" },
    { "notes", "{\\rtf1 a{\\super 1}{\\footnote\\pard\\plain  n1}b\\par c{\\footnote n2}}",
      "a1b\n\nc\n\n n1\nn2" },
    { "the head", "{\\rtf1{\\info{\\title T}{\\author A}{\\creatim\\yr2008\\mo3\\dy9}}a}",
      "a|T|A|2008-03-09" },
    { "an impossible day", "{\\rtf1{\\info{\\creatim\\yr2008\\mo33\\dy9}}a}", "a" },
    { "it breaks off", "{\\rtf1 a\\'f", "a?" },
    { "it breaks off in a word", "{\\rtf1 a\\par", "a" },
    { "it breaks off at the sign", "{\\rtf1 a\\", "a" },
    { "too many ends", "{\\rtf1 a}}}b", "ab" },
    { "numbers without end", "{\\rtf1\\uc99999999999\\f-99999999999 a\\u99999999999 b}", NULL },
};

static void check(size_t i)
{
    struct properties properties = { 0 };
    struct buffer text = { 0 };
    struct arena arena = { 0 };
    struct muc_error err = { 0 };
    const struct muc_string *facts[] = { &properties.title, &properties.author,
                                         &properties.created };
    int rc = rtf_text(str_c(cases[i].rtf), "a.rtf", &arena, &text, &properties, &err);

    for (size_t k = 0; k < 3 && !rc && properties.title.size; k++) {
        buffer_byte(&text, '|');
        buffer_append(&text, facts[k]->bytes, facts[k]->size);
    }
    buffer_byte(&text, 0);
    if (rc || (cases[i].text && strcmp((const char *)text.at, cases[i].text)))
        fail_msg("%s: %d %s\n%s", cases[i].why, rc, err.message, (const char *)text.at);
    buffer_free(&text);
    arena_free(&arena);
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(i);
}

static void test_depth(void **state)
{
    struct properties properties;
    struct buffer rtf = { 0 }, text = { 0 };
    struct arena arena = { 0 };
    struct muc_error err = { 0 };

    (void)state;
    for (int i = 0; i < 100000; i++)
        buffer_byte(&rtf, '{');
    assert_int_equal(
        rtf_text(str_of((char *)rtf.at, rtf.size), "a.rtf", &arena, &text, &properties, &err),
        MUC_EINPUT);
    assert_non_null(strstr(err.message, "nested"));
    buffer_free(&rtf);
    buffer_free(&text);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases),
                                        cmocka_unit_test(test_depth) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
