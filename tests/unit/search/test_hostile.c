/* SPDX-License-Identifier: MIT */
/* Queries that nobody types: each gets an answer, what was left out of it is said with its place,
 * and memory stays within bounds (the sanitizers' and the test's own time limit watch the rest). */
#include <unicode/utf8.h>

#include "group_archive.h"

enum { TIMES = 300, ROOM = QUERY_MAX_SIZE + 64 };

static char text[ROOM];

/** `n` times `piece` with `joint` between, as far as a query may be long. */
static void repeat(const char *piece, const char *joint, uint32_t n)
{
    size_t size = 0;

    for (uint32_t i = 0; i < n && size + strlen(piece) + strlen(joint) < QUERY_MAX_SIZE; i++)
        size += (size_t)snprintf(text + size, ROOM - size, "%s%s", i ? joint : "", piece);
}

/** Ask in every way; `warned`: something has to be said. Documents found. */
static uint64_t ask(const char *why, bool warned)
{
    uint64_t total = 0;

    for (unsigned way = 0; way < 6; way++) {
        struct muc_query query = { .text = muc_text(text),
                                   .match = way % 3,
                                   .accents = way / 3,
                                   .limit = 5,
                                   .explain = way == 0,
                                   .no_totals = way == 4 };
        struct answer answer = archive_search(&archive, &query);

        if (warned && !answer.n_warnings)
            fail_msg("%s: nothing is said", why);
        for (size_t w = 0; w < answer.n_warnings; w++)
            assert_true(answer.warnings[w].position < query.text.size);
        assert_true(answer.n_hits <= 5);
        total = way == 0 ? answer.summary.total : total;
        answer_free(&answer);
    }
    return total;
}

static void answers_long_queries(void **state)
{
    static const struct {
        const char *why, *piece, *joint;
        uint32_t n;
        bool warned, found;
    } cases[] = {
        { "syllables", "môi", " ", 100000, true, true },
        { "syllables without marks", "moi truong bao ve", " ", 100000, true, true },
        { "wildcards", "m*i", " ", 500, true, true },
        { "wildcards, any of them", "*m*", " OR ", 500, true, true },
        { "stars", "*", " ", 5000, true, false },
        { "stars in one word", "*", "", 5000, true, false },
        { "questions", "?", "", 5000, false, false },
        { "distances", "trường~2", " ", 500, true, true },
        { "a star and a letter", "*a", "", 60, false, false },
        { "NEAR", "môi", " NEAR/1000 ", 400, false, false },
        { "OR", "môi", " OR ", 4000, true, true },
        { "NOT", "-môi", " ", 4000, true, false },
        { "opening brackets", "(", "", 30000, true, false },
        { "closing brackets", ")", "", 30000, true, false },
        { "quotes", "\"", " ", 9000, false, false },
        { "marks alone", "\u0301\u0303", "", 9000, false, false },
        { "keys", "tieesng", " ", 4000, true, false },
        { "syllables run together", "baovemoitruong", " ", 4000, true, true },
        { "slips", "trườmg", " môi ", 4000, true, true },
        { "fields", "title:môi", " ", 4000, true, false },
        { "weights", "môi^9", "^9 ", 4000, true, true },
        { "mixed scripts", "môi環境средаωبيئة환경", " ", 600, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t total;

        repeat(cases[i].piece, cases[i].joint, cases[i].n);
        total = ask(cases[i].why, cases[i].warned);
        if (cases[i].found && !total)
            fail_msg("%s: nothing is found", cases[i].why);
    }
}

static void follows_brackets(void **state)
{
    size_t size = 0;

    (void)state;
    for (uint32_t i = 0; i < 10000; i++)
        text[size++] = '(';
    size += (size_t)snprintf(text + size, ROOM - size, "môi");
    for (uint32_t i = 0; i < 10000; i++)
        text[size++] = ')';
    text[size] = '\0';
    assert_int_equal(ask("nested brackets", true), TIMES);
}

/** Some characters of every plane, and what is no character. */
static void takes_every_plane(void **state)
{
    uint32_t size = 0;

    (void)state;
    for (UChar32 c = 1; c <= 0x10ffff && size < QUERY_MAX_SIZE - 4; c += 97) {
        if (c >= 0xd800 && c < 0xe000)
            continue;
        if (c % 3 == 0)
            text[size++] = ' ';
        U8_APPEND_UNSAFE(text, size, c);
    }
    text[size] = '\0';
    ask("all planes", false);
    for (size = 0; size < 4000; size++)
        text[size] = (char)(size % 255 + 1);
    text[size] = '\0';
    ask("all bytes", false);
}

static int start(void **state)
{
    (void)state;
    archive_start(&archive);
    for (unsigned i = 0; i < TIMES; i++)
        archive_add_text(&archive, i, "Bảo vệ môi trường, môi trường sống.");
    archive_commit(&archive);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_long_queries),
        cmocka_unit_test(follows_brackets),
        cmocka_unit_test(takes_every_plane),
    };

    return cmocka_run_group_tests(tests, start, archive_tear_down);
}
