/* SPDX-License-Identifier: MIT */
/* Web pages: what they say of themselves, and their text without the site around it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "doc/doc.h"

/* Long enough to be told from a line of a menu. */
#define FIRST                                                                                                                 \
    "Sáng ngày 22-12, Ủy ban nhân dân thành phố tổ chức lễ ký kết chương trình phối hợp bảo vệ " \
    "môi "                                                                                                                   \
    "trường giai đoạn 2021 - 2025."
#define SECOND                                                                                                             \
    "Hai bên thống nhất tuyên truyền, vận động nhân dân phân loại rác tại nguồn và trồng thêm " \
    "cây "                                                                                                                \
    "xanh ở các tuyến đường mới mở."
#define MENU                                                                                                 \
    "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/gt'>Giới thiệu về cơ quan chúng tôi</a>" \
    "</li><li><a href='/tt'>Tin tức và sự kiện trong tuần vừa qua của thành phố</a></li></ul>"

static const struct {
    const char *why, *page;
    const char *wanted; /* [title]|date|byline|source|url|lang|tags|text */
} pages[] = {
    { "a plain page",
      "<html><head><title>Ký kết</title></head><body><p>" FIRST "</p><p>" SECOND
      "</p></body></html>",
      "Ký kết|||||||" FIRST "\n\n" SECOND },
    { "navigation, related news and footer are around the text",
      "<html lang='vi-VN'><head><title>Ký kết chương trình phối hợp - Cổng thành phố</title>"
      "<meta property='og:site_name' content='Cổng thành phố'></head><body><nav>" MENU "</nav>"
      "<div><div><h1>Ký kết chương trình phối hợp</h1><p>" FIRST "</p><p>" SECOND "</p></div>"
      "<div>" MENU "</div></div><footer><p>Cơ quan chủ quản: Ủy ban nhân dân thành phố, số 2 đường "
      "Hòa Bình, điện thoại 0123 456 789.</p></footer></body></html>",
      "Ký kết chương trình phối hợp|||Cổng thành phố||vi||" FIRST "\n\n" SECOND },
    { "no element says what is around: links do",
      "<body><table><tr><td>" MENU "</td><td><div>" FIRST "<br><br>" SECOND "</div></td><td>" MENU
      "</td></tr><tr><td>Số lượt truy cập: 123</td></tr></table></body>",
      "|||||||" FIRST "\n\n" SECOND },
    { "one break is a line, two are a paragraph",
      "<body><p>" FIRST "<br>" SECOND "<br/><br/>" FIRST "</p></body>",
      "|||||||" FIRST "\n" SECOND "\n\n" FIRST },
    { "the mark of a note is none of the word before it",
      "<body><p>" FIRST
      "<p>Khu bảo tồn<sup><a href='#n1'>1</a></sup>, <a href='#top'>rừng</a>, rộng 12 "
      "km<sup>2</sup>, từng bước được mở<a href='#n2'><sup>[2]</sup></a> theo quy hoạch "
      "chung.</body>",
      "|||||||" FIRST
      "\n\nKhu bảo tồn 1, rừng, rộng 12 km2, từng bước được mở [2] theo quy hoạch chung." },
    { "links inside a sentence are text",
      "<body><p>Sáng nay, <a href='/x'>Ủy ban nhân dân thành phố</a> ký kết chương trình phối hợp "
      "bảo "
      "vệ <a href='/y'>môi trường</a> với hai đơn vị khác của tỉnh bạn, kéo dài đến năm "
      "2025.</p></body>",
      "|||||||Sáng nay, Ủy ban nhân dân thành phố ký kết chương trình phối hợp bảo vệ môi trường "
      "với "
      "hai đơn vị khác của tỉnh bạn, kéo dài đến năm 2025." },
    { "JSON-LD first, then Open Graph, then the title",
      "<html><head><title>Ba</title><meta property='og:title' content='Hai'>"
      "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},"
      "{\"@type\":[\"NewsArticle\"],\"headline\":\"Một\",\"datePublished\":"
      "\"2020-12-22T08:00:00+07:00\",\"author\":[{\"name\":\"Hà  Giang\"}],\"publisher\":"
      "{\"name\":\"Báo Mới\"}}]}</script></head><body><p>" FIRST "</p></body></html>",
      "Một|2020-12-22|Hà Giang|Báo Mới||||" FIRST },
    { "meta, canonical address, key words",
      "<head><meta name=author content='Lê An'><meta name='pubdate' content='22/12/2020'>"
      "<meta name='keywords' content=' môi trường, ,Cần Thơ '><link rel=canonical "
      "href='https://example.org/a'><meta property='og:url' content='https://example.org/b'>"
      "<title>Môi trường xanh ở Cần Thơ | Báo</title></head><body><p>" FIRST "</p></body>",
      "Môi trường xanh ở Cần Thơ|2020-12-22|Lê An||https://example.org/a||môi trường,Cần "
      "Thơ,|" FIRST },
    { "an address is no author, nor is a script one",
      "<head><meta property='article:author' content='https://example.org/an'>"
      "<link rel=canonical href='javascript:alert(1)'></head><body><p>" FIRST "</p></body>",
      "|||||||" FIRST },
    { "saved by a browser",
      "<!DOCTYPE html>\n<!-- saved from url=(0021)https://example.org/a -->\n<html><body><p>" FIRST
      "</p></body></html>",
      "||||https://example.org/a|||" FIRST },
    { "scripts, styles, forms and hidden parts are no text",
      "<body><script>var a='<p>" SECOND "</p>';</script><style>p{}</style><form><p>" SECOND
      "</p></form><div hidden><p>" SECOND "</p></div><div role=dialog><p>" SECOND "</p></div>"
      "<p>" FIRST "</p><noscript><p>" SECOND "</p></noscript></body>",
      "|||||||" FIRST },
    { "a form around all of a page is none",
      "<title>Cổng thông tin điện tử</title><body><form><table><tr><td>" MENU
      "</td><td><div>Ký kết "
      "chương trình phối hợp</div><div>Thứ ba, 22/12/2020, 14:35 GMT+7</div><div>" FIRST "</div>"
      "<div><p>" SECOND "</p></div><div>Lượt xem: 1.234</div><div>Các tin khác</div><div>" MENU
      "</div></td></tr></table></form></body>",
      "Ký kết chương trình phối hợp|||||||Thứ ba, 22/12/2020, 14:35 GMT+7\n\n" FIRST
      "\n\n" SECOND },
    { "of headings the one that the window is called by",
      "<title>Ký kết chương trình &#8211; Sở Tài nguyên</title><body><header><h1>Sở Tài nguyên</h1>"
      "</header><article><h1>Ký kết chương trình</h1><p>" FIRST "</p><p>" SECOND "</p></article>"
      "<h3>Ký kết</h3></body>",
      "Ký kết chương trình|||||||" FIRST "\n\n" SECOND },
    { "day and summary between the title and the text; a heading of links",
      "<title>Ký kết</title><body><div><h2>Ký kết</h2><span>22/12/2020 14:35</span><div>" FIRST
      "</div><div><div>" SECOND "</div><div>" SECOND "</div><div>" SECOND
      "</div><h3>Share this:</h3>"
      "<ul><li><a href=/f>Facebook</a></li></ul></div></div></body>",
      "Ký kết|||||||22/12/2020 14:35\n\n" FIRST "\n\n" SECOND "\n\n" SECOND "\n\n" SECOND },
    { "summaries below links to other texts are not of this one",
      "<title>Ký kết</title><body><div><div><p>" FIRST "</p><p>" SECOND "</p></div><div><div><a "
      "href=/1>" FIRST "</a><p>" SECOND "</p></div><div><a href=/2>" SECOND "</a><p>" SECOND
      "</p></div></div></div></body>",
      "Ký kết|||||||" FIRST "\n\n" SECOND },
    { "what stands above the title stays there",
      "<title>x</title><body><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><h1>Ký kết chương trình phối "
      "hợp</h1><p>Cần Thơ, ngày 22 tháng 12 năm 2020 - " FIRST "</p><p>" SECOND "</p></body>",
      "Ký kết chương trình phối hợp|||||||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n\nCần Thơ, ngày 22 "
      "tháng 12 năm 2020 - " FIRST "\n\n" SECOND },
    { "rows of a table are lines, its cells beside each other",
      "<body><p>" FIRST
      "</p><table><tr><th>Xã</th><th>Diện tích (ha)</th></tr><tr><td>Thạnh Hải</td>"
      "<td>4,5</td></tr></table><p>" SECOND "</p></body>",
      "|||||||" FIRST "\n\nXã Diện tích (ha)\nThạnh Hải 4,5\n\n" SECOND },
    { "a table that lays out a page is none",
      "<body><table><tr><td>" FIRST "</td></tr><tr><td>" SECOND "</td></tr></table></body>",
      "|||||||" FIRST "\n\n" SECOND },
    { "a short page is taken whole but for menus",
      "<body><nav>" MENU "</nav><p>Nghỉ học ngày mai.</p><p>Báo lại sau.</p></body>",
      "|||||||Nghỉ học ngày mai.\n\nBáo lại sau." },
    { "broken markup", "<p>" FIRST "<div>" SECOND "<a href=<b></p></table></html>&#0;&nosuch;<",
      "|||||||" FIRST "\n\n" SECOND },
};

static void show(struct buffer *out, const struct muc_document *document)
{
    char day[16] = "";

    if (document->date.year && document->date_origin == MUC_DATE_GIVEN)
        snprintf(day, sizeof day, "%04d-%02d-%02d", document->date.year, document->date.month,
                 document->date.day);
    buffer_format(out, "%.*s|%s|%.*s|%.*s|%.*s|%.*s|", (int)document->title.size,
                  document->title.bytes, day, (int)document->byline.size,
                  document->byline.bytes ? document->byline.bytes : "", (int)document->source.size,
                  document->source.bytes ? document->source.bytes : "", (int)document->url.size,
                  document->url.bytes ? document->url.bytes : "", (int)document->lang.size,
                  document->lang.bytes ? document->lang.bytes : "");
    for (size_t i = 0; i < document->n_tags; i++)
        buffer_format(out, "%.*s,", (int)document->tags[i].size, document->tags[i].bytes);
    buffer_format(out, "|%.*s", (int)document->text.size, document->text.bytes);
    buffer_byte(out, 0);
}

static void test_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct muc_document document = { 0 };
        struct arena arena = { 0 };
        struct buffer out = { 0 }, page = { 0 }, wanted = { 0 };
        struct muc_error err = { 0 };
        int rc;

        if (*pages[i].wanted == '|') { /* a title, or the first line of the text would be it */
            buffer_string(&page, "<title>T</title>");
            buffer_string(&wanted, "T");
        }
        buffer_string(&page, pages[i].page);
        buffer_string(&wanted, pages[i].wanted);
        buffer_byte(&wanted, 0);
        rc = doc_from_html(str_of((const char *)page.at, page.size), "page.html", 0, false, &arena,
                           &document, &err);

        if (rc)
            fail_msg("%s: %s", pages[i].why, err.message);
        show(&out, &document);
        if (strcmp((const char *)out.at, (const char *)wanted.at))
            fail_msg("%s:\n%s\nnot\n%s", pages[i].why, (const char *)out.at,
                     (const char *)wanted.at);
        buffer_free(&out);
        buffer_free(&page);
        buffer_free(&wanted);
        arena_free(&arena);
    }
}

static void test_all_of_it(void **state)
{
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    (void)state;

    assert_int_equal(
        doc_from_html(STR("<title>T</title><body><nav>" MENU "</nav><p>" FIRST "</p></body>"), "a",
                      0, true, &arena, &document, NULL),
        MUC_OK);
    assert_non_null(strstr(document.text.bytes, "Trang chủ"));
    assert_non_null(strstr(document.text.bytes, FIRST));
    arena_free(&arena);
}

static void test_no_text(void **state)
{
    static const char *const none[] = { "", " ", "<html></html>",
                                        "<body><script>x</script></body>" };
    (void)state;

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct muc_document document = { 0 };
        struct arena arena = { 0 };

        assert_int_equal(doc_from_html(str_c(none[i]), "a", 0, false, &arena, &document, NULL),
                         MUC_EINPUT);
        arena_free(&arena);
    }
}

/** Elements nested without end, and a page of nothing but open elements, are bounded work. */
static void test_hostile(void **state)
{
    static const char *const parts[] = { "<div>",      "<a href=x>",       "<p><b>",
                                         "<!--",       "<table><tr><td>x", "&",
                                         "<ul><li>môi" };
    (void)state;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct muc_document document = { 0 };
        struct arena arena = { 0 };
        struct buffer page = { 0 };

        for (int n = 0; n < 20000; n++)
            buffer_string(&page, parts[i]);
        buffer_string(&page, FIRST);
        doc_from_html(str_of((const char *)page.at, page.size), "a", 0, false, &arena, &document,
                      NULL);
        buffer_free(&page);
        arena_free(&arena);
    }
}

static void test_told_by_content(void **state)
{
    static const struct {
        const char *path, *head, *reader;
    } heads[] = {
        { "a.txt", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD\">", "html" },
        { "a", "\xef\xbb\xbf\n <html>", "html" },
        { "a.jpg", "<!-- saved from url=(0021)https://example.org/a -->", "html" },
        { "a.txt", "<thông báo> là gì?", "text" },
        { "a.htm", "Không có thẻ nào", "html" },
        { "a.jsonl", "{\"text\":\"<html>\"}", "jsonl" },
    };
    (void)state;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        const struct doc_reader *reader =
            doc_reader_for(heads[i].path, (const uint8_t *)heads[i].head, strlen(heads[i].head));

        assert_non_null(reader);
        if (strcmp(reader->name, heads[i].reader))
            fail_msg("%s \"%s\": %s", heads[i].path, heads[i].head, reader->name);
    }
}

/* A tag that would take minutes is none. */
static void test_endless_tag(void **state)
{
    struct buffer page = { 0 };
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    struct muc_error err = { 0 };

    (void)state;
    buffer_string(&page, "<p");
    for (int i = 0; i < 100000; i++)
        buffer_format(&page, " a%d", i);
    buffer_string(&page, ">x");
    assert_int_equal(doc_from_html(str_of((const char *)page.at, page.size), "a.html", 0, false,
                                   &arena, &document, &err),
                     MUC_EINPUT);
    assert_non_null(strstr(err.message, "a tag has more than"));
    arena_free(&arena);
    buffer_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endless_tag), cmocka_unit_test(test_pages),
        cmocka_unit_test(test_all_of_it),   cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_hostile),     cmocka_unit_test(test_told_by_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
