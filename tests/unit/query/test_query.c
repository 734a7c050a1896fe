/* SPDX-License-Identifier: MIT */
/* test_query.c FILE…: the groups of tests/cases/query*.txt, and what a line of text cannot say. */
#include "query/parser_memory.h"
#include "query/query.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cmocka.h>

#include "query/warn.h"

enum { LINE_MAX_SIZE = 16 << 10 };

static char **files;
static int n_files;
static struct analyzer *analyzer;
static struct parser_memory memory;

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* \xNN and \\ of a case to bytes, in place. */
static size_t unescape(char *text)
{
    size_t n = 0;

    for (const char *at = text; *at; n++) {
        if (at[0] == '\\' && at[1] == 'x' && isxdigit((unsigned char)at[2]) &&
            isxdigit((unsigned char)at[3])) {
            text[n] = (char)(16 * hex_digit(at[2]) + hex_digit(at[3]));
            at += 4;
        } else {
            at += at[0] == '\\' && at[1] == '\\';
            text[n] = *at++;
        }
    }
    text[n] = 0;
    return n;
}

/* Tree and warnings, a line each. */
static void answer(struct muc_string text, struct buffer *out)
{
    struct query query = { 0 };

    assert_int_equal(query_parse(&query, text, analyzer, &memory, NULL), MUC_OK);
    query_print(&query, out);
    buffer_byte(out, '\n');
    for (size_t i = 0; i < query.n_warnings; i++)
        buffer_format(out, "%u %s\n", (unsigned)query.warnings[i].position,
                      warn_words(query.warnings[i].kind));
    buffer_byte(out, 0);
    query_free(&query);
}

/* The next line without its end; NULL at the end of the file. */
static char *read_line(FILE *file, char *line)
{
    if (!fgets(line, LINE_MAX_SIZE, file))
        return NULL;
    assert_true(strchr(line, '\n') != NULL); /* not cut */
    line[strcspn(line, "\n")] = 0;
    return line;
}

/* One group: the query, then what is expected up to an empty line. False at the end of the file. */
static bool run_group(FILE *file, const char *name, int *n_bad)
{
    static char query[LINE_MAX_SIZE], line[LINE_MAX_SIZE], typed[LINE_MAX_SIZE];
    struct buffer expected = { 0 }, got = { 0 };

    do {
        if (!read_line(file, query))
            return false;
    } while (query[0] == 0 || query[0] == '#');
    memcpy(typed, query, sizeof typed);
    while (read_line(file, line) && line[0])
        buffer_format(&expected, "%s\n", line);
    buffer_byte(&expected, 0);
    answer(str_of(query, unescape(query)), &got);
    if (strcmp((char *)expected.at, (char *)got.at) != 0) {
        print_error("%s: %s\nexpected\n%sgot\n%s\n", name, typed, (char *)expected.at,
                    (char *)got.at);
        ++*n_bad;
    }
    buffer_free(&expected);
    buffer_free(&got);
    return true;
}

static void answers_the_cases(void **state)
{
    int n_bad = 0, n = 0;

    (void)state;
    for (int i = 0; i < n_files; i++) {
        FILE *file = fopen(files[i], "r");

        assert_non_null(file);
        while (run_group(file, files[i], &n_bad))
            n++;
        fclose(file);
    }
    assert_true(n > 0);
    assert_int_equal(n_bad, 0);
}

/* `head`, then `count` times `piece`. */
static struct buffer repeat(const char *head, const char *piece, int count)
{
    struct buffer out = { 0 };

    buffer_string(&out, head);
    for (int i = 0; i < count; i++)
        buffer_string(&out, piece);
    return out;
}

static uint32_t count_nodes(const struct node *node)
{
    uint32_t n = 1;

    for (uint32_t i = 0; i < node->n_children; i++)
        n += count_nodes(node->children[i]);
    return n;
}

static const struct {
    const char *why, *head, *piece;
    int count;
    uint32_t n_nodes;
    const char *warning; /* the first */
} long_queries[] = {
    { "as many words as there may be", "", "a ", QUERY_MAX_WORDS, QUERY_MAX_WORDS + 1, NULL },
    { "one more", "", "a ", QUERY_MAX_WORDS + 1, QUERY_MAX_WORDS + 1, "the query is too long" },
    { "excluded words", "b ", "-a ", 20000, QUERY_MAX_WORDS, "the query is too long" },
    { "phrases", "", "\"a b\" ", 8000, QUERY_MAX_WORDS / 2 + 1, "the query is too long" },
    { "groups", "", "(a OR b) ", 7000, 3 * (QUERY_MAX_WORDS / 2) + 1, "the query is too long" },
    { "dates", "", "date:2020 ", 6000, QUERY_MAX_WORDS + 1, "the query is too long" },
    { "a quote left open", "\"", "b ", 9000, QUERY_MAX_WORDS + 1, "a quote without" },
    { "deep brackets", "", "(", 65536, 1, "an opening bracket" },
    { "closing brackets", "a", ")", 65535, 1, "a closing bracket" },
    { "operators", "", "OR ", 20000, QUERY_MAX_WORDS + 1, "an operator" },
    { "dashes", "", "- ", 30000, 1, NULL },
    { "near", "a", " NEAR/5 a", 7000, 1, "the query is too long" },
    { "a long id", "id:", "a", 65000, 1, NULL },
    { "carets", "a", "^", 65000, 1, NULL },
    { "quotes", "a", "\"", 65535, 1, "a quote without" },
};

static void bounds_long_queries(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof long_queries / sizeof *long_queries; i++) {
        struct buffer text =
            repeat(long_queries[i].head, long_queries[i].piece, long_queries[i].count);
        const char *expected = long_queries[i].warning;
        struct query query = { 0 };
        uint32_t n;

        assert_int_equal(
            query_parse(&query, str_of((char *)text.at, text.size), analyzer, &memory, NULL),
            MUC_OK);
        n = count_nodes(query.root);
        if (n != long_queries[i].n_nodes)
            fail_msg("%s: %u nodes", long_queries[i].why, (unsigned)n);
        if ((query.n_warnings > 0) != (expected != NULL) ||
            (expected && !str_starts(str_c(warn_words(query.warnings[0].kind)), str_c(expected))))
            fail_msg("%s: %s", long_queries[i].why,
                     query.n_warnings ? warn_words(query.warnings[0].kind) : "no warning");
        assert_true(query.n_warnings <= QUERY_MAX_WARNINGS);
        query_free(&query);
        buffer_free(&text);
    }
}

/* A phrase is kept or left out as a whole. */
static void bounds_phrases(void **state)
{
    (void)state;
    for (int n = QUERY_MAX_WORDS; n <= QUERY_MAX_WORDS + 1; n++) {
        struct buffer text = repeat("\"", "b ", n);
        struct query query = { 0 };

        buffer_string(&text, "\"");
        assert_int_equal(
            query_parse(&query, str_of((char *)text.at, text.size), analyzer, &memory, NULL),
            MUC_OK);
        assert_int_equal(query.root->kind, n > QUERY_MAX_WORDS ? NODE_NONE : NODE_PHRASE);
        assert_int_equal(query.n_warnings, n > QUERY_MAX_WORDS);
        query_free(&query);
        buffer_free(&text);
    }
}

/* ((((a)))) one level below and above the bound, with a word on each level. */
static void bounds_depth(void **state)
{
    (void)state;
    for (int depth = QUERY_MAX_DEPTH; depth <= QUERY_MAX_DEPTH + 1; depth++) {
        struct buffer text = repeat("", "(a -", depth);
        struct query query = { 0 };
        uint32_t levels = 0;

        buffer_string(&text, "b");
        for (int i = 0; i < depth; i++)
            buffer_string(&text, ")");
        assert_int_equal(
            query_parse(&query, str_of((char *)text.at, text.size), analyzer, &memory, NULL),
            MUC_OK);
        assert_int_equal(query.n_warnings, depth > QUERY_MAX_DEPTH);
        for (const struct node *node = query.root; node->n_children;
             node = node->children[node->n_children - 1])
            levels += node->kind == NODE_AND;
        assert_int_equal(levels, QUERY_MAX_DEPTH);
        query_free(&query);
        buffer_free(&text);
    }
}

static void refuses_what_is_too_long(void **state)
{
    struct buffer text = repeat("", "a", QUERY_MAX_SIZE + 1);
    struct query query = { .n_warnings = 7 };
    struct muc_error err;

    (void)state;
    assert_int_equal(
        query_parse(&query, str_of((char *)text.at, text.size), analyzer, &memory, &err),
        MUC_EARGUMENT);
    assert_int_equal(query.n_warnings, 7);
    assert_int_equal(
        query_parse(&query, str_of((char *)text.at, text.size - 1), analyzer, &memory, &err),
        MUC_OK);
    query_free(&query);
    buffer_free(&text);
}

/* What the tree says beside its print: offsets into the query, forms, marks. */
static void keeps_forms_and_offsets(void **state)
{
    static const char text[] = "Đường \"dài TP.HCM\"";
    struct query query = { 0 };
    const struct node *word, *phrase;

    (void)state;
    assert_int_equal(query_parse(&query, str_c(text), analyzer, &memory, NULL), MUC_OK);
    assert_int_equal(query.root->n_children, 2);
    word = query.root->children[0];
    phrase = query.root->children[1];
    assert_int_equal(word->start, 0);
    assert_int_equal(word->end, strlen("Đường"));
    assert_true(str_equal(word->words[0].exact, STR("đường")));
    assert_true(str_equal(word->words[0].folded, STR("duong")));
    assert_true(word->words[0].marked);
    assert_int_equal(phrase->kind, NODE_PHRASE);
    assert_int_equal(phrase->n_words, 3);
    assert_string_equal(text + phrase->words[1].start, "TP.HCM\"");
    assert_string_equal(text + phrase->words[2].start, "HCM\"");
    assert_string_equal(text + phrase->end, "\"");
    assert_int_equal(phrase->words[2].offset, 2);
    assert_false(phrase->words[2].marked);
    query_free(&query);
}

/* `form` with a character in the place of each % gives this tree. */
static void assert_tree(const char *form, UChar32 c, const char *expected)
{
    struct buffer text = { 0 }, got = { 0 };
    char bytes[U8_MAX_LENGTH + 1] = "";
    int32_t n = 0;

    U8_APPEND_UNSAFE(bytes, n, c);
    bytes[n] = 0;
    for (; *form; form++)
        if (*form == '%')
            buffer_string(&text, bytes);
        else
            buffer_byte(&text, (uint8_t)*form);
    answer(str_of((char *)text.at, text.size), &got);
    if (strcmp((char *)got.at, expected) != 0)
        fail_msg("U+%04X: %s", (unsigned)c, (char *)got.at);
    buffer_free(&text);
    buffer_free(&got);
}

/* Whatever blank or quote it is, a word ends there: also one of letters alone. */
static void ends_words_everywhere(void **state)
{
    static const UChar32 quotes[] = { '"', 0xab, 0xbb, 0x201c, 0x201d, 0x201e, 0x201f, 0xff02 };

    (void)state;
    for (UChar32 c = 1; c <= 0xffff; c++)
        if (u_isUWhiteSpace(c) || c == 0xfeff) {
            assert_tree("ab%OR%cd", c, "(or (word ab) (word cd))\n");
            assert_tree("rừng%AND%ưa", c, "(and (word rừng) (word ưa))\n");
        }
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        assert_tree("mưa%cd ef%", quotes[i], "(and (word mưa) (phrase cd ef))\n");
    assert_tree("ừm (bể%)", ' ', "(and (word ừm) (word bể))\n");
    assert_tree("a %b", 0x2212, "(and (word a) (not (word b)))\n");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_the_cases),
        cmocka_unit_test(bounds_long_queries),
        cmocka_unit_test(bounds_depth),
        cmocka_unit_test(bounds_phrases),
        cmocka_unit_test(refuses_what_is_too_long),
        cmocka_unit_test(keeps_forms_and_offsets),
        cmocka_unit_test(ends_words_everywhere),
    };
    int n_failed;

    files = argv + 1;
    n_files = argc - 1;
    if (analyzer_new(&analyzer, NULL) != MUC_OK)
        return 1;
    n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    analyzer_free(analyzer);
    parser_memory_free(&memory);
    return n_failed;
}
