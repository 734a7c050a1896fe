/* SPDX-License-Identifier: MIT */
/* What a large document needed beside its segment is not kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "index/invert.h"

enum { WORDS = 300000, MEMORY = 64 << 20 };

static void add(struct invert *invert, struct muc_string text)
{
    const struct muc_document document = { .id = STR("id"), .text = text };
    struct muc_error err;

    assert_int_equal(invert_add(invert, &document, 1, &err), MUC_OK);
}

static void test_large(void **state)
{
    struct invert *invert;
    struct spill spill;
    struct muc_error err;
    char *text = malloc(2 * WORDS);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < WORDS; i++) {
        text[2 * i] = 'a';
        text[2 * i + 1] = ' ';
    }
    spill_init(&spill, NULL); /* nothing is written */
    assert_int_equal(invert_new(MEMORY, &invert, &err), MUC_OK);
    invert_start(invert, &spill, 1);
    add(invert, STR("a few words"));
    assert_int_not_equal(invert->tokens.room, 0);
    add(invert, str_of(text, 2 * WORDS));
    assert_int_equal(invert->tokens.room, 0);
    assert_true(stream_size(&invert->text) >= WORDS);
    invert_free(invert);
    spill_free(&spill);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_large) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
