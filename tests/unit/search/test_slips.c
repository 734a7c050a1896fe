/* SPDX-License-Identifier: MIT */
/* What is offered for a query with a slip, and that nothing is for a good one. */
#include "group_archive.h"
#include "search/repair/one_apart.h"

enum { TIMES = 60 }; /* that each text is in the archive */

static const char *const texts[] = {
    "Bảo vệ môi trường là việc của mọi người. Cả nước bảo vệ môi trường.",
    "An toàn giao thông trên địa bàn tỉnh. Bảo đảm an toàn giao thông đường bộ.",
    "Ủy ban nhân dân tỉnh họp về phòng chống thiên tai.",
    "Hội nghị tổng kết công tác năm. Hội nghị đã bầu ban chấp hành.",
    "Ông Benjamin Franklin và điện thoại Huawei theo hệ metric.",
    "Quyết định số 123/QĐ-UBND ngày 22/12/2020 về giải mp3.",
};

static const struct {
    const char *query, *offered; /* "": nothing */
} cases[] = {
    /* another tone, another mark, a mark too few or too many */
    { "bảo vẽ môi trường", "bảo vệ môi trường" },
    { "bảo vệ mỗi trường", "bảo vệ môi trường" },
    { "an toan giao thông", "an toàn giao thông" },
    { "hội nghi tổng kết", "hội nghị tổng kết" },
    { "phòng chồng thiên tai", "phòng chống thiên tai" },
    /* one letter apart: another, one more, one less, two that changed places */
    { "bảo vệ môi trườmg", "bảo vệ môi trường" },
    { "bảo vệ môi trườngg", "bảo vệ môi trường" },
    { "bảo vệ mi trường", "bảo vệ môi trường" },
    { "an toàn giao thôgn", "an toàn giao thông" },
    /* typed without marks: with those that are meant */
    { "bao ve moi truomg", "bảo vệ môi trường" },
    { "an toan gaio thong", "an toàn giao thông" },
    /* two slips, a quotation, a word alone, a foreign word beside its neighbour */
    { "bảo vẽ môi trườmg", "bảo vệ môi trường" },
    { "\"bảo vẽ môi trường\"", "\"bảo vệ môi trường\"" },
    { "huawey OR trườmg", "huawei OR trường" },
    { "Huawey", "Huawei" },
    { "benjamim franklin", "benjamin franklin" },
    /* what else is in the query stays as it is */
    { "bảo vẽ môi trường -họp date:..", "bảo vệ môi trường -họp date:.." },
    /* good as they stand */
    { "bảo vệ môi trường", "" },
    { "bao ve moi truong", "" },
    { "metric", "" },
    { "mp3", "" },
    { "Huawei", "" },
    { "huawei metric mp3", "" },
    { "trường môi vệ bảo", "" },
    { "người tỉnh họp", "" },
    { "tổng", "" },
    /* nothing near is in the archive */
    { "xyz", "" },
    { "kangaroo", "" },
    /* a word without a neighbour, in nothing that has the rest */
    { "huawey \"giao thông\"", "" },
    /* names, numbers, units, written forms, excluded words */
    { "họp Bảo Vẽ môi trường", "" },
    { "124/QĐ-UBNT", "" },
    { "mp4", "" },
    { "22/12/2021", "" },
    { "=trườmg", "" },
    { "~truomg", "" },
    { "họp -trườmg", "" },
    { "source:huawey", "" },
    { "", "" },
};

static void check_offer(struct archive *asked, const char *query, const char *expected)
{
    struct answer answer = archive_search(asked, &(struct muc_query){ .text = muc_text(query) });
    struct muc_string offered = answer.summary.did_you_mean;

    if (!str_equal(offered, str_c(expected)))
        fail_msg("[%s]: offered [%.*s]", query, (int)offered.size,
                 offered.bytes ? offered.bytes : "");
    answer_free(&answer);
}

static void offers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_offer(&archive, cases[i].query, cases[i].offered);
}

/** Where some words lack the marks that others have, all get theirs: more than are looked at one by
 *  one, and behind what ends a run of words. */
static void marks_of_some(void **state)
{
    static const struct {
        const char *query, *offered;
    } rows[] = {
        { "bảo ve moi truong", "bảo vệ môi trường" },
        { "hội nghi tong ket cong tac nam hội nghị da bau ban chap hanh",
          "hội nghị tổng kết công tác năm hội nghị đã bầu ban chấp hành" },
        { "giai mp3 thiên tai 2020 an toan giao thong duong bo",
          "giải mp3 thiên tai 2020 an toàn giao thông đường bộ" },
        { "\"bảo vệ moi truong\" an toan giao thong", "\"bảo vệ môi trường\" an toàn giao thông" },
        /* as they are written */
        { "hội nghị bầu ban chấp hành", "" },
        { "việc an toàn giao thông", "" },
        { "=moi trường an toàn", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_offer(&archive, rows[i].query, rows[i].offered);
}

/** It finds what the answer says, and has no slips itself. */
static void keeps_its_word(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer =
            archive_search(&archive, &(struct muc_query){ .text = muc_text(cases[i].query) });

        if (answer.summary.did_you_mean.size) {
            struct answer other = archive_search(
                &archive, &(struct muc_query){ .text = answer.summary.did_you_mean });

            assert_int_equal(other.summary.total, answer.summary.did_you_mean_total);
            assert_int_not_equal(other.summary.total, 0);
            assert_int_equal(other.summary.did_you_mean.size, 0);
            answer_free(&other);
        } else {
            assert_int_equal(answer.summary.did_you_mean_total, 0);
        }
        answer_free(&answer);
    }
}

/** Nothing is looked for where nobody would see it, and with marks or tiers switched off. */
static void only_where_asked(void **state)
{
    static const struct muc_query others[] = {
        { .offset = 10 },
        { .no_totals = true },
        { .accents = MUC_ACCENTS_EXACT },
        { .accents = MUC_ACCENTS_IGNORE },
        { .rank = MUC_RANK_BM25 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct muc_query query = others[i];
        struct answer answer;

        query.text = muc_text("bảo vệ môi trườmg");
        answer = archive_search(&archive, &query);
        assert_int_equal(answer.summary.did_you_mean.size, 0);
        answer_free(&answer);
    }
}

/** Where one neighbour alone speaks for another letter, and the other hardly knows the word: there
 * a rare word is most often what was meant. The archive is large, so that chance is small. */
static void both_neighbours(void **state)
{
    enum { FILLER = 10000 };
    static const char *const known[] = { "Cả nhóm bị khởi tố vì ghen tuông.",
                                         "Chiếc ghe chở lúa trên sông.",
                                         "Ô tô và xe máy đâm nhau trên đường." };
    static const struct {
        const char *query, *offered;
    } rows[] = {
        { "vì ghe tuông", "vì ghen tuông" },
        { "vì ghe đâm", "" },
    };
    struct archive large;
    char *filler = malloc(FILLER * 8);
    size_t size = 0;

    (void)state;
    assert_non_null(filler);
    for (unsigned i = 0; i < FILLER; i++)
        size += (size_t)sprintf(filler + size, "x%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26,
                                'a' + i / 676);
    archive_start(&large);
    for (unsigned i = 0; i < TIMES * 4; i++)
        archive_add_text(&large, i, i % 4 < 3 ? known[i % 4] : filler);
    archive_commit(&large);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_offer(&large, rows[i].query, rows[i].offered);
    archive_end(&large);
    free(filler);
}

/** A name that hardly occurs is a slip of one that occurs a hundred times as often, or does beside
 *  the same neighbour, if any is. */
static void rare_names(void **state)
{
    enum { OFTEN = 220 };
    static const char *const once[] = {
        "Tập đoàn Vingoup khai trương siêu thị.",
        "Cầu thủ Markel ghi bàn cho đội khách.",
        "Benhur Carlex Dorfan Elmont khai trương siêu thị.",
        "Ehud Barak thăm Ai Cập. Barak gặp báo chí. Barak họp.",
    };
    static const struct {
        const char *query, *offered;
    } rows[] = {
        { "vingoup", "vingroup" },
        { "tập đoàn vingoup", "tập đoàn vingroup" },
        { "tap doan vingoup", "tập đoàn vingroup" },
        { "vingroup", "" },
        { "markel", "" }, /* a player, though Merkel stands forty times as often */
        { "cầu thủ markel", "" },
        /* of a name that is not that rare, what stands beside its neighbour so much oftener */
        { "barak obama", "barack obama" },
        { "barak", "" },
        { "ehud barak", "" },
        { "barak họp", "" },
        /* what stands nowhere is looked at before names that are merely rare */
        { "benhur carlex dorfan elmont khai trường siêu thị",
          "benhur carlex dorfan elmont khai trương siêu thị" },
    };
    struct archive names;

    (void)state;
    archive_start(&names);
    for (unsigned i = 0; i < OFTEN; i++) {
        const char *text = i < 4 ? once[i]
                           : i % 5 == 0
                               ? "Thủ tướng Đức Merkel thăm Pháp."
                               : "Tập đoàn Vingroup khai trương siêu thị. Barack Obama họp.";

        archive_add_text(&names, i, text);
    }
    archive_commit(&names);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_offer(&names, rows[i].query, rows[i].offered);
    archive_end(&names);
}

/** Of what is said alike the far more frequent one is meant beside its neighbours, though texts
 * have the other there as well. */
static void said_alike(void **state)
{
    static const struct {
        unsigned times;
        const char *text;
    } said[] = {
        { 300, "Xử lý vi phạm giao thông." },
        { 4, "Sử lý vi phạm giao thông." },
        { 40, "Lịch sử và các vị vua." },
        { 300, "Đà Nẵng có cầu quay." },
        { 2, "Đà Nẳng có cầu quay." },
        { 300, "Nỗ lực và chia sẻ khó khăn." },
        { 1, "Nổ lực và chia sẽ khó khăn." },
        { 150, "Xe nổ lốp, sẽ khó khăn." },
        { 600, "Mai sẽ họp." },
        { 30, "Trung cư cao tầng." },
        { 300, "Chung cư cao tầng." },
        { 300, "Ông Phạm Xuân Sang phát biểu." },
        { 2, "Ông Phạm Xuân Xang phát biểu." },
        { 300, "Một lần nữa." },
        { 3, "Cứ lần lữa mãi." },
        { 1500, "Chưa đi nữa." },
        { 300, "Bờ sạt lở nặng." },
        { 2, "Bờ sạt lỡ nặng." },
        { 60, "Xe lỡ hẹn." },
    };
    static const struct {
        const char *query, *offered;
    } rows[] = {
        { "sử lý vi phạm", "xử lý vi phạm" },
        { "đà nẳng", "đà nẵng" }, /* it is good beside its neighbour, but rare */
        { "nổ lực", "nỗ lực" },
        { "sạt lỡ nặng", "sạt lở nặng" }, /* nor need it be rare, if it is seldom there */
        { "lỡ hẹn", "" },
        { "chia sẽ khó khăn", "chia sẻ khó khăn" },
        { "Xuân Xang phát biểu", "" }, /* a name with its capital */
        { "Phạm Xuân Xang", "" },
        { "lần lữa", "" }, /* lữa holds to lần more than nữa, which is everywhere */
        { "lịch sử", "" },
        { "xử lý vi phạm", "" },
        { "trung cư", "" }, /* a tenth is no slip */
        { "nổ lốp", "" },
        { "su ly vi pham", "" },
        { "sử", "" }, /* no neighbour */
    };
    struct archive alike;
    unsigned n = 0;

    (void)state;
    archive_start(&alike);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        for (unsigned k = 0; k < said[i].times; k++)
            archive_add_text(&alike, n++, said[i].text);
    archive_commit(&alike);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_offer(&alike, rows[i].query, rows[i].offered);
    archive_end(&alike);
}

/** Each once, and only words of which the word itself is one apart, too. */
static void one_letter_apart(void **state)
{
    static const char *const words[] = { "a", "aa", "ab", "aba", "truong", "nghieng" };
    struct apart *out = malloc(APART_MAX * sizeof *out), *back = malloc(APART_MAX * sizeof *back);

    (void)state;
    assert_non_null(out);
    assert_non_null(back);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        struct muc_string word = str_c(words[w]);
        uint32_t n = one_apart(word, out);

        assert_true(n > 0 && n <= APART_MAX);
        for (uint32_t i = 0; i < n; i++) {
            struct muc_string other = str_of(out[i].bytes, out[i].size);
            uint32_t n_back = one_apart(other, back), found = 0;

            assert_false(str_equal(other, word));
            for (uint32_t k = 0; k < n_back; k++)
                found += str_equal(str_of(back[k].bytes, back[k].size), word);
            assert_int_equal(found, 1);
            for (uint32_t k = 0; k < i; k++)
                assert_false(str_equal(str_of(out[k].bytes, out[k].size), other));
        }
    }
    assert_int_equal(one_apart(STR(""), out), 0);
    assert_int_equal(one_apart(STR("mp3"), out), 0);
    assert_int_equal(one_apart(STR("vệ"), out), 0);
    assert_int_equal(one_apart(STR("abcdefghijklmnop"), out), 0);
    free(out);
    free(back);
}

static int start(void **state)
{
    (void)state;
    archive_start(&archive);
    for (unsigned i = 0; i < TIMES * (sizeof texts / sizeof *texts); i++)
        archive_add_text(&archive, i, texts[i % (sizeof texts / sizeof *texts)]);
    archive_commit(&archive);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers),          cmocka_unit_test(marks_of_some),
        cmocka_unit_test(keeps_its_word),  cmocka_unit_test(only_where_asked),
        cmocka_unit_test(both_neighbours), cmocka_unit_test(one_letter_apart),
        cmocka_unit_test(rare_names),      cmocka_unit_test(said_alike),
    };

    return cmocka_run_group_tests(tests, start, archive_tear_down);
}
