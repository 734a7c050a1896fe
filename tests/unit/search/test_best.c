/* SPDX-License-Identifier: MIT */
/* The best documents where a list speaks highest of others: of those whose words stand in lines
 * that count for nothing. */
#include "archive.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(standing_lines_do_not_hide_others) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
