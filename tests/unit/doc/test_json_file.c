/* SPDX-License-Identifier: MIT */
/* JSON files: a document, an array, one behind the other; where they break off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reading.h"

static const struct reading_case cases[] = {
    { "a document", "{\n \"title\": \"Một\",\n \"text\": \"hai\"\n}\n", MUC_OK,
      "j.json|Một||hai\n" },
    { "an array, a mark before it",
      "\xef\xbb\xbf[ {\"title\":\"Một\"},\n{\"id\":\"x\",\"title\":\"h]a}i\\\"\"} ]\n", MUC_OK,
      "j.json#1|Một||\nx|h]a}i\"||\n" },
    { "lines that are called so", "{\"title\":\"Một\"}\n{\"title\":\"Hai\"}\n", MUC_OK,
      "j.json|Một||\nj.json#2|Hai||\n" },
    { "an element that is none", "[{\"title\":\"Một\"}, 17, null, \"x\"]", MUC_OK,
      "j.json#1|Một||\nrefused: not an object: a document is {\"id\": …, \"text\": …}\n"
      "refused: not an object: a document is {\"id\": …, \"text\": …}\n"
      "refused: not an object: a document is {\"id\": …, \"text\": …}\n" },
    { "an empty array", "[ ]", MUC_OK, "" },
    { "it breaks off", "[{\"title\":\"Một\"},{\"title\":\"", MUC_OK,
      "j.json#1|Một||\nrefused: it breaks off in the middle of a document\n" },
    { "its array is not closed", "[{\"title\":\"Một\"}", MUC_OK,
      "j.json#1|Một||\nrefused: it breaks off: its array is not closed\n" },
    { "nothing", " \n", MUC_EINPUT, "empty" },
    { "no JSON", "Một hai", MUC_EINPUT, "not one of its 2 values is a document" },
    { "no JSON from somewhere on", "[{\"title\":\"Một\"},\n{\"title\":x}]", MUC_OK,
      "j.json#1|Một||\nrefused: not JSON at byte 10 of the document: unexpected character\n" },
    { "UTF-16", "\xff\xfe[", MUC_EINPUT, "in UTF-16; JSON is UTF-8, convert it first" },
    { "no document", "{\"a\":1}", MUC_EINPUT, "not one of its 1 values is a document" },
};

static void test_files(void **state)
{
    (void)state;
    reading_check_all(&doc_reader_json, "j.json", cases, sizeof cases / sizeof *cases);
}

static void test_deep(void **state)
{
    struct buffer json = { 0 };

    (void)state;
    for (int i = 0; i < 1000000; i++)
        buffer_byte(&json, '[');
    reading_check("deep", &doc_reader_json, "j.json", json.at, json.size, MUC_EINPUT,
                  "it breaks off");
    buffer_free(&json);
}

static void test_kinds(void **state)
{
    static const struct reading_kind kinds[] = {
        { "a.jsonl", "[\n  {\n \"a\":1}]", &doc_reader_json },
        { "a.json", "{", &doc_reader_json },
        { "a.jsonl", "{\"a\":1}", &doc_reader_jsonl },
        { "a.txt", "[1] Một", &doc_reader_text },
        { "a.txt", "\xef\xbb\xbf[{\"a\":1}]", &doc_reader_json },
        { "a", "{\"text\":\"}\"}\n{\"text\":\"b\"}\n", &doc_reader_jsonl },
        { "a", "{\"text\":\"a\"}", &doc_reader_jsonl },
        { "a.txt", "\xef\xbb\xbf\n {\"id\":1,\"x\":{\"y\":[]},\"Tiêu đề\" :\"a\"}\n",
          &doc_reader_jsonl },
        { "2024.dump", "{\"text\":\"a\"}\n", &doc_reader_jsonl },
        { "a", "{\n \"title\": \"a\"\n}\n", &doc_reader_json },
        { "a.json", "{\"text\":\"a\"}\n", &doc_reader_json },
        { "a.csv", "{\"text\":\"a\"}\n", &doc_reader_csv },
        { "a", "{\"x\":{\"text\":1},\"y\":\"text\"}\n", &doc_reader_text },
        { "a", "{\"text\":\"a\"", &doc_reader_text },
        { "a", "{\"text", &doc_reader_text },
        { "a", "{\"text\\", &doc_reader_text },
        { "a", "{", &doc_reader_text },
        { "a", "{text}", &doc_reader_text },
        { "a.dump", "text", NULL },
    };

    (void)state;
    reading_check_kinds(kinds, sizeof kinds / sizeof *kinds);
}

/** A first line of which only the head is seen. */
static void test_long_line(void **state)
{
    char head[DOC_HEAD + 1] = "{\"title\":\"a\",\"text\":\"";
    const struct reading_kind kinds[] = { { "a", head, &doc_reader_jsonl } };
    size_t size = strlen(head);

    (void)state;
    memset(head + size, 'x', DOC_HEAD - size);
    reading_check_kinds(kinds, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_long_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
