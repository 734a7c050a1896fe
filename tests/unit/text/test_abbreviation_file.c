/* SPDX-License-Identifier: MIT */
/* The file that overrides abbreviations: lines that are read, and lines that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/abbreviation_file.h"

static const struct {
    const char *why, *text;
    uint32_t n, bad_line;
    const char *brief, *meaning; /* of the first by short forms and meanings */
    uint32_t n_docs;
} cases[] = {
    { "nothing", "", 0, 0, NULL, NULL, 0 },
    { "a pair", "UBND\tỦy ban nhân dân\t523\n", 1, 0, "ubnd", "ủy ban nhân dân", 523 },
    { "no number", "UBND\tỦy ban nhân dân", 1, 0, "ubnd", "ủy ban nhân dân", 0 },
    { "Windows", "\xef\xbb\xbfUBND\tủy ban nhân dân\t5\r\n", 1, 0, "ubnd", "ủy ban nhân dân", 5 },
    { "blanks around", " UBND \t ủy  ban nhân dân \n", 1, 0, "ubnd", "ủy ban nhân dân", 0 },
    { "old place of the tone", "HB\tHoà Bình\n", 1, 0, "hb", "hòa bình", 0 },
    { "no meaning", "HTX\t\n", 1, 0, "htx", "", 0 },
    { "remarks and empty lines", "# a\tb\n\n#\nHTX\t\n", 1, 0, "htx", "", 0 },
    { "two meanings", "SCD\tsở cây điều\nSCD\tsở cầu đường\n", 2, 0, "scd", "sở cây điều", 0 },
    { "a huge number", "A\tb\t99999999999999999999\n", 1, 0, "a", "b", UINT32_MAX - 1 },
    { "no tab", "UBND ủy ban\n", 0, 1, NULL, NULL, 0 },
    { "no short form", "HTX\t\n\tủy ban\n", 1, 2, "htx", "", 0 },
    { "no such number", "UBND\tủy ban\t5x\n", 0, 1, NULL, NULL, 0 },
    { "one tab more", "UBND\tủy ban\t5\t\n", 0, 1, NULL, NULL, 0 },
    { "too many words", "A\t1 2 3 4 5 6 7 8 9 10 11 12 13\n", 0, 1, NULL, NULL, 0 },
    { "bad line, good line", "x\nHTX\t\n", 1, 1, "htx", "", 0 },
    { "bytes that are no text", "\xff\xfe\t\xff\n", 0, 1, NULL, NULL, 0 },
};

static void reads_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct overrides overrides = { 0 };
        struct arena arena = { 0 };
        uint32_t bad_line;

        assert_int_equal(overrides_read(str_c(cases[i].text), &arena, &overrides, &bad_line, NULL),
                         MUC_OK);
        if (overrides.n != cases[i].n || bad_line != cases[i].bad_line)
            fail_msg("%s: %zu, bad line %u", cases[i].why, overrides.n, (unsigned)bad_line);
        if (overrides.n && (!str_equal(overrides.at[0].brief, str_c(cases[i].brief)) ||
                            overrides.at[0].n_docs != cases[i].n_docs))
            fail_msg("%s: %s, %u documents", cases[i].why, overrides.at[0].brief.bytes,
                     (unsigned)overrides.at[0].n_docs);
        for (size_t k = 0; k < overrides.n; k++) {
            assert_true(overrides_name(&overrides, overrides.at[k].brief));
            assert_true(overrides_keep(&overrides, overrides.at[k].brief, overrides.at[k].meaning));
        }
        if (overrides.n)
            assert_true(overrides_keep(&overrides, str_c(cases[i].brief), str_c(cases[i].meaning)));
        assert_false(overrides_name(&overrides, STR("nobody")));
        assert_false(overrides_keep(&overrides, STR("ubnd"), STR("nobody")));
        vector_free(&overrides);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reads_lines) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
