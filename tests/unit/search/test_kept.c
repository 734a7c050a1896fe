/* SPDX-License-Identifier: MIT */
/* Terms that are kept from search to search: asked once, of one reader, and never more than fit. */
#include "../random.h"
#include "archive.h"
#include "search/terms.h"

static const char *const texts[] = {
    "Bảo vệ môi trường là việc của mọi người.",          "Mỗi trường học một vườn cây.",
    "Người dân học tiếng Việt. Tiếng Việt giàu và đẹp.", "Moi nguoi deu biet tieng cua ong.",
    "Ủy ban nhân dân xã họp ngày 22 tháng 12 năm 2020.",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static const struct query_word moi = { .exact = STR("môi"), .folded = STR("moi"), .marked = true };

static void add(struct archive *archive, size_t i)
{
    archive_add_text(archive, i, texts[i % TEXTS]);
}

static const struct lookup *look_up(struct lookups *lookups, const struct query_word *word)
{
    const struct lookup *lookup;

    assert_int_equal(lookups_word(lookups, true, FIELD_ANY, word, &lookup, NULL), MUC_OK);
    return lookup;
}

/** An archive of one text, and no terms kept of it. */
static void start(struct archive *archive, struct kept_terms *kept)
{
    archive_start(archive);
    add(archive, 0);
    archive_commit(archive);
    assert_true(kept_terms_open(kept));
}

/** A second query gets what the first has looked up; one over another reader looks again. */
static void test_reader(void **state)
{
    struct archive archive;
    struct kept_terms kept;
    const struct lookup *first;

    (void)state;
    archive_start(&archive);
    assert_true(kept_terms_open(&kept));
    for (size_t i = 0; i < 2; i++) { /* the same text once, then twice */
        add(&archive, i * TEXTS);
        archive_commit(&archive);
        for (size_t query = 0; query < 2; query++) {
            struct arena arena = { 0 };
            struct lookups lookups;

            lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
            assert_int_equal(kept.table.n, query);
            if (!query)
                first = look_up(&lookups, &moi);
            assert_ptr_equal(look_up(&lookups, &moi), first);
            assert_int_equal(first->n_docs, i + 1);
            arena_free(&arena);
        }
    }
    kept_terms_close(&kept);
    archive_end(&archive);
}

/** What a pattern stands for is what the time of its query was enough for: it is not kept. */
static void test_pattern(void **state)
{
    struct deadline deadlines[] = { { .at = 1 }, { .at = 0 } };
    struct archive archive;
    struct searcher *searcher;
    struct kept_terms kept;

    (void)state;
    start(&archive, &kept);
    assert_int_equal(analyzers_take(archive.analyzers, &searcher, NULL), MUC_OK);
    for (size_t i = 0; i < 2; i++) {
        struct query query = { 0 };
        struct arena arena = { 0 };
        struct lookups lookups;

        assert_int_equal(
            query_parse(&query, STR("mô*"), searcher->analyzer, &searcher->parsing, NULL), MUC_OK);
        lookups_start(&lookups, archive.reader, &arena, &kept, &deadlines[i]);
        assert_int_equal(look_up(&lookups, query.root->words)->n_docs, i);
        assert_int_equal(kept.table.n, 0);
        arena_free(&arena);
        query_free(&query);
    }
    analyzers_give(searcher);
    kept_terms_close(&kept);
    archive_end(&archive);
}

/** A word is known by where its form lies once it was wanted, or looked up as it was meant. */
static void test_form(void **state)
{
    static const char meant[] = "môi";
    struct archive archive;
    struct searcher *searcher;
    struct kept_terms kept;
    struct query query = { 0 };
    struct arena arena = { 0 };
    struct lookups lookups;
    struct query_word *word, *next, other;

    (void)state;
    start(&archive, &kept);
    assert_int_equal(analyzers_take(archive.analyzers, &searcher, NULL), MUC_OK);
    assert_int_equal(
        query_parse(&query, STR("moi truong"), searcher->analyzer, &searcher->parsing, NULL),
        MUC_OK);
    lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
    word = query.root->children[0]->words;
    next = query.root->children[1]->words;
    assert_null(lookups_know_word(&lookups, false, word));
    assert_null(lookups_know_pair(&lookups, word, next));
    assert_int_equal(wanted_query(&lookups, query.root, true, NULL), MUC_OK);
    assert_int_equal(word->any->n_docs, 1);
    assert_ptr_equal(lookups_know_word(&lookups, false, word), word->any);
    assert_int_equal(word->pair->n_docs, 1);
    assert_ptr_equal(lookups_know_pair(&lookups, word, next), word->pair);
    assert_null(lookups_know_pair(&lookups, next, word));
    assert_null(lookups_know_word(&lookups, true, word)); /* moi stands nowhere, nor was it asked */
    other = *word;
    other.exact = str_c(meant);
    assert_null(lookups_know_word(&lookups, true, &other));
    look_up(&lookups, &other);
    assert_null(lookups_know_word(&lookups, true, &other)); /* nobody says that it stays there */
    other.own = meant;
    assert_int_equal(look_up(&lookups, &other)->n_docs, 1);
    assert_ptr_equal(lookups_know_word(&lookups, true, &other), look_up(&lookups, &other));
    assert_null(lookups_know_word(&lookups, false, &other));
    arena_free(&arena);
    query_free(&query);
    analyzers_give(searcher);
    kept_terms_close(&kept);
    archive_end(&archive);
}

/** Answers held at the same time keep what is theirs, and one of them has the searcher's room. */
static void test_answers(void **state)
{
    const struct muc_query moi_query = { .text = STR("môi"),
                                         .accents = MUC_ACCENTS_EXACT,
                                         .limit = 5,
                                         .no_snippets = true },
                           hoc_query = { .text = STR("học"),
                                         .accents = MUC_ACCENTS_EXACT,
                                         .limit = 5,
                                         .no_snippets = true };
    struct archive archive;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < TEXTS; i++)
        add(&archive, i);
    archive_commit(&archive);
    for (int turn = 0; turn < 4; turn++) {
        struct answer first = archive_search(&archive, &moi_query),
                      second = archive_search(&archive, &hoc_query);

        assert_non_null(first.room);
        assert_null(second.room);
        assert_int_equal(first.n_hits, 1);
        assert_string_equal(first.hits[0].id.bytes, "0");
        assert_int_equal(second.n_hits, 2);
        answer_free(turn % 2 ? &first : &second);
        assert_string_equal(turn % 2 ? second.hits[1].id.bytes : first.hits[0].id.bytes,
                            turn % 2 ? "2" : "0");
        answer_free(turn % 2 ? &second : &first);
    }
    answer_free(NULL);
    archive_end(&archive);
}

/** Each searcher is of one thread at a time; those that have a seat come again. */
static void test_searchers(void **state)
{
    struct searcher *taken[SEATS + 1], *again;
    struct analyzers analyzers;

    (void)state;
    analyzers_init(&analyzers);
    for (size_t i = 0; i <= SEATS; i++) {
        assert_int_equal(analyzers_take(&analyzers, &taken[i], NULL), MUC_OK);
        for (size_t k = 0; k < i; k++)
            assert_ptr_not_equal(taken[k], taken[i]);
    }
    analyzers_give(taken[SEATS]); /* has no seat */
    for (size_t i = 0; i < SEATS; i++) {
        analyzers_give(taken[i]);
        assert_int_equal(analyzers_take(&analyzers, &again, NULL), MUC_OK);
        assert_ptr_equal(again, taken[i]);
    }
    for (size_t i = 0; i < SEATS; i++)
        analyzers_give(taken[i]);
    analyzers_destroy(&analyzers);
}

/** When the room is full all are forgotten, between two searches. */
static void test_full(void **state)
{
    struct archive archive;
    struct kept_terms kept;
    struct arena arena = { 0 };
    struct lookups lookups;
    uint32_t n = 0;

    (void)state;
    start(&archive, &kept);
    lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
    look_up(&lookups, &moi);
    while (!kept.arena.total) {
        char text[32];
        const int size = snprintf(text, sizeof text, "x%u", ++n);
        const struct query_word word = { .exact = str_of(text, (size_t)size),
                                         .folded = str_of(text, (size_t)size) };

        assert_int_equal(look_up(&lookups, &word)->n_docs, 0);
        arena_reset(&arena);
    }
    assert_int_equal(kept.table.n, n + 1);
    assert_int_equal(look_up(&lookups, &moi)->n_docs, 1);
    kept_terms_trim(&kept, false);
    assert_int_equal(kept.table.n, 0);
    assert_int_equal(kept.arena.total, 0);
    lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
    assert_int_equal(look_up(&lookups, &moi)->n_docs, 1);
    kept_terms_trim(&kept, false); /* not full: it stays */
    assert_int_equal(kept.table.n, 1);
    arena_free(&arena);
    kept_terms_close(&kept);
    archive_end(&archive);
}

/** Some words of the texts, next to each other or not. */
static void make_query(struct random *random, char *out, size_t room)
{
    static const char words[][8] = { "bao",   "ve",   "moi", "truong", "la",  "viec", "cua",
                                     "nguoi", "hoc",  "mot", "vuon",   "cay", "dan",  "tieng",
                                     "viet",  "giau", "môi", "mỗi",    "uy",  "ban",  "xa" };
    size_t size = 0;

    for (uint32_t n = 1 + random_below(random, 6); n; n--)
        size += (size_t)snprintf(out + size, room - size, "%s ",
                                 words[random_below(random, sizeof words / sizeof *words)]);
}

static void same_summary(const struct muc_summary *warm, const struct muc_summary *cold,
                         const char *text)
{
    if (warm->total != cold->total || warm->total_with_all != cold->total_with_all ||
        warm->total_as_written != cold->total_as_written ||
        warm->total_is_exact != cold->total_is_exact)
        fail_msg("[%s]: %ju found, %ju with all, %ju as written; with nothing kept %ju, %ju, %ju",
                 text, (uintmax_t)warm->total, (uintmax_t)warm->total_with_all,
                 (uintmax_t)warm->total_as_written, (uintmax_t)cold->total,
                 (uintmax_t)cold->total_with_all, (uintmax_t)cold->total_as_written);
    if (!str_equal(warm->searched_as, cold->searched_as) ||
        !str_equal(warm->did_you_mean, cold->did_you_mean) ||
        warm->did_you_mean_total != cold->did_you_mean_total)
        fail_msg("[%s]: another reading than with nothing kept", text);
}

/** Searches with what earlier ones have left answer as searches with nothing. */
static void test_same(void **state)
{
    struct random random = random_start();
    struct archive archive;

    (void)state;
    archive_start(&archive);
    for (size_t i = 0; i < 12; i++) {
        add(&archive, i);
        if (i % 5 == 4)
            archive_commit(&archive);
    }
    archive_delete(&archive, "3");
    archive_commit(&archive);
    for (int i = 0; i < 500; i++) {
        struct analyzers fresh, *used = archive.analyzers;
        struct answer warm, cold;
        struct muc_query query = { .limit = 10 };
        char text[128];

        make_query(&random, text, sizeof text);
        query.text = muc_text(text);
        warm = archive_search(&archive, &query);
        analyzers_init(&fresh);
        archive.analyzers = &fresh;
        cold = archive_search(&archive, &query);
        archive.analyzers = used;
        same_summary(&warm.summary, &cold.summary, text);
        if (warm.n_hits != cold.n_hits)
            fail_msg("[%s]: %zu hits, with nothing kept %zu", text, warm.n_hits, cold.n_hits);
        for (size_t k = 0; k < warm.n_hits; k++)
            if (!str_equal(warm.hits[k].id, cold.hits[k].id) ||
                warm.hits[k].score != cold.hits[k].score)
                fail_msg("[%s]: hit %zu differs", text, k);
        answer_free(&warm);
        answer_free(&cold);
        analyzers_destroy(&fresh);
    }
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reader),    cmocka_unit_test(test_pattern),
        cmocka_unit_test(test_form),      cmocka_unit_test(test_answers),
        cmocka_unit_test(test_searchers), cmocka_unit_test(test_full),
        cmocka_unit_test(test_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
