/* SPDX-License-Identifier: MIT */
/* What the parts of a score say: the words asked, how they were read, what stands in the text. */
#include "archive.h"

static const struct {
    const char *id, *title, *text;
} texts[] = {
    { "1", "Môi trường", "UBND tỉnh họp về bảo vệ môi trường. Mội trường, moi truong." },
    { "2", "Họp", "Ủy ban nhân dân xã họp ngày 22 tháng 12 năm 2020." },
    { "3", "Hoãn", "Vì lí do kĩ thuật, buổi họp dời lại." },
    { "4", "Tiếng", "Người dân học tiếng Việt. Tiếng Việt giàu. Bảo vệ môi trường." },
    { "5", "Diện tích", "Rừng che phủ 50% trên 100m2 đất." },
};

/** Each line: kind reading tier field asked|sought|forms. */
static const struct {
    const char *query, *id, *part;
} cases[] = {
    { "môi", "1", "word typed exact any môi|môi|môi 2 moi 1 mội 1" },
    { "môi", "1", "word typed exact title môi|môi|môi 1" },
    { "mối", "1", "word typed marks-lost any mối|mối|môi 2 moi 1 mội 1" },
    { "mối", "4", "word typed marks-other any mối|mối|môi 1" },
    { "=môi", "4", "word typed exact any môi|môi|môi 1" },
    { "moi", "4", "word typed marks-other any moi|moi|môi 1" },
    { "bảo vệ  môi", "4", "pair typed exact any vệ  môi|vệ môi|" },
    { "người dân học tiếng việt giàu", "4", "pair typed exact any tiếng việt|tiếng việt|" },
    { "ai bảo vệ mối trường tiếng việt", "4", "pair typed marks-other any mối trường|mối trường|" },
    { "tieng viet", "4", "word restored exact any tieng|tiếng|tiếng 3" },
    { "tieng viet", "4", "pair restored exact any tieng viet|tiếng việt|" },
    { "họp tieesng vieejt", "4", "word repaired repair any tieesng|tiếng|tiếng 3" },
    { "họp tieesng vieejt", "4", "word repaired repair any vieejt|việt|việt 2" },
    { "họp  tieesng vieejt", "4", "pair repaired repair any tieesng vieejt|tiếng việt|" },
    { "baove họp", "1", "word repaired repair any baove|bao|bảo 1" },
    { "tieng vieet", "4", "word repaired repair any vieet|việt|việt 2" },
    { "tieng vieet", "4", "word restored exact any tieng|tiếng|tiếng 3" },
    { "baove họp", "1", "word typed exact any họp|họp|họp 1" },
    { "lý do", "3", "word spelling spelling any lý|lí|lí 1" },
    { "UBND xã", "2", "phrase abbreviation expansion any UBND|ủy ban nhân dân|" },
    { "họp 22/12/2020", "2", "phrase date expansion any 22/12/2020|22 tháng 12 năm 2020|" },
    { "\"bảo vệ môi trường\"", "4", "phrase typed exact any bảo vệ môi trường|bảo vệ môi trường|" },
    { "\"người tiếng\"~5", "4", "near typed exact any người tiếng|người tiếng|" },
    { "họp NEAR/5 UBND", "2",
      "near abbreviation expansion any họp NEAR/5 UBND|họp ủy ban nhân dân|" },
    { "50%", "5", "phrase typed exact any 50%|50 %|" },
    { "100m2", "5", "phrase typed exact any 100m2|100 m2|" },
    { "\"moi truong\"", "1", "phrase typed exact any moi truong|moi truong|" },
    { "\"moi truong\"", "4", "phrase typed marks-other any moi truong|moi truong|" },
    { "title:tiếng", "4", "word typed exact title tiếng|tiếng|tiếng 1" },
};

static void write_part(const struct muc_part *part, char *out)
{
    out += sprintf(out, "%s %s %s %s %.*s|%.*s|", muc_part_name(part->kind),
                   muc_origin_name(part->origin), muc_tier_name(part->tier), part->field,
                   (int)part->asked.size, part->asked.bytes, (int)part->sought.size,
                   part->sought.bytes);
    for (size_t i = 0; i < part->n_forms; i++)
        out += sprintf(out, "%s%.*s %u", i ? " " : "", (int)part->forms[i].text.size,
                       part->forms[i].text.bytes, (unsigned)part->forms[i].count);
}

/** Whether a hit has such a part; those it has are printed if not. */
static bool has_part(const struct muc_hit *hit, const char *wanted)
{
    char line[512];

    for (size_t i = 0; i < hit->n_parts; i++) {
        write_part(&hit->parts[i], line);
        if (!strcmp(line, wanted))
            return true;
    }
    for (size_t i = 0; i < hit->n_parts; i++) {
        write_part(&hit->parts[i], line);
        print_error("  %s\n", line);
    }
    return false;
}

static void parts_say_what_was_met(void **state)
{
    struct archive archive;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        archive_add(&archive, &(struct muc_document){ .id = muc_text(texts[i].id),
                                                      .title = muc_text(texts[i].title),
                                                      .text = muc_text(texts[i].text) });
    archive_commit(&archive);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct muc_query query = {
            .text = muc_text(cases[i].query), .match = MUC_MATCH_ANY, .limit = 10, .explain = true
        };
        struct answer answer = archive_search(&archive, &query);
        size_t h = 0;

        while (h < answer.n_hits && strcmp(answer.hits[h].id.bytes, cases[i].id) != 0)
            h++;
        assert_true(h < answer.n_hits);
        if (!has_part(&answer.hits[h], cases[i].part))
            fail_msg("[%s] for %s: no part %s", cases[i].query, cases[i].id, cases[i].part);
        answer_free(&answer);
    }
    archive_end(&archive);
}

/** An abbreviation that texts write in two words, which is a name and its parts, too: the two words
 *  count once. */
static void ways_that_meet_count_once(void **state)
{
    static const char *const queries[] = { "TPHCM", "họp TPHCM" };
    struct archive archive;

    (void)state;
    archive_start(&archive);
    archive_add(&archive,
                &(struct muc_document){ .id = STR("1"), .text = STR("Họp ở TP. HCM. TPHCM họp.") });
    archive_commit(&archive);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        const struct muc_query query = {
            .text = muc_text(queries[i]), .match = MUC_MATCH_ANY, .limit = 10, .explain = true
        };
        struct answer answer = archive_search(&archive, &query);
        unsigned n = 0;

        assert_int_equal(answer.n_hits, 1);
        for (size_t k = 0; k < answer.hits[0].n_parts; k++)
            n += str_equal(answer.hits[0].parts[k].sought, STR("tp hcm"));
        assert_int_equal(n, 1);
        answer_free(&answer);
    }
    archive_end(&archive);
}

/** What a word adds to a document for standing in its text. */
static double part_of_text(const struct archive *archive, enum muc_rank rank, const char *id)
{
    const struct muc_query query = {
        .text = muc_text("lan"), .rank = rank, .limit = 10, .explain = true
    };
    struct answer answer = archive_search(archive, &query);
    double score = 0;

    for (size_t h = 0; h < answer.n_hits; h++)
        for (size_t i = 0; i < answer.hits[h].n_parts && !strcmp(answer.hits[h].id.bytes, id); i++)
            if (!strcmp(answer.hits[h].parts[i].field, "any"))
                score += answer.hits[h].parts[i].score;
    answer_free(&answer);
    return score;
}

/** Of documents of average length k is k1: that of n occurrences is weight (n / (n + k1) + share),
 *  so that two of them give the share. */
static double share_of_presence(const struct archive *archive, enum muc_rank rank)
{
    double once = part_of_text(archive, rank, "once"), thrice = part_of_text(archive, rank, "3");
    double weight = (thrice - once) / (3 / (3 + 1.2) - 1 / (1 + 1.2));

    assert_true(once > 0);
    return once / weight - 1 / (1 + 1.2);
}

static void presence_counts_besides_frequency(void **state)
{
    static const char *const of_five[][2] = {
        { "once", "Lan nở trong vườn nhà." },
        { "3", "Lan, lan và lan nở." },
        { "none", "Hoa nở trong vườn nhà." },
    };
    struct archive archive;
    double share;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof of_five / sizeof *of_five; i++)
        archive_add(&archive, &(struct muc_document){ .id = muc_text(of_five[i][0]),
                                                      .text = muc_text(of_five[i][1]) });
    archive_commit(&archive);
    share = share_of_presence(&archive, MUC_RANK_DEFAULT);
    assert_true(share > 0.099 && share < 0.101);
    share = share_of_presence(&archive, MUC_RANK_BM25);
    assert_true(share > -0.001 && share < 0.001);
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_say_what_was_met),
        cmocka_unit_test(ways_that_meet_count_once),
        cmocka_unit_test(presence_counts_besides_frequency),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
