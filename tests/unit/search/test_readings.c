/* SPDX-License-Identifier: MIT */
/* What a query is read as: on which tier its best answer was met, and what the answer says was
 * searched. One small archive, a table of queries. */
#include "../random.h"
#include "group_archive.h"
#include "search/repair/readings.h"

static const struct {
    const char *id, *text;
} texts[] = {
    { "1", "UBND tỉnh họp về bảo vệ môi trường. Môi trường là của chung." },
    { "2", "Ủy ban nhân dân xã họp ngày 22 tháng 12 năm 2020." },
    { "3", "Vì lí do kĩ thuật, buổi họp dời lại." },
    { "4", "Mỗi trường học một vườn cây. Mỗi trường một cách làm." },
    { "5", "Moi nguoi deu biet tieng cua ong." },
    { "6", "Người dân học tiếng Việt. Tiếng Việt giàu và đẹp. Tiếng Việt là tiếng mẹ đẻ." },
    { "7", "Bảo vệ môi trường là việc của mọi người." },
    { "8", "Huawei, metric và mp3." },
    { "9", "Tiêng viết xấu, tiếng viết." },
};

static const struct {
    const char *query, *searched_as; /* "": as typed */
    const char *best;                /* "": nothing is found */
    enum muc_tier tier;
} cases[] = {
    { "UBND tỉnh", "", "1", MUC_TIER_EXACT },
    { "UBND xã", "", "2", MUC_TIER_EXPANSION },
    { "ủy ban nhân dân tỉnh", "", "1", MUC_TIER_EXPANSION },
    { "lý do", "", "3", MUC_TIER_SPELLING },
    { "lí do", "", "3", MUC_TIER_EXACT },
    { "22/12/2020", "", "2", MUC_TIER_SPELLING },
    { "in:22/12/2020", "", "2", MUC_TIER_SPELLING },
    { "người đều biết", "", "5", MUC_TIER_MARKS_LOST },
    { "tieesng vieejt", "tiếng việt", "6", MUC_TIER_REPAIR },
    { "Tieesng VIEEJT", "Tiếng VIỆT", "6", MUC_TIER_REPAIR },
    { "tieng vieetj", "tiếng việt", "6", MUC_TIER_REPAIR },
    { "tieng vieet", "tiếng việt", "6", MUC_TIER_REPAIR },
    { "moitruong cua moi nguoi", "môi trường của mọi người", "7", MUC_TIER_REPAIR },
    { "tieesng \"mẹ đẻ\"", "tiếng \"mẹ đẻ\"", "6", MUC_TIER_REPAIR },
    { "-tieesng họp", "", "3", MUC_TIER_EXACT },
    { "=tieesng", "", "", MUC_TIER_EXACT },
    { "title:tieesng", "title:tiếng", "", MUC_TIER_EXACT },
    { "kind:tieesng", "", "", MUC_TIER_EXACT },
    { "vuoncay", "vườn cây", "4", MUC_TIER_REPAIR },
    { "metric mp3 Huawei", "", "8", MUC_TIER_EXACT },
    { "car", "", "", MUC_TIER_EXACT },
    { "tieng viet", "tiếng việt", "6", MUC_TIER_MARKS_OTHER },
    { "Bao ve moi truong", "Bảo vệ môi trường", "1", MUC_TIER_MARKS_OTHER },
    { "TIENG VIET", "TIẾNG VIỆT", "6", MUC_TIER_MARKS_OTHER },
    { "moi truong hoc", "mỗi trường học", "4", MUC_TIER_MARKS_OTHER },
    { "moi truong vuon", "môi trường vườn", "4", MUC_TIER_MARKS_OTHER },
    { "tiếng viet", "", "6", MUC_TIER_MARKS_OTHER },
    { "\"tieng viet\"", "", "9", MUC_TIER_MARKS_OTHER },
    { "truong", "", "4", MUC_TIER_MARKS_OTHER },
    { "viet OR tieng", "", "9", MUC_TIER_MARKS_OTHER },
    { "ubnd xa", "", "2", MUC_TIER_EXPANSION },
};

static void ask(const char *text, enum muc_accents accents, enum muc_rank rank,
                struct answer *answer)
{
    *answer = archive_search(&archive, &(struct muc_query){ .text = muc_text(text),
                                                            .accents = accents,
                                                            .rank = rank,
                                                            .limit = 10,
                                                            .snippet_bytes = 80 });
}

static void test_readings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer;
        struct muc_string best = STR(""), searched;
        enum muc_tier tier = MUC_TIER_EXACT;

        ask(cases[i].query, MUC_ACCENTS_AUTO, MUC_RANK_DEFAULT, &answer);
        searched = answer.summary.searched_as;
        if (answer.n_hits) {
            best = answer.hits[0].id;
            tier = answer.hits[0].tier;
        }
        if (!str_equal(best, str_c(cases[i].best)) || tier != cases[i].tier ||
            !str_equal(searched, str_c(cases[i].searched_as)))
            fail_msg("[%s]: searched as [%.*s], best is %.*s on tier %s", cases[i].query,
                     (int)searched.size, searched.bytes ? searched.bytes : "", (int)best.size,
                     best.bytes, muc_tier_name(tier));
        answer_free(&answer);
    }
}

/** A form that is among the most frequent of its syllable, but in no segment: it is found all the
 *  same, so that the answer does not depend on how the archive came about. */
static void test_segments(void **state)
{
    static const char *const parts[] = { "Mă quỷ. Mă quỷ.", "Mă quỷ. Mă quỷ. Mă quỷ. Mă quỷ." };
    static const char *const others[] = { "mã", "mạ", "mả", "mà", "má", "mâ", "mầ", "mẩ" };
    struct archive own;
    struct answer answer;
    char text[512] = "";

    (void)state;
    for (size_t i = 0; i < 5 * sizeof others / sizeof *others; i++)
        strcat(strcat(text, others[i / 5]), ". ");
    archive_start(&own);
    archive_add(&own,
                &(struct muc_document){ .id = STR("1"), .text = muc_text(strcat(text, parts[0])) });
    archive_commit(&own);
    archive_add(&own, &(struct muc_document){ .id = STR("2"), .text = muc_text(parts[1]) });
    archive_commit(&own);
    answer = archive_search(&own, &(struct muc_query){ .text = STR("ma quy"), .limit = 10 });
    assert_int_equal(own.reader->n_segments, 2);
    assert_true(str_equal(answer.summary.searched_as, STR("mă quỷ")));
    answer_free(&answer);
    archive_end(&own);
}

/** Where tiers are switched off, and in plain BM25, a query is what it says. */
static void test_literal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer;

        ask(cases[i].query, MUC_ACCENTS_EXACT, MUC_RANK_DEFAULT, &answer);
        assert_int_equal(answer.summary.searched_as.size, 0);
        for (size_t k = 0; k < answer.n_hits; k++)
            assert_int_equal(answer.hits[k].tier, MUC_TIER_EXACT);
        answer_free(&answer);
        ask(cases[i].query, MUC_ACCENTS_AUTO, MUC_RANK_BM25, &answer);
        assert_int_equal(answer.summary.searched_as.size, 0);
        for (size_t k = 0; k < answer.n_hits; k++)
            assert_int_not_equal(answer.hits[k].tier, MUC_TIER_EXPANSION);
        answer_free(&answer);
    }
}

/** What stands in adds documents and takes none away, and its count is that of all of them. */
static void test_counts(void **state)
{
    static const struct {
        const char *query;
        uint64_t total, as_written;
    } counts[] = {
        { "UBND", 2, 1 },       { "ủy ban nhân dân", 2, 1 }, { "lý do", 1, 0 },
        { "22/12/2020", 1, 0 }, { "môi trường", 3, 2 },      { "tieesng", 3, 0 },
        { "moi truong", 3, 0 }, { "=UBND", 1, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct answer answer;

        ask(counts[i].query, MUC_ACCENTS_AUTO, MUC_RANK_DEFAULT, &answer);
        if (answer.summary.total != counts[i].total ||
            answer.summary.total_as_written != counts[i].as_written ||
            answer.n_hits != counts[i].total)
            fail_msg("[%s]: %u documents, %u as written", counts[i].query,
                     (unsigned)answer.summary.total, (unsigned)answer.summary.total_as_written);
        answer_free(&answer);
    }
}

/* Pieces of queries that can be read in several ways, and what joins them. */
static const char *const pieces[] = {
    "UBND",
    "ủy ban nhân dân",
    "uy ban nhan dan",
    "TP.HCM",
    "Sở TN&MT",
    "QĐ-UBND",
    "đ/c",
    "TT",
    "22/12/2020",
    "22.12.2020",
    "ngày 22 tháng 12 năm 2020",
    "12/2020",
    "2018-2020",
    "quý III/2020",
    "lý do",
    "\"lý do\"",
    "kỹ thuật",
    "ky thuat",
    "tieesng",
    "nguoi72",
    "moitruong",
    "tieng viet",
    "moi truong",
    "họp",
    "metric",
    "in:22/12/2020",
    "=tiếng",
    "~tieng",
    "title:lý",
    "kind:lý",
};
static const char *const joints[] = {
    " ",  " ",  " ",  " OR ", " AND ", " -", " +",  " NEAR/3 ",
    " (", ") ", "\"", ", ",   " - ",   "/",  "^2 ",
};

enum { PIECES = sizeof pieces / sizeof *pieces, JOINTS = sizeof joints / sizeof *joints };

static void make_query(struct random *random, char *text, size_t room)
{
    uint32_t n = 1 + random_below(random, 12);

    *text = '\0';
    for (uint32_t i = 0; i < n; i++) {
        size_t size = strlen(text);

        snprintf(text + size, room - size, "%s%s", i ? joints[random_below(random, JOINTS)] : "",
                 pieces[random_below(random, PIECES)]);
    }
}

/** Counting and looking for the best agree on what is found, however words are joined. */
static void test_random(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct answer counted, fast;
        struct muc_query query = { .limit = 20, .snippet_bytes = 40 };
        char text[1024];

        make_query(&random, text, sizeof text);
        query.text = muc_text(text);
        query.match = (enum muc_match)random_below(&random, 3);
        query.accents = (enum muc_accents)random_below(&random, 3);
        counted = archive_search(&archive, &query);
        query.no_totals = query.no_snippets = true;
        fast = archive_search(&archive, &query);
        if (counted.summary.total != counted.n_hits || fast.n_hits != counted.n_hits ||
            counted.summary.total_as_written > counted.summary.total)
            fail_msg("[%s]: counted %u, found %zu and %zu", text, (unsigned)counted.summary.total,
                     counted.n_hits, fast.n_hits);
        for (size_t k = 0; k < fast.n_hits; k++)
            if (!str_equal(fast.hits[k].id, counted.hits[k].id) ||
                fast.hits[k].score != counted.hits[k].score)
                fail_msg("[%s]: hit %zu differs", text, k);
        answer_free(&counted);
        answer_free(&fast);
    }
}

/** Where the time is over a word is what was typed, and no form of it is counted. */
static void test_no_time(void **state)
{
    struct query_word word = { .exact = STR("moi"), .folded = STR("moi") };
    struct node node = { .kind = NODE_WORD, .words = &word, .n_words = 1 };
    struct deadline deadlines[] = { { .at = 0 }, { .at = 1 } };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct place place = { .node = &node };
        struct arena arena = { 0 };
        struct lookups lookups;

        lookups_start(&lookups, archive.reader, &arena, NULL, &deadlines[i]);
        assert_int_equal(find_readings(&place, 1, &lookups, NULL), MUC_OK);
        assert_int_equal(place.n, i ? 1 : 4); /* môi, mỗi, mọi, moi */
        assert_true(str_equal(place.readings[0].exact, i ? word.exact : STR("môi")));
        assert_int_equal(deadlines[i].met, i);
        arena_free(&arena);
    }
}

static int start(void **state)
{
    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        archive_add(&archive, &(struct muc_document){ .id = muc_text(texts[i].id),
                                                      .text = muc_text(texts[i].text) });
    archive_commit(&archive);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readings), cmocka_unit_test(test_segments),
        cmocka_unit_test(test_literal),  cmocka_unit_test(test_counts),
        cmocka_unit_test(test_random),   cmocka_unit_test(test_no_time),
    };

    return cmocka_run_group_tests(tests, start, archive_tear_down);
}
