/* SPDX-License-Identifier: MIT */
/* Patterns in phrases that fit more words than can be looked for: those in the most documents of
 * the whole archive are taken, however it came to be, and what is left out is said. */
#include "archive.h"
#include "search/pattern_forms.h"
#include "search/phrase.h"

enum { RARE = 1500, COMMON = 200 };

/** Word number `i` that x* fits; in the order of their numbers, letters alone. */
static struct muc_string word_of(unsigned i, char room[5])
{
    snprintf(room, 5, "x%c%c%c", (char)('b' + i / 400), (char)('b' + i / 20 % 20),
             (char)('b' + i % 20));
    return muc_text(room);
}

static void add(struct archive *archive, const char *kind, unsigned i)
{
    char room[5], id[16], text[64];

    snprintf(id, sizeof id, "%s%u", kind, i);
    snprintf(text, sizeof text, "Tin đầu %s.", word_of(i, room).bytes);
    archive_add(archive, &(struct muc_document){ .id = muc_text(id), .text = muc_text(text) });
}

/** COMMON words behind the RARE ones, each in three documents; what has one rare word or another is
 *  spread over the commits. */
static void fill(struct archive *archive, unsigned commits, bool with_gone)
{
    archive_start(archive);
    for (unsigned c = 0; c < commits; c++) {
        for (unsigned i = 0; i < RARE; i++)
            if (i % commits == c)
                add(archive, "rare", i);
        for (unsigned i = RARE; i < RARE + COMMON; i++)
            for (unsigned k = 0; k < 3; k++)
                if (k % commits == c)
                    add(archive, (const char *[]){ "a", "b", "c" }[k], i);
        for (unsigned i = RARE - 100; with_gone && c == 0 && i < RARE; i++)
            add(archive, "gone", i);
        archive_commit(archive);
    }
    if (!with_gone)
        return;
    for (unsigned i = RARE - 100; i < RARE; i++) {
        char id[16];

        snprintf(id, sizeof id, "gone%u", i);
        archive_delete(archive, id);
    }
    archive_commit(archive);
}

/** How many documents a query finds, all words as an AND; whether it is said where forms were left
 *  out: at byte `position`, UINT32_MAX for nothing is said. */
static uint64_t count(const struct archive *archive, const char *text, uint32_t position)
{
    struct muc_query query = { .text = muc_text(text), .match = MUC_MATCH_ALL, .limit = 3 };
    struct answer answer = archive_search(archive, &query);
    uint64_t total = answer.summary.total;

    if (answer.n_warnings != (position != UINT32_MAX))
        fail_msg("%s: %zu warnings", text, answer.n_warnings);
    if (answer.n_warnings) {
        assert_int_equal(answer.warnings[0].kind, MUC_WARNING_FORMS);
        assert_int_equal(answer.warnings[0].position, position);
    }
    answer_free(&answer);
    return total;
}

static void is_as_said(const struct archive *archive)
{
    const unsigned taken = PATTERN_FORMS_MAX - COMMON; /* of the rare ones, by their bytes */
    char room[5], text[64];

    /* by itself a pattern has no bound, nor has what fits few enough words */
    assert_int_equal(count(archive, "x*", UINT32_MAX), RARE + 3 * COMMON);
    assert_int_equal(count(archive, "\"đầu xb*\"", UINT32_MAX), 400);
    assert_int_equal(count(archive, "\"đầu x*\"", 8), taken + 3 * COMMON);
    assert_int_equal(count(archive, "x* NEAR/3 tin", 0), taken + 3 * COMMON);
    assert_int_equal(count(archive, "tin (\"đầu x*\" OR xyz)", 13), taken + 3 * COMMON);
    assert_int_equal(count(archive, "tin -\"đầu x*\"", 13), RARE - taken);
    snprintf(text, sizeof text, "\"đầu x*\" %s", word_of(taken - 1, room).bytes);
    assert_int_equal(count(archive, text, 8), 1);
    snprintf(text, sizeof text, "\"đầu x*\" %s", word_of(taken, room).bytes);
    assert_int_equal(count(archive, text, 8), 0);
}

static void test_one_commit(void **state)
{
    struct archive archive;

    (void)state;
    fill(&archive, 1, false);
    is_as_said(&archive);
    archive_end(&archive);
}

static void test_commits(void **state)
{
    struct archive archive;

    (void)state;
    fill(&archive, 3, false);
    is_as_said(&archive);
    archive_end(&archive);
}

/** Words in two documents, one of which was deleted, do not go before the others. */
static void test_deleted(void **state)
{
    struct archive archive;

    (void)state;
    fill(&archive, 3, true);
    is_as_said(&archive);
    archive_end(&archive);
}

/** Many places of patterns share what may be open: it is said, and common words are found. */
static void test_many(void **state)
{
    char text[1024] = "(x* OR xb* OR xc* OR xd* OR xe* OR \"tin x*\") NEAR/5 "
                      "(x* OR xb* OR xc* OR xd* OR xe* OR đầu)";
    struct muc_query query = { .text = muc_text(text), .limit = 3 };
    struct archive archive;
    struct answer answer;

    (void)state;
    fill(&archive, 1, false);
    answer = archive_search(&archive, &query);
    assert_true(answer.n_warnings > 0);
    for (size_t i = 0; i < answer.n_warnings; i++)
        assert_true(text[answer.warnings[i].position] == 'x');
    assert_true(answer.summary.total >= (uint64_t)3 * COMMON);
    answer_free(&answer);
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_commit),
        cmocka_unit_test(test_commits),
        cmocka_unit_test(test_deleted),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
