/* SPDX-License-Identifier: MIT */
/* Keys that no input method took: what they mean, and what is no such thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random.h"
#include "text/keyboard.h"

static const struct {
    const char *typed, *meant; /* "": nothing; the first reading */
    bool weak;
} cases[] = {
    { "tieesng", "tiếng", false },
    { "tieengs", "tiếng", false },
    { "vieejt", "việt", false },
    { "tamj", "tạm", false },
    { "bieejt", "biệt", false },
    { "nguowif", "người", false },
    { "nguwowif", "người", false },
    { "nguoiwf", "người", false },
    { "dduwowcj", "được", false },
    { "dduocwj", "được", false },
    { "ddoongf", "đồng", false },
    { "dongdf", "đòng", false },
    { "huwng", "hưng", true },
    { "tw", "tư", true },
    { "huongw", "hương", false },
    { "hoiw", "hơi", false },
    { "now", "nơ", true },
    { "thuw", "thư", true },
    { "hoaf", "hòa", true },
    { "thuyr", "thủy", true },

    { "quys", "quý", true },
    { "truongwf", "trường", false },
    { "xuaan", "xuân", false },
    { "ddi", "đi", false },
    { "ddas", "đá", false },
    { "co6ng", "công", false },
    { "hienej", "hiện", false },
    { "nguyene", "nguyên", true },
    { "ha2ng", "hàng", false },
    { "hang2", "hàng", true },
    { "d9i", "đi", false },
    { "boots", "bốt", false },
    { "boot", "bôt", true },
    { "xaax", "xẫ", false },
    { "tie61ng", "tiếng", false },
    { "vie65t", "việt", false },
    { "nguoi72", "người", false },
    { "ngu7o7i2", "người", false },
    { "d9u7o7c5", "được", false },
    { "duoc975", "được", false },
    { "thanh2", "thành", true },
    { "pho61", "phố", false },
    { "na8m", "năm", false },
    { "viêtj", "việt", false },
    { "đươcj", "được", false },
    { "metric", "", false },
    { "mp3", "", false },
    { "html5", "", false },
    { "huawei", "", false },
    { "covid19", "", false },
    { "text", "", false },
    { "truwongf", "trường", false },
    { "dduwocj", "được", false },
    { "nguoi", "", false },
    { "người", "", false },
    { "2020", "", false },
    { "u23", "", false },
    { "ipad2", "", false },
    { "win7", "", false },
    { "b52", "", false },
    { "twitter", "", false },
    { "windows", "", false },
    { "facebook", "", false },
    { "forex", "", false },
    { "sars", "", false },
    { "asss", "", false },
    { "s", "", false },
    { "", "", false },
    { "tieesngtieesngtieesng", "", false },
    { "car", "cả", true },
    { "bus", "bú", true },
    { "a4", "ã", true },
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct keyboard_reading out[KEYBOARD_READINGS];
        uint32_t n = keyboard_read(str_c(cases[i].typed), out);
        struct muc_string first = n ? str_of(out[0].exact, out[0].exact_size) : str_of("", 0);

        if (!str_equal(first, str_c(cases[i].meant)) || (n && out[0].weak != cases[i].weak))
            fail_msg("%s: %.*s%s, not %s", cases[i].typed, (int)first.size, first.bytes,
                     n && out[0].weak ? " (weak)" : "", cases[i].meant);
    }
}

/** A vowel that an input method has left beside itself. */
static void test_twice(void **state)
{
    static const struct {
        const char *typed, *meant; /* "": nothing */
    } twice[] = {
        { "moôi", "môi" },       { "vieệt", "việt" },
        { "trươờng", "trường" }, { "thưưởng", "thưởng" },
        { "ngườii", "người" },   { "đươợc", "được" },
        { "người", "" },         { "môi", "" },
        { "gõogle", "" },        { "", "" },
        { "đđại", "" },          { "nghĩênêêê", "" },
        { "soóc", "" },          { "goòng", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof twice / sizeof *twice; i++) {
        struct keyboard_reading out;
        bool found = keyboard_read_twice(str_c(twice[i].typed), &out);

        if (found != (*twice[i].meant != '\0') ||
            (found && !str_equal(str_of(out.exact, out.exact_size), str_c(twice[i].meant))))
            fail_msg("%s: not %s", twice[i].typed, twice[i].meant);
    }
}

/** As much of a word as is typed. */
static void test_beginnings(void **state)
{
    static const struct {
        const char *typed, *meant; /* "": nothing */
    } beginnings[] = {
        { "dd", "đ" },
        { "quyee", "quyê" },
        { "tieen", "tiên" },
        { "nguow", "ngươ" },
        { "nguowf", "ngườ" },
        { "d9", "đ" },
        { "thuo7", "thươ" },
        { "nghij", "nghị" },
        { "ddo", "đo" },
        { "q", "" },
        { "bang", "" },
        { "", "" },
        { "tieesngtieesng", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        struct keyboard_reading out;
        bool found = keyboard_read_beginning(str_c(beginnings[i].typed), &out);

        if (found != (*beginnings[i].meant != '\0') ||
            (found && !str_equal(str_of(out.exact, out.exact_size), str_c(beginnings[i].meant))))
            fail_msg("%s: %.*s, not %s", beginnings[i].typed, found ? (int)out.exact_size : 0,
                     out.exact, beginnings[i].meant);
    }
}

/** uo and a horn: both, or the o alone. */
static void test_choice(void **state)
{
    struct keyboard_reading out[KEYBOARD_READINGS];

    (void)state;
    assert_int_equal(keyboard_read(STR("thuowr"), out), 2);
    assert_memory_equal(out[1].exact, "thuở", out[1].exact_size);
    assert_int_equal(keyboard_read(STR("thuo73"), out), 2);
    assert_memory_equal(out[1].exact, "thuở", out[1].exact_size);
}

/** Whatever is typed, what comes out fits and is no key any more. */
static void test_random(void **state)
{
    static const char keys[] = "abcdeghiklmnopqrstuvxyfjwz0123456789";
    struct random random = random_start();

    (void)state;
    for (int i = 0; i < 200000; i++) {
        struct keyboard_reading out[KEYBOARD_READINGS];
        char text[16];
        uint32_t size = random_below(&random, sizeof text), n;

        for (uint32_t k = 0; k < size; k++)
            text[k] = keys[random_below(&random, sizeof keys - 1)];
        n = keyboard_read(str_of(text, size), out);
        assert_true(n <= KEYBOARD_READINGS);
        if (keyboard_read_beginning(str_of(text, size), &out[0]) && !n)
            n = 1;
        for (uint32_t k = 0; k < n; k++)
            assert_true(out[k].exact_size >= out[k].folded_size &&
                        out[k].exact_size <= KEYBOARD_SIZE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),      cmocka_unit_test(test_twice),
        cmocka_unit_test(test_beginnings), cmocka_unit_test(test_choice),
        cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
