/* SPDX-License-Identifier: MIT */
/* Books: files in the order of reading, what a book says of itself, what is wrong with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "reading.h"
#include "zip.h"

#define CONTAINER(path)                                                                            \
    {                                                                                              \
        "META-INF/container.xml",                                                                  \
            "<container><rootfiles><rootfile full-path='" path "'/></rootfiles></container>"       \
    }
#define OPF(facts, items, spine)                                                                   \
    "<package xmlns='http://www.idpf.org/2007/opf'><metadata "                                     \
    "xmlns:dc='http://purl.org/dc/elements/1.1/'>" facts "</metadata><manifest>" items             \
    "</manifest><spine>" spine "</spine></package>"
#define ITEM(id, href) "<item id='" id "' href='" href "' media-type='application/xhtml+xml'/>"
#define REF(id)        "<itemref idref='" id "'/>"

static const struct {
    const char *why;
    struct zip_part parts[6];
    int rc;
    const char *wanted;
} cases[] = {
    { "in the order of the spine; names from the package's folder, escaped",
      { CONTAINER("O/a.opf"),
        { "O/a.opf", OPF("<dc:title>Sách</dc:title><dc:date>2020-12-22</dc:date>",
                         ITEM("x", "t/1%202.html#y") ITEM("y", "../b.html") ITEM("z", "c.html"),
                         REF("y") REF("x")) },
        { "O/c.html", "<p>not of the text" },
        { "O/t/1 2.html", "<html><title>t</title><p>hai" },
        { "b.html", "<p>Một" } },
      MUC_OK,
      "b.epub|Sách|2020-12-22|Một\n\nhai\n" },
    { "its title is the first line of its text, too",
      { { "a.opf", OPF("<dc:title>Một</dc:title>", ITEM("x", "1.html"), REF("x")) },
        { "1.html", "<h1>Một</h1><p>Hai<p>Một" } },
      MUC_OK,
      "b.epub|Một||Hai\n\nMột\n" },
    { "no more text than its title",
      { { "a.opf", OPF("<dc:title>Một</dc:title>", ITEM("x", "1.html"), REF("x")) },
        { "1.html", "<h1>Một</h1>" } },
      MUC_OK,
      "b.epub|Một||Một\n" },
    { "no container, a file that is missing, a table of contents",
      { { "a.opf", OPF("<dc:title></dc:title>",
                       ITEM("x", "1.html")
                           ITEM("y", "2.html") "<item id='n' href='3.html' properties='nav'/>",
                       REF("n") REF("y") REF("q") REF("x")) },
        { "1.html", "<p>Một<p>hai" },
        { "3.html", "<p>Mục lục" } },
      MUC_OK,
      "b.epub|Một||hai\n" },
    { "the package that is named, of two",
      { CONTAINER("b.opf"),
        { "a.opf", OPF("", ITEM("x", "2.html"), REF("x")) },
        { "b.opf", OPF("", ITEM("x", "1.html"), REF("x")) },
        { "1.html", "<p>Một<p>hai" },
        { "2.html", "<p>ba" } },
      MUC_OK,
      "b.epub|Một||hai\n" },
    { "encrypted, but for fonts",
      { { "META-INF/encryption.xml", "<e><CipherReference URI='f/11.html.otf'/></e>" },
        { "a.opf", OPF("", ITEM("x", "1.html"), REF("x")) },
        { "1.html", "<p>Một<p>hai" } },
      MUC_OK,
      "b.epub|Một||hai\n" },
    { "encrypted",
      { { "META-INF/encryption.xml", "<e><CipherReference URI='1.html'/></e>" },
        { "a.opf", OPF("", ITEM("x", "1.html"), REF("x")) },
        { "1.html", "\x01\x02" } },
      MUC_EINPUT,
      "encrypted" },
    { "a file of ours in it",
      { { "a.opf", "<!DOCTYPE package [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" OPF(
                       "<dc:title>Sách</dc:title><dc:creator>&a;</dc:creator>", ITEM("x", "1.html"),
                       REF("x")) },
        { "1.html", "<p>Một" } },
      MUC_OK,
      "b.epub|Sách||Một\n" },
    { "its package is no XML",
      { { "a.opf", "<package><" }, { "1.html", "x" } },
      MUC_EINPUT,
      "its package is no XML" },
    { "no package", { { "1.html", "x" } }, MUC_EINPUT, "the list of its files is missing" },
    { "no text",
      { { "a.opf", OPF("", ITEM("x", "1.html"), REF("x")) } },
      MUC_EINPUT,
      "a book without text" },
};

static void test_books(void **state)
{
    char *bytes = malloc(ZIP_ROOM);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size = zip_make(cases[i].parts, bytes);

        reading_check(cases[i].why, &doc_reader_epub, "b.epub", bytes, size, cases[i].rc,
                      cases[i].wanted);
    }
    free(bytes);
}

/* Entities of entities: refused or left alone, never multiplied. */
static void test_bomb(void **state)
{
    char *bytes = malloc(ZIP_ROOM);
    struct zip_part parts[] = { { "a.opf", NULL }, { "1.html", "<p>Một" }, { NULL, NULL } };
    struct buffer opf = { 0 }, log = { 0 };
    struct muc_error err = { 0 };
    size_t size;

    (void)state;
    assert_non_null(bytes);
    buffer_string(&opf, "<!DOCTYPE package [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 30; i++)
        buffer_format(&opf, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;'>", i, i - 1, i - 1, i - 1, i - 1);
    buffer_string(&opf, "]>" OPF("<dc:title>&a29;</dc:title>", ITEM("x", "1.html"), REF("x")));
    buffer_byte(&opf, 0);
    parts[0].text = (const char *)opf.at;
    size = zip_make(parts, bytes);
    if (reading_log(&doc_reader_epub, "b.epub", bytes, size, &log, &err) != MUC_EINPUT)
        assert_true(log.size < 100);
    buffer_free(&log);
    buffer_free(&opf);
    free(bytes);
}

static int emit_facts(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct buffer *log = context;

    (void)err;
    buffer_format(log, "%d %.*s %.*s %.*s", document->date.year, (int)document->lang.size,
                  document->lang.bytes, (int)document->byline.size, document->byline.bytes,
                  (int)document->encoding.size, document->encoding.bytes);
    for (size_t i = 0; i < document->n_tags; i++)
        buffer_format(log, "|%.*s", (int)document->tags[i].size, document->tags[i].bytes);
    return MUC_OK;
}

static void warn_facts(void *context, uint64_t line, const char *message)
{
    (void)line;
    buffer_format(context, "; %s", message);
}

/* What it says of itself; a date that its program did not know; chapters of before Unicode. */
static void test_facts(void **state)
{
    static const struct zip_part parts[] = {
        { "a.opf",
          OPF("<dc:creator>Lê Vũ</dc:creator><dc:creator>x</dc:creator>"
              "<dc:subject>rừng</dc:subject><dc:subject/><dc:subject>biển</dc:subject>"
              "<dc:language>vi_VN</dc:language><dc:date>0101-01-01T00:00:00+00:00</dc:date>",
              ITEM("x", "1.html"), REF("x")) },
        { "1.html", "<p>C\xe9ng h\xdf"
                    "a X\xb7 h\xe9i ch\xf1 ngh\xdc"
                    "a Vi\xd6t Nam" },
        { NULL, NULL },
    };
    char *bytes = malloc(ZIP_ROOM);
    struct buffer log = { 0 };
    const struct doc_sink sink = { emit_facts, NULL, warn_facts, &log, NULL };
    struct doc_input input = { .path = "b.epub", .id = str_c("b.epub") };
    struct muc_error err = { 0 };
    FILE *file = tmpfile();
    uint64_t hash;

    (void)state;
    assert_non_null(bytes);
    assert_non_null(file);
    input.size = zip_make(parts, bytes);
    assert_int_equal(fwrite(bytes, 1, input.size, file), input.size);
    assert_int_equal(fflush(file), 0);
    input.fd = fileno(file);
    assert_int_equal(lseek(input.fd, 0, SEEK_SET), 0);
    assert_int_equal(doc_reader_epub.read(&input, &sink, &hash, &err), MUC_OK);
    buffer_byte(&log, 0);
    assert_string_equal((const char *)log.at, "0 vi Lê Vũ TCVN3|rừng|biển");
    fclose(file);
    buffer_free(&log);
    free(bytes);
}

/* A chapter that unpacks to more than a page may have, and none of its files is held for it. */
static void test_large(void **state)
{
    enum { SIZE = (64 << 20) + 1 };
    char *bytes = malloc(ZIP_ROOM), *chapter = malloc(SIZE + 1);
    const struct zip_part parts[] = {
        { "a.opf", OPF("", ITEM("x", "1.html"), REF("x")) },
        { "1.html", chapter },
        { NULL, NULL },
    };

    (void)state;
    assert_non_null(bytes);
    assert_non_null(chapter);
    memset(chapter, 'a', SIZE);
    chapter[SIZE] = '\0';
    reading_check("large", &doc_reader_epub, "b.epub", bytes, zip_make(parts, bytes), MUC_EINPUT,
                  "a part of it is above 64 MiB");
    free(chapter);
    free(bytes);
}

static void test_truncated(void **state)
{
    char *bytes = malloc(ZIP_ROOM);
    size_t size = zip_make(cases[0].parts, bytes);

    (void)state;
    for (size_t n = 0; n < size; n += 13) {
        struct buffer log = { 0 };
        struct muc_error err = { 0 };
        int rc = reading_log(&doc_reader_epub, "b.epub", bytes, n, &log, &err);

        if (rc ? rc != MUC_EINPUT || !err.message[0] : !strchr((const char *)log.at, '|'))
            fail_msg("cut to %zu of %zu: %d %s", n, size, rc, err.message);
        buffer_free(&log);
    }
    free(bytes);
}

static void test_kinds(void **state)
{
    static const char zip[] = "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x8\0\0\0"
                              "mimetypeapplication/epub+zipPK";

    (void)state;
    assert_ptr_equal(doc_reader_for("a.zip", (const uint8_t *)zip, sizeof zip), &doc_reader_epub);
    assert_ptr_equal(doc_reader_for("a.EPUB", (const uint8_t *)"", 0), &doc_reader_epub);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_books),     cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_facts),     cmocka_unit_test(test_large),
        cmocka_unit_test(test_truncated), cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
