/* SPDX-License-Identifier: MIT */
/* What is told of a plain release: title, date and where it is from, by-line, kind, text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "doc/doc.h"

#define BODY    "Lễ ký kết diễn ra tại hội trường lớn, có đại diện của hai bên tham dự.\n"
#define PADDING "                                        "

struct wanted {
    const char *title, *byline, *kind;
    struct muc_date date;
    enum muc_date_origin origin;
};

static const int64_t file_time = INT64_C(1609459199) * 1000000000; /* 2020-12-31T23:59:59Z */

static const struct {
    const char *why, *path, *text;
    struct wanted wanted;
} cases[] = {
    /* titles */
    { "the first line",
      "a.txt",
      "Ký kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "", { 0 }, 0 } },
    { "no end of line", "a.txt", "Ký kết quy chế", { "Ký kết quy chế", "", "", { 0 }, 0 } },
    { "CR LF, blanks around",
      "a.txt",
      "\r\n \t Ký kết quy chế \r\n\r\n" BODY,
      { "Ký kết quy chế", "", "", { 0 }, 0 } },
    { "old Macintosh",
      "a.txt",
      "Ký kết quy chế\r\rNội dung.",
      { "Ký kết quy chế", "", "", { 0 }, 0 } },
    { "U+2028, U+0085",
      "a.txt",
      "Ký kết\xc2\x85Nội dung.\xe2\x80\xa8Hết.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "below a banner",
      "a.txt",
      "CHUNG TAY PHÒNG, CHỐNG DỊCH!\n\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "", { 0 }, 0 } },
    { "below two banners",
      "a.txt",
      "SỞ VĂN HÓA\n\nCHÀO MỪNG NGÀY 2-9\n\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "", { 0 }, 0 } },
    { "a banner with a date in brackets",
      "a.txt",
      "TIN BÃO SỐ 7 (phát lúc 19 giờ ngày 19-10)\n\nNước lên nhanh\n\n" BODY,
      { "Nước lên nhanh", "", "", { 0 }, 0 } },
    { "in capitals, a paragraph below",
      "a.txt",
      "THÔNG BÁO XẢ LŨ HỒ KHE TRE\n\n" BODY,
      { "THÔNG BÁO XẢ LŨ HỒ KHE TRE", "", "", { 0 }, 0 } },
    { "in capitals, a text in lines below",
      "a.txt",
      "XẢ LŨ HỒ KHE TRE\n\nDo mưa lớn, nhà máy bắt đầu\nxả lũ từ trưa nay với lưu\nlượng nhỏ.\n",
      { "XẢ LŨ HỒ KHE TRE", "", "", { 0 }, 0 } },
    { "in capitals, then addressees",
      "a.txt",
      "XẢ LŨ HỒ KHE TRE\n\nKính gửi các báo, đài\n\n" BODY,
      { "XẢ LŨ HỒ KHE TRE", "", "", { 0 }, 0 } },
    { "capitals alone", "a.txt", "XẢ LŨ", { "XẢ LŨ", "", "", { 0 }, 0 } },
    { "capitals in two lines",
      "a.txt",
      "XẢ LŨ\nHỒ KHE TRE\n\n" BODY,
      { "XẢ LŨ", "", "", { 0 }, 0 } },
    { "capitals in two paragraphs",
      "a.txt",
      "THỦY ĐIỆN KHE TRE\n\nXẢ LŨ HỒ KHE TRE\n\n" BODY,
      { "XẢ LŨ HỒ KHE TRE", "", "", { 0 }, 0 } },
    { "a label gives the kind",
      "a.txt",
      "THÔNG CÁO BÁO CHÍ\n\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "thông cáo báo chí", { 0 }, 0 } },
    { "a label in small letters",
      "a.txt",
      "Thông cáo báo chí:\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "thông cáo báo chí", { 0 }, 0 } },
    { "a label in two languages",
      "a.txt",
      "THÔNG CÁO BÁO CHÍ / PRESS RELEASE\n\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "thông cáo báo chí", { 0 }, 0 } },
    { "a label in decomposed letters",
      "a.txt",
      "THO\xcc\x82NG BA\xcc\x81O\n\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "thông báo", { 0 }, 0 } },
    { "a title that begins like a label",
      "a.txt",
      "Thông cáo báo chí về lũ lụt\n\n" BODY,
      { "Thông cáo báo chí về lũ lụt", "", "", { 0 }, 0 } },
    { "in English",
      "a.txt",
      "FOR IMMEDIATE RELEASE\n\nFarmers agree on a mark\n\nCAN THO, 15 May 2018 - Today.\n",
      { "Farmers agree on a mark", "", "press release", { 2018, 5, 15 }, MUC_DATE_DATELINE } },
    { "the head of an office's letter",
      "a.txt",
      "ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
      "TỈNH HÒA XUYÊN       Độc lập - Tự do - Hạnh phúc\n"
      "______               ________\n"
      "Số:12/TB-UBND        Hòa Xuyên, ngày 22 tháng 12 năm 2020\n\n"
      "THÔNG BÁO\nVề việc xả lũ hồ Khe Tre\n\n" BODY,
      { "Về việc xả lũ hồ Khe Tre", "", "thông báo", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "a dateline above the title",
      "a.txt",
      "(Cần Thơ, ngày 22/12/2020)\n\nKý kết quy chế\n\n" BODY,
      { "Ký kết quy chế", "", "", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "a title that ends in a day",
      "a.txt",
      "Lễ ký kết ngày 22/12/2020\n\n" BODY,
      { "Lễ ký kết ngày 22/12/2020", "", "", { 0 }, 0 } },
    { "the head of a mail",
      "a.txt",
      "From: Van phong\nSubject: Ky ket quy che\nDate: Tue, 22 Dec 2020\n\nTHONG BAO\n\nNoi dung.",
      { "Ky ket quy che", "", "thông báo", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "a mail's date in digits",
      "a.txt",
      "Subject: Ky ket quy che\nDate: 22/12/2020\n\nNoi dung.",
      { "Ky ket quy che", "", "", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "nothing but signs", "a.txt", "-----\n\n* * *\n", { "", "", "", { 0 }, 0 } },

    /* dates: name, then dateline, then the file's time */
    { "the name's day",
      "x/22-12-2020 ky ket.txt",
      "Ký kết\n\nCần Thơ, 23/12/2020 – Nay.",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_NAME } },
    { "the name's day, year first",
      "2020-12-22-ky-ket.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_NAME } },
    { "the name's day, run together",
      "tin20201222.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_NAME } },
    { "the same, day first",
      "tin_22122020_a.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_NAME } },
    { "eight digits that are no day", "20201322.txt", "Ký kết", { "Ký kết", "", "", { 0 }, 0 } },
    { "nine digits", "120201222.txt", "Ký kết", { "Ký kết", "", "", { 0 }, 0 } },
    { "low lines",
      "tin_2020_12_22.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_NAME } },
    { "the name's month",
      "ban-tin-12-2020.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 12, 0 }, MUC_DATE_NAME } },
    { "the name's year",
      "ky-ket-2020.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 0, 0 }, MUC_DATE_NAME } },
    { "a quarter is no month",
      "ket-qua-quy-3-2020.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 0, 0 }, MUC_DATE_NAME } },
    { "a number of a document is no month",
      "quyet-dinh-15-2020.txt",
      "Ký kết",
      { "Ký kết", "", "", { 2020, 0, 0 }, MUC_DATE_NAME } },
    { "no year of our time", "tin-1020.txt", "Ký kết", { "Ký kết", "", "", { 0 }, 0 } },
    { "not from the folder", "2020/22-12-2020/a.txt", "Ký kết", { "Ký kết", "", "", { 0 }, 0 } },
    { "the name's year makes a day whole",
      "ky-ket-2020.txt",
      "Ký kết\n\nSáng ngày 22-12, tại Cần Thơ.",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "29 February of a year that has none",
      "ky-ket-2021.txt",
      "Ký kết\n\nSáng ngày 29-2, tại Cần Thơ.",
      { "Ký kết", "", "", { 2021, 0, 0 }, MUC_DATE_NAME } },
    { "the name's year against the dateline's",
      "ky-ket-2019.txt",
      "Ký kết\n\nCần Thơ, 22/12/2020 – Nay.",
      { "Ký kết", "", "", { 2019, 0, 0 }, MUC_DATE_NAME } },
    { "a dateline",
      "a.txt",
      "Ký kết\n\nCần Thơ, ngày 22 tháng 12 năm 2020 – Sáng nay.",
      { "Ký kết", "", "", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "a dateline in the third line",
      "a.txt",
      "Ký kết\nPhụ đề\nẢnh đẹp\nTP.HCM, 4.8.2021. Nay.",
      { "Ký kết", "", "", { 2021, 8, 4 }, MUC_DATE_DATELINE } },
    { "a dateline in a text without a title",
      "a.txt",
      "Cần Thơ, 22/12/2020 – " BODY BODY BODY BODY,
      { NULL, "", "", { 2020, 12, 22 }, MUC_DATE_DATELINE } },
    { "too far down",
      "a.txt",
      "Ký kết\nMột.\nHai.\nBa.\nNgày 22/12/2020.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "a day that does not exist",
      "a.txt",
      "Ký kết\n\nNgày 31/11/2020, tại.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "from a day on is not the day",
      "a.txt",
      "Ký kết\n\nTừ ngày 1/7/2021, tại.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "the end of a span is not the day",
      "a.txt",
      "Ký kết\n\nHội chợ 23—26/11/2018 tại.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "until a day is not the day",
      "a.txt",
      "Ký kết\n\nHội chợ mở đến hết ngày 26/11/2018 tại.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "đ written as ð, Đ as Ð",
      "a.txt",
      "Ký kết\n\nMở cửa ðến 26/11/2018, Ðến 27/11/2018.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "a figure is not a day",
      "a.txt",
      "Ký kết\n\nGần 7.500 con, 22-12km.",
      { "Ký kết", "", "", { 0 }, 0 } },

    /* by-lines */
    { "set to the right",
      "a.txt",
      "Ký kết\n\n" BODY "\n" PADDING "Hà Giang",
      { "Ký kết", "Hà Giang", "", { 0 }, 0 } },
    { "by tabs, lines behind",
      "a.txt",
      "Ký kết\n\n" BODY "\t\tban biên tập\n\n \n",
      { "Ký kết", "ban biên tập", "", { 0 }, 0 } },
    { "by no-break spaces",
      "a.txt",
      "Ký kết\n\n" BODY
      "\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0\xc2\xa0Hà Giang\xc2\xa0",
      { "Ký kết", "Hà Giang", "", { 0 }, 0 } },
    { "a plain name", "a.txt", "Ký kết\n\n" BODY "\nY’ Bhăm Niê", { "Ký kết", "", "", { 0 }, 0 } },
    { "a plain name, two words",
      "a.txt",
      "Ký kết\n\n" BODY "\nThuỳ Dương\n",
      { "Ký kết", "Thuỳ Dương", "", { 0 }, 0 } },
    { "behind a label",
      "a.txt",
      "Ký kết\n\n" BODY "\nTin, ảnh: Chảo Mẩy",
      { "Ký kết", "Chảo Mẩy", "", { 0 }, 0 } },
    { "behind another",
      "a.txt",
      "Ký kết\n\n" BODY "\nBài và ảnh:  Hoà Bình ",
      { "Ký kết", "Hoà Bình", "", { 0 }, 0 } },
    { "a label without a name",
      "a.txt",
      "Ký kết\n\n" BODY "\nẢnh:",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "a sentence", "a.txt", "Ký kết\n\n" BODY, { "Ký kết", "", "", { 0 }, 0 } },
    { "a padded sentence",
      "a.txt",
      "Ký kết\n\n" PADDING "Hết bản tin.",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "a telephone",
      "a.txt",
      "Ký kết\n\n" BODY PADDING "ĐT: 0292 000 0172",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "an address of mail",
      "a.txt",
      "Ký kết\n\n" BODY PADDING "bao@a.example.vn",
      { "Ký kết", "", "", { 0 }, 0 } },
    { "one word", "a.txt", "Ký kết\n\n" BODY "\nHết", { "Ký kết", "", "", { 0 }, 0 } },
    { "the title is not the by-line", "a.txt", "Hà Giang", { "Hà Giang", "", "", { 0 }, 0 } },
};

static void assert_same(const char *why, const char *what, struct muc_string got,
                        const char *wanted)
{
    if (!str_equal(got, str_c(wanted)))
        fail_msg("%s: the %s is \"%.*s\", not \"%s\"", why, what, (int)got.size, got.bytes, wanted);
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct wanted *wanted = &cases[i].wanted;
        struct muc_document document = { 0 };
        struct arena arena = { 0 };

        assert_int_equal(
            doc_from_text(str_c(cases[i].text), cases[i].path, 0, &arena, &document, NULL), MUC_OK);
        if (wanted->title)
            assert_same(cases[i].why, "title", document.title, wanted->title);
        assert_same(cases[i].why, "by-line", document.byline, wanted->byline);
        assert_same(cases[i].why, "kind", document.kind, wanted->kind);
        if (document.date.year != wanted->date.year || document.date.month != wanted->date.month ||
            document.date.day != wanted->date.day || document.date_origin != wanted->origin)
            fail_msg("%s: the date is %d-%d-%d (%d)", cases[i].why, document.date.year,
                     document.date.month, document.date.day, document.date_origin);
        arena_free(&arena);
    }
}

static void test_file_time(void **state)
{
    struct muc_document document = { 0 };
    struct arena arena = { 0 };

    (void)state;
    assert_int_equal(doc_from_text(STR("Ký kết\n\nSáng 22-12, tại."), "a.txt", file_time, &arena,
                                   &document, NULL),
                     MUC_OK);
    assert_int_equal(document.date_origin, MUC_DATE_FILE);
    assert_int_equal(document.date.year, 2020);
    assert_int_equal(document.date.month, 12);
    assert_int_equal(document.date.day, 31);
    arena_free(&arena);
}

/* The text is all but the title's line: nothing else is lost, nothing stands twice. */
static const struct {
    const char *why, *text, *rest;
} rests[] = {
    { "below", "Tiêu đề\n\nMột.\nHai.", "Một.\nHai." },
    { "around", "THÔNG CÁO BÁO CHÍ\nTiêu đề\nMột.", "THÔNG CÁO BÁO CHÍ\nMột." },
    { "a title alone", "\n Tiêu đề \n\n", "" },
    { "no title", "-----\n", "-----\n" },
};

static void test_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++) {
        struct muc_document document = { 0 };
        struct arena arena = { 0 };

        assert_int_equal(doc_from_text(str_c(rests[i].text), "a", 0, &arena, &document, NULL),
                         MUC_OK);
        assert_same(rests[i].why, "text", document.text, rests[i].rest);
        arena_free(&arena);
    }
}

/* A line of any length gives a title of some words, and then stays in the text. */
static void test_long_lines(void **state)
{
    static const char *const pieces[] = { "môi trường ", "ường", "a\xcc\x81\xcc\xa3\xcc\x86",
                                          "Subject: x ", "\x80\xbf" };
    enum { N = 40000 };

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t size = strlen(pieces[i]);
        char *text = malloc(N * size);
        struct muc_document document = { 0 };
        struct arena arena = { 0 };

        assert_non_null(text);
        for (size_t n = 0; n < N; n++)
            memcpy(text + n * size, pieces[i], size);
        assert_int_equal(doc_from_text(str_of(text, N * size), "a", 0, &arena, &document, NULL),
                         MUC_OK);
        assert_in_range(document.title.size, 0, 1000);
        assert_int_equal(document.text.size, N * size);
        arena_free(&arena);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_file_time),
        cmocka_unit_test(test_rest),
        cmocka_unit_test(test_long_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
