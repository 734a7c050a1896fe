/* SPDX-License-Identifier: MIT */
/* Archives of the web: which records are pages, what servers wrapped them in, damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "doc/warc.h"
#include "reading.h"

#define PAGE "<html><title>Một</title><p>hai ba bốn"

struct part {
    const char *type, *url, *head, *body;
};

static void put_record(struct buffer *out, const struct part *part)
{
    buffer_format(out,
                  "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                  "WARC-Date: 2020-12-22T01:02:03Z\r\nContent-Length: %zu\r\n\r\n%s%s\r\n\r\n",
                  part->type, part->url, strlen(part->head) + strlen(part->body), part->head,
                  part->body);
}

static const struct {
    const char *why;
    struct part parts[3];
    int rc;
    const char *wanted;
} cases[] = {
    { "pages by their addresses, one of them ends in a slash",
      { { "warcinfo", "", "", "x" },
        { "response", "http://a/b/", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", PAGE },
        { "response", "<https://a/c.txt>", "HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\n",
          "Hai\n\nba" } },
      MUC_OK,
      "http://a/b/|Một||hai ba bốn\nhttps://a/c.txt|Hai||ba\n" },
    { "requests, redirects, pictures",
      { { "request", "http://a/", "GET / HTTP/1.1\r\n\r\n", "" },
        { "response", "http://a/", "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n", PAGE },
        { "response", "http://a/b", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", "x" } },
      MUC_OK,
      "skipped w.warc!/http://a/b\n" },
    { "chunks, and a page that only says that it is in them",
      { { "response", "http://a/1",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n",
          "5\r\nHai\n\n\r\n2;x=y\r\nba\r\n0\r\n\r\n" },
        { "response", "http://a/2",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n",
          "Bốn\n\nnăm" } },
      MUC_OK,
      "http://a/1|Hai||ba\nhttp://a/2|Bốn||năm\n" },
    { "what the server said of the encoding, a kept file",
      { { "response", "http://a/1",
          "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"iso-8859-2\"\r\n\r\n",
          "<html><title>\xb1\xe6</title><p>x" },
        { "resource", "http://a/c.html", "", PAGE },
        { "resource", "dns:a", "", PAGE } },
      MUC_OK,
      "http://a/1|ąć||x\nhttp://a/c.html|Một||hai ba bốn\n" },
    { "codings: one that nobody reads, one that is gone, one that is none",
      { { "response", "http://a/1", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n", "xyz" },
        { "response", "http://a/2",
          "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n", PAGE },
        { "response", "http://a/3",
          "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: GZIP\r\n\r\n", PAGE } },
      MUC_OK,
      "refused: http://a/1: sent packed as \"br\", which is not read: have it fetched as gzip or "
      "plain\nhttp://a/2|Một||hai ba bốn\nhttp://a/3|Một||hai ba bốn\n" },
    { "a coding of the transfer; pages of no bytes",
      { { "response", "http://a/1",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Type: text/plain\r\n\r\n",
          "7\r\nHai\n\nba\r\n0\r\n\r\n" },
        { "response", "http://a/2",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n",
          "0\r\n\r\n" },
        { "resource", "http://a/3.txt", "", "" } },
      MUC_OK,
      "http://a/1|Hai||ba\nrefused: http://a/2: empty\nrefused: http://a/3.txt: empty\n" },
};

static void test_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer file = { 0 };

        for (int n = 0; n < 3 && cases[i].parts[n].type; n++)
            put_record(&file, &cases[i].parts[n]);
        reading_check(cases[i].why, &doc_reader_warc, "w.warc", file.at, file.size, cases[i].rc,
                      cases[i].wanted);
        buffer_free(&file);
    }
}

/* Wherever it breaks off, what is before is kept. */
static void test_truncated(void **state)
{
    const struct part part = { "response", "http://a/",
                               "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", PAGE };
    struct buffer file = { 0 };
    size_t one;

    (void)state;
    put_record(&file, &part);
    one = file.size;
    put_record(&file, &part);
    for (size_t n = 0; n < file.size; n += 5) {
        struct buffer log = { 0 };
        struct muc_error err = { 0 };
        int rc = reading_log(&doc_reader_warc, "w.warc", file.at, n, &log, &err);

        if (n && n < one - 4 ? rc != MUC_EINPUT || !strstr(err.message, "breaks off")
                             : rc || (n && !strstr((const char *)log.at, "|Một|")))
            fail_msg("cut to %zu: %d %s", n, rc, err.message);
        buffer_free(&log);
    }
    buffer_free(&file);
}

static void test_damaged(void **state)
{
    static const char *const files[][2] = {
        { "WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a record of unknown length" },
        { "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n", "unknown length" },
        { "WARC/1.0\r\nContent-Length: -1\r\n\r\n", "unknown length" },
        { "WARC/1.0\r\nContent-Length: 9999999999\r\n\r\nx", "breaks off in a record" },
        { "HTTP/1.1 200 OK\r\n\r\n", "no record" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        reading_check(files[i][1], &doc_reader_warc, "w.warc", files[i][0], strlen(files[i][0]),
                      MUC_EINPUT, files[i][1]);
    reading_check("nothing", &doc_reader_warc, "w.warc", "", 0, MUC_OK, "");
}

/* One record in the middle is lost, the page behind it is not: where its length is no number, where
 * that is too small, and where it is so large that the header of the next one goes with it. */
static void test_damage_between(void **state)
{
    static const char *const lengths[] = { "?", "3", "120" };
    const struct part first = { "resource", "http://a/1.html", "", PAGE },
                      last = { "resource", "http://a/3.html", "", PAGE };

    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct buffer file = { 0 }, log = { 0 };
        struct muc_error err = { 0 };

        put_record(&file, &first);
        buffer_format(&file,
                      "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: %s\r\n\r\n"
                      "seventeen letters\r\n\r\n",
                      lengths[i]);
        put_record(&file, &(struct part){ "metadata", "", "", "x" });
        put_record(&file, &last);
        assert_int_equal(reading_log(&doc_reader_warc, "w.warc", file.at, file.size, &log, &err),
                         MUC_OK);
        buffer_append(&log, "", 1);
        if (!strstr((const char *)log.at, "http://a/1.html|Một|") ||
            !strstr((const char *)log.at, "refused: damaged at byte ") ||
            !strstr((const char *)log.at, "http://a/3.html|Một|"))
            fail_msg("a length of %s: %s", lengths[i], (const char *)log.at);
        buffer_free(&log);
        buffer_free(&file);
    }
}

/* A header without end. */
static void test_endless(void **state)
{
    struct buffer file = { 0 };

    (void)state;
    buffer_string(&file, "WARC/1.0\r\nX: ");
    for (int i = 0; i < 1000000; i++)
        buffer_byte(&file, 'x');
    reading_check("endless", &doc_reader_warc, "w.warc", file.at, file.size, MUC_EINPUT,
                  "no record");
    buffer_free(&file);
}

static void test_chunks(void **state)
{
    static const struct {
        const char *chunks;
        bool joined;
        const char *wanted;
    } rows[] = {
        { "1\r\na\r\n0\r\n\r\n", true, "a" },
        { "A\r\n0123456789\r\n0\r\n", true, "0123456789" },
        { "ff\r\nabc", true, "abc" },
        { "1\na\n1\nb\n0\n", true, "ab" },
        { "ffffffffff\r\nabc", false, "" },
        { "x", false, "" },
        { "", false, "" },
        { "1", false, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buffer out = { 0 };
        bool joined = warc_join_chunks(str_c(rows[i].chunks), &out);

        if (joined != rows[i].joined || out.size != strlen(rows[i].wanted) ||
            (out.size && memcmp(out.at, rows[i].wanted, out.size) != 0))
            fail_msg("row %zu", i);
        buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records), cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_damage_between),
        cmocka_unit_test(test_endless), cmocka_unit_test(test_chunks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
