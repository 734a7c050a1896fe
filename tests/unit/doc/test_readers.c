/* SPDX-License-Identifier: MIT */
/* Files to documents: which reader, how documents are named, what is refused, what is warned of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/doc.h"

/* As STR(), for tables. */
#define BYTES(literal)                                                                             \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }

static const struct {
    const char *path, *reader; /* NULL: nobody's */
} names[] = {
    { "a.txt", "text" },
    { "a.TXT", "text" },
    { "a.text", "text" },
    { "x.d/a", "text" },
    { "x.txt/README", "text" },
    { "Thong bao 22.12.2020", "text" },
    { "quyet dinh so 12.QĐ", "text" },
    { "a.", "text" },
    { "a.averylongending", "text" },
    { "a.jsonl", "jsonl" },
    { "a.b.NDJSON", "jsonl" },
    { "a.json", "json" },
    { "a.csv", "csv" },
    { "a.md", "markdown" },
    { "a.xml", NULL },
    { "a.epub", "epub" },
    { "a.warc", "warc" },
    { "a.txt.gz", "archive" },
    { "a.jpg", NULL },
    { "a.mp3", NULL },
    { "a.docx", "docx" },
    { "a.odt", "odt" },
    { "a.xlsx", NULL },
    { "a.7z", "archive" },
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct doc_reader *reader = doc_reader_for(names[i].path, NULL, 0);

        if (!reader != !names[i].reader || (reader && strcmp(reader->name, names[i].reader)))
            fail_msg("%s goes to %s", names[i].path, reader ? reader->name : "nobody");
    }
}

/* The mark of a PDF may stand behind something, and in what is none. */
static const struct {
    const char *path;
    struct muc_string bytes;
    const char *reader;
} heads[] = {
    { "a.txt", BYTES("%PDF-1.4\n"), "pdf" },
    { "a", BYTES("%PDF-1.4 1 0 obj"), "pdf" },
    { "a", BYTES("\xef\xbb\xbf%PDF-1.4\r"), "pdf" },
    { "a", BYTES("\r\n \0%PDF-2.0\n"), "pdf" },
    { "a", BYTES("HTTP/1.1 200 OK\r\nServer: a\r\n\r\n%PDF-1.4\r%\xe2\xe3\xcf\xd3\r\n"), "pdf" },
    { "a", BYTES("\x1b%-12345X@PJL JOB\n%PDF-1.4\n\n1 0 obj\n<<"), "pdf" },
    { "a", BYTES("\0\5a.pdf\0PDF CARO\0\0%PDF-1.3\r%\xe2\xe3\r12 0 obj"), "pdf" },
    { "a.pdf", BYTES("x"), "pdf" },
    { "a", BYTES("%PDF-\n"), "text" },
    { "a", BYTES("Dấu của nó là %PDF-1.4\n%\n"), "text" },
    { "a", BYTES("Dấu của nó là:\n%PDF-1.4 hoặc\n%PDF-2.0\n\n12 trang"), "text" },
    { "a", BYTES("{\"title\":\"%PDF-1.4\\n%\"}\n{\"title\":\"b\"}\n"), "jsonl" },
    { "a", BYTES("[{\"title\":\"a\",\"text\":\n\"\n%PDF-1.4\n%\"}]"), "json" },
    { "a", BYTES("<html><pre>\n%PDF-1.4\n%\n</pre>"), "html" },
    { "a", BYTES("From: a@b.vn\nTo: c@d.vn\nMessage-ID: <1@b.vn>\n\n%PDF-1.4\n%\n"), "eml" },
    { "a",
      BYTES("PK\3\4\12\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5\0\2\0a.pdf\n\n%PDF-1.4\n%\n"),
      "archive" },
};

static void test_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        const struct doc_reader *reader = doc_reader_for(
            heads[i].path, (const uint8_t *)heads[i].bytes.bytes, heads[i].bytes.size);

        if (!reader || strcmp(reader->name, heads[i].reader) != 0)
            fail_msg("row %zu goes to %s", i, reader ? reader->name : "nobody");
    }
}

/* Of a tar, also of one that does not say so, but in its name. */
static void test_tar(void **state)
{
    static const char page[] = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n";
    char tar[1024] = "tin/1.pdf";

    (void)state;
    memcpy(tar + 512, page, sizeof page);
    assert_ptr_equal(doc_reader_for("a.tar", (const uint8_t *)tar, sizeof tar),
                     &doc_reader_archive);
    memcpy(tar + 257, "ustar", 5);
    assert_ptr_equal(doc_reader_for("a", (const uint8_t *)tar, sizeof tar), &doc_reader_archive);
}

/* ---- one file through a reader: what happens, a line each */

struct log {
    struct buffer at;
    int emit_fails; /* what emit() returns for the document "no" */
};

static int emit(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct log *log = context;

    if (log->emit_fails && str_equal(document->id, STR("no")))
        return error_set(err, (enum muc_code)log->emit_fails, 0, "", "not wanted");
    buffer_format(&log->at, "%.*s (%.*s) %.*s", (int)document->id.size, document->id.bytes,
                  (int)document->path.size, document->path.bytes, (int)document->title.size,
                  document->title.bytes);
    if (document->text.size)
        buffer_format(&log->at, ": %.*s", (int)document->text.size, document->text.bytes);
    if (document->encoding.size)
        buffer_format(&log->at, " in %s", document->encoding.bytes);
    if (document->source.size)
        buffer_format(&log->at, " of %s", document->source.bytes);
    buffer_byte(&log->at, '\n');
    return MUC_OK;
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    (void)err;
    buffer_format(&((struct log *)context)->at, "refused %d: %s\n", (int)line, message);
    return MUC_OK;
}

static void warn(void *context, uint64_t line, const char *message)
{
    buffer_format(&((struct log *)context)->at, "warned %d: %s\n", (int)line, message);
}

/* A file that has no name, at its start. */
static int file_of(struct muc_string bytes)
{
    FILE *file = tmpfile();
    int fd;

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.bytes, 1, bytes.size, file), bytes.size);
    assert_int_equal(fflush(file), 0);
    fd = dup(fileno(file));
    assert_true(fd >= 0);
    fclose(file);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static int read_bytes(const struct doc_reader *reader, struct doc_input input,
                      struct muc_string bytes, struct log *log, struct muc_error *err)
{
    const struct doc_sink sink = { emit, refuse, warn, log };
    uint64_t hash = 1, progress = 5;
    int rc;

    input.fd = file_of(bytes);
    input.progress = &progress;
    rc = reader->read(&input, &sink, &hash, err);
    close(input.fd);
    if (rc) {
        assert_int_equal(hash, 1);
    } else {
        assert_int_equal(hash, XXH3_64bits(bytes.bytes, bytes.size));
        assert_int_equal(progress, 5 + bytes.size);
    }
    buffer_byte(&log->at, 0);
    return rc;
}

/* ---- JSON Lines */

static const struct {
    const char *why;
    struct muc_string bytes;
    int rc;
    const char *log; /* its beginning */
} streams[] = {
    { "nothing", BYTES(""), MUC_OK, "" },
    { "blank lines alone", BYTES("\n \r\n\t"), MUC_OK, "" },
    { "named by id, url, line",
      BYTES("{\"id\":\"x\",\"url\":\"u\",\"title\":\"a\"}\n\n{\"url\":\"u\",\"title\":\"b\"}\n{"
            "\"title\":\"c\"}"),
      MUC_OK, "x (in.jsonl#1) a of s\nu (in.jsonl#3) b of s\nlist#4 (in.jsonl#4) c of s\n" },
    { "a mark, \\r\\n", BYTES("\xef\xbb\xbf{\"title\":\"a\"}\r\n{\"title\":\"b\"}\r\n"), MUC_OK,
      "list#1 (in.jsonl#1) a of s\nlist#2 (in.jsonl#2) b of s\n" },
    { "U+2028 and U+0085 end no line",
      BYTES("{\"title\":\"a\xe2\x80\xa8"
            "b\xc2\x85"
            "c\"}\n"),
      MUC_OK,
      "list#1 (in.jsonl#1) a\xe2\x80\xa8"
      "b\xc2\x85"
      "c of s\n" },
    { "broken lines are named, the rest goes on",
      BYTES("{\"title\":\"a\"}\n{\"title\":\n\"x\"}\n{\"title\":\"d\"}\n"), MUC_OK,
      "list#1 (in.jsonl#1) a of s\n"
      "refused 2: it ends in the middle; in JSON Lines a document must be on one line\n"
      "refused 3: not" },
    { "what breaks a limit of the index is named too",
      BYTES("{\"id\":\"no\",\"title\":\"a\"}\n{\"title\":\"b\"}\n"), MUC_OK,
      "refused 1: not wanted\nlist#2 (in.jsonl#2) b of s\n" },
    { "taken with a warning",
      BYTES("{\"title\":\"a\xff\"}\n{\"title\":\"b\",\"date\":\"30/2/2020\",\"source\":\"t\"}\n"),
      MUC_OK,
      "list#1 (in.jsonl#1) a\xef\xbf\xbd of s\n"
      "warned 1: unreadable as UTF-8 in 1 place; U+FFFD was put there\n"
      "list#2 (in.jsonl#2) b of t\n"
      "warned 2: \"date\" is not a day of the calendar; taken without it\n" },
    { "no line is one", BYTES("a\nb\n"), MUC_EINPUT, "refused 1: not JSON" },
    { "UTF-16", BYTES("\xff\xfe{\0}\0"), MUC_EINPUT, "" },
};

static void test_streams(void **state)
{
    const struct doc_input input = { .path = "in.jsonl", .id = STR("list"), .source = STR("s") };

    (void)state;
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        struct log log = { .emit_fails = MUC_EINPUT };
        struct muc_error err = { 0 };
        int rc = read_bytes(&doc_reader_jsonl, input, streams[i].bytes, &log, &err);

        if (rc != streams[i].rc || (rc && !err.message[0]))
            fail_msg("%s: %d %s", streams[i].why, rc, err.message);
        if (strncmp((const char *)log.at.at, streams[i].log, strlen(streams[i].log)))
            fail_msg("%s: %s", streams[i].why, (const char *)log.at.at);
        buffer_free(&log.at);
    }
}

/* Any failure but MUC_EINPUT ends the reading. */
static void test_stop(void **state)
{
    const struct doc_input input = { .path = "in.jsonl", .id = STR("list") };
    struct log log = { .emit_fails = MUC_ESPACE };
    struct muc_error err = { 0 };

    (void)state;
    assert_int_equal(
        read_bytes(&doc_reader_jsonl, input,
                   str_c("{\"title\":\"a\"}\n{\"id\":\"no\",\"title\":\"b\"}\n{\"title\":\"c\"}\n"),
                   &log, &err),
        MUC_ESPACE);
    assert_string_equal(err.message, "not wanted");
    assert_string_equal((const char *)log.at.at, "list#1 (in.jsonl#1) a\n");
    buffer_free(&log.at);
}

/* From standard input the same line is the same document wherever it stands. */
static void test_stdin(void **state)
{
    static const char line[] = "{\"title\":\"a\"}";
    const struct doc_input input = { .path = "-" };
    struct log log = { .emit_fails = 0 };
    char wanted[200];
    unsigned long long hash = XXH3_64bits(line, sizeof line - 1);

    (void)state;
    assert_int_equal(read_bytes(&doc_reader_jsonl, input,
                                str_c("{\"title\":\"a\"}\n\n{\"title\":\"a\"}"), &log, NULL),
                     MUC_OK);
    snprintf(wanted, sizeof wanted, "line-%016llx (-#1) a\nline-%016llx (-#3) a\n", hash, hash);
    assert_string_equal((const char *)log.at.at, wanted);
    buffer_free(&log.at);
}

static void test_forced(void **state)
{
    struct doc_input input = { .path = "in.jsonl", .id = STR("l"), .encoding = "windows-1252" };
    struct log log = { .emit_fails = 0 };

    (void)state;
    assert_int_equal(
        read_bytes(&doc_reader_jsonl, input, str_c("{\"title\":\"\xe9\"}"), &log, NULL), MUC_OK);
    assert_string_equal((const char *)log.at.at, "l#1 (in.jsonl#1) é\n");
    buffer_free(&log.at);
    input.encoding = "no such";
    assert_int_equal(read_bytes(&doc_reader_jsonl, input, str_c("{\"title\":\"a\"}"), &log, NULL),
                     MUC_EARGUMENT);
    buffer_free(&log.at);
    input.encoding = "US-ASCII";
    assert_int_equal(
        read_bytes(&doc_reader_jsonl, input, str_c("{\"title\":\"\xe9\"}"), &log, NULL), MUC_OK);
    assert_string_equal((const char *)log.at.at,
                        "l#1 (in.jsonl#1) \xef\xbf\xbd\n"
                        "warned 1: unreadable as US-ASCII in 1 place; U+FFFD was put there\n");
    buffer_free(&log.at);
}

/* Lines across the pieces in which a file is read, some longer than many pieces. */
static void test_pieces(void **state)
{
    const struct doc_input input = { .path = "in.jsonl", .id = STR("l") };
    const size_t sizes[] = { 1, 262130, 262131, 262132, 262144, 3000000, 7 };
    struct log log = { .emit_fails = 0 };
    struct buffer bytes = { 0 }, wanted = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        buffer_string(&bytes, "{\"title\":\"");
        buffer_format(&wanted, "l#%d (in.jsonl#%d) ", (int)i + 1, (int)i + 1);
        for (size_t n = 0; n < sizes[i]; n++) {
            buffer_byte(&bytes, (uint8_t)('a' + n % 26));
            buffer_byte(&wanted, (uint8_t)('a' + n % 26));
        }
        buffer_string(&bytes, "\"}\n");
        buffer_byte(&wanted, '\n');
    }
    buffer_byte(&wanted, 0);
    assert_int_equal(read_bytes(&doc_reader_jsonl, input,
                                str_of((const char *)bytes.at, bytes.size), &log, NULL),
                     MUC_OK);
    assert_true(!strcmp((const char *)log.at.at, (const char *)wanted.at));
    buffer_free(&bytes);
    buffer_free(&wanted);
    buffer_free(&log.at);
}

/* A line above the limit, of a file with a hole, is refused; the next one is read. */
static void test_huge_line(void **state)
{
    static const char last[] = "\n{\"title\":\"a\"}\n";
    const off_t huge = (off_t)150 << 20;
    struct log log = { .emit_fails = 0 };
    const struct doc_sink sink = { emit, refuse, warn, &log };
    FILE *file = tmpfile();
    struct doc_input input = { .path = "in.jsonl", .id = STR("l") };
    uint64_t hash;

    (void)state;
    assert_non_null(file);
    input.fd = fileno(file);
    assert_int_equal(pwrite(input.fd, last, sizeof last - 1, huge), sizeof last - 1);
    assert_int_equal(doc_reader_jsonl.read(&input, &sink, &hash, NULL), MUC_OK);
    buffer_byte(&log.at, 0);
    assert_string_equal((const char *)log.at.at,
                        "refused 1: a line above 128 MiB is not read\nl#2 (in.jsonl#2) a\n");
    buffer_free(&log.at);
    fclose(file);
}

/* A file of nothing but refusals is given up, not told line by line for hours. */
static void test_hopeless(void **state)
{
    const struct doc_input input = { .path = "in.jsonl" };
    struct log log = { .emit_fails = 0 };
    struct buffer bytes = { 0 };
    struct muc_error err = { 0 };
    int n = 0;

    (void)state;
    for (int i = 0; i < 5000; i++)
        buffer_string(&bytes, "x\n");
    assert_int_equal(read_bytes(&doc_reader_jsonl, input,
                                str_of((const char *)bytes.at, bytes.size), &log, &err),
                     MUC_EINPUT);
    for (const char *c = (const char *)log.at.at; (c = strchr(c, '\n')); c++)
        n++;
    assert_int_equal(n, 100);
    assert_non_null(strstr(err.message, "not JSON Lines"));
    buffer_free(&bytes);
    buffer_free(&log.at);
}

/* ---- texts */

static const struct {
    const char *why;
    struct muc_string bytes;
    const char *encoding; /* forced */
    int rc;
    const char *log; /* of a failure: part of its message */
} texts[] = {
    { "UTF-8", BYTES("Bảo\n\nvệ"), NULL, MUC_OK, "a (a.txt) Bảo: vệ\n" },
    { "with a mark",
      BYTES("\xef\xbb\xbf"
            "Bảo\n\nvệ"),
      NULL, MUC_OK, "a (a.txt) Bảo: vệ\n" },
    { "UTF-16LE", BYTES("\xff\xfe\xbf\x1e\n\0v\0"), NULL, MUC_OK, "a (a.txt) ế: v in UTF-16LE\n" },
    { "UTF-16BE", BYTES("\xfe\xff\x1e\xbf\0\n\0v"), NULL, MUC_OK, "a (a.txt) ế: v in UTF-16BE\n" },
    { "forced", BYTES("\xe9\nv"), "windows-1252", MUC_OK, "a (a.txt) é: v in windows-1252\n" },
    { "forced UTF-8", BYTES("v\nw"), "utf-8", MUC_OK, "a (a.txt) v: w\n" },
    { "bad bytes", BYTES("abcdefghij\nklmnopqrst\xff\xff"), NULL, MUC_OK,
      "a (a.txt) abcdefghij: klmnopqrst\xef\xbf\xbd\xef\xbf\xbd\n"
      "warned 0: unreadable as UTF-8 in 2 places; U+FFFD was put there\n" },
    { "a NUL", BYTES("abcdefghij\nklmn\0opqrst"), NULL, MUC_OK,
      "a (a.txt) abcdefghij: klmn\xef\xbf\xbdopqrst\n"
      "warned 0: unreadable as UTF-8 in 1 place; U+FFFD was put there\n" },
    { "nothing", BYTES(""), NULL, MUC_EINPUT, "empty" },
    { "a mark alone", BYTES("\xef\xbb\xbf"), NULL, MUC_EINPUT, "empty" },
    { "blanks", BYTES(" \n\xc2\xa0"), NULL, MUC_EINPUT, "empty" },
    { "a picture", BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0"), NULL, MUC_EINPUT,
      "not a text" },
    { "an old encoding", BYTES("C\xe9ng hoa \xb6\xb7\xb8 Vi\xd6t"), NULL, MUC_EINPUT,
      "are not UTF-8; name the encoding it is in" },
    { "no such encoding", BYTES("a"), "no such", MUC_EARGUMENT, "no such encoding" },
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct doc_input input = { .path = "a.txt",
                                         .id = STR("a"),
                                         .encoding = texts[i].encoding };
        struct log log = { .emit_fails = 0 };
        struct muc_error err = { 0 };
        int rc = read_bytes(&doc_reader_text, input, texts[i].bytes, &log, &err);

        if (rc != texts[i].rc || (rc ? !strstr(err.message, texts[i].log)
                                     : strcmp((const char *)log.at.at, texts[i].log)))
            fail_msg("%s: %d %s; %s", texts[i].why, rc, err.message, (const char *)log.at.at);
        buffer_free(&log.at);
    }
}

/* The size that is told may be wrong, as that of a file that grows; a file too large is not held.
 */
static void test_sizes(void **state)
{
    struct doc_input input = { .path = "a.txt", .id = STR("a"), .size = 1 };
    struct log log = { .emit_fails = 0 };
    struct muc_error err = { 0 };

    (void)state;
    assert_int_equal(read_bytes(&doc_reader_text, input, str_c("a\nb"), &log, &err), MUC_OK);
    assert_string_equal((const char *)log.at.at, "a (a.txt) a: b\n");
    buffer_free(&log.at);
    input.size = UINT64_MAX;
    assert_int_equal(read_bytes(&doc_reader_text, input, str_c("a\nb"), &log, &err), MUC_EINPUT);
    assert_non_null(strstr(err.message, "above 128 MiB"));
    buffer_free(&log.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),     cmocka_unit_test(test_heads),
        cmocka_unit_test(test_tar),       cmocka_unit_test(test_streams),
        cmocka_unit_test(test_stop),      cmocka_unit_test(test_stdin),
        cmocka_unit_test(test_forced),    cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_huge_line), cmocka_unit_test(test_hopeless),
        cmocka_unit_test(test_texts),     cmocka_unit_test(test_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
