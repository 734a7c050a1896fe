/* SPDX-License-Identifier: MIT */
/* Archives as folders: members through their readers, names, what is passed over, what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "doc/pack.h"
#include "reading.h"

enum { ROOM = 4 << 20 };

struct content {
    const char *name, *text;
    unsigned type; /* AE_IF…; 0: a regular file */
};

static struct archive *begin(bool zip, bool encrypted, void *out, size_t *size)
{
    struct archive *archive = archive_write_new();

    assert_non_null(archive);
    if (zip)
        archive_write_set_format_zip(archive);
    else
        archive_write_set_format_pax(archive);
    if (!zip)
        archive_write_add_filter_gzip(archive);
    if (encrypted) {
        archive_write_set_options(archive, "zip:encryption=traditional");
        archive_write_set_passphrase(archive, "x");
    }
    assert_int_equal(archive_write_open_memory(archive, out, ROOM, size), ARCHIVE_OK);
    return archive;
}

static void add(struct archive *archive, const struct content *content, size_t size)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, content->name);
    archive_entry_set_filetype(entry, content->type ? content->type : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (content->type == AE_IFLNK)
        archive_entry_set_symlink(entry, content->text);
    archive_entry_set_size(entry, content->type ? 0 : (la_int64_t)size);
    archive_write_header(archive, entry);
    if (!content->type)
        archive_write_data(archive, content->text, size);
    archive_entry_free(entry);
}

static size_t make(bool zip, bool encrypted, const struct content *contents, void *out)
{
    size_t size = 0;
    struct archive *archive = begin(zip, encrypted, out, &size);

    for (; contents->name; contents++)
        add(archive, contents, strlen(contents->text));
    archive_write_close(archive);
    archive_write_free(archive);
    return size;
}

static const struct {
    const char *why;
    struct content contents[6];
    bool encrypted; /* zip only */
    int rc;
    const char *wanted; /* "@" stands for the archive's name */
} cases[] = {
    { "nothing in it", { { NULL } }, false, MUC_OK, "" },
    { "texts in folders",
      { { "a/b.txt", "Một\n\nhai", 0 }, { "a/c.text", "Ba\n\nbốn", 0 } },
      false,
      MUC_OK,
      "@!/a/b.txt|Một||hai\n@!/a/c.text|Ba||bốn\n" },
    { "lines are named by the member",
      { { "n.jsonl", "{\"title\":\"a\"}\n{\"id\":\"x\",\"title\":\"b\"}\n", 0 } },
      false,
      MUC_OK,
      "@!/n.jsonl#1|a||\nx|b||\n" },
    { "by content, whatever the name",
      { { "trang", "<!DOCTYPE html><title>Hai</title><p>Ba bốn năm", 0 } },
      false,
      MUC_OK,
      "@!/trang|Hai||Ba bốn năm\n" },
    { "hidden, folders, links; what nobody reads is counted",
      { { "thu", "", AE_IFDIR },
        { "thu/.an.txt", "x", 0 },
        { "__MACOSX/a.txt", "x", 0 },
        { "lien-ket.txt", "/etc/passwd", AE_IFLNK },
        { "anh.jpg", "\xff\xd8\xff", 0 },
        { "./b.txt", "Hai\n\nba", 0 } },
      false,
      MUC_OK,
      "skipped @!/anh.jpg\n@!/./b.txt|Hai||ba\n" },
    { "names that lead out of it lead nowhere",
      { { "../../etc/x.txt", "Hai\n\nba", 0 } },
      false,
      MUC_OK,
      "@!/../../etc/x.txt|Hai||ba\n" },
    { "one bad member",
      { { "a.txt", "", 0 }, { "b.jsonl", "{\"title\":\"a\"}\n{\"title\n", 0 } },
      false,
      MUC_OK,
      "refused: a.txt: empty\n@!/b.jsonl#1|a||\nrefused: b.jsonl:2: it ends" },
    { "nothing but bad members",
      { { "a.txt", "", 0 } },
      false,
      MUC_EINPUT,
      "not one of its members could be read" },
    { "encrypted",
      { { "a.txt", "Một", 0 } },
      true,
      MUC_EINPUT,
      "not one of its members could be read" },
};

/* @ -> the archive's name */
static void expand(const char *wanted, const char *name, struct buffer *out)
{
    for (; *wanted; wanted++)
        if (*wanted == '@')
            buffer_string(out, name);
        else
            buffer_byte(out, (uint8_t)*wanted);
    buffer_byte(out, 0);
}

static void check(const char *why, const char *name, const void *bytes, size_t size, int rc,
                  const char *wanted)
{
    struct buffer expected = { 0 }, log = { 0 };
    struct muc_error err = { 0 };
    int got = reading_log(&doc_reader_archive, name, bytes, size, &log, &err);

    expand(wanted, name, &expected);
    if (got != rc || (rc ? !strstr(err.message, wanted)
                         : strncmp((const char *)log.at, (const char *)expected.at,
                                   expected.size - 1 - (wanted[0] == 0))))
        fail_msg("%s, %s: %d %s\n%s", why, name, got, err.message, (const char *)log.at);
    buffer_free(&log);
    buffer_free(&expected);
}

static void test_members(void **state)
{
    char *bytes = malloc(ROOM);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int zip = cases[i].encrypted; zip < 2; zip++) {
            size_t size = make(zip, cases[i].encrypted, cases[i].contents, bytes);

            check(cases[i].why, zip ? "a.zip" : "a.tar.gz", bytes, size, cases[i].rc,
                  cases[i].wanted);
        }
    free(bytes);
}

/* Wherever it breaks off, there is an end; what was before is kept. */
static void test_truncated(void **state)
{
    static const struct content contents[] = { { "a.txt", "Một\n\nhai", 0 },
                                               { "b.txt", "Ba\n\nbốn", 0 },
                                               { NULL } };
    char *bytes = malloc(ROOM);

    (void)state;
    assert_non_null(bytes);
    for (int zip = 0; zip < 2; zip++) {
        size_t size = make(zip, false, contents, bytes);

        for (size_t n = 0; n < size; n += 7) {
            struct buffer log = { 0 };
            struct muc_error err = { 0 };
            int rc = reading_log(&doc_reader_archive, "a.zip", bytes, n, &log, &err);

            if (rc ? rc != MUC_EINPUT || !err.message[0] : n && !strchr((const char *)log.at, '|'))
                fail_msg("%s cut to %zu of %zu: %d %s", zip ? "zip" : "tar", n, size, rc,
                         err.message);
            buffer_free(&log);
        }
    }
    free(bytes);
}

/* Archives in archives to a depth; the deepest is refused by name. */
static void test_nested(void **state)
{
    char *inner = malloc(ROOM), *outer = malloc(ROOM), *swap;
    static const struct content text[] = { { "a.txt", "Một\n\nhai", 0 }, { NULL } };
    const char *wanted[] = { "a.zip!/a.txt|Một||hai\n", "a.zip!/n.zip!/a.txt|Một||hai\n",
                             "a.zip!/n.zip!/n.zip!/a.txt|Một||hai\n",
                             "a.zip!/n.zip!/n.zip!/n.zip!/a.txt|Một||hai\n" };
    size_t size;

    (void)state;
    assert_true(inner && outer);
    size = make(true, false, text, outer);
    for (int depth = 1;; depth++) {
        struct content nested = { "n.zip", NULL, 0 };
        struct archive *archive;
        size_t outer_size = 0;

        if (depth > PACK_DEPTH) {
            check("too deep", "a.zip", outer, size, MUC_EINPUT, "not one of its members");
            break;
        }
        check("nested", "a.zip", outer, size, MUC_OK, wanted[depth - 1]);
        swap = inner, inner = outer, outer = swap;
        archive = begin(true, false, outer, &outer_size);
        nested.text = inner;
        add(archive, &nested, size);
        archive_write_close(archive);
        archive_write_free(archive);
        size = outer_size;
    }
    free(inner);
    free(outer);
}

/* What unpacks beyond the budget is given up, read or passed over. */
static void test_bombs(void **state)
{
    static char zeros[ROOM];
    const struct content part = { "a.txt", zeros, 0 };
    char *bytes = malloc(ROOM);
    size_t size = 0;
    struct archive *archive = begin(false, false, bytes, &size);

    (void)state;
    add(archive, &part, sizeof zeros);
    add(archive, &part, 1);
    archive_write_close(archive);
    archive_write_free(archive);
    for (int kind = 0; kind < 4; kind++) {
        bool enough = kind & 1, read = kind & 2;
        struct pack_budget budget = { enough ? 2 * ROOM : ROOM - 1, 0 };
        FILE *file = tmpfile();
        struct muc_error err = { 0 };
        struct buffer out = { 0 };
        struct pack_member member;
        struct pack *pack;
        bool more;
        int rc;

        assert_true(file && fwrite(bytes, 1, size, file) == size && !fflush(file));
        assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
        assert_int_equal(pack_open(fileno(file), "a.tar.gz", &budget, &pack, &err), MUC_OK);
        assert_int_equal(pack_next(pack, &member, &more, &err), MUC_OK);
        rc = read ? pack_read_all(pack, SIZE_MAX, &out, &err)
                  : pack_next(pack, &member, &more, &err);
        assert_int_equal(rc, enough ? MUC_OK : MUC_EINPUT);
        assert_true(enough || strstr(err.message, "unpacks to more than"));
        assert_int_equal(out.size, !read ? 0 : enough ? ROOM : out.size);
        pack_close(pack);
        buffer_free(&out);
        fclose(file);
    }
    free(bytes);
}

static const struct {
    const char *name, *bytes;
    size_t size;
    bool archive;
} kinds[] = {
    { "a", "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0a.txt", 35, true },
    { "a", "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml", 49,
      false },
    { "a.txt", "\x1f\x8b\x08", 3, true },
    { "a.zip", "", 0, true },
    { "a.TGZ", "x", 1, true },
    { "a.xlsx", "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml",
      49, false },
};

static void test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if ((doc_reader_for(kinds[i].name, (const uint8_t *)kinds[i].bytes, kinds[i].size) ==
             &doc_reader_archive) != kinds[i].archive)
            fail_msg("row %zu", i);
}

static void test_no_archive(void **state)
{
    (void)state;
    reading_check("a text", &doc_reader_archive, "a.zip", "not one", 7, MUC_EINPUT,
                  "not an archive, though it is called one");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members), cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_nested),  cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_kinds),   cmocka_unit_test(test_no_archive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
