/* SPDX-License-Identifier: MIT */
/* test_vietnamese FILE: the cases of tests/cases/vietnamese.txt, each an archive of one or two
 * texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../group_folder.h"
#include "index/writer.h"
#include "search/search.h"

enum { LINE_SIZE = 4096, FIELDS = 4, LATER = 6 /* bytes of "later " */ };

static const char *file;
static struct analyzers analyzers;

/** \uXXXX to UTF-8, in place. */
static void unescape(char *text)
{
    char *out = text;

    for (const char *at = text; *at;) {
        unsigned c;

        if (sscanf(at, "\\u%4x", &c) != 1) {
            *out++ = *at++;
            continue;
        }
        at += LATER;
        if (c < 0x80) {
            *out++ = (char)c;
            continue;
        }
        if (c >= 0x800)
            *out++ = (char)(0xe0 | c >> 12);
        *out++ = (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3f));
    }
    *out = '\0';
}

/** A text, dated if it begins like "[2020-12-23] ". */
static struct muc_document document_of(const char *id, const char *text)
{
    struct muc_document document = { .id = str_c(id), .date_origin = MUC_DATE_GIVEN };
    int year, month, day, n = 0;

    if (sscanf(text, "[%d-%d-%d] %n", &year, &month, &day, &n) == 3 && n)
        document.date = (struct muc_date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
    document.text = str_c(text + n);
    return document;
}

static struct reader *make_archive(struct store *store, const char *a, const char *b)
{
    const struct muc_writer_options options = { .memory = 1 };
    const struct muc_document documents[] = { document_of("A", a), document_of("B", b) };
    struct writer *writer;
    struct reader *reader;

    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (size_t i = 0; i < 2; i++)
        if (strcmp(documents[i].text.bytes, "-"))
            assert_int_equal(writer_add(writer, &documents[i], NULL, NULL), MUC_OK);
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    return reader;
}

/** Comments and headings; a case may begin with the sign, too: #baovemoitruong. */
static bool is_comment(const char *line)
{
    return line[0] == '#' && (line[1] == ' ' || line[1] == '#' || !line[1]);
}

/** The ids found, best first. */
static void find(const struct reader *reader, const char *text, char found[8])
{
    const struct muc_query query = {
        .text = str_c(text), .limit = 5, .facet_values = 1, .snippet_bytes = 80
    };
    struct answer *answer = NULL;

    assert_int_equal(search(reader, &analyzers, &query, &answer, NULL), MUC_OK);
    for (size_t i = 0; i < answer->n_hits; i++)
        found[i] = answer->hits[i].id.bytes[0];
    found[answer->n_hits] = '\0';
    answer_free(answer);
}

static bool is_as_expected(const char *found, const char *expected)
{
    if (!strcmp(expected, "A") || !strcmp(expected, "A>B"))
        return found[0] == 'A';
    if (!strcmp(expected, "A !B"))
        return !strcmp(found, "A");
    assert_string_equal(expected, "!A");
    return !strchr(found, 'A');
}

/** 0: good, 1: bad. */
static int run_case(char *fields[FIELDS], int number, int *n_later)
{
    bool later = !strncmp(fields[3], "later ", LATER), good;
    const char *expected = fields[3] + (later ? LATER : 0);
    struct store *store;
    struct reader *reader;
    char path[64], found[8];

    for (int i = 0; i < 3; i++)
        unescape(fields[i]);
    snprintf(path, sizeof path, "%s/%d", folder, number);
    assert_int_equal(store_open(path, true, &store, NULL), MUC_OK);
    reader = make_archive(store, fields[1], fields[2]);
    find(reader, fields[0], found);
    reader_close(reader);
    store_close(store);
    good = is_as_expected(found, expected);
    if (later) {
        if (good)
            print_message("line %d: [%s] is expected later, and is there\n", number, fields[0]);
        *n_later += !good;
        return 0;
    }
    if (!good)
        print_error("line %d: [%s] in [%s], [%s]: found \"%s\", expected %s\n", number, fields[0],
                    fields[1], fields[2], found, expected);
    return !good;
}

static void test_cases(void **state)
{
    static char line[LINE_SIZE];
    FILE *in = fopen(file, "r");
    int n = 0, n_bad = 0, n_later = 0;

    (void)state;
    assert_non_null(in);
    for (int number = 1; fgets(line, sizeof line, in); number++) {
        char *fields[FIELDS], *at = line;

        line[strcspn(line, "\n")] = '\0';
        if (!line[0] || is_comment(line))
            continue;
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = at;
            at = strchr(at, '\t');
            if (at)
                *at++ = '\0';
            else if (i < FIELDS - 1)
                fail_msg("line %d: not %d fields", number, FIELDS);
        }
        n++;
        n_bad += run_case(fields, number, &n_later);
    }
    fclose(in);
    print_message("%d cases, %d bad, %d still to come\n", n, n_bad, n_later);
    assert_int_equal(n_bad, 0);
}

static int set_up(void **state)
{
    analyzers_init(&analyzers);
    return folder_set_up(state);
}

static int tear_down(void **state)
{
    analyzers_destroy(&analyzers);
    return folder_tear_down(state);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases) };

    if (argc < 2)
        return 2;
    file = argv[1];
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
