/* SPDX-License-Identifier: MIT */
/* One line of JSON Lines: the document it becomes, or why it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "doc/doc.h"

/* A document as "key=value|…", in a fixed order; what is absent is left out. */
static void print(const struct muc_document *document, struct buffer *out)
{
    const struct {
        const char *key;
        struct muc_string value;
    } fields[] = {
        { "id", document->id },         { "title", document->title },   { "text", document->text },
        { "source", document->source }, { "url", document->url },       { "lang", document->lang },
        { "kind", document->kind },     { "byline", document->byline },
    };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (fields[i].value.size)
            buffer_format(out, "%s=%.*s|", fields[i].key, (int)fields[i].value.size,
                          fields[i].value.bytes);
    if (document->date.year)
        buffer_format(out, "date=%d-%d-%d:%d|", document->date.year, document->date.month,
                      document->date.day, document->date_origin);
    for (size_t i = 0; i < document->n_tags; i++)
        buffer_format(out, "tag=%s|", document->tags[i].bytes);
    for (size_t i = 0; i < document->n_metadata; i++)
        buffer_format(out, "%s:%s|", document->metadata[i].key.bytes,
                      document->metadata[i].value.bytes);
    buffer_byte(out, 0);
}

static const struct {
    const char *line, *document;
    const char *warning; /* part of it; NULL: none */
} taken[] = {
    { "{\"text\":\"a\"}", "text=a|", NULL },
    { "{\"title\":\"a\"}", "title=a|", NULL },
    { " { \"text\" : \"a\" } \r", "text=a|", NULL },
    { "{\"id\":\"1\",\"title\":\"Bảo vệ\",\"text\":\"môi\\ntrường\",\"source\":\"s\",\"url\":\"u\","
      "\"lang\":\"vi\",\"kind\":\"k\",\"byline\":\"b\",\"date\":\"22/12/"
      "2020\",\"tags\":[\"x\",\"y\"]}",
      "id=1|title=Bảo vệ|text=môi\ntrường|source=s|url=u|lang=vi|kind=k|byline=b|"
      "date=2020-12-22:1|tag=x|tag=y|",
      NULL },
    { "{\"text\":\"\\u1ebf \\ud83d\\ude00 \\/\"}", "text=ế 😀 /|", NULL },
    { "{\"text\":\"a\\ud83d b\"}", "text=a\xef\xbf\xbd b|", NULL },
    { "{\"text\":\"a\",\"title\":null,\"id\":null,\"date\":null,\"tags\":null,\"x\":null}",
      "text=a|", NULL },
    { "{\"text\":\"a\",\"id\":\"\",\"tags\":[]}", "text=a|", NULL },
    { "{\"text\":\"it's /* A, ]\\\\\",\"title\":\"\\\",}\"}", "title=\",}|text=it's /* A, ]\\|",
      NULL },
    { "{\"text\":\"a\tb\"}", "text=a\tb|", NULL }, /* JSON wants \\t; taken all the same */
    { "{\"text\":\"a\",\"tags\":\"x\"}", "text=a|tag=x|", NULL },
    { "{\"text\":\"a\",\"id\":17}", "id=17|text=a|", NULL },
    { "{\"text\":\"a\",\"id\":-9007199254740993}", "id=-9007199254740993|text=a|", NULL },

    /* the last of two */
    { "{\"text\":\"a\",\"text\":\"b\"}", "text=b|", NULL },
    { "{\"id\":\"1\",\"text\":\"a\",\"id\":\"2\"}", "id=2|text=a|", NULL },

    /* dates */
    { "{\"text\":\"a\",\"date\":\"2020-12\"}", "text=a|date=2020-12-0:1|", NULL },
    { "{\"text\":\"a\",\"date\":2020}", "text=a|date=2020-0-0:1|", NULL },
    { "{\"text\":\"a\",\"date\":\"2020-12-22T10:00:00+07:00\"}", "text=a|date=2020-12-22:1|",
      NULL },
    { "{\"text\":\"a\",\"date\":\"2020-12-22 10:00\"}", "text=a|date=2020-12-22:1|", NULL },
    { "{\"text\":\"a\",\"date\":\"\"}", "text=a|", NULL },
    { "{\"text\":\"a\",\"date\":\"31/11/2020\"}", "text=a|", "not a day of the calendar" },
    { "{\"text\":\"a\",\"date\":\"2020-12-22Txyz\"}", "text=a|", "not a day of the calendar" },
    { "{\"text\":\"a\",\"date\":\"hôm qua\"}", "text=a|", "not a day of the calendar" },
    { "{\"text\":\"a\",\"date\":99999999999999999999}", "text=a|", "not a day of the calendar" },

    /* what no document has is kept as it is */
    { "{\"text\":\"a\",\"x\":{\"y\":[1,2.50,\"/\",true,null]},\"z\":\"ế\"}",
      "text=a|x:{\"y\":[1,2.50,\"/\",true,null]}|z:\"ế\"|", NULL },
    { "{\"text\":\"a\",\"Title\":\"b\"}", "text=a|Title:\"b\"|", NULL },
    { "{\"text\":\"a\",\"\":1e3}", "text=a|:1e3|", NULL },

    /* bytes */
    { "{\"text\":\"a\xff\xfe b\"}", "text=a\xef\xbf\xbd\xef\xbf\xbd b|",
      "unreadable as UTF-8 in 2 places" },
    { "{\"text\":\"a\xe1\xba\"}", "text=a\xef\xbf\xbd|", "unreadable as UTF-8 in 1 place;" },
    { "{\"text\":\"a\xed\xa0\x80\",\"date\":\"1/0/2020\"}",
      "text=a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|",
      "unreadable as UTF-8 in 3 places; U+FFFD was put there; \"date\"" },
};

static void test_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        struct muc_document document;
        struct muc_error err = { 0 };
        struct arena arena = { 0 };
        struct buffer out = { 0 };
        const char *warning = NULL;

        if (doc_from_json(str_c(taken[i].line), &arena, &document, &warning, &err))
            fail_msg("%s: %s", taken[i].line, err.message);
        print(&document, &out);
        assert_string_equal((const char *)out.at, taken[i].document);
        if (!warning != !taken[i].warning || (warning && !strstr(warning, taken[i].warning)))
            fail_msg("%s: warning \"%s\"", taken[i].line, warning ? warning : "");
        buffer_free(&out);
        arena_free(&arena);
    }
}

static const struct {
    const char *line, *message; /* part of it */
} refused[] = {
    { "", "it ends in the middle" },
    { "{", "it ends in the middle" },
    { "{\"text\":", "it ends in the middle" },
    { "{\"text\":\"a", "it ends in the middle" },
    { "{\"text\":\"a\"", "it ends in the middle" },
    { "text", "not JSON at byte" },
    { "{text:1}", "not JSON at byte 2 " },
    { "{'text':'a'}", "not JSON at byte" },
    { "{\"text\":\"a\",}", "not JSON at byte" },
    { "{\"text\":\"a\",\"tags\":[\"x\", ]}", "not JSON at byte 26 " },
    { "{\"text\":\"a\"/**/}", "not JSON at byte 12 " },
    { "{\"text\":\"a\",\"x\":True}", "not JSON at byte 17 " },
    { "{\"text\":\"\\\\\",'x':\"a\"}", "not JSON at byte 14 " },
    { "{\"text\":\"a\",\"x\":[1,-01.5]}", "not JSON at byte 20 " },
    { "{\"text\":\"a\",\"x\":1.}", "not JSON at byte 17 " },
    { "{\"text\":\"a\",\"x\":falsE}", "not JSON at byte 21 " },
    { "{\"text\":\"a\"} x", "not JSON at byte 14 " },
    { "{\"text\":\"a\"}{\"text\":\"b\"}", "not JSON at byte" },
    { "{\"text\":\"\\x\"}", "not JSON at byte" },
    { "{\"text\":\"a\",\"x\":NaN}", "a number that JSON has not" },
    { "\xff{\"text\":\"a\"}", "not JSON at byte 1 " },
    { "[]", "not an object" },
    { "\"text\"", "not an object" },
    { "null", "not an object" },
    { "{}", "neither \"text\" nor \"title\"" },
    { "{\"text\":\"\",\"title\":null}", "neither \"text\" nor \"title\"" },
    { "{\"text\":1}", "\"text\" must be a string" },
    { "{\"text\":[\"a\"]}", "\"text\" must be a string" },
    { "{\"text\":\"a\",\"source\":{}}", "\"source\" must be a string" },
    { "{\"text\":\"a\",\"id\":1.5}", "\"id\" must be a string or a whole number" },
    { "{\"text\":\"a\",\"id\":true}", "\"id\" must be a string or a whole number" },
    { "{\"text\":\"a\",\"id\":99999999999999999999}", "too large to be kept" },
    { "{\"text\":\"a\",\"id\":-99999999999999999999}", "too large to be kept" },
    { "{\"text\":\"a\",\"x\":[1e999]}", "too large to be kept" },
    { "{\"text\":\"a\",\"tags\":[1]}", "\"tags\" must be a string or a list" },
    { "{\"text\":\"a\",\"tags\":[\"x\",null]}", "\"tags\" must be a string or a list" },
    { "{\"text\":\"a\",\"date\":[]}", "\"date\" must be a string" },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct muc_document document = { .n_tags = 7 };
        struct muc_error err = { 0 };
        struct arena arena = { 0 };
        const char *warning = "as it was";

        if (doc_from_json(str_c(refused[i].line), &arena, &document, &warning, &err) != MUC_EINPUT)
            fail_msg("taken: %s", refused[i].line);
        if (!strstr(err.message, refused[i].message))
            fail_msg("%s: \"%s\", not \"%s\"", refused[i].line, err.message, refused[i].message);
        assert_int_equal(document.n_tags, 7);
        assert_string_equal(warning, "as it was");
        arena_free(&arena);
    }
}

/** Numbers as RFC 8259 has them, and no others, alone and wherever metadata hold them. */
static void test_numbers(void **state)
{
    static const char *const good[] = { "0",   "-0",   "7",   "10",      "-12",    "0.5", "0.0",
                                        "1e5", "1E+5", "0e0", "-1.5e-3", "10.010", "1e01" };
    static const char *const bad[] = {
        "01",   "-01",  "00",       "-00",       "01.5",     "-01.5",     "1e",  "1E",
        "1e+",  "1e-",  "1.",       "-1.",       "1.e5",     ".5",        "-.5", "+1",
        "-",    "--1",  "1-2",      "1e5.0",     "1.2.3",    "1e1e1",     "NaN", "nan",
        "-NaN", "0x10", "Infinity", "-Infinity", "infinity", "-infinity", "1_0"
    };
    static const char *const around[][2] = {
        { "", "" }, { "[", "]" }, { "[1,", ",2]" }, { "{\"k\": ", " }" }, { " ", " " }
    };
    const size_t n_good = sizeof good / sizeof *good, n_bad = sizeof bad / sizeof *bad;

    (void)state;
    for (size_t i = 0; i < (n_good + n_bad) * (sizeof around / sizeof *around); i++) {
        const size_t of = i % (n_good + n_bad), in = i / (n_good + n_bad);
        const int wanted = of < n_good ? MUC_OK : MUC_EINPUT;
        struct muc_document document;
        struct arena arena = { 0 };
        const char *warning;
        char value[64], line[96];

        snprintf(value, sizeof value, "%s%s%s", around[in][0],
                 of < n_good ? good[of] : bad[of - n_good], around[in][1]);
        snprintf(line, sizeof line, "{\"text\":\"a\",\"x\":%s}", value);
        if (json_check_value(str_c(value), &arena, NULL) != wanted)
            fail_msg("metadata %s: not %d", value, wanted);
        if (doc_from_json(str_c(line), &arena, &document, &warning, NULL) != wanted)
            fail_msg("%s: not %d", line, wanted);
        arena_free(&arena);
    }
}

/* A NUL may be written as \u0000 and then stays; as a byte it cannot. */
static void test_nul(void **state)
{
    struct muc_document document;
    struct arena arena = { 0 };
    const char *warning = NULL;

    (void)state;
    assert_int_equal(
        doc_from_json(STR("{\"text\":\"a\\u0000b\"}"), &arena, &document, &warning, NULL), MUC_OK);
    assert_null(warning);
    assert_int_equal(document.text.size, 3);
    assert_memory_equal(document.text.bytes, "a\0b", 4);
    assert_int_equal(
        doc_from_json(STR("{\"text\":\"a\0b\xff\0\"}"), &arena, &document, &warning, NULL), MUC_OK);
    assert_true(str_equal(document.text, STR("a\xef\xbf\xbd"
                                             "b\xef\xbf\xbd\xef\xbf\xbd")));
    assert_int_equal(document.n_replaced, 3);
    assert_non_null(strstr(warning, "in 3 places"));
    assert_int_equal(doc_from_json(STR("{\"text\":\"a\"}\0"), &arena, &document, &warning, NULL),
                     MUC_EINPUT);
    arena_free(&arena);
}

/* `n` times `piece`, with 0, 1, … before `end` unless that is NULL, between `before` and `behind`;
 * whether it is taken. */
static bool takes(const char *before, const char *piece, const char *end, int n, const char *behind)
{
    struct muc_document document;
    struct muc_error err = { 0 };
    struct arena arena = { 0 };
    struct buffer line = { 0 };
    const char *warning;
    int rc;

    buffer_string(&line, before);
    for (int i = 0; i < n; i++) {
        buffer_string(&line, piece);
        if (end)
            buffer_format(&line, "%d%s", i, end);
    }
    buffer_string(&line, behind);
    rc = doc_from_json(str_of((const char *)line.at, line.size), &arena, &document, &warning, &err);
    assert_true(rc == MUC_OK || rc == MUC_EINPUT);
    arena_free(&arena);
    buffer_free(&line);
    return rc == MUC_OK;
}

static void test_limits(void **state)
{
    static const char tags[] = "{\"text\":\"a\",\"tags\":[\"a\"", keys[] = "{\"text\":\"a\"";
    static const char nested[] = "{\"text\":\"a\",\"x\":";

    (void)state;
    assert_true(takes(tags, ",\"", "\"", MUC_LIST_MAX - 1, "]}"));
    assert_false(takes(tags, ",\"", "\"", MUC_LIST_MAX, "]}"));
    assert_true(takes(keys, ",\"", "\":1", MUC_LIST_MAX - 1, "}"));
    assert_false(takes(keys, ",\"", "\":1", MUC_LIST_MAX, "}"));
    assert_true(takes(nested, "[", NULL, 10, "]]]]]]]]]]}"));
    assert_false(takes(nested, "[", NULL, 100000, ""));
    assert_false(takes("{\"text\":\"a\",\"x\":[0", ",1", NULL, 1000000, "]}"));
    assert_true(takes("{\"text\":\"a\\\"", ",[{\\\"", NULL, 1000000, "\"}"));
    assert_false(takes(nested, "{\"a\":", NULL, 100000, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
