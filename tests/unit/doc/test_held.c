/* SPDX-License-Identifier: MIT */
/* Whoever reads documents tells of the bytes that it may have to hold for the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "doc/doc.h"

enum {
    MANY = 20000,
    SMALL = DOC_LARGE / MANY * 2, /* bytes of a text: all are more than a large one */
    LARGE = DOC_LARGE + (1 << 20),
};

struct counted {
    uint64_t held, most; /* bytes since the last document; at most */
    unsigned n;          /* documents */
};

static int hold(void *whose, uint64_t more, struct muc_error *err)
{
    struct counted *counted = whose;

    (void)err;
    counted->held += more;
    if (counted->held > counted->most)
        counted->most = counted->held;
    return MUC_OK;
}

static int emit(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct counted *counted = context;

    (void)document;
    (void)err;
    counted->held = 0;
    counted->n++;
    return MUC_OK;
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    (void)context;
    (void)line;
    (void)err;
    fail_msg("%s", message);
    return MUC_OK;
}

static void warn(void *context, uint64_t line, const char *message)
{
    (void)context;
    (void)line;
    (void)message;
}

static const struct {
    const struct doc_reader *reader;
    const char *head, *before, *behind, *foot; /* of the file, and of each text */
} formats[] = {
    { &doc_reader_jsonl, "", "{\"text\": \"", "\"}\n", "" },
    { &doc_reader_json, "[", "{\"text\": \"", "\"},\n", "{\"text\": \"một\"}]" },
    { &doc_reader_csv, "text,title\n", "", ",hai\n", "" },
};

static struct counted read_texts(size_t format, unsigned n, size_t size)
{
    struct counted counted = { .n = 0 };
    const struct doc_sink sink = { emit, refuse, warn, &counted, NULL };
    struct doc_input input = { .path = "file", .id = STR("file"), .held = hold, .whose = &counted };
    struct muc_error err;
    uint64_t hash;
    FILE *file = tmpfile();

    assert_non_null(file);
    fputs(formats[format].head, file);
    for (unsigned i = 0; i < n; i++) {
        fputs(formats[format].before, file);
        for (size_t k = 0; k < size; k += 2)
            fputs("a ", file);
        fputs(formats[format].behind, file);
    }
    fputs(formats[format].foot, file);
    assert_int_equal(fflush(file), 0);
    input.size = (uint64_t)ftell(file);
    rewind(file);
    input.fd = fileno(file);
    assert_int_equal(formats[format].reader->read(&input, &sink, &hash, &err), MUC_OK);
    fclose(file);
    assert_in_range(counted.n, n, n + 1);
    return counted;
}

static void test_small(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        assert_in_range(read_texts(i, MANY, SMALL).most, SMALL, DOC_LARGE / 2);
}

static void test_large(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        assert_in_range(read_texts(i, 1, LARGE).most, LARGE, 2 * LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
