/* SPDX-License-Identifier: MIT */
/* Every reader on what is none of its files: cut anywhere, of another type, one line or one bracket
 * without end. It takes it, or refuses it by a message; it always comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reading.h"

static const struct {
    const char *file; /* of tests/files, made by another program */
    const struct doc_reader *reader;
    unsigned cuts;
} files[] = {
    { "release.html", &doc_reader_html, 200 },    { "release.mht", &doc_reader_mht, 200 },
    { "release.docx", &doc_reader_docx, 200 },    { "release.odt", &doc_reader_odt, 200 },
    { "release.rtf", &doc_reader_rtf, 200 },      { "release.doc", &doc_reader_doc, 8 },
    { "release.pdf", &doc_reader_pdf, 8 },        { "book.epub", &doc_reader_epub, 200 },
    { "release.epub", &doc_reader_epub, 200 },    { "mail.eml", &doc_reader_eml, 200 },
    { "mails.mbox", &doc_reader_mbox, 200 },      { "rows.csv", &doc_reader_csv, 200 },
    { "feed.rss", &doc_reader_feed, 200 },        { "feed.atom", &doc_reader_feed, 200 },
    { "site.warc.gz", &doc_reader_archive, 100 }, { "release.zip", &doc_reader_archive, 100 },
};

/* Those without a file of their own are met with the others' files. */
static const struct doc_reader *const readers[] = {
    &doc_reader_text, &doc_reader_markdown, &doc_reader_json, &doc_reader_jsonl,
    &doc_reader_csv,  &doc_reader_html,     &doc_reader_mht,  &doc_reader_feed,
    &doc_reader_docx, &doc_reader_odt,      &doc_reader_epub, &doc_reader_rtf,
    &doc_reader_eml,  &doc_reader_mbox,     &doc_reader_warc, &doc_reader_archive,
};

enum { N_FILES = sizeof files / sizeof files[0], N_READERS = sizeof readers / sizeof readers[0] };

static struct buffer contents[N_FILES];

static void read_file(const char *name, struct buffer *bytes)
{
    char path[4096];
    FILE *file;
    int byte;

    snprintf(path, sizeof path, "%s/%s", FILES, name);
    if (!(file = fopen(path, "rb")))
        fail_msg("%s cannot be read", path);
    while ((byte = getc(file)) != EOF)
        buffer_byte(bytes, (uint8_t)byte);
    fclose(file);
}

static int load_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_FILES; i++)
        read_file(files[i].file, &contents[i]);
    return 0;
}

static int free_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_FILES; i++)
        buffer_free(&contents[i]);
    return 0;
}

/* Documents, refusals by a message, or a failure by one. */
static void check(const struct doc_reader *reader, const char *name, const void *bytes, size_t size)
{
    struct buffer log = { 0 };
    struct muc_error err = { 0 };
    int rc = reading_log(reader, name, bytes, size, &log, &err);

    if (rc && (rc != MUC_EINPUT || !err.message[0]))
        fail_msg("%s as %s, %zu bytes: %d %s", name, reader->name, size, rc, err.message);
    if (strstr((const char *)log.at, "refused: \n"))
        fail_msg("%s as %s, %zu bytes: refused without a word", name, reader->name, size);
    buffer_free(&log);
}

static void test_truncated(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_FILES; i++)
        for (unsigned n = 0; n < files[i].cuts; n++)
            check(files[i].reader, files[i].file, contents[i].at,
                  contents[i].size * n / files[i].cuts);
}

/* A wrong name, and the file is met by a reader of another type. */
static void test_other_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_FILES; i++)
        for (size_t n = 0; n < N_READERS; n++)
            check(readers[n], files[i].file, contents[i].at, contents[i].size);
}

static const struct {
    const char *before, *again;
} endless[] = {
    { "", "a" },
    { "", "\xff" },
    { "", "<" },
    { "", "\"" },
    { "<html><p>", "<b>" },
    { "<html ", "a=b " },
    { "<rss><channel><item><title>", "<a>" },
    { "", "[" },
    { "{\"text\":", "{\"a\":" },
    { "text\n", "\"a\"," },
    { "text\ta\n", "\"a\t" },
    { "{\\rtf1 ", "{\\b " },
    { "{\\rtf1 ", "\\pard" },
    { "", "> " },
    { "Subject: a\nMIME-Version: 1.0\n", " a" },
    { "Subject: a\nTo: ", "a:" },
    { "From a Wed Jun  5 10:20:30 2019\nX: y\n\n", "From " },
    { "WARC/1.0\r\nContent-Length: 1\r\n", "a: b\r\n" },
    { "", "PK\3\4" },
    { "\x1f\x8b", "\x1f\x8b" },
    { "---\n", "a: [" },
};

static void test_endless(void **state)
{
    enum { TIMES = 100000 };

    (void)state;
    for (size_t i = 0; i < sizeof endless / sizeof endless[0]; i++) {
        struct buffer bytes = { 0 };

        buffer_string(&bytes, endless[i].before);
        for (int n = 0; n < TIMES; n++)
            buffer_string(&bytes, endless[i].again);
        for (size_t n = 0; n < N_READERS; n++)
            check(readers[n], endless[i].again, bytes.at, bytes.size);
        buffer_free(&bytes);
    }
}

/* What needs a password says so. */
static void test_encrypted(void **state)
{
    static const struct {
        const char *file;
        const struct doc_reader *reader;
    } rows[] = {
        { "password.pdf", &doc_reader_pdf },
        { "password.docx", &doc_reader_docx },
        { "password.docx", &doc_reader_doc },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buffer bytes = { 0 };

        read_file(rows[i].file, &bytes);
        reading_check(rows[i].file, rows[i].reader, rows[i].file, bytes.at, bytes.size, MUC_EINPUT,
                      "encrypted");
        buffer_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_other_types),
        cmocka_unit_test(test_endless),
        cmocka_unit_test(test_encrypted),
    };

    return cmocka_run_group_tests(tests, load_files, free_files);
}
