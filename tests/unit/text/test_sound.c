/* SPDX-License-Identifier: MIT */
/* What is said alike, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/sound.h"

static const struct {
    const char *a, *b;
    bool alike;
} cases[] = {
    /* initials */
    { "sử", "xử", true },
    { "trung", "chung", true },
    { "giành", "dành", true },
    { "rao", "giao", true },
    { "lên", "nên", true },
    { "nghành", "ngành", true },
    { "ghà", "gà", true },
    /* tones, alone and with another part */
    { "nổ", "nỗ", true },
    { "sẻ", "sẽ", true },
    { "kỹ", "kỷ", true },
    { "giẫy", "rẩy", true },
    { "nghĩ", "nghỉ", true },
    /* other letters, tones and marks */
    { "đành", "dành", false },
    { "nhà", "là", false },
    { "nga", "la", false },
    { "thung", "trung", false },
    { "sắc", "sác", false },
    { "nố", "nỗ", false },
    { "mách", "mát", false },
    { "anh", "an", false },
    { "mặc", "mặt", false }, /* finals: other words far more often than slips */
    { "thôn", "thông", false },
    { "s", "x", false }, /* letters */
    { "", "x", false },
    { "ngngngngngngngngngng", "ngngngngngngngngngng", false }, /* no syllable */
};

static void test_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (sound_alike(str_c(cases[i].a), str_c(cases[i].b)) != cases[i].alike ||
            sound_alike(str_c(cases[i].b), str_c(cases[i].a)) != cases[i].alike)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
}

static void check_forms(const char *folded, const char *const *expected, uint32_t n_expected)
{
    char forms[SOUNDS_MAX][FORM_MAX];
    uint32_t n = sound_forms(str_c(folded), forms);

    assert_int_equal(n, n_expected);
    for (uint32_t i = 0; i < n; i++)
        assert_string_equal(forms[i], expected[i]);
}

static void test_forms(void **state)
{
    static const char *const su[] = { "su", "xu" };
    static const char *const rac[] = { "giac", "dac", "rac" };
    static const char *const an[] = { "an" };
    static const char *const o[] = { "o" };

    (void)state;
    check_forms("xu", su, 2);
    check_forms("rac", rac, SOUNDS_MAX);
    check_forms("an", an, 1);
    check_forms("o", o, 1);
    check_forms("mississippimississippi", NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_forms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
