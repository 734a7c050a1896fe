/* SPDX-License-Identifier: MIT */
/* The next bytes of a text and which of them are of words, against what each byte says alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../random.h"
#include "text/window.h"

static bool is_of_word(uint8_t c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void check_window(const char *text, size_t size, size_t at)
{
    struct window window;

    window_open(&window, str_of(text, size), at);
    for (size_t i = 0; i < sizeof window.last; i++) {
        uint8_t wanted = at + i < size ? (uint8_t)text[at + i] : 0;

        if ((uint8_t)window.bytes[i] != wanted)
            fail_msg("%zu bytes from %zu on: byte %zu is %02x, not %02x", size, at, i,
                     (uint8_t)window.bytes[i], wanted);
        if (i < WINDOW && (window.words >> i & 1) != is_of_word(wanted))
            fail_msg("%zu bytes from %zu on: byte %zu, %02x, is taken for %s", size, at, i, wanted,
                     is_of_word(wanted) ? "none of a word" : "one of a word");
    }
}

/** Texts of all sizes, in memory that ends where they do. */
static void test_sizes(void **state)
{
    struct random random = random_start();

    (void)state;
    for (size_t size = 1; size <= 3 * WINDOW; size++) {
        char *text = malloc(size);

        assert_non_null(text);
        for (size_t i = 0; i < size; i++)
            text[i] = (char)(random_below(&random, 3) ? 'a' + random_below(&random, 26)
                                                      : random_below(&random, 256));
        for (size_t at = 0; at < size; at++)
            check_window(text, size, at);
        free(text);
    }
}

static void test_keys(void **state)
{
    static const char text[] = "Mot hai ba bon nam sau bay";
    struct window window;

    (void)state;
    window_open(&window, str_of(text, sizeof text - 1), 0);
    for (unsigned at = 0; at < sizeof text - 1; at++)
        for (unsigned n = 0; n < WINDOW_KEY && at + n < sizeof text; n++) {
            uint8_t wanted[WINDOW_KEY] = { 0 }, key[WINDOW_KEY];

            memcpy(wanted, text + at, n);
            simde_mm_storeu_si128((void *)key, window_key(&window, at, n));
            assert_memory_equal(key, wanted, sizeof key);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
