/* SPDX-License-Identifier: MIT */
/* Completions: what comes first for what was typed, and how many documents it says. */
#include "search/suggest.h"

#include "group_archive.h"

static const struct {
    const char *id, *title, *text;
} texts[] = {
    { "1", "Ứng phó biến đổi khí hậu", "Biến đổi khí hậu làm nước biển dâng. Biển đông lặng." },
    { "2", "Hội nghị về biến đổi khí hậu", "Hội nghị bàn về biến đổi khí hậu ở đồng bằng." },
    { "3", "Biến đổi khí hậu và nông nghiệp", "Cây trồng theo biến đổi khí hậu." },
    { "4", "Đổi giờ làm việc", "Biển đổi màu. Đời khi vui khi buồn. Hội nghị dời sang chiều." },
    { "5", "Đường", "Con đường đẹp. Đường phố." },
    { "6", "", "Đương nhiên. Đường phố đông." },
    { "8", "", "Mới. Mọi. Mỗi. Mối. Mời. Môi trường." },
    { "9", "", "Mới. Mọi. Mỗi. Mối. Mời." },
    { "10", "", "Nghij." }, /* keys are in texts, too */
};

static const struct {
    const char *typed, *first; /* "": there is none */
    uint64_t documents;
} cases[] = {
    { "bien doi kh", "biến đổi khí hậu", 3 },
    { "Bien doi khi", "biến đổi khí hậu", 3 },
    { "bien doi khi ", "biến đổi khí hậu", 3 },
    { "biến đổi kh", "biến đổi khí hậu", 3 },
    { "biển đổi m", "biển đổi màu", 1 },
    { "biển d", "biển dâng", 1 },
    { "biển đ", "biển đông", 1 },
    { "bie", "biến đổi khí hậu", 3 },
    { "biê", "biến đổi khí hậu", 3 },
    { "biể", "biển", 2 },
    { "doi khi v", "đời khi vui", 1 },
    { "hội ng", "hội nghị", 2 },
    { "title:hoi ng", "title:hội nghị", 2 },
    { "xyz hoi ng", "xyz hội nghị", 2 },
    { "pho dong l", "", 0 }, /* đông lặng is of others than phố đông, and dong may be any of many */
    { "phố đông l", "phố đông lặng", 1 },
    { "xyz bien doi kh", "xyz biến đổi khí hậu", 3 },
    { "-(hoi ng", "-(hội nghị", 2 },
    { "đương n", "đương nhiên", 1 },
    { "duong p", "đường phố", 2 },
    { "moi tr", "môi trường", 1 }, /* five forms are more frequent */
    { "cay trong theo bien doi khi h", "cây trồng theo biến đổi khí hậu", 1 },
    { "bieens ddooir kh", "biến đổi khí hậu", 3 },
    { "bieens d", "biến đổi khí hậu", 3 },
    { "hooij nghij", "hội nghị", 2 },
    { "bieenr ddoong", "biển đông", 1 },
    { "bieenr dd", "biển đông", 1 }, /* of the last word as much as there is */
    { "hội nghị vê", "hội nghị về", 1 },
    { "hooij nghij vee", "hội nghị về", 1 },
    { "hooij nghij v", "hội nghị về", 1 }, /* though nghij stands somewhere */
    { "nghij", "nghij", 1 },
    { "dduwow", "đường phố", 2 },
    { "", "", 0 },
    { " ", "", 0 },
    { "+\"-", "", 0 },
    { "qqq", "", 0 },
    { "hoi qqq", "", 0 },
    { "\xff\xc3", "", 0 },
};

static struct suggestions ask(const char *typed, uint32_t limit)
{
    struct suggestions out = { 0 };
    struct muc_error err;

    assert_int_equal(suggest(archive.reader, archive.analyzers, muc_text(typed), limit, &out, &err),
                     MUC_OK);
    assert_true(out.n <= limit);
    return out;
}

static void check_first(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct suggestions out = ask(cases[i].typed, 10);
        struct muc_string first = out.n ? out.at[0].text : STR("");

        if (!str_equal(first, str_c(cases[i].first)) ||
            (out.n && out.at[0].documents != cases[i].documents))
            fail_msg("[%s]: [%.*s] in %u", cases[i].typed, (int)first.size, first.bytes,
                     out.n ? (unsigned)out.at[0].documents : 0);
        arena_free(&out.arena);
    }
}

static void test_first(void **state)
{
    (void)state;
    check_first();
}

static void test_titles(void **state)
{
    struct suggestions out = ask("bien doi kh", 10);
    uint32_t n = 0;
    (void)state;

    for (size_t i = 0; i < out.n; i++)
        n += out.at[i].is_title;
    assert_int_equal(n, 3);
    assert_true(out.at[out.n - 1].is_title);
    arena_free(&out.arena);
}

/** Fewer are the first ones of more; what is typed begins each that is no title. */
static void test_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct suggestions all = ask(cases[i].typed, SUGGESTIONS_MAX);
        struct suggestions one = ask(cases[i].typed, 1);

        assert_int_equal(one.n, all.n > 0);
        if (one.n)
            assert_true(str_equal(one.at[0].text, all.at[0].text));
        arena_free(&all.arena);
        arena_free(&one.arena);
    }
}

/** Spread over segments, with one document more that is deleted, the answers stay. */
static void test_segments(void **state)
{
    (void)state;
    archive_add(&archive, &(struct muc_document){ .id = muc_text("7"),
                                                  .text = muc_text("Biển đổi khí biển đổi màu.") });
    archive_commit(&archive);
    archive_delete(&archive, "7");
    archive_commit(&archive);
    check_first();
}

static int start(void **state)
{
    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        archive_add(&archive, &(struct muc_document){ .id = muc_text(texts[i].id),
                                                      .title = muc_text(texts[i].title),
                                                      .text = muc_text(texts[i].text) });
        if (i == 2)
            archive_commit(&archive);
    }
    archive_commit(&archive);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_segments),
    };

    return cmocka_run_group_tests(tests, start, archive_tear_down);
}
