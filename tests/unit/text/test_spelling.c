/* SPDX-License-Identifier: MIT */
/* The other spelling of a syllable: by table, and that it leads back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/spelling.h"

static const struct {
    const char *exact, *other; /* "": there is none */
} cases[] = {
    { "lý", "lí" },       { "kỹ", "kĩ" },     { "mỹ", "mĩ" },       { "sỹ", "sĩ" },
    { "hy", "hi" },       { "tỷ", "tỉ" },     { "vỹ", "vĩ" },       { "quý", "quí" },
    { "nghìn", "ngàn" },  { "nghin", "" },    { "nghĩn", "" },      { "ngan", "" },
    { "quỳnh", "quình" }, { "quýt", "quít" }, { "quỵch", "quịch" }, { "ý", "í" },
    { "giùm", "dùm" },    { "giàn", "dàn" },  { "túi", "" },        { "túy", "" },
    { "tai", "" },        { "tay", "" },      { "huy", "" },        { "hui", "" },
    { "yêu", "" },        { "lít", "" },      { "tin", "" },        { "chị", "" },
    { "nghỉ", "" },       { "quyết", "" },    { "quin", "" },       { "i", "" },
    { "y", "" },          { "gì", "" },       { "da", "" },         { "gia", "" },
    { "dành", "" },       { "thị", "" },      { "khí", "" },        { "h", "" },
    { "qu", "" },         { "q", "" },        { "", "" },           { "lý do", "" },
    { "kyoto", "" },      { "linux", "" },    { "lí2", "" },
};

static void test_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_string exact = str_c(cases[i].exact), other = str_c(cases[i].other);
        char out[FORM_MAX], back[FORM_MAX];
        size_t size = spelling_other(exact, out);

        if (!str_equal(str_of(out, size), other))
            fail_msg("%s: %.*s, not %s", cases[i].exact, (int)size, out, cases[i].other);
        if (size && !str_equal(str_of(back, spelling_other(other, back)), exact))
            fail_msg("%s does not lead back to %s", cases[i].other, cases[i].exact);
    }
}

static void test_folded(void **state)
{
    static const char *const folded[][2] = {
        { "ky", "ki" }, { "qui", "quy" }, { "gium", "dum" }, { "dum", "gium" },    { "gian", "" },
        { "dan", "" },  { "y", "" },      { "tui", "" },     { "quynh", "quinh" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++) {
        char out[FORM_MAX];
        size_t size = spelling_other_folded(str_c(folded[i][0]), out);

        if (!str_equal(str_of(out, size), str_c(folded[i][1])))
            fail_msg("%s: %.*s, not %s", folded[i][0], (int)size, out, folded[i][1]);
    }
}

/** A form as long as forms can be gets no longer. */
static void test_long(void **state)
{
    char text[FORM_MAX], out[FORM_MAX];

    (void)state;
    memset(text, 'y', sizeof text);
    text[0] = 'l';
    for (size_t size = 1; size <= FORM_MAX; size++)
        assert_int_equal(spelling_other(str_of(text, size), out), size == 2 ? 2 : 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_folded),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
