/* SPDX-License-Identifier: MIT */
/* Two syllables that are one foreign word in most texts: pu tin, Putin. */
#include "archive.h"

static const struct {
    unsigned times;
    const char *text;
} texts[] = {
    { 1600, "Hội nghị về thời tiết." }, /* so that two documents are one in a thousand */
    { 81, "Ông Putin phát biểu." },     { 2, "Ca sĩ Chi Pu tin khán giả." },
    { 80, "Xin visa đi Pháp." },        { 2, "Mất việc vì sa ngã." },
    { 300, "Nhà vua băng hà." },        { 1, "Ông Vu A họp báo." },
    { 200, "Ga metro mở cửa." },        { 3, "Người mẹ trở về." },
};

static const struct {
    const char *query;
    uint64_t total;
} rows[] = {
    { "pu tin", 83 },   { "Pu Tin phat bieu", 81 },
    { "pu tín", 2 }, /* typed with marks it is what it says */
    { "vi sa", 2 },  /* no more than forty times as often */
    { "vu a", 1 },   /* vua is a syllable */
    { "me tro", 3 }, /* more than one in a thousand */
    { "me tro ve", 3 }, { "\"pu tin\"", 2 },
};

static void is_found(void **state)
{
    struct archive archive;
    unsigned n = 0;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (unsigned k = 0; k < texts[i].times; k++) {
            char id[16];

            snprintf(id, sizeof id, "%u", n++);
            archive_add(&archive, &(struct muc_document){ .id = muc_text(id),
                                                          .text = muc_text(texts[i].text) });
        }
    archive_commit(&archive);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct muc_query query = { .text = muc_text(rows[i].query),
                                         .match = MUC_MATCH_ALL,
                                         .limit = 1 };
        struct answer answer = archive_search(&archive, &query);

        if (answer.summary.total != rows[i].total)
            fail_msg("%s: %u documents", rows[i].query, (unsigned)answer.summary.total);
        answer_free(&answer);
    }
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(is_found) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
