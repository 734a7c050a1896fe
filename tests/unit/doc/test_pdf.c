/* SPDX-License-Identifier: MIT */
/* The lines of pages to text: what is one paragraph, what is none of the text, where pages end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "doc/pdf_text.h"

/* A case is a row a line: "page", "block", or LEFT TOP WORDS. A page has 600 by 800 points; letters
 * are 6 wide and 12 high, "_" between letters is a gap of half a point, and # begins words of twice
 * the size. */
static const struct {
    const char *why, *rows, *text;
} cases[] = {
    { "no pages", "", "" },
    { "no lines", "page\n", "" },
    { "full lines are one paragraph",
      "page\nblock\n50 200 Ủy ban nhân dân thành phố Cần Thơ\n50 214 thông báo kế hoạch trồng\n",
      "Ủy ban nhân dân thành phố Cần Thơ thông báo kế hoạch trồng" },
    { "a short line ends one",
      "page\nblock\n50 200 Ủy ban nhân dân thành phố\n50 214 thông báo.\n50 228 Sáng nay mưa\n",
      "Ủy ban nhân dân thành phố thông báo.\n\nSáng nay mưa" },
    { "a line ends early before a long word",
      "page\nblock\n50 200 Ủy ban nhân dân thành\n50 214 nghiêngnghiêng ban nhân dân\n",
      "Ủy ban nhân dân thành nghiêngnghiêng ban nhân dân" },
    { "an indent begins one",
      "page\nblock\n70 200 Một hai ba bốn năm sáu\n50 214 bảy tám chín mười năm sáu.\n"
      "70 228 Hai ba bốn năm sáu bảy\n50 242 tám chín\n",
      "Một hai ba bốn năm sáu bảy tám chín mười năm sáu.\n\nHai ba bốn năm sáu bảy tám chín" },
    { "a larger distance begins one",
      "page\nblock\n50 200 Một hai ba bốn\n50 214 năm sáu bảy tám\n50 236 chín mười một hai\n",
      "Một hai ba bốn năm sáu bảy tám\n\nchín mười một hai" },
    { "items", "page\nblock\n50 200 - Một hai ba bốn\n50 214 - Năm sáu bảy tám\n",
      "- Một hai ba bốn\n\n- Năm sáu bảy tám" },
    { "a larger letter begins one",
      "page\nblock\n50 200 #TIN MỚI HÔM NAY\n50 226 Một hai ba bốn năm sáu bảy tám\n",
      "TIN MỚI HÔM NAY\n\nMột hai ba bốn năm sáu bảy tám" },
    { "centred lines",
      "page\nblock\n50 200 KẾ HOẠCH TRỒNG RỪNG VEN BIỂN\n86 214 TẠI TỈNH BẾN TRE\n",
      "KẾ HOẠCH TRỒNG RỪNG VEN BIỂN TẠI TỈNH BẾN TRE" },
    { "blocks", "page\nblock\n50 200 Một hai\nblock\n50 240 Ba bốn\n", "Một hai\n\nBa bốn" },
    { "a sentence goes on in the next column",
      "page\nblock\n50 200 Một hai và\nblock\n300 200 ba bốn\n", "Một hai và ba bốn" },
    { "words that touch are one", "page\nblock\n50 200 trư_ờ_ng h_ọc\n", "trường học" },
    { "a row that is cut in two", "page\nblock\n50 200 Bến T\n80 200 re xanh\n180 200 mãi\n",
      "Bến Tre xanh mãi" },
    { "pages", "page\nblock\n50 200 Một hai.\npage\nblock\n50 200 Ba bốn\n",
      "Một hai.\n\n\fBa bốn" },
    { "a sentence goes on across the page",
      "page\nblock\n50 200 Một hai và\npage\nblock\n50 200 ba bốn\n", "Một hai và\fba bốn" },
    { "an empty page counts", "page\npage\nblock\n50 200 Một\npage\npage\nblock\n50 200 Hai\n",
      "\fMột\n\n\f\fHai" },
    { "numbers of pages",
      "page\nblock\n50 200 Một hai và\nblock\n300 780 - 1 -\npage\nblock\n50 200 ba bốn\n"
      "block\n300 780 Trang 2/2\n",
      "Một hai và\fba bốn" },
    { "a number in the text stays", "page\nblock\n50 400 2020\n", "2020" },
    { "what stands on top of every page is said once",
      "page\nblock\n50 20 SỞ TÀI NGUYÊN 1\nblock\n50 200 Một.\npage\nblock\n50 20 SỞ TÀI NGUYÊN 2\n"
      "block\n50 200 Hai.\npage\nblock\n50 20 SỞ TÀI NGUYÊN 3\nblock\n50 200 Ba.\n",
      "SỞ TÀI NGUYÊN 1\n\nMột.\n\n\fHai.\n\n\fBa." },
    { "twice is no habit",
      "page\nblock\n50 20 SỞ\nblock\n50 200 Một.\npage\nblock\n50 20 SỞ\nblock\n50 200 Hai.\n",
      "SỞ\n\nMột.\n\n\fSỞ\n\nHai." },
};

static size_t letters(const char *word, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < size; i++)
        n += (word[i] & 0xc0) != 0x80;
    return n;
}

/** A line of the layout from "LEFT TOP WORDS". */
static void put_line(struct buffer *out, const char *row, size_t size)
{
    char *rest;
    double left = strtod(row, &rest), top = strtod(rest, &rest), x;
    bool large = rest[1] == '#';
    double width = large ? 12 : 6, height = large ? 24 : 12;
    struct buffer words = { 0 };

    rest += 1 + large;
    x = left;
    while (rest < row + size) {
        size_t n = strcspn(rest, " _\n");
        double right = x + width * (double)letters(rest, n);

        buffer_format(&words, "<word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">%.*s</word>\n",
                      x, top, right, top + height, (int)n, rest);
        x = right + (rest[n] == '_' ? 0.5 : rest[n] == ' ' ? width : 0);
        rest += n + 1;
    }
    buffer_format(out, "<line xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">\n", left, top, x,
                  top + height);
    buffer_append(out, words.at, words.size);
    buffer_string(out, "</line>\n");
    buffer_free(&words);
}

static void put_layout(struct buffer *out, const char *rows)
{
    bool page = false, block = false;

    buffer_string(out, "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>T</title>"
                       "<meta name=\"Author\" content=\"A &amp; B\"/></head><body><doc>\n");
    for (const char *row = rows; *row; row += strcspn(row, "\n") + 1) {
        size_t size = strcspn(row, "\n");
        bool new_page = *row == 'p', new_block = *row == 'b';

        if ((new_page || new_block) && block)
            buffer_string(out, "</block></flow>\n");
        if (new_page && page)
            buffer_string(out, "</page>\n");
        block = new_block || (block && !new_page);
        page |= new_page;
        if (new_page)
            buffer_string(out, "<page width=\"600.000000\" height=\"800.000000\">\n");
        else if (new_block)
            buffer_string(out, "<flow><block>\n");
        else
            put_line(out, row, size);
    }
    buffer_string(out, block ? "</block></flow>\n" : "");
    buffer_string(out, page ? "</page>\n" : "");
    buffer_string(out, "</doc></body></html>\n");
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pdf_layout layout = { 0 };
        struct buffer xhtml = { 0 }, text = { 0 };
        struct muc_error err = { 0 };

        put_layout(&xhtml, cases[i].rows);
        assert_int_equal(
            pdf_layout_read(str_of((char *)xhtml.at, xhtml.size), "a.pdf", &layout, &err), MUC_OK);
        assert_true(str_equal(layout.title, STR("T")));
        assert_true(str_equal(layout.author, STR("A & B")));
        assert_int_equal(pdf_text(&layout, &text, &err), MUC_OK);
        buffer_byte(&text, 0);
        if (strcmp((const char *)text.at, cases[i].text) != 0)
            fail_msg("%s:\n%s\n%s", cases[i].why, (const char *)text.at, (const char *)xhtml.at);
        pdf_layout_free(&layout);
        buffer_free(&xhtml);
        buffer_free(&text);
    }
}

/** Places that are no numbers, or none that fit, are places all the same. */
static void test_strange(void **state)
{
    static const char *const layouts[] = {
        "",
        "x",
        ("<html><page width='nan' height='1e99'><line xMin='-99999999999' xMax='9999999999999'>"
         "<word xMin='1' xMax='-1'>a</word></line></page></html>"),
        "<line><word>a</word></line>",
        "<page><word>a</word><line><word>a",
        "<page><line>a</line><line/><word>b</word></page>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        struct pdf_layout layout = { 0 };
        struct buffer text = { 0 };
        struct muc_error err = { 0 };
        int rc = pdf_layout_read(str_c(layouts[i]), "a.pdf", &layout, &err);

        assert_true(rc == MUC_OK || rc == MUC_EINPUT);
        if (!rc)
            assert_int_equal(pdf_text(&layout, &text, &err), MUC_OK);
        pdf_layout_free(&layout);
        buffer_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases),
                                        cmocka_unit_test(test_strange) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
