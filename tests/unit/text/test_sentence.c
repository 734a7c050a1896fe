/* SPDX-License-Identifier: MIT */
/* Which words are written with a full stop, so that no sentence ends there. */
#include "text/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_abbreviations(void **state)
{
    static const struct {
        const char *word;
        bool is_one;
    } cases[] = {
        { "TP", true },
        { "Th", true },
        { "UBND", true },
        { "HÒA", false },
        { "HO\u0300A", false }, /* the same, decomposed */
        { "Hoa", false },
        /* characters whose last 16 bits are those of a tone's mark, but which have none */
        { "UB\U00010323", true },
        { "\U00010300", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (sentence_is_abbreviation(str_c(cases[i].word)) != cases[i].is_one)
            fail_msg("[%s]: %d", cases[i].word, !cases[i].is_one);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_abbreviations) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
