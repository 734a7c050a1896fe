/* SPDX-License-Identifier: MIT */
/* Objects of strings are read as json-c reads them, which a key without a value makes it do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "base/buffer.h"
#include "doc/doc.h"
#include "doc/json_plain.h"

enum { LINES = 60000, PIECES = 12 };

static const char *const names[] = { "id",     "title", "text", "date",      "source",
                                     "url",    "lang",  "kind", "place",     "number",
                                     "byline", "tags",  "khác", "te\\u0078t" };

static const char *const pieces[] = {
    "a",
    "môi trường",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\r\\t",
    "\\u1ebf",
    "\\u0041",
    "\\u00e0",
    "\\ud83d",
    "\\ude0",
    "\\u0000",
    "\\x",
    "\t",
    "\x7f",
    "22/12/2020",
    "😀",
    "{",
    "]",
    ",",
    "'",
    "/* */",
    "\x1f",
    "một câu dài hơn mười sáu byte để đọc từng hàng",
};

static const char *const values[] = { "null", "17", "[\"x\"]", "\"", "", "true", "{}", "\"a\"b" };

static void put_string(struct buffer *out, struct random *random)
{
    /* most are of harmless pieces */
    uint32_t n = random_below(random, PIECES), kinds = random_below(random, 3) ? 10 : 25;

    buffer_byte(out, '"');
    for (uint32_t i = 0; i < n; i++)
        buffer_string(out, pieces[random_below(random, kinds)]);
    buffer_byte(out, '"');
}

/** What stands between the braces. */
static void put_members(struct buffer *out, struct random *random)
{
    static const char *const blanks[] = { "", "", "", " ", "\t", "\r\n", "\f" };
    uint32_t n = random_below(random, 6);

    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buffer_string(out, random_below(random, 50) ? "," : ", ,");
        buffer_string(out, blanks[random_below(random, 7)]);
        buffer_format(out, "\"%s\"",
                      names[random_below(random, random_below(random, 9) ? 11 : 14)]);
        buffer_string(out, random_below(random, 9) ? ":" : " : ");
        if (random_below(random, 12))
            put_string(out, random);
        else
            buffer_string(out, values[random_below(random, 8)]);
    }
}

struct taken {
    struct arena arena;
    struct muc_document document;
    const char *warning;
    int rc;
};

static struct taken take(const struct buffer *line)
{
    struct taken taken = { .rc = 0 };
    struct muc_error err;

    taken.rc = doc_from_json(str_of((const char *)line->at, line->size), &taken.arena,
                             &taken.document, &taken.warning, &err);
    return taken;
}

static void assert_same(const struct taken *a, const struct taken *b)
{
    const struct muc_document *x = &a->document, *y = &b->document;
    const struct muc_string all[][2] = {
        { x->id, y->id },         { x->title, y->title }, { x->text, y->text },
        { x->source, y->source }, { x->url, y->url },     { x->lang, y->lang },
        { x->kind, y->kind },     { x->place, y->place }, { x->number, y->number },
        { x->byline, y->byline },
    };

    assert_int_equal(a->rc, b->rc);
    if (a->rc)
        return;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_true(str_equal(all[i][0], all[i][1]));
        assert_int_equal(!all[i][0].bytes, !all[i][1].bytes);
        if (all[i][0].bytes)
            assert_int_equal(all[i][0].bytes[all[i][0].size], 0);
    }
    assert_memory_equal(&x->date, &y->date, sizeof x->date);
    assert_int_equal(x->date_origin, y->date_origin);
    assert_int_equal(x->n_tags, y->n_tags);
    assert_int_equal(x->n_metadata, y->n_metadata);
    assert_int_equal(!a->warning, !b->warning);
    if (a->warning)
        assert_string_equal(a->warning, b->warning);
}

static bool is_plain(const struct buffer *line)
{
    struct muc_string strings[11];
    struct plain_key keys[11];
    struct arena arena = { 0 };
    bool plain;

    for (size_t i = 0; i < 11; i++)
        keys[i] = (struct plain_key){ str_c(names[i]), &strings[i] };
    plain = json_plain(str_of((const char *)line->at, line->size), keys, 11, &arena);
    arena_free(&arena);
    return plain;
}

static void test_as_json_c(void **state)
{
    struct buffer members = { 0 }, line = { 0 }, other = { 0 };
    struct random random = random_start();
    size_t n_plain = 0, n_taken = 0;

    (void)state;
    for (int i = 0; i < LINES; i++) {
        struct taken a, b;

        buffer_clear(&members);
        buffer_clear(&line);
        buffer_clear(&other);
        put_members(&members, &random);
        if (random_below(&random, 20) == 0 && members.size)
            members.size -= 1 + random_below(&random, (uint32_t)members.size);
        buffer_byte(&members, 0);
        buffer_format(&line, "{%s}", (const char *)members.at);
        buffer_format(&other, "{\"zz\":null%s%s}", members.size > 1 ? "," : "",
                      (const char *)members.at);
        a = take(&line);
        b = take(&other);
        if (a.rc != b.rc)
            print_message("%s\n", (const char *)members.at);
        assert_same(&a, &b);
        n_taken += !a.rc;
        n_plain += is_plain(&line);
        assert_false(is_plain(&other));
        arena_free(&a.arena);
        arena_free(&b.arena);
    }
    print_message("%zu of %d taken, %zu plain\n", n_taken, LINES, n_plain);
    assert_true(n_plain > LINES / 10);
    buffer_free(&members);
    buffer_free(&line);
    buffer_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_as_json_c) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
