/* SPDX-License-Identifier: MIT */
/* What was meant by syllables typed without marks, as the pairs of an archive say. */
#include "archive.h"

enum { MANY = 6, FEW = 3 };

/* Each so many times, in documents of its own. */
static const struct {
    unsigned times;
    const char *text;
} texts[] = {
    { MANY, "Người công tác tốt." },
    { FEW, "Ông thay công tắc hỏng." },
    { FEW, "Hội bàn bạc kỹ." },
    { MANY, "Ban tổ chức." },
    { 1, "Tiếng Việt." },
    { MANY, "Bao ve moi truong." },
    { FEW, "Bảo vệ môi trường." },
    { MANY, "Hot girl xinh." },
    { 1, "Giọng hót." },
};

/** `meant` is NULL where the query stays as it was typed. */
static const struct {
    const char *query, *meant, *why;
} cases[] = {
    { "tieng viet", "tiếng việt", "the pair occurs" },
    { "cong tac", "công tác", "the more frequent of two pairs" },
    { "nguoi cong tac", "người công tác", "three in a row" },
    { "thay cong tac", "thay công tắc",
      "what stands with `thay công`, not the more frequent pair" },
    { "ong thay cong tac hong", "ông thay công tắc hỏng", "in the middle of a way" },
    { "ban bac", "bàn bạc", "a rarer form, by its pair" },
    { "ban to chuc", "ban tổ chức", "the form without marks" },
    { "bao ve moi truong", "bảo vệ môi trường", "nobody writes truong, only texts lose marks" },
    { "bao ve", NULL, "as most texts have it, and a syllable may be" },
    { "hot girl xinh", NULL, "no other form of hot stands with girl" },
    { "tieng", NULL, "one alone stays" },
    { "viet tieng", NULL, "no pair occurs" },
    { "tieng việt", NULL, "whoever types marks types them all" },
    { "~tieng ~viet", NULL, "any marks are asked for" },
    { "tieng \"to chuc\" viet", NULL, "not next to each other" },
    { "tieng viet ban to chuc", "tiếng việt ban tổ chức", "two pairs, nothing between" },
    { "tieng zzz viet zzz", NULL, "words that nowhere occur" },
    { "xyz tieng viet", "xyz tiếng việt", "a word that nowhere occurs before" },
};

/** In segments of `size` documents. */
static void fill(struct archive *archive, unsigned size)
{
    unsigned n = 0;

    archive_start(archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (unsigned k = 0; k < texts[i].times; k++) {
            char id[16];

            snprintf(id, sizeof id, "%u", ++n);
            archive_add(archive, &(struct muc_document){ .id = muc_text(id),
                                                         .text = muc_text(texts[i].text) });
            if (n % size == 0)
                archive_commit(archive);
        }
    archive_commit(archive);
}

static void says_what_was_meant(unsigned size)
{
    struct archive archive;

    fill(&archive, size);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct muc_query query = { .text = muc_text(cases[i].query), .limit = 1 };
        struct answer answer = archive_search(&archive, &query);
        struct muc_string meant = answer.summary.searched_as;
        const char *bytes = meant.size ? meant.bytes : "";
        const char *expected = cases[i].meant ? cases[i].meant : "";

        if (meant.size != strlen(expected) || memcmp(bytes, expected, meant.size) != 0)
            fail_msg("[%s]: [%.*s], not [%s]: %s", cases[i].query, (int)meant.size, bytes, expected,
                     cases[i].why);
        answer_free(&answer);
    }
    archive_end(&archive);
}

static void in_one_segment(void **state)
{
    (void)state;
    says_what_was_meant(UINT32_MAX);
}

static void in_segments_of_two(void **state)
{
    (void)state;
    says_what_was_meant(2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(in_one_segment),
                                        cmocka_unit_test(in_segments_of_two) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
