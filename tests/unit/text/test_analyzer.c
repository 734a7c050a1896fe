/* SPDX-License-Identifier: MIT */
/* Tokens of whole texts: which there are, what sentences they are in, and which stand as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "text/analyzer.h"

static struct analyzer *analyzer;

/** "form form | form [whole]": plain tokens, | where a sentence ends, whole ones in brackets behind
 *  the last token they cover. */
static void describe(const char *text, struct buffer *out)
{
    struct tokens tokens = { 0 };
    uint32_t next = 0;

    assert_int_equal(analyzer_run(analyzer, str_c(text), 0, &tokens, NULL), MUC_OK);
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *token = &tokens.at[i];
        const struct form *form = analyzer_form(analyzer, token->form);
        bool whole = form->kind == TOKEN_WHOLE;

        assert_true(token->start < token->end && token->end <= strlen(text));
        if (i)
            buffer_string(out, !whole && token->position > next ? " | " : " ");
        buffer_format(out, whole ? "[%s]" : "%s", form->exact);
        if (!whole)
            next = token->position + 1;
    }
    buffer_byte(out, 0);
    vector_free(&tokens);
}

static const struct {
    const char *why, *text, *tokens;
} cases[] = {
    { "words", "Bảo vệ môi trường", "bảo vệ môi trường" },
    { "nothing", "", "" },
    { "no words", " – … !?", "" },
    { "all dashes separate", "xanh-sạch‑đẹp – mới—cũ", "xanh sạch đẹp mới cũ" },
    { "no-break spaces are spaces", "Việt\u00a0Nam\u202fmới", "việt nam mới" },
    { "a zero-width space is nothing", "Lạnh\u200b Nhanh", "lạnh nhanh" },
    { "letters and digits stay together", "html5 mp3 covid19", "html5 mp3 covid19" },
    { "a hyphen before digits", "COVID-19", "covid 19" },
    { "digits below the line", "CO₂ CH₄ C₆H₁₂O₆ vitamin B₁₂", "co2 ch4 c6h12o6 vitamin b12" },
    { "powers of lengths", "m² KM² 5 cm³", "m2 km2 5 cm3" },
    { "numbers and their units", "100m² 5,5km 50kg 500kV 100.000đ 30km/h",
      "100 m2 5,5 km 50 kg 500 kv 100000 đ 30 km h" },
    { "parts of a hundred", "50% 5,5 % 4‰, 3\u00a0% 7％", "50 % 5,5 % 4 ‰ 3 % 7 %" },
    { "parts of a hundred in ranges", "25–30%/năm (5%). Ông", "25 30 % năm 5 % | ông" },
    { "no parts of a hundred", "% 5\n% (%) a% 5-% html5% 5%20 5%E1 5(%)",
      "5 a 5 html5 5 20 5 e1 5" },
    { "a thousand and a sign of three bytes", "1 000 ‰", "1 000 [1000] ‰" },
    { "degrees", "37oC 37ºC 37°C 5ocean", "37 oc 37 oc 37 c 5ocean" },
    { "wide letters and digits", "Ｂảo ２０２０ ｍp３", "bảo 2020 mp3" },
    { "letters and digits of another shape", "𝐒𝐨\u0302\u0301 𝟐𝟎𝟐𝟏 chương Ⅲ", "số 2021 chương iii" },
    { "a unit that is one character", "100㎡ 50㎏ 37℃ 98℉", "100 m2 50 kg 37 c 98 f" },
    { "no unit", "☎ ① ½ ™ №", "" },
    { "a soft hyphen in a power", "m\u00ad²", "m" },
    { "networks, hours and heights are one word", "5G 8h 8h30 1m60 4K", "5g 8h 8h30 1m60 4k" },
    { "marks of notes", "rừng² NĐ-CP¹ Trẻ³ 2020² 10⁶", "rừng nđ cp trẻ 2020 10" },
    { "a digit below the line alone", "₂ 10₂", "10" },
    { "telephones", "0912 345 678, 0292.3820.888, (0292) 3820-888",
      "0912 345 678 [0912345678] 02923820888 0292 3820 888 [02923820888]" },
    { "no telephones", "05.12.2020 0912 345, 0 912 345 678, 0912 345 678 901",
      "05.12.2020 0912 345 0 912 345 678 [912345678] 0912 345 678 [0912345678] 901" },

    { "telephones from abroad", "+84 (0)912 345 678, (+84-24) 3825 1234, 0084 912345678",
      "84 0 912 345 678 [0912345678] 84 24 3825 1234 [02438251234] 0084 912345678 [0912345678]" },
    { "no telephones from abroad", "84 912 345 678, (84 xã), +84 0 12, +84, 0912345678",
      "84 912 345 678 [84912345678] 84 xã 84 0 12 84 0912345678" },

    { "sentences", "Hôm qua trời mưa. Hôm nay nắng.", "hôm qua trời mưa | hôm nay nắng" },
    { "quotes behind the full stop", "Ông nói: “Tốt.” Bà cười.", "ông nói tốt | bà cười" },
    { "lower case goes on", "khoảng 3.5 vv. và nữa", "khoảng 3.5 vv và nữa" },
    { "a blank line", "Tiêu đề\n\nbài viết", "tiêu đề | bài viết" },
    { "a wrapped line goes on", "bảo vệ\nmôi trường", "bảo vệ môi trường" },
    { "a page's end goes on", "bảo vệ\fmôi trường", "bảo vệ môi trường" },
    { "a new paragraph on a new page", "bảo vệ\n\n\fmôi trường", "bảo vệ | môi trường" },
    { "a new sentence on a new page", "bảo vệ\fMôi trường", "bảo vệ | môi trường" },
    { "a line that ends in a dash or slash goes on", "QĐ-\nUBND Nghị/\r\nĐịnh",
      "qđ ubnd nghị định" },
    { "a dash by itself does not", "Hà Nội -\nHải Phòng", "hà nội | hải phòng" },
    { "nor one of a new paragraph", "QĐ-\n\nUBND", "qđ | ubnd" },
    { "initials", "Ông T. Nguyễn đến", "ông t nguyễn đến" },

    { "a place's short name", "TP.HCM thông báo", "tp hcm [tphcm] thông báo" },
    { "with a blank", "TP. HCM thông báo", "tp hcm [tphcm] thông báo" },
    { "titles", "PGS.TS Lê", "pgs ts [pgsts] lê" },
    { "thousands with points", "1.000.000 đồng", "1000000 đồng" },
    { "thousands with blanks", "1 000 000 đồng", "1 000 000 [1000000] đồng" },
    { "thousands with no-break blanks", "1\u00a0000\u00a0000 đồng", "1 000 000 [1000000] đồng" },
    { "a decision's number", "số 123/QĐ-UBND ngày", "số 123 qđ ubnd [123/qđ-ubnd] ngày" },
    { "a law's number", "1262/NQ-UBTVQH14", "1262 nq ubtvqh14 [1262/nq-ubtvqh14]" },
    { "a circular's number", "47/2011/TT\u2011BCA", "47 2011 tt bca [47/2011/tt-bca]" },

    { "a number over two lines", "số 123/QĐ-\nUBND", "số 123 qđ ubnd [123/qđ-ubnd]" },
    { "behind a long dash, too", "123–\r\nQĐ/TW", "123 qđ tw [123-qđ/tw]" },
    { "a number over two lines of Windows", "15/2023/\r\nNĐ-CP", "15 2023 nđ cp [15/2023/nđ-cp]" },
    { "no number over a blank line", "15/\n\nNĐ", "15 | nđ" },

    { "scripts without spaces: ICU's words", "สวัสดีชาวโลก", "สวัสดี ชาว โลก" },
    { "ideographs one by one", "東京", "東 京" },
};

static void test_tokens(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer got = { 0 };

        describe(cases[i].text, &got);
        if (strcmp((const char *)got.at, cases[i].tokens)) {
            print_error("%s: %s\n  is        %s\n  should be %s\n", cases[i].why, cases[i].text,
                        (const char *)got.at, cases[i].tokens);
            bad++;
        }
        buffer_free(&got);
    }
    assert_int_equal(bad, 0);
}

/** The bytes of a token are the word as it stands in the text. */
static void test_offsets(void **state)
{
    static const char text[] = "“Ủy ban” (U\u0309y ban) – 1.000 H’Hen\u200b, vượt";
    static const char *const words[] = { "Ủy",    "ban",         "U\u0309y", "ban",
                                         "1.000", "H’Hen\u200b", "vượt" };
    struct tokens tokens = { 0 };

    (void)state;
    assert_int_equal(analyzer_run(analyzer, str_of(text, sizeof text - 1), 0, &tokens, NULL),
                     MUC_OK);
    assert_int_equal(tokens.n, sizeof words / sizeof *words);
    for (size_t i = 0; i < tokens.n; i++) {
        assert_int_equal(tokens.at[i].end - tokens.at[i].start, strlen(words[i]));
        assert_memory_equal(text + tokens.at[i].start, words[i], strlen(words[i]));
    }
    vector_free(&tokens);
}

/** Bad bytes separate words and do no other harm. */
static void test_bad_bytes(void **state)
{
    static const char text[] = "bảo\xff vệ\xe1\xba môi\0trường\xf0\x9f";
    struct tokens tokens = { 0 };

    (void)state;
    assert_int_equal(analyzer_run(analyzer, str_of(text, sizeof text - 1), 0, &tokens, NULL),
                     MUC_OK);
    assert_int_equal(tokens.n, 4);
    vector_free(&tokens);
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
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_bad_bytes),
    };

    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
