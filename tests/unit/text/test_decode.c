/* SPDX-License-Identifier: MIT */
/* Bytes to text: encodings found, bad sequences replaced and counted as ICU counts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <cmocka.h>

#include "../random.h"
#include "base/str.h"
#include "text/decode.h"
#include "text/utf8.h"

#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static void test_encodings(void **state)
{
    static const struct {
        struct muc_string bytes;
        const char *forced, *text, *encoding;
        uint32_t n_replaced;
    } cases[] = {
        { BYTES(""), NULL, "", "UTF-8", 0 },
        { BYTES("môi"), NULL, "môi", "UTF-8", 0 },
        { BYTES("\xef\xbb\xbfmôi"), NULL, "môi", "UTF-8", 0 },
        { BYTES("\xff\xfem\0\xf4\0i\0"), NULL, "môi", "UTF-16LE", 0 },
        { BYTES("\xfe\xff\0m\0\xf4\0i"), NULL, "môi", "UTF-16BE", 0 },
        { BYTES("a\xff"
                "b"),
          NULL,
          "a\ufffd"
          "b",
          "UTF-8", 1 },
        { BYTES("a\xe1\xba"), NULL, "a\ufffd", "UTF-8", 1 },
        { BYTES("\xc0\xaf"), NULL, "\ufffd\ufffd", "UTF-8", 2 },
        { BYTES("\xed\xa0\x80"), NULL, "\ufffd\ufffd\ufffd", "UTF-8", 3 },
        { BYTES("\xff\xfem\0\x3d\xd8"), NULL, "m\ufffd", "UTF-16LE", 1 },
        { BYTES("caf\xe9"), "ISO-8859-1", "café", "ISO-8859-1", 0 },
        { BYTES("\xd0\xe0i"), "windows-1258", "Đài", "windows-1258", 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer text = { 0 };
        struct decoding decoding;

        assert_int_equal(decode(cases[i].bytes.bytes, cases[i].bytes.size, cases[i].forced, &text,
                                &decoding, NULL),
                         MUC_OK);
        assert_int_equal(text.size, strlen(cases[i].text));
        if (text.size)
            assert_memory_equal(text.at, cases[i].text, text.size);
        assert_string_equal(decoding.encoding, cases[i].encoding);
        assert_int_equal(decoding.n_replaced, cases[i].n_replaced);
        buffer_free(&text);
    }
}

static void test_no_such_encoding(void **state)
{
    struct buffer text = { 0 };
    struct decoding decoding;

    (void)state;
    assert_int_equal(decode("a", 1, "no-such", &text, &decoding, NULL), MUC_EARGUMENT);
    buffer_free(&text);
}

/** Long texts are looked at in parts: whatever is bad is found wherever it stands. */
static void test_valid_in_parts(void **state)
{
    static const char *const pieces[] = { "a", "\xc6\xb0", "\xe1\xbb\x9d", "\xf0\x9f\x8e\x89" };
    struct random random = random_start();

    (void)state;
    for (int round = 0; round < 5000; round++) {
        char text[320];
        size_t n = 0, most = random_below(&random, sizeof text - 4), bad;

        while (n < most) {
            const char *piece = pieces[random_below(&random, round % 2 ? 3 : 4)];

            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        assert_true(utf8_is_valid(str_of(text, n)));
        if (!n)
            continue;
        assert_int_equal(utf8_is_valid(str_of(text, n - 1)), (uint8_t)text[n - 1] < 0x80);
        bad = random_below(&random, n);
        text[bad] = (char)(random_below(&random, 2) ? 0xff : (uint8_t)text[bad] ^ 0x80);
        assert_false(utf8_is_valid(str_of(text, n)));
    }
}

/** Random bytes, mostly of UTF-8's kinds: repaired text is valid, and where ICU puts U+FFFD. */
static void test_repair(void **state)
{
    static const uint8_t bytes[] = { 'a',  ' ',  0,    0x7f, 0x80, 0xbf, 0xc2, 0xe1, 0xba, 0xa3,
                                     0xed, 0xa0, 0xf0, 0x9f, 0x8e, 0x89, 0xf4, 0x90, 0xff, 0xc0 };
    struct random random = random_start();

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[24], expected[24 * 3 + 1];
        size_t n = random_below(&random, sizeof text), to = 0, n_bad = 0;
        struct buffer repaired = { 0 };

        for (size_t i = 0; i < n; i++)
            text[i] = (char)bytes[random_below(&random, sizeof bytes)];
        for (size_t i = 0; i < n;) {
            UChar32 c;
            size_t start = i;

            U8_NEXT((const uint8_t *)text, i, n, c);
            if (c < 0) {
                memcpy(expected + to, "\ufffd", 3);
                to += 3;
                n_bad++;
            } else {
                memcpy(expected + to, text + start, i - start);
                to += i - start;
            }
        }
        assert_int_equal(utf8_is_valid(str_of(text, n)), n_bad == 0);
        assert_int_equal(decode_repair(str_of(text, n), &repaired), n_bad);
        assert_int_equal(repaired.size, to);
        if (to)
            assert_memory_equal(repaired.at, expected, to);
        buffer_free(&repaired);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_no_such_encoding),
        cmocka_unit_test(test_valid_in_parts),
        cmocka_unit_test(test_repair),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
