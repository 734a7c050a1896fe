/* SPDX-License-Identifier: MIT */
/* Documents of word processors: XML to text, and the files themselves, whole and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reading.h"
#include "zip.h"

#define DOCX(body) "<w:document xmlns:w='w' xmlns:mc='m'><w:body>" body "</w:body></w:document>"
#define ODT(body)                                                                                  \
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'>" body               \
    "</office:document-content>"

static const struct {
    const char *why;
    bool odt;
    struct zip_part parts[4];
    int rc;
    const char *wanted;
} cases[] = {
    { "paragraphs, runs, breaks",
      false,
      { { "word/document.xml", DOCX("<w:p><w:r><w:t>Một</w:t></w:r></w:p><w:p><w:r><w:t>Hai </w:t>"
                                    "</w:r><w:r><w:t>ba</w:t><w:br/><w:t>bốn</w:t></w:r></w:p>"
                                    "<w:p/><w:p><w:r><w:t>năm</w:t></w:r></w:p>") } },
      MUC_OK,
      "a|Một||Hai ba\nbốn\n\nnăm\n" },
    { "a table; tab stops are no tabs",
      false,
      { { "word/document.xml",
          DOCX("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>"
               "<w:tbl><w:tr><w:tc><w:p><w:t>a</w:t></w:p></w:tc><w:tc><w:p><w:t>b</w:t></w:p>"
               "</w:tc></w:tr><w:tr><w:tc><w:p><w:t>c</w:t></w:p></w:tc></w:tr></w:tbl><w:p>"
               "<w:t>d</w:t></w:p>") } },
      MUC_OK,
      "a|Một||a\tb\nc\n\nd\n" },
    { "what is deleted, what stands twice",
      false,
      { { "word/document.xml",
          DOCX("<w:p><w:t>Một</w:t></w:p><w:p><w:del><w:r><w:t>x</w:t></w:r></w:del><w:t>hai</w:t>"
               "<mc:Fallback><w:t>y</w:t></mc:Fallback><w:delText>z</w:delText></w:p>") } },
      MUC_OK,
      "a|Một||hai\n" },
    { "notes behind the text, facts",
      false,
      { { "word/document.xml", DOCX("<w:p><w:t>Một</w:t></w:p><w:p><w:t>hai</w:t></w:p>") },
        { "word/footnotes.xml", DOCX("<w:footnote><w:p><w:t>ba</w:t></w:p></w:footnote>") },
        { "docProps/core.xml", "<c xmlns:d='d'><d:title>Mẫu "
                               "7</d:title><d:created>2020-12-22T01:02:03Z</d:created></c>" } },
      MUC_OK,
      "a|Một|2020-12-22|hai\n\nba\n" },
    { "the day in the text goes before the day it was made",
      false,
      { { "word/document.xml",
          DOCX("<w:p><w:t>Một</w:t></w:p><w:p><w:t>Cần Thơ, ngày 20 tháng 12 năm 2020 – "
               "Hai.</w:t></w:p>") },
        { "docProps/core.xml", "<c><created>2020-12-22T01:02:03Z</created></c>" } },
      MUC_OK,
      "a|Một|2020-12-20|Cần Thơ, ngày 20 tháng 12 năm 2020 – Hai.\n" },
    { "OpenDocument: headings, spaces, a note, a comment",
      true,
      { { "content.xml",
          ODT("<text:tracked-changes><text:p>x</text:p></text:tracked-changes><text:h>Một</text:h>"
              "<text:p>hai<text:s/>ba<text:note><text:note-citation>1</text:note-citation>"
              "<text:note-body><text:p>năm</text:p></text:note-body></text:note> bốn"
              "<office:annotation><text:p>y</text:p></office:annotation></text:p>") },
        { "meta.xml", "<m><creation-date>2019-05-06T00:00:00</creation-date></m>" } },
      MUC_OK,
      "a|Một|2019-05-06|hai ba bốn\n\nnăm\n" },
    { "no document in it",
      false,
      { { "xl/workbook.xml", "<x/>" } },
      MUC_EINPUT,
      "word/document.xml is missing" },
    { "no text in it",
      false,
      { { "word/document.xml", DOCX("<w:p/>") } },
      MUC_EINPUT,
      "a document without text" },
    { "its text is no XML",
      true,
      { { "content.xml", "\x80\x81\x82" } },
      MUC_EINPUT,
      "encrypted or damaged" },
    { "XML that breaks off",
      false,
      { { "word/document.xml", "<w:document xmlns:w='w'><w:p>" } },
      MUC_EINPUT,
      "encrypted or damaged" },
    { "entities that grow",
      true,
      { { "content.xml",
          "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'>"
          "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
          "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
          "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
          "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>"
          "]><x><p>&e;</p></x>" } },
      MUC_EINPUT,
      "" },
};

static void test_documents(void **state)
{
    char *bytes = malloc(ZIP_ROOM);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        reading_check(cases[i].why, cases[i].odt ? &doc_reader_odt : &doc_reader_docx, "a", bytes,
                      zip_make(cases[i].parts, bytes), cases[i].rc, cases[i].wanted);
    free(bytes);
}

/* Tables in tables without end. */
static void test_deep(void **state)
{
    char *bytes = malloc(ZIP_ROOM);
    struct zip_part parts[] = { { "word/document.xml", NULL }, { NULL, NULL } };
    struct buffer xml = { 0 };

    (void)state;
    assert_non_null(bytes);
    buffer_string(&xml, "<w:document xmlns:w='w'><w:body>");
    for (int i = 0; i < 100000; i++)
        buffer_string(&xml, "<w:tbl><w:tr><w:tc>");
    buffer_byte(&xml, 0);
    parts[0].text = (const char *)xml.at;
    reading_check("deep", &doc_reader_docx, "a", bytes, zip_make(parts, bytes), MUC_EINPUT,
                  "encrypted or damaged");
    buffer_free(&xml);
    free(bytes);
}

static void test_truncated(void **state)
{
    char *bytes = malloc(ZIP_ROOM);
    size_t size;

    (void)state;
    assert_non_null(bytes);
    size = zip_make(cases[0].parts, bytes);
    for (size_t n = 0; n < size; n += 5) {
        struct buffer log = { 0 };
        struct muc_error err = { 0 };
        int rc = reading_log(&doc_reader_docx, "a", bytes, n, &log, &err);

        if (rc && (rc != MUC_EINPUT || !err.message[0]))
            fail_msg("cut to %zu: %d %s", n, rc, err.message);
        buffer_free(&log);
    }
    free(bytes);
}

static const struct {
    const char *name, *first, *second;
    const struct doc_reader *reader;
} kinds[] = {
    { "a", "[Content_Types].xml", "word/document.xml", &doc_reader_docx },
    { "a.zip", "_rels/.rels", "word/document.xml", &doc_reader_docx },
    { "a.xlsx", "[Content_Types].xml", "xl/workbook.xml", NULL },
    { "a.zip", "keyword/a.txt", "keyword/b.txt", &doc_reader_archive },
    { "a", "mimetypeapplication/vnd.oasis.opendocument.text", "", &doc_reader_odt },
    { "a.ods", "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "", NULL },
    { "a.DOCX", "x", "", &doc_reader_archive }, /* a zip that is called a document is a zip */
    { "a.epub", "OEBPS/1.html", "", &doc_reader_epub },
    { "a.zip", "OEBPS/1.html", "", &doc_reader_archive },
};

static void test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct buffer head = { 0 };

        buffer_append(&head, "PK\3\4\x14", 5);
        while (head.size < 30)
            buffer_byte(&head, 0);
        buffer_string(&head, kinds[i].first);
        buffer_string(&head, kinds[i].second);
        if (doc_reader_for(kinds[i].name, head.at, head.size) != kinds[i].reader)
            fail_msg("%s, first member %s", kinds[i].name, kinds[i].first);
        buffer_free(&head);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
