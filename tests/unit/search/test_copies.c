/* SPDX-License-Identifier: MIT */
/* Near copies: which texts are known as such, that a page shows one row for them, that each of them
 * can be reached, and that it does not matter in which segments they are. */
#include "search/copies.h"
#include "search/duplicates.h"

#include "../random.h"
#include "group_archive.h"

enum { WORDS = 120, ORIGINALS = 12, KINDS = 6 };

/* copies of original o are "o-KIND"; the last kind is none */
static const struct {
    const char *kind;
    uint32_t from, to, changed; /* of the original's words; how many others stand in their place */
    bool is_copy;
} kinds[KINDS] = {
    { "resent", 0, WORDS, 0, true },          { "corrected", 0, WORDS, 4, true },
    { "excerpt", 0, WORDS * 2 / 3, 0, true }, { "middle", WORDS / 4, WORDS * 7 / 8, 0, true },
    { "framed", 0, WORDS, 1, true },          { "other", 0, WORDS, WORDS / 3, false },
};

/** A word of two letters and a number, so that all are different tokens. */
static size_t put_word(char *at, uint32_t n)
{
    return (size_t)sprintf(at, "w%c%c ", (char)('a' + n % 26), (char)('a' + n / 26 % 26));
}

static void make_text(uint32_t original, size_t kind, char *text)
{
    struct random seed = { 100 + original }, other = { 1000 + original * 10 + kind };
    uint32_t words[WORDS];

    for (uint32_t i = 0; i < WORDS; i++)
        words[i] = random_below(&seed, 676);
    for (uint32_t i = 0; i < kinds[kind].changed; i++)
        words[i * WORDS / kinds[kind].changed] = random_below(&other, 676);
    if (strcmp(kinds[kind].kind, "framed") == 0)
        for (uint32_t i = 0; i < WORDS / 4; i++)
            text += put_word(text, random_below(&other, 676));
    for (uint32_t i = kinds[kind].from; i < kinds[kind].to; i++)
        text += put_word(text, words[i]);
}

static void id_of(uint32_t original, size_t kind, char id[32])
{
    snprintf(id, 32, "%u-%s", original, kinds[kind].kind);
}

static struct found find(uint32_t original, size_t kind)
{
    struct found found = { 0 };
    char id[32];

    id_of(original, kind, id);
    assert_int_equal(reader_find_id(archive.reader, muc_text(id), &found.segment, &found.doc, NULL),
                     1);
    return found;
}

static bool has(const struct copies *copies, const struct found *found)
{
    for (size_t i = 0; i < copies->n; i++)
        if (copies->at[i].segment == found->segment && copies->at[i].doc == found->doc)
            return true;
    return false;
}

/** Each knows the original, and the original each; nobody knows the others. */
static void test_found(void **state)
{
    struct copies copies = { 0 };
    (void)state;

    for (uint32_t o = 0; o < ORIGINALS; o++) {
        struct found first = find(o, 0);

        assert_true(copies_find(archive.reader, first.segment, first.doc, &copies));
        assert_false(has(&copies, &first));
        assert_int_equal(copies.n, KINDS - 2);
        for (size_t k = 1; k < KINDS; k++) {
            struct found other = find(o, k);

            if (has(&copies, &other) != kinds[k].is_copy)
                fail_msg("%u: %s", o, kinds[k].kind);
        }
        for (size_t i = 1; i < copies.n; i++)
            assert_true(copies.at[i - 1].resemblance >= copies.at[i].resemblance);
    }
    copies_free(&copies);
}

static struct answer ask(const char *text, bool collapse, uint32_t limit, uint32_t offset)
{
    return archive_search(&archive, &(struct muc_query){ .text = muc_text(text),
                                                         .match = MUC_MATCH_ANY,
                                                         .limit = limit,
                                                         .offset = offset,
                                                         .snippet_bytes = 80,
                                                         .collapse = collapse });
}

/** One row for a group, of every group one, with the number of its copies; the totals stay; pages
 *  are those of one long list. */
static void test_rows(void **state)
{
    struct copies copies = { 0 };
    struct found found;
    struct answer all = ask("+tin OR wzz", false, 1000, 0),
                  rows = ask("+tin OR wzz", true, 1000, 0);
    (void)state;

    assert_int_equal(all.n_hits, ORIGINALS * KINDS);
    assert_int_equal(rows.n_hits, ORIGINALS * 2);
    assert_int_equal(rows.summary.total, all.summary.total);
    for (size_t i = 0; i < rows.n_hits; i++) {
        struct answer one = ask("+tin OR wzz", true, 1, (uint32_t)i);

        assert_int_equal(one.n_hits, 1);
        assert_true(str_equal(one.hits[0].id, rows.hits[i].id));
        assert_int_equal(one.hits[0].rank, i + 1);
        assert_int_equal(one.hits[0].copies, rows.hits[i].copies);
        assert_int_equal(
            reader_find_id(archive.reader, rows.hits[i].id, &found.segment, &found.doc, NULL), 1);
        assert_true(copies_find(archive.reader, found.segment, found.doc, &copies));
        assert_int_equal(rows.hits[i].copies, copies.n);
        answer_free(&one);
    }
    copies_free(&copies);
    answer_free(&all);
    answer_free(&rows);
}

/** The near copies of a document come first, all of them, and it does not come itself. */
static void test_similar(void **state)
{
    (void)state;
    for (uint32_t o = 0; o < ORIGINALS; o++) {
        struct answer *answer = NULL;
        struct muc_error err = { 0 };
        struct muc_string own;
        char id[32];

        id_of(o, 0, id);
        own = muc_text(id);
        assert_int_equal(search_similar(archive.reader, archive.analyzers, &own, 1,
                                        &(struct muc_query){ .limit = 8, .snippet_bytes = 80 },
                                        &answer, &err),
                         MUC_OK);
        assert_true(answer->n_hits >= KINDS - 2);
        for (size_t i = 0; i < answer->n_hits; i++) {
            assert_false(str_equal(answer->hits[i].id, own));
            assert_int_equal(answer->hits[i].is_copy, i < KINDS - 2);
        }
        answer_free(answer);
    }
}

static void test_unknown(void **state)
{
    struct muc_string none = muc_text("none");
    struct answer *answer = NULL;
    struct muc_error err = { 0 };
    (void)state;

    assert_int_equal(search_similar(archive.reader, archive.analyzers, &none, 1,
                                    &(struct muc_query){ .limit = 8 }, &answer, &err),
                     MUC_ENOTFOUND);
    assert_null(answer);
}

static void test_groups(void **state)
{
    struct duplicates duplicates = { 0 };
    struct muc_error err;
    (void)state;

    assert_int_equal(duplicates_find(archive.reader, &duplicates, &err), MUC_OK);
    assert_int_equal(duplicates.n, ORIGINALS * (KINDS - 1));
    for (size_t i = 0; i < duplicates.n; i++) {
        const struct muc_duplicate *one = &duplicates.at[i];

        assert_int_equal(one->group, i / (KINDS - 1) + 1);
        assert_int_equal(one->is_exact, i % (KINDS - 1) == 0);
        assert_null(strstr(one->id.bytes, "other"));
    }
    arena_free(&duplicates.arena);
}

static void fill(bool spread)
{
    archive_start(&archive);
    for (uint32_t o = 0; o < ORIGINALS; o++)
        for (size_t k = 0; k < KINDS; k++) {
            char id[32], text[8 * WORDS];

            id_of(o, k, id);
            make_text(o, k, text);
            archive_add(&archive, &(struct muc_document){ .id = muc_text(id),
                                                          .title = muc_text("Tin"),
                                                          .text = muc_text(text) });
            if (spread && (o * KINDS + k) % 5 == 4)
                archive_commit(&archive);
        }
    archive_commit(&archive);
}

static int start(void **state)
{
    (void)state;
    fill(false);
    return 0;
}

static int start_spread(void **state)
{
    (void)state;
    fill(true);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),   cmocka_unit_test(test_rows),
        cmocka_unit_test(test_similar), cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_groups),
    };
    int failed = cmocka_run_group_tests(tests, start, archive_tear_down);

    return failed + cmocka_run_group_tests(tests, start_spread, archive_tear_down);
}
