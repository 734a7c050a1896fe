/* SPDX-License-Identifier: MIT */
/* Mails and mailboxes: what becomes title, date and text, what is attached, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "doc/mail_scan.h"
#include "legacy.h"
#include "reading.h"

#define HEAD "From: a@example.vn\nMIME-Version: 1.0\nDate: Wed, 5 Jun 2019 23:30:00 +0700\n"
#define MIXED                                                                                      \
    HEAD "Subject: Tin\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nMột hai\n--b\n"
#define ATTACHED "Content-Disposition: attachment; filename="
#define TITLE    "m.eml|Tin|2019-06-05|"

static const struct reading_case mails[] = {
    { "a text", HEAD "Subject: Tin\n\nMột\n\nhai\n", MUC_OK, TITLE "Một\n\nhai\n" },
    { "the day is the sender's, not ours", HEAD "Subject: Tin\n\nMột\n", MUC_OK, TITLE "Một\n" },
    { "encoded words, also next to each other",
      HEAD "Subject: =?utf-8?q?Tr=E1=BB?= =?utf-8?q?=93ng?= =?ISO-8859-1?b?IGPieQ==?=\n\nMột\n",
      MUC_OK, "m.eml|Trồng cây|2019-06-05|Một\n" },
    { "a folded subject", HEAD "Subject: Một\n hai\n\tba\n\nbốn\n", MUC_OK,
      "m.eml|Một hai ba|2019-06-05|bốn\n" },
    { "a subject that nobody declared", HEAD "Subject: Trồng rừng\n\nMột\n", MUC_OK,
      "m.eml|Trồng rừng|2019-06-05|Một\n" },
    { "a subject alone", HEAD "Subject: Tin\n\n", MUC_OK, TITLE "\n" },
    { "quoted-printable, windows-1258",
      HEAD "Subject: Tin\nContent-Type: text/plain; charset=windows-1258\n"
           "Content-Transfer-Encoding: quoted-printable\n\nTra=CC Vinh\n",
      MUC_OK, TITLE "Trà Vinh\n" },
    { "base64 and garbage in it",
      HEAD "Subject: Tin\nContent-Transfer-Encoding: base64\n\nTeG7m!!2kgMg==\n", MUC_OK,
      TITLE "Mới 2\n" },
    { "the plain one of alternatives",
      HEAD "Subject: Tin\nContent-Type: multipart/alternative; boundary=b\n\n"
           "--b\nContent-Type: text/html\n\n<p>Hai\n--b\n\nMột\n--b--\n",
      MUC_OK, TITLE "Hai\n" },
    { "a page where the plain one is empty",
      HEAD "Subject: Tin\nContent-Type: multipart/alternative; boundary=b\n\n"
           "--b\n\n \n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Một<p>hai\n--b--\n",
      MUC_OK, TITLE "Một\n\nhai\n" },
    { "a plain one that only says where the page is, the page among its pictures",
      HEAD "Subject: Tin\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nBa\n--a\n"
           "Content-Type: multipart/alternative; boundary=b\n\n"
           "--b\n\nXem bằng HTML\n--b\nContent-Type: multipart/related; boundary=c\n\n"
           "--c\nContent-Type: text/html; charset=utf-8\n\n<p>Sở Tài nguyên và Môi trường tổng kết "
           "chương trình phối hợp<p>bảo vệ môi trường\n--c--\n--b--\n--a\n\nbốn\n--a--\n",
      MUC_OK,
      TITLE "Ba\n\nSở Tài nguyên và Môi trường tổng kết chương trình phối hợp\n\nbảo vệ môi "
            "trường\n\nbốn\n" },
    { "parts one after the other, a page among them",
      MIXED "Content-Type: text/html\n\n<p>ba\n--b\n\nbốn\n--b--\n", MUC_OK,
      TITLE "Một hai\n\nba\n\nbốn\n" },
    { "lines that flow",
      HEAD "Subject: Tin\nContent-Type: text/plain; format=flowed\n\nMột \nhai\n  ba\n-- \nbốn\n",
      MUC_OK, TITLE "Một hai\n ba\n-- \nbốn\n" },
    { "attachments by name and by content",
      MIXED ATTACHED "a.txt\n\nBa\n\nbốn\n--b\n" ATTACHED
                     "x\n\n<html><title>Năm</title><p>Sáu\n--b--\n",
      MUC_OK, TITLE "Một hai\nm.eml!/a.txt|Ba||bốn\nm.eml!/x|Năm||Sáu\n" },
    { "an attachment that nobody reads", MIXED ATTACHED "a.jpg\n\n\xff\xd8\n--b--\n", MUC_OK,
      TITLE "Một hai\nskipped m.eml!/a.jpg\n" },
    { "names: coded, with folders, twice, none",
      MIXED ATTACHED "\"=?utf-8?q?Th=C6=B0.txt?=\"\n\nBa\n\nx\n--b\n" ATTACHED
                     "\"..\\\\..\\\\b.txt\"\n\nBốn\n\nx\n--b\n" ATTACHED
                     "\"/etc/b.txt\"\n\nNăm\n\nx\n--b\n"
                     "Content-Disposition: attachment\n\nSáu\n\nx\n--b--\n",
      MUC_OK,
      TITLE "Một hai\nm.eml!/Thư.txt|Ba||x\nm.eml!/b.txt|Bốn||x\nm.eml!/3/b.txt|Năm||x\n"
            "m.eml!/part-4|Sáu||x\n" },
    { "a mail in a mail, with an attachment",
      MIXED "Content-Type: message/rfc822\n\n" HEAD
            "Subject: Trong\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nBa\n--c\n" ATTACHED
            "a.txt\n\nBốn\n\nx\n--c--\n--b--\n",
      MUC_OK,
      TITLE "Một hai\nm.eml!/part-1.eml|Trong|2019-06-05|Ba\n"
            "m.eml!/part-1.eml!/a.txt|Bốn||x\n" },
    { "one attachment cannot be read", MIXED ATTACHED "a.zip\n\nx\n--b--\n", MUC_OK,
      TITLE "Một hai\nrefused: a.zip: not an archive, though it is called one\n" },
    { "it breaks off", MIXED ATTACHED "a.txt\n\nBa\n\nbốn", MUC_OK,
      TITLE "Một hai\nm.eml!/a.txt|Ba||bốn\n" },
    { "parts without a border", HEAD "Subject: Tin\nContent-Type: multipart/mixed\n\nMột hai\n",
      MUC_OK, TITLE "Một hai\n" },
    { "encrypted, with a subject",
      HEAD "Subject: Tin\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n",
      MUC_OK, TITLE "\nwarned: encrypted: what is in it could not be read\n" },
    { "encrypted, without one", HEAD "Content-Type: application/pkcs7-mime\n\nx\n", MUC_EINPUT,
      "encrypted" },
    { "nothing in it", HEAD "\n", MUC_EINPUT, "a mail without text" },
    { "no header: a text", "Một\n\nhai\n", MUC_OK, "m.eml|Một||hai\n\n" },
    { "no date, one that is none", "Subject: Tin\nMIME-Version: 1.0\nDate: x\n\nMột\n", MUC_OK,
      "m.eml|Tin||Một\n" },
};

static void test_mails(void **state)
{
    (void)state;
    reading_check_all(&doc_reader_eml, "m.eml", mails, sizeof mails / sizeof *mails);
}

/* Bytes in quoted-printable, each for itself. */
static void put_quoted(const struct buffer *bytes, const char *before, const char *behind,
                       struct buffer *out)
{
    buffer_string(out, before);
    for (size_t i = 0; i < bytes->size; i++)
        buffer_format(out, "%s=%02X", i % 20 == 19 && !*behind ? "=\n" : "", bytes->at[i]);
    buffer_string(out, behind);
}

/* TCVN3 without a word on it: the text is told, and the subject goes by it. */
static void test_legacy(void **state)
{
    static const char mail[] = HEAD "Subject: C\xe9ng h\xdf"
                                    "a\nContent-Type: text/plain; charset=us-ascii\n\n"
                                    "C\xe9ng h\xdf"
                                    "a X\xb7 h\xe9i ch\xf1 ngh\xdc"
                                    "a Vi\xd6t Nam\n";

    (void)state;
    reading_check("TCVN3", &doc_reader_eml, "m.eml", mail, sizeof mail - 1, MUC_OK,
                  "m.eml|Cộng hòa|2019-06-05|Cộng hòa Xã hội chủ nghĩa Việt Nam\n");
}

/* The other encodings: quoted-printable under a name of another, 8-bit without any, a page that
 * says Latin-1; subjects as they are, and coded as Latin-1. */
static void test_encodings(void **state)
{
    static const char subject[] = "Hội nghị tổng kết chương trình phối hợp bảo vệ môi trường";

    (void)state;
    for (size_t i = 0; i < sizeof legacy_names / sizeof legacy_names[0]; i++)
        for (int form = 0; form < 3; form++) {
            struct buffer text = { 0 }, line = { 0 }, mail = { 0 };

            legacy_encode(legacy_names[i], LEGACY_TEXT, &text);
            legacy_encode(legacy_names[i], subject, &line);
            buffer_string(&mail, HEAD "Subject: ");
            if (form == 1)
                put_quoted(&line, "=?iso-8859-1?Q?", "?=", &mail);
            else
                buffer_append(&mail, line.at, line.size);
            buffer_string(&mail, form == 0   ? "\nContent-Transfer-Encoding: 8bit\n\n"
                                 : form == 1 ? "\nContent-Type: text/plain; charset=iso-8859-1\n"
                                               "Content-Transfer-Encoding: quoted-printable\n\n"
                                             : "\nContent-Type: text/html; charset=iso-8859-1\n"
                                               "Content-Transfer-Encoding: quoted-printable\n\n");
            if (form == 0)
                buffer_append(&mail, text.at, text.size);
            else
                put_quoted(&text, form == 1 ? "" : "<html><body><p>", "", &mail);
            buffer_byte(&mail, '\n');
            reading_check(legacy_names[i], &doc_reader_eml, "m.eml", mail.at, mail.size, MUC_OK,
                          "m.eml|Hội nghị tổng kết chương trình phối hợp bảo vệ môi "
                          "trường|2019-06-05|" LEGACY_TEXT "\n");
            buffer_free(&text);
            buffer_free(&line);
            buffer_free(&mail);
        }
}

#define SAVED                                                                                      \
    "From: <Saved by Blink>\nSnapshot-Content-Location: http://a/\nMIME-Version: 1.0\n"            \
    "Content-Type: multipart/related;\n\tboundary=b\n\n"
#define PART(type) "--b\nContent-Type: " type "\n"

static const struct reading_case pages[] = {
    { "a page among its files",
      SAVED PART("text/css") "\nbody{}\n" PART(
          "text/html; charset=utf-8") "Content-Transfer-Encoding: "
                                      "quoted-printable\n\n<title>M=E1=BB=99t</title><p>hai "
                                      "b=\na\n" PART("image/png") "Content-Transfer-Encoding: "
                                                                  "base64\n\nAAAA\n--b--\n",
      MUC_OK, "p.mht|Một||hai ba\n" },
    { "frames: the first that has a text",
      SAVED PART("text/html") "\n<frameset><frame src=x></frameset>\n" PART(
          "text/html") "\n<title>Một</title><p>hai\n" PART("text/html") "\n<p>ba\n--b--\n",
      MUC_OK, "p.mht|Một||hai\n" },
    { "of Word, with a part around its parts",
      "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" PART(
          "multipart/alternative; boundary=c") "\n--c\nContent-Type: "
                                               "text/html\n\n<title>Một</title>"
                                               "<p>hai\n--c--\n--b--\n",
      MUC_OK, "p.mht|Một||hai\n" },
    { "a page without files",
      "From: <Saved by Microsoft Internet Explorer 5>\nSubject: x\nMIME-Version: 1.0\n"
      "Content-Type: text/html;\n\tcharset=\"windows-1258\"\n\n<title>T\xfd\xec</title><p>Tra\xcc "
      "Vinh",
      MUC_OK, "p.mht|Tứ||Trà Vinh\n" },
    { "it breaks off", SAVED PART("text/html") "\n<title>Một</title><p>hai", MUC_OK,
      "p.mht|Một||hai\n" },
    { "no page", SAVED PART("text/css") "\nx\n--b--\n", MUC_EINPUT, "none of its parts is HTML" },
    { "a page without text", SAVED PART("text/html") "\n<p>\n--b--\n", MUC_EINPUT,
      "a page without text" },
    { "no header", "x\n", MUC_EINPUT, "it has no header" },
    { "nothing", "", MUC_EINPUT, "no mail: it has no header" },
};

static void test_pages(void **state)
{
    (void)state;
    reading_check_all(&doc_reader_mht, "p.mht", pages, sizeof pages / sizeof *pages);
}

#define FROM "From a@example.vn Wed Jun  5 10:20:30 2019\n"

static const struct reading_case boxes[] = {
    { "two mails", FROM "Subject: Một\n\nhai\n\n" FROM "Subject: Ba\n\nbốn\n", MUC_OK,
      "b.mbox!/1|Một||hai\nb.mbox!/2|Ba||bốn\n" },
    { "quoted lines", FROM "Subject: Một\n\n>From hai\n>>From ba\n> From bốn\n\nFrom 7:30 on.\n",
      MUC_OK, "b.mbox!/1|Một||From hai\n>From ba\n> From bốn\n\nFrom 7:30 on.\n" },
    { "what is before the first is no mail", "x\n\n" FROM "Subject: Một\n\nhai\n", MUC_OK,
      "b.mbox!/1|Một||hai\n" },
    { "carriage returns",
      "From a 10:20 2019\r\nSubject: Một\r\n\r\nhai\r\n\r\nFrom a 10:20 2019\r\n"
      "Subject: ba\r\n\r\nbốn\r\n",
      MUC_OK, "b.mbox!/1|Một||hai\nb.mbox!/2|ba||bốn\n" },
    { "an attachment", FROM MIXED ATTACHED "a.txt\n\nBa\n\nbốn\n--b--\n", MUC_OK,
      "b.mbox!/1|Tin|2019-06-05|Một hai\nb.mbox!/1!/a.txt|Ba||bốn\n" },
    { "a mail without text", FROM "Subject: Một\n\nhai\n\n" FROM "From: a@b\n\n\n", MUC_OK,
      "b.mbox!/1|Một||hai\nrefused: 2: a mail without text\n" },
    { "none of them", FROM "From: a@b\n\n\n", MUC_EINPUT, "not one of its mails" },
    { "no mailbox", "Một\n\nhai\n", MUC_EINPUT, "no mail begins in it" },
    { "empty", "", MUC_OK, "" },
};

static void test_boxes(void **state)
{
    (void)state;
    reading_check_all(&doc_reader_mbox, "b.mbox", boxes, sizeof boxes / sizeof *boxes);
}

/* Too much of anything is told before the parser holds it. */
static void test_bombs(void **state)
{
    static const struct {
        const char *before, *again;
        unsigned n;
        const char *wanted;
    } bombs[] = {
        { HEAD "Subject: ", "x", MAIL_HEADER_MAX, "its headers are above" },
        { HEAD, "X: y\n", MAIL_LINES_MAX, "lines" },
        { "From: ", "a:", 100000, "colons" },
        { "From: ", "a:\n ", 40000, "colons" },
        { MIXED, "--b\n\n", MAIL_PARTS_MAX, "parts" },
        { HEAD, "Content-Type: multipart/mixed; boundary=b\n\n--b\n", 200, "nested more than" },
        { HEAD, "Content-Type: multipart/mixed; boundary=b\n\n--b\n", 9000, "nested more than" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        struct buffer mail = { 0 };

        buffer_string(&mail, bombs[i].before);
        for (unsigned n = 0; n < bombs[i].n; n++)
            buffer_string(&mail, bombs[i].again);
        buffer_string(&mail, "\n\nx\n");
        reading_check(bombs[i].wanted, &doc_reader_eml, "m.eml", mail.at, mail.size, MUC_EINPUT,
                      bombs[i].wanted);
        buffer_free(&mail);
    }
}

static void test_nested(void **state)
{
    struct buffer mail = { 0 };

    (void)state;
    for (int i = 0; i < 1000; i++)
        buffer_string(&mail, "Subject: x\nContent-Type: message/rfc822\n\n");
    buffer_string(&mail, HEAD "\nx\n");
    reading_check("mails in mails", &doc_reader_eml, "m.eml", mail.at, mail.size, MUC_OK,
                  "m.eml|x||\nm.eml!/part-1.eml|x||\nm.eml!/part-1.eml!/part-1.eml|x||\n"
                  "m.eml!/part-1.eml!/part-1.eml!/part-1.eml|x||\n"
                  "refused: part-1.eml: part-1.eml: part-1.eml: part-1.eml: mails and archives are "
                  "nested more than 4 deep\n");
    buffer_free(&mail);
}

static const struct reading_kind kinds[] = {
    { "a", HEAD "\n", &doc_reader_eml },
    { "a.txt", "Received: from x\n by y\nSubject: z\n", &doc_reader_eml },
    { "a.txt", "Date: today\nSubject: a memo\n\nx", &doc_reader_text },
    { "a.txt", "Message-ID: x\nand so on: y\n", &doc_reader_text },
    { "a.txt", "Content-Type: text/plain\n\nx", &doc_reader_text },
    { "a.eml", "x", &doc_reader_eml },
    { "a.txt", SAVED, &doc_reader_mht },
    { "a.eml", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n",
      &doc_reader_mht },
    { "a.eml", HEAD "To: b@c\nContent-Type: multipart/related; boundary=b\n\n", &doc_reader_eml },
    { "a.eml", HEAD "Content-Type: multipart/related\nMessage-ID: x\n\n", &doc_reader_eml },
    { "a.MHTML", "x", &doc_reader_mht },
    { "Inbox", FROM "X: y\n", &doc_reader_mbox },
    { "a", FROM "x\n", &doc_reader_text },
    { "a", "From here on\nX: y\n", &doc_reader_text },
    { "a.MBOX", "x", &doc_reader_mbox },
};

static void test_kinds(void **state)
{
    (void)state;
    reading_check_kinds(kinds, sizeof kinds / sizeof *kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mails),  cmocka_unit_test(test_legacy),
        cmocka_unit_test(test_boxes),  cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_pages),  cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_nested), cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
