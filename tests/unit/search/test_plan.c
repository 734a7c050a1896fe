/* SPDX-License-Identifier: MIT */
/* What of a long query is asked for, and what is not worth a list of its own. */
#include "../random.h"
#include "archive.h"
#include "search/scorer.h"

enum { DOCUMENTS = 10 };

static const char *const words[] = { "một", "hai", "ba",  "bốn",  "lăm",
                                     "sáu", "bảy", "tám", "chín", "mười" };

/** Ten texts with môi, of which the last few have mồi instead; all are as long. */
static void fill(struct archive *archive, size_t n_other)
{
    for (size_t i = 0; i < DOCUMENTS; i++) {
        const char *begin =
            i < DOCUMENTS - n_other ? "Bảo vệ môi trường xanh sạch" : "Con cá ăn mồi ngon quá";
        char text[128];

        snprintf(text, sizeof text, "%s %s.", begin, words[i]);
        archive_add_text(archive, i, text);
    }
    archive_commit(archive);
}

static struct answer ask(const struct archive *archive, const char *text)
{
    const struct muc_query query = {
        .text = muc_text(text), .match = MUC_MATCH_ANY, .limit = DOCUMENTS, .explain = true
    };

    return archive_search(archive, &query);
}

/** What a word of the query adds to a document by standing in its text. */
static double part_of(const struct answer *answer, const char *id, const char *asked)
{
    double score = 0;

    for (size_t h = 0; h < answer->n_hits; h++)
        for (size_t i = 0; i < answer->hits[h].n_parts && !strcmp(answer->hits[h].id.bytes, id);
             i++) {
            const struct muc_part *part = &answer->hits[h].parts[i];

            if (part->kind == MUC_PART_WORD && !strcmp(part->field, "any") &&
                str_equal(part->asked, str_c(asked)))
                score += part->score;
        }
    return score;
}

/** In a long query without marks a form that one in five texts, or fewer, have otherwise counts as
 *  much there; in others, and where marks are typed, the form that was meant is above. */
static void nearly_all_have_one_list(void **state)
{
    static const struct {
        const char *query, *asked;
        size_t n_other;
        bool same;
    } cases[] = {
        { "bao ve moi truong xanh sach", "moi", 1, true },
        { "bao ve moi truong xanh sach", "moi", 2, true },
        { "bao ve moi truong xanh sach", "moi", 3, false },
        { "bao ve moi truong", "moi", 1, false },
        { "bảo vệ môi trường xanh sạch", "môi", 1, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct archive archive;
        struct answer answer;
        double meant, other;

        archive_start(&archive);
        fill(&archive, cases[i].n_other);
        answer = ask(&archive, cases[i].query);
        meant = part_of(&answer, "0", cases[i].asked);
        other = part_of(&answer, "9", cases[i].asked);
        assert_true(other > 0);
        if (cases[i].same ? meant != other : meant <= other)
            fail_msg("[%s] with %zu others: %f and %f", cases[i].query, cases[i].n_other, meant,
                     other);
        answer_free(&answer);
        archive_end(&archive);
    }
}

/** What only asks counts as much in a text that has it with other marks, but in a short query. */
static void words_that_ask_have_one_list(void **state)
{
    static const char *const texts[] = { "Ăn loại nào ngon ở đây.", "Ăn loại não ngon ở đây." };
    struct archive archive;
    struct answer answer;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < 2; i++)
        archive_add(&archive, &(struct muc_document){ .id = str_of(&"12"[i], 1),
                                                      .text = muc_text(texts[i]) });
    archive_commit(&archive);
    answer = ask(&archive, "nên ăn loại nào cho thật ngon");
    assert_true(part_of(&answer, "1", "nào") > 0);
    assert_true(part_of(&answer, "1", "nào") == part_of(&answer, "2", "nào"));
    answer_free(&answer);
    answer = ask(&archive, "ăn loại nào");
    assert_true(part_of(&answer, "1", "nào") > 1.5 * part_of(&answer, "2", "nào"));
    answer_free(&answer);
    archive_end(&archive);
}

/** Whether a document has a pair of the query as neighbours, and that adds to its score. */
static bool has_pair(const struct answer *answer, const char *sought)
{
    for (size_t i = 0; i < answer->hits[0].n_parts; i++)
        if (answer->hits[0].parts[i].kind == MUC_PART_PAIR &&
            str_equal(answer->hits[0].parts[i].sought, str_c(sought)))
            return true;
    return false;
}

static void words_that_ask_make_no_pairs(void **state)
{
    struct archive archive;
    struct answer answer;

    (void)state;
    archive_start(&archive);
    archive_add(&archive, &(struct muc_document){ .id = STR("1"),
                                                  .text = STR("Trường học xanh là gì vậy nhỉ.") });
    archive_commit(&archive);
    answer = ask(&archive, "trường học xanh là gì vậy");
    assert_int_equal(answer.n_hits, 1);
    assert_true(has_pair(&answer, "trường học"));
    assert_true(has_pair(&answer, "xanh là"));
    assert_false(has_pair(&answer, "là gì"));
    assert_false(has_pair(&answer, "gì vậy"));
    answer_free(&answer);
    archive_end(&archive);
}

/** Of two documents among others with a word that both have, the first one is the best. */
static void first_is_best(const struct muc_document two[2], const char *other, const char *query)
{
    struct archive archive;
    struct answer answer;

    archive_start(&archive);
    archive_add(&archive, &two[1]);
    archive_add(&archive, &two[0]);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        char text[128];

        snprintf(text, sizeof text, "%s %s.", other, words[i]);
        archive_add_text(&archive, i, text);
    }
    archive_commit(&archive);
    answer = ask(&archive, query);
    assert_true(answer.n_hits >= 2);
    assert_true(str_equal(answer.hits[0].id, two[0].id));
    assert_true(str_equal(answer.hits[1].id, two[1].id));
    answer_free(&answer);
    archive_end(&archive);
}

/** A text with the one word that two syllables are goes before one that repeats the rarer of them
 *  apart from the other, also in its title. */
static void few_words_are_a_name(void **state)
{
    const struct muc_document two[] = {
        { .id = STR("name"),
          .title = STR("Họp báo về quy hoạch phố cổ"),
          .text = STR("Có một câu hỏi về cây xanh. Hai câu về nước. Ba câu về môi trường.") },
        { .id = STR("apart"),
          .title = STR("Môi giới nhà đất ở phố cổ"),
          .text = STR("Môi giới gặp môi giới. Có môi giới nhà, môi giới đất. Gần đó là trường "
                      "làng.") },
    };

    (void)state;
    first_is_best(two, "Khai giảng tại trường số", "môi trường");
    first_is_best(two, "Khai giảng tại trường số", "moi truong");
}

/** A text with a number next to its word goes before one that repeats both apart. */
static void numbers_belong_to_their_words(void **state)
{
    const struct muc_document two[] = {
        { .id = STR("paper"),
          .title = STR("Vốn vay cho nhà ở xã hội"),
          .text = STR("Có kiến nghị sửa nghị định 100 về nhà ở xã hội. Việc này đã được nêu nhiều "
                      "lần trong năm nay.") },
        { .id = STR("apart"),
          .title = STR("Đổi 100 USD, sửa nghị định 96"),
          .text = STR("Vụ đổi 100 USD: nghị định 96 phạt 100 USD, nghị định 96 sẽ sửa, nghị định "
                      "96 cũng nói về 100 USD.") },
    };

    (void)state;
    first_is_best(two, "Nhà ở theo nghị định số", "nghị định 100");
}

/** A text that says what something is goes before one that has more of it. */
static void definitions_say_what_it_is(void **state)
{
    const struct muc_document two[] = {
        { .id = STR("says"),
          .text = STR("Giải thích từ ngữ. Hoa lợi là sản vật tự nhiên mà tài sản mang lại. Vật "
                      "chính, vật phụ, vật chia được đều có chủ và được ghi vào sổ của xã.") },
        { .id = STR("more"),
          .text = STR("Hưởng hoa lợi. Hoa lợi thu được chia đều cho mọi người trong xã theo sổ. "
                      "Vật chính, vật phụ, vật chia được đều có chủ.") },
    };
    static const char *const queries[] = {
        "định nghĩa của hoa lợi",
        "định nghĩa của \"hoa lợi\"",
        "khái niệm hoa lợi",
        "thế nào là hoa lợi",
        "hoa lợi được hiểu như thế nào",
        "theo sổ của xã, \"hoa lợi\" được hiểu thế nào",
        "định nghĩa hoa lợi -thuế",
        "định nghĩa hoa lợi title:\"khai giảng\"",
    };

    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        first_is_best(two, "Khai giảng tại trường số", queries[i]);
}

/** Words are stemmed in the languages that the index has, which may be more after a commit. */
static void languages_come_with_documents(void **state)
{
    static const char *const texts[] = {
        "Thông báo của trường học.",
        "The ministry has made an announcement of the new rules for all of the schools.",
    };
    struct archive archive;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct answer answer;

        archive_add(&archive, &(struct muc_document){ .id = str_of(&"12"[i], 1),
                                                      .text = muc_text(texts[i]) });
        archive_commit(&archive);
        for (int again = 0; again < 2; again++) {
            answer = ask(&archive, "announcements");
            assert_int_equal(answer.n_hits, i);
            answer_free(&answer);
        }
    }
    archive_end(&archive);
}

/** k of many documents is that of each, be lengths exact or rounded. */
static void ks_are_those_of_each(void **state)
{
    enum { LENGTHS = 500, MOST = 40 };
    static uint16_t lengths[LENGTHS];
    const struct plan plan = { .k_fixed = 0.3, .k_length = 0.9 / 7.3 };
    const struct segment segment = { .lengths = lengths };
    struct random random = random_start();
    (void)state;

    for (int round = 0; round < 2000; round++) {
        uint32_t docs[MOST], n = random_below(&random, MOST + 1);
        double ks[MOST];

        for (uint32_t i = 0; i < LENGTHS && round % 100 == 0; i++)
            lengths[i] = length_code(random_below(&random, round % 200 && i % 9 ? 1000 : 1 << 20));
        for (uint32_t i = 0; i < n; i++)
            docs[i] = random_below(&random, LENGTHS);
        plan_ks(&plan, &segment, docs, n, ks);
        for (uint32_t i = 0; i < n; i++)
            assert_true(ks[i] == 0.3 + 0.9 / 7.3 * length_of(lengths[docs[i]]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearly_all_have_one_list),
        cmocka_unit_test(words_that_ask_have_one_list),
        cmocka_unit_test(words_that_ask_make_no_pairs),
        cmocka_unit_test(few_words_are_a_name),
        cmocka_unit_test(numbers_belong_to_their_words),
        cmocka_unit_test(definitions_say_what_it_is),
        cmocka_unit_test(languages_come_with_documents),
        cmocka_unit_test(ks_are_those_of_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
