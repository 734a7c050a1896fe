/* SPDX-License-Identifier: MIT */
/* The best documents where a list speaks highest of others: of those whose words stand in lines
 * that count for nothing, or less often in it than a phrase in the document. */
#include "archive.h"
#include "base/buffer.h"

/* Words that stand before another one, so that it is not in the head of a text. */
#define WORDS "sông và hồ và suối và núi và đồng và bãi "
#define FAR   WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS

enum { MAST_HEADS = 100, OTHERS = 60, WITHOUT = 1000, SHOWN = 10 };

/** A release whose last words no other one has. */
static void add(struct archive *archive, uint32_t i, const char *words)
{
    char id[16], text[1024];

    snprintf(id, sizeof id, "%u", (unsigned)i);
    snprintf(text, sizeof text, "%s %u", words, (unsigned)i);
    archive_add(archive, &(struct muc_document){ .id = muc_text(id),
                                                 .source = muc_text("sở"),
                                                 .text = muc_text(text) });
}

static void standing_lines_do_not_hide_others(void **state)
{
    const struct muc_query query = { .accents = MUC_ACCENTS_EXACT,
                                     .text = muc_text("môi OR đồi"),
                                     .limit = SHOWN,
                                     .no_totals = true,
                                     .no_snippets = true };
    struct archive archive;
    struct answer answer;

    (void)state;
    archive_start(&archive);
    for (uint32_t i = 0; i < MAST_HEADS; i++)
        add(&archive, i, "môi môi môi môi môi môi\n\nsông hồ suối và núi");
    for (uint32_t i = MAST_HEADS; i < MAST_HEADS + OTHERS; i++)
        add(&archive, i, FAR "môi");
    for (uint32_t i = 0; i < WITHOUT; i++)
        add(&archive, MAST_HEADS + OTHERS + i, "núi");
    archive_commit(&archive);
    answer = archive_search(&archive, &query);
    assert_int_equal(answer.n_hits, SHOWN);
    for (size_t i = 0; i < answer.n_hits; i++)
        assert_in_range(strtoul(answer.hits[i].id.bytes, NULL, 10), MAST_HEADS,
                        MAST_HEADS + OTHERS - 1);
    answer_free(&answer);
    archive_end(&archive);
}

/** A document that has some words so many times, each in a sentence. */
static void add_times(struct archive *archive, const char *id, const char *first, const char *words,
                      uint32_t n)
{
    struct buffer text = { 0 };

    buffer_format(&text, "%s. ", first);
    for (uint32_t i = 0; i < n; i++)
        buffer_format(&text, "%s. ", words);
    assert_false(text.failed);
    archive_add(archive,
                &(struct muc_document){ .id = muc_text(id),
                                        .text = str_of((const char *)text.at, text.size) });
    buffer_free(&text);
}

/** The best one is the same whether it alone is asked for or all are. */
static void check_best(struct archive *archive, const char *text, const char *best)
{
    struct muc_query query = { .text = muc_text(text), .no_snippets = true };
    const size_t limits[] = { 1, 3, 1000 };

    archive_commit(archive);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct answer answer;

        query.limit = limits[i];
        answer = archive_search(archive, &query);
        assert_true(answer.n_hits > 0);
        assert_string_equal(answer.hits[0].id.bytes, best);
        answer_free(&answer);
    }
}

/** TP.HCM is TPHCM, too, at the place of TP. */
static void phrase_of_a_run_is_counted(void **state)
{
    enum { SEVERAL = 11, RUNS = 60, HALVES = 500 };
    struct archive archive;
    char id[16];

    (void)state;
    archive_start(&archive);
    for (uint32_t i = 2; i <= SEVERAL; i++) {
        snprintf(id, sizeof id, "b%u", (unsigned)i);
        add_times(&archive, id, "công", "nhân dân TPHCM", i);
    }
    for (uint32_t i = 0; i < HALVES; i++) {
        snprintf(id, sizeof id, "c%u", (unsigned)i);
        add_times(&archive, id, FAR FAR FAR, "nhân dân", 1 + i % 3);
    }
    add_times(&archive, "a", "nhân dân TPHCM", "nhân dân TP.HCM", RUNS);
    check_best(&archive, "\"nhân dân TPHCM\"", "a");
    check_best(&archive, "\"nhan dan tphcm\"", "a");
    archive_end(&archive);
}

/** A pattern counts its words up to some height. */
static void phrase_of_a_pattern_is_counted(void **state)
{
    enum { SEVERAL = 39, MANY = 3000, HALVES = 1500 };
    struct archive archive;
    char id[16];

    (void)state;
    archive_start(&archive);
    for (uint32_t i = 1; i <= SEVERAL; i++) {
        snprintf(id, sizeof id, "b%u", (unsigned)i);
        add_times(&archive, id, "công", "môi xyzta cao", i);
    }
    for (uint32_t i = 0; i < HALVES; i++) {
        snprintf(id, sizeof id, "c%u", (unsigned)i);
        add_times(&archive, id, "môi", "cao", 1 + i % 3);
    }
    add_times(&archive, "a", "môi", "môi xyzta cao", MANY);
    check_best(&archive, "\"môi xyz* cao\"", "a");
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standing_lines_do_not_hide_others),
        cmocka_unit_test(phrase_of_a_run_is_counted),
        cmocka_unit_test(phrase_of_a_pattern_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
