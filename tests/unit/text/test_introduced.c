/* SPDX-License-Identifier: MIT */
/* Abbreviations that a text introduces: what is one, and what only stands in brackets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "text/introduced.h"

static const struct {
    const char *text;
    const char *found; /* "short=long;" each */
} texts[] = {
    { "Sở Tài nguyên và Môi trường (TNMT) họp", "tnmt=tài nguyên và môi trường;" },
    { "Tài nguyên và Môi trường (TN&MT) họp", "tnmt=tài nguyên và môi trường;" },
    { "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Cần Thơ (UBMTTQVN)",
      "ubmttqvn=ủy ban mặt trận tổ quốc việt nam;" },
    { "Hội đồng nhân dân (HĐND), Ủy ban nhân dân (UBND)",
      "hđnd=hội đồng nhân dân;ubnd=ủy ban nhân dân;" },
    { "Ủy ban nhân dân (sau đây gọi tắt là UBND) xã", "ubnd=ủy ban nhân dân;" },
    { "Ủy ban nhân dân (viết tắt là: UBND)", "ubnd=ủy ban nhân dân;" },
    { "UBND (Ủy ban nhân dân) tỉnh", "ubnd=ủy ban nhân dân;" },
    { "Đại học Quốc gia Thành phố Hồ Chí Minh (ĐHQG-HCM)",
      "đhqghcm=đại học quốc gia thành phố hồ chí minh;" },
    { "đánh giá tác động môi trường (ĐTM)", "đtm=đánh giá tác động môi trường;" },
    { "liên đoàn Cầu Chinh ( LĐCC )", "lđcc=liên đoàn cầu chinh;" },
    { "Quỹ Đầu tư phát triển (QDTPT)", "qdtpt=quỹ đầu tư phát triển;" },
    { "ủy ban nhân dân (ubnd)", "" }, /* no capitals */
    { "Ủy ban nhân dân (Cần Thơ)", "" },
    { "Ủy ban nhân dân (2020)", "" },
    { "Ủy ban nhân dân. Sáng nay (UBND)", "" }, /* another sentence */
    { "năm triệu đô la (USD)", "" },
    { "Dương Đình (ĐĐ)", "" }, /* Đ is no D */
    { "Hội (H)", "" },
    { "Ủy ban một hai ba bốn năm nhân dân (UBND)", "" }, /* too much without a letter */
    { "(UBND)", "" },
    { "()", "" },
    { "Ủy ban nhân dân (UBND", "" },
    { "((UBND)) (", "" },
};

static void test_texts(void **state)
{
    struct analyzer *analyzer;
    struct tokens tokens = { 0 };
    struct introductions found = { 0 };
    (void)state;

    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer out = { 0 };

        tokens.n = found.n = 0;
        assert_int_equal(analyzer_run(analyzer, str_c(texts[i].text), 0, &tokens, NULL), MUC_OK);
        assert_int_equal(
            introduced_find(analyzer, str_c(texts[i].text), tokens.at, tokens.n, &found, NULL),
            MUC_OK);
        for (size_t k = 0; k < found.n; k++)
            buffer_format(&out, "%s=%s;", analyzer_form(analyzer, found.at[k].by_meaning)->exact,
                          analyzer_form(analyzer, found.at[k].by_brief)->exact);
        buffer_byte(&out, 0);
        if (strcmp((const char *)out.at, texts[i].found))
            fail_msg("[%s]: \"%s\", not \"%s\"", texts[i].text, (const char *)out.at,
                     texts[i].found);
        buffer_free(&out);
    }
    vector_free(&tokens);
    vector_free(&found);
    analyzer_free(analyzer);
}

/** Brackets without end: each asks for the one that closes it. */
static void test_brackets(void **state)
{
    enum { SIZE = 8 << 20 };
    struct introductions found = { 0 };
    struct tokens tokens = { 0 };
    struct analyzer *analyzer = NULL;
    char *text = malloc(SIZE);

    (void)state;
    assert_non_null(text);
    memset(text, '(', SIZE);
    text[SIZE - 1] = ')';
    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    assert_int_equal(analyzer_run(analyzer, str_of(text, SIZE), 0, &tokens, NULL), MUC_OK);
    assert_int_equal(
        introduced_find(analyzer, str_of(text, SIZE), tokens.at, tokens.n, &found, NULL), MUC_OK);
    assert_int_equal(found.n, 0);
    vector_free(&tokens);
    vector_free(&found);
    analyzer_free(analyzer);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_texts),
                                        cmocka_unit_test(test_brackets) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
