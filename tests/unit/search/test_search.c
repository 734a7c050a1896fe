/* SPDX-License-Identifier: MIT */
/* What a search promises beyond which words match: how words are joined, the order of hits, pages,
 * totals, tiers, facets. One small archive, a row a promise. */
#include "group_archive.h"

static const struct {
    const char *id, *title, *text, *source, *kind;
    struct muc_date date;
} documents[] = {
    { "1",
      "Bảo vệ môi trường",
      "Sở phát động trồng rừng ven biển.",
      "Sở TNMT",
      "thông báo",
      { 2020, 12, 22 } },
    { "2", "Thủy điện xả lũ", "Môi trường nước bị ảnh hưởng.", "Điện lực", "tin", { 2019, 6, 5 } },
    { "3", "Thong cao bao chi", "Ve viec bao ve moi truong.", "Điện lực", "tin", { 2001, 0, 0 } },
    { "4", "Mời họp", "Mời dự họp báo về mối và rừng.", "", "thông báo", { 0, 0, 0 } },
    { "5", "Rừng", "Rừng phòng hộ.", "Sở TNMT", "tin", { 2020, 3, 0 } },
    /* as good as each other, but for dates and ids */
    { "b", "", "hoa sen", "", "", { 2010, 1, 1 } },
    { "a", "", "hoa sen", "", "", { 2010, 1, 1 } },
    { "c", "", "hoa sen", "", "", { 2011, 1, 1 } },
    { "d", "", "hoa sen", "", "", { 0, 0, 0 } },
};

static const struct {
    const char *why;
    struct muc_query query;
    const char *ids;
    enum muc_match match;
    uint64_t total, as_written;
} cases[] = {
#define Q(text_) .text = { text_, sizeof text_ - 1 }
    { "all words", { Q("môi trường") }, "1 2 3", MUC_MATCH_ALL, 3, 2 },
    { "any where none has all", { Q("thủy hoa") }, "2 c a b d", MUC_MATCH_ANY, 5, 0 },
    { "all and nothing else", { Q("thủy hoa"), .match = MUC_MATCH_ALL }, "", MUC_MATCH_ALL, 0, 0 },
    { "any as asked for", { Q("môi lũ"), .match = MUC_MATCH_ANY }, "2 1 3 4", MUC_MATCH_ANY, 4, 1 },
    { "a word that has to be there",
      { Q("thủy +rừng"), .match = MUC_MATCH_ANY },
      "5 4 1",
      MUC_MATCH_ANY,
      3,
      0 },
    { "without a word", { Q("rừng -biển") }, "5 4", MUC_MATCH_ALL, 2, 2 },
    { "without a word, whatever joins the others",
      { Q("rừng hoa -biển"), .match = MUC_MATCH_ANY },
      "5 4 c a b d",
      MUC_MATCH_ANY,
      6,
      0 },
    { "only without", { Q("-biển") }, "", MUC_MATCH_ALL, 0, 0 },
    { "a date is no word to do without", { Q("lũ date:2001") }, "", MUC_MATCH_ALL, 0, 0 },
    { "a date, words any",
      { Q("lũ rừng date:2020"), .match = MUC_MATCH_ANY },
      "5 1",
      MUC_MATCH_ANY,
      2,
      0 },
    { "a source, words any", { Q("thủy hoa source:\"Điện lực\"") }, "2", MUC_MATCH_ANY, 1, 0 },
    { "a date alone", { Q("date:2020") }, "1 5", MUC_MATCH_ALL, 2, 2 },
    { "an id or a word", { Q("id:d OR lũ") }, "2 d", MUC_MATCH_ALL, 2, 2 },
    { "newer first among equals, then by id", { Q("sen") }, "c a b d", MUC_MATCH_ALL, 4, 4 },
    { "oldest first, no date last",
      { Q("hoa"), .sort = MUC_SORT_DATE },
      "a b c d",
      MUC_MATCH_ALL,
      4,
      4 },
    { "newest first, no date last",
      { Q("rừng"), .sort = MUC_SORT_DATE_DOWN },
      "1 5 4",
      MUC_MATCH_ALL,
      3,
      3 },
    { "days asked for",
      { Q("môi"), .from = { 2019, 6, 0 }, .to = { 2019, 0, 0 } },
      "2",
      MUC_MATCH_ALL,
      1,
      1 },
    { "no date is in no range", { Q("rừng"), .to = { 2100, 0, 0 } }, "5 1", MUC_MATCH_ALL, 2, 2 },
    { "a page", { Q("sen"), .limit = 2, .offset = 1 }, "a b", MUC_MATCH_ALL, 4, 4 },
    { "behind the last", { Q("sen"), .offset = 9 }, "", MUC_MATCH_ALL, 4, 4 },
    { "counted only", { Q("sen"), .count_only = true }, "", MUC_MATCH_ALL, 4, 4 },
    { "exact forms only", { Q("môi"), .accents = MUC_ACCENTS_EXACT }, "1 2", MUC_MATCH_ALL, 2, 2 },
    { "exact forms of what has no marks",
      { Q("moi"), .accents = MUC_ACCENTS_EXACT },
      "3",
      MUC_MATCH_ALL,
      1,
      1 },
    { "as typed, marks lost, other marks", { Q("mối") }, "4 3 2 1", MUC_MATCH_ALL, 4, 1 },
    { "a phrase", { Q("\"bảo vệ môi trường\"") }, "1 3", MUC_MATCH_ALL, 2, 1 },
    { "a phrase of no text", { Q("\"trường môi\"") }, "", MUC_MATCH_ALL, 0, 0 },
    { "near", { Q("\"rừng sở\"~4") }, "1", MUC_MATCH_ALL, 1, 1 },
    { "a field", { Q("title:rừng") }, "5", MUC_MATCH_ALL, 1, 1 },
    { "nothing asked for", { Q("") }, "", MUC_MATCH_ALL, 0, 0 },
    { "nothing but signs", { Q("?!") }, "", MUC_MATCH_ALL, 0, 0 },
};

static void write_ids(const struct answer *answer, char ids[256])
{
    *ids = 0;
    for (size_t i = 0; i < answer->n_hits; i++)
        sprintf(ids + strlen(ids), "%s%s", i ? " " : "", answer->hits[i].id.bytes);
}

static void answers_the_cases(void **state)
{
    int n_bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_query query = cases[i].query;
        struct answer answer;
        char ids[256];

        query.limit = query.limit ? query.limit : 10;
        answer = archive_search(&archive, &query);
        write_ids(&answer, ids);
        if (strcmp(ids, cases[i].ids) != 0 || answer.summary.match != cases[i].match ||
            answer.summary.total != cases[i].total ||
            answer.summary.total_as_written != cases[i].as_written ||
            !answer.summary.total_is_exact) {
            print_error("%s: [%s]: \"%s\", %s, %llu, %llu as written\n", cases[i].why,
                        query.text.bytes, ids,
                        answer.summary.match == MUC_MATCH_ALL ? "all" : "any",
                        (unsigned long long)answer.summary.total,
                        (unsigned long long)answer.summary.total_as_written);
            n_bad++;
        }
        answer_free(&answer);
    }
    assert_int_equal(n_bad, 0);
}

static void says_how_many_have_all_words(void **state)
{
    static const struct {
        const char *text;
        enum muc_match asked, match;
        uint64_t with_all; /* UINT64_MAX: all that are found */
    } counts[] = {
        { "bảo vệ môi trường rừng", MUC_MATCH_AUTO, MUC_MATCH_ALL, UINT64_MAX },
        { "bảo vệ môi trường rừng", MUC_MATCH_ANY, MUC_MATCH_ANY, 0 },
        { "bảo vệ môi trường lũ", MUC_MATCH_AUTO, MUC_MATCH_ANY, 0 },
        { "môi trường trồng rừng biển", MUC_MATCH_AUTO, MUC_MATCH_ALL, UINT64_MAX },
        /* sentences, of which one document has every word and others have some */
        { "vệ môi trường trồng rừng biển", MUC_MATCH_AUTO, MUC_MATCH_ANY, 1 },
        { "sở phát động bảo vệ môi trường trồng rừng", MUC_MATCH_AUTO, MUC_MATCH_ANY, 1 },
        { "so phat dong bao ve moi truong trong rung", MUC_MATCH_AUTO, MUC_MATCH_ANY, 1 },
        { "sở phát động bảo vệ môi trường trồng rừng lũ", MUC_MATCH_AUTO, MUC_MATCH_ANY, 0 },
        { "sở phát động bảo vệ môi trường trồng rừng", MUC_MATCH_ALL, MUC_MATCH_ALL, UINT64_MAX },
    };
    struct muc_query dated = { .text = muc_text(counts[6].text), .limit = 10 };
    struct answer answer;

    (void)state;
    dated.sort = MUC_SORT_DATE;
    answer = archive_search(&archive, &dated);
    assert_int_equal(answer.summary.match, MUC_MATCH_ALL);
    assert_int_equal(answer.summary.total, 1);
    answer_free(&answer);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct muc_query query = { .text = muc_text(counts[i].text),
                                   .match = counts[i].asked,
                                   .limit = 10 };
        const struct muc_summary *summary = &answer.summary;
        uint64_t with_all;

        answer = archive_search(&archive, &query);
        with_all = counts[i].with_all == UINT64_MAX ? summary->total : counts[i].with_all;
        if (summary->match != counts[i].match || summary->total_with_all != with_all ||
            summary->total_as_written > summary->total || !summary->total)
            fail_msg("[%s]: %llu, %llu with all the words", counts[i].text,
                     (unsigned long long)summary->total,
                     (unsigned long long)summary->total_with_all);
        answer_free(&answer);
    }
}

static void hits_tell_how_they_were_met(void **state)
{
    static const struct {
        const char *text, *id;
        enum muc_tier tier;
    } tiers[] = {
        { "bảo vệ môi trường", "1", MUC_TIER_EXACT },
        { "bảo vệ môi trường", "3", MUC_TIER_MARKS_LOST },
        { "mối", "1", MUC_TIER_MARKS_OTHER },
        { "moi", "3", MUC_TIER_EXACT },
        { "\"bảo vệ\"", "3", MUC_TIER_MARKS_LOST },
        { "date:2020", "1", MUC_TIER_EXACT },
    };

    (void)state;
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        struct muc_query query = {
            .text = muc_text(tiers[i].text), .limit = 10, .snippet_bytes = 80, .explain = true
        };
        struct answer answer = archive_search(&archive, &query);
        size_t h = 0;

        while (h < answer.n_hits && strcmp(answer.hits[h].id.bytes, tiers[i].id) != 0)
            h++;
        assert_true(h < answer.n_hits);
        assert_int_equal(answer.hits[h].rank, h + 1);
        if (answer.hits[h].tier != tiers[i].tier)
            fail_msg("[%s] meets %s in tier %d, not %d", tiers[i].text, tiers[i].id,
                     answer.hits[h].tier, tiers[i].tier);
        assert_true((answer.hits[h].score > 0) == (answer.hits[h].n_parts > 0));
        answer_free(&answer);
    }
}

/** In a long query a form that stands nowhere is taken for a slip: the word counts with other marks
 *  more than one that many have. */
static void takes_unknown_forms_for_slips(void **state)
{
    static const char *const texts[] = { "Quyết định về thành lập. Trường.",
                                         "Quyết định về thành lập. Mới.",
                                         "Việc mới của năm.",
                                         "Nhà mới xây.",
                                         "Đường mới mở.",
                                         "Cầu mới thông xe.",
                                         "Mưa to ở miền núi.",
                                         "Nắng nóng ở miền xuôi.",
                                         "Gió mùa về." };
    struct archive slips;
    struct answer answer;
    (void)state;

    archive_start(&slips);
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        archive_add(&slips, &(struct muc_document){ .id = str_of(&"abcdefghi"[i], 1),
                                                    .text = muc_text(texts[i]) });
    archive_commit(&slips);
    answer = archive_search(
        &slips, &(struct muc_query){ .text = muc_text("quyết định về thành lập trướng mới"),
                                     .limit = 10,
                                     .match = MUC_MATCH_ANY });
    assert_true(answer.n_hits >= 2);
    assert_true(str_equal(answer.hits[0].id, STR("a")));
    assert_true(str_equal(answer.hits[1].id, STR("b")));
    answer_free(&answer);
    archive_end(&slips);
}

static void counts_facets(void **state)
{
    struct muc_query query = { Q("rừng OR môi"),   .limit = 1,          .facets = "source,year",
                               .facet_values = 10, .no_snippets = true, .no_totals = true };
    struct answer answer = archive_search(&archive, &query), *none = NULL;

    (void)state;
    assert_int_equal(answer.n_hits, 1);
    assert_int_equal(answer.summary.total, 5); /* facets need them all */
    assert_true(answer.summary.total_is_exact);
    assert_int_equal(answer.n_facets, 2);
    assert_string_equal(answer.facets[0].name.bytes, "source");
    assert_int_equal(answer.facets[0].n_values, 2);
    assert_string_equal(answer.facets[0].values[0].value.bytes, "Sở TNMT");
    assert_int_equal(answer.facets[0].values[0].count, 2);
    assert_int_equal(answer.facets[0].values[1].count, 2);
    assert_int_equal(answer.facets[0].missing, 1);
    assert_int_equal(answer.facets[1].n_values, 3);
    assert_string_equal(answer.facets[1].values[2].value.bytes, "2020");
    assert_int_equal(answer.facets[1].values[2].count, 2);
    assert_int_equal(answer.facets[1].missing, 1);
    answer_free(&answer);

    query.facets = "source,colour";
    assert_int_equal(search(archive.reader, archive.analyzers, &query, &none, NULL), MUC_EARGUMENT);
    assert_null(none);
}

static int make_archive(void **state)
{
    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        archive_add(&archive, &(struct muc_document){ .id = muc_text(documents[i].id),
                                                      .title = muc_text(documents[i].title),
                                                      .text = muc_text(documents[i].text),
                                                      .source = muc_text(documents[i].source),
                                                      .kind = muc_text(documents[i].kind),
                                                      .date = documents[i].date,
                                                      .date_origin = MUC_DATE_GIVEN });
        if (i % 4 == 3)
            archive_commit(&archive);
    }
    archive_commit(&archive);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_the_cases),
        cmocka_unit_test(says_how_many_have_all_words),
        cmocka_unit_test(hits_tell_how_they_were_met),
        cmocka_unit_test(takes_unknown_forms_for_slips),
        cmocka_unit_test(counts_facets),
    };

    return cmocka_run_group_tests(tests, make_archive, archive_tear_down);
}
