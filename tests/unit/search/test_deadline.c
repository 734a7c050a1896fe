/* SPDX-License-Identifier: MIT */
/* Time that is over: what takes long stops in between, and says so; what has time is whole. The
 * clock is not waited for: the time is over from the start, or never. */
#include "archive.h"
#include "search/best/best.h"
#include "search/deadline.h"
#include "search/hits.h"
#include "search/pattern_forms.h"
#include "search/phrase.h"
#include "search/repair/reread_parts.h"
#include "search/repair/restore.h"
#include "search/repair/slips.h"

enum {
    DOCUMENTS = 3000,
    RARE = 64 /* more, of which all but the first have the phrase, too; one block of a list */
};

/* the documents of a phrase that are asked before it looks at the clock again are fewer than RARE
 */
#define WITHOUT_PHRASE "hiếm -\"m* tr*\""

static struct archive archive;
static struct analyzer *analyzer;
static struct parser_memory memory;

/** A query of its own, with its lookups. */
struct asked {
    struct query query;
    struct lookups lookups;
    struct deadline deadline;
};

static void ask(struct asked *asked, const char *text, bool is_over)
{
    *asked = (struct asked){ .deadline.at = is_over ? 1 : UINT64_MAX };
    assert_int_equal(query_parse(&asked->query, muc_text(text), analyzer, &memory, NULL), MUC_OK);
    lookups_start(&asked->lookups, archive.reader, &asked->query.arena, NULL, &asked->deadline);
}

static uint64_t count_pattern(bool is_over)
{
    const struct lookup *lookup;
    struct asked asked;
    uint64_t n;

    ask(&asked, "n*", is_over);
    assert_int_equal(asked.query.root->kind, NODE_WORD);
    assert_int_equal(
        lookups_word(&asked.lookups, false, FIELD_ANY, asked.query.root->words, &lookup, NULL),
        MUC_OK);
    assert_int_equal(asked.deadline.met, is_over);
    n = lookup->n_docs;
    query_free(&asked.query);
    return n;
}

static void test_patterns(void **state)
{
    (void)state;
    assert_int_equal(count_pattern(false), DOCUMENTS);
    assert_int_equal(count_pattern(true), 0);
}

/** Forms of n* in a phrase that were chosen. */
static uint32_t count_chosen(bool is_over)
{
    struct asked asked;
    uint32_t n;

    ask(&asked, "\"n* tin\"", is_over);
    assert_int_equal(asked.query.root->kind, NODE_PHRASE);
    assert_int_equal(pattern_forms_choose(&asked.query, &asked.lookups, false, NULL), MUC_OK);
    assert_int_equal(asked.deadline.met, is_over);
    n = pattern_forms_of(asked.query.root, asked.query.root->words->pattern)->n;
    query_free(&asked.query);
    return n;
}

/** Whether a phrase that is there is found. */
static bool finds_phrase(bool is_over)
{
    struct phrase *phrase;
    struct asked asked;
    bool found;

    ask(&asked, "\"môi tr*\"", false);
    assert_int_equal(pattern_forms_choose(&asked.query, &asked.lookups, false, NULL), MUC_OK);
    asked.deadline.at = is_over ? 1 : UINT64_MAX;
    assert_int_equal(phrase_open(&archive.reader->segments[0], asked.query.root, false,
                                 &asked.deadline, &asked.query.arena, &phrase, NULL),
                     MUC_OK);
    found = phrase_is_in(phrase, 0);
    assert_int_equal(asked.deadline.met, is_over);
    phrase_close(phrase);
    query_free(&asked.query);
    return found;
}

static void test_phrases(void **state)
{
    (void)state;
    assert_true(count_chosen(false) > 0);
    assert_int_equal(count_chosen(true), 0);
    assert_true(finds_phrase(false));
    assert_false(finds_phrase(true));
}

static size_t restored(bool is_over)
{
    struct buffer out = { 0 };
    struct asked asked;
    size_t size;

    ask(&asked, "moi truong", is_over);
    assert_int_equal(
        restore(muc_text("moi truong"), &asked.query, &asked.lookups, NULL, &out, NULL), MUC_OK);
    assert_int_equal(asked.deadline.met, is_over);
    size = out.size;
    buffer_free(&out);
    query_free(&asked.query);
    return size;
}

static void test_restoration(void **state)
{
    (void)state;
    assert_int_equal(restored(false), strlen("môi trường"));
    assert_int_equal(restored(true), 0);
}

/** The best of the one segment, where the time is over from the start, or once the documents are
 *  about to be kept. */
static size_t find_best_of(const char *text, bool is_over, bool is_over_then)
{
    struct matcher *built = NULL, *match;
    struct muc_error err = { 0 };
    struct arena arena = { 0 };
    struct plan plan = { 0 };
    struct topk topk = { 0 };
    struct asked asked;
    uint64_t n_met;
    size_t n;

    ask(&asked, text, is_over);
    assert_int_equal(pattern_forms_choose(&asked.query, &asked.lookups, false, NULL), MUC_OK);
    {
        const struct planning planning = { &asked.lookups, MUC_ACCENTS_AUTO, MUC_RANK_BM25 };
        const struct matching matching = { &asked.lookups, true, false };
        const struct filter filter = { .to = UINT32_MAX };
        const struct best_query query = { .plan = &plan,
                                          .reader = archive.reader,
                                          .root = asked.query.root,
                                          .any = true,
                                          .filter = &filter,
                                          .deadline = &asked.deadline };

        assert_int_equal(plan_make(&planning, asked.query.root, &plan, &err), MUC_OK);
        topk_start(&topk, archive.reader, 5, &arena);
        assert_int_equal(
            matcher_build(&matching, 0, asked.query.root, &arena, &built, &match, &err), MUC_OK);
        asked.deadline.at = is_over || is_over_then ? 1 : UINT64_MAX;
        assert_int_equal(best_find(&query, 0, match, &arena, &topk, &n_met, &err), 1);
        assert_int_equal(asked.deadline.met, is_over || is_over_then);
    }
    n = topk.n;
    matchers_close(built);
    arena_free(&arena);
    query_free(&asked.query);
    return n;
}

/** By one list, and by several in windows. */
static size_t find_best(const char *text, bool is_over)
{
    return find_best_of(text, is_over, false);
}

static void test_best(void **state)
{
    (void)state;
    assert_int_equal(find_best("chung", false), 5);
    assert_int_equal(find_best("chung", true), 0);
    assert_int_equal(find_best("chung moi truong", false), 5);
    assert_int_equal(find_best("chung moi truong", true), 0);
}

/** How many of the RARE are among the best without those that a phrase excludes. The time is over
 *  once the first of them is known, while documents are kept. */
static size_t find_best_without(bool is_over)
{
    return find_best_of(WITHOUT_PHRASE, false, is_over);
}

/** The same of all documents that match: one by one, or by a window. */
static uint32_t count_without(const char *text, bool by_window, bool is_over)
{
    struct matcher *built = NULL, *match;
    uint64_t bits[FILL / 64] = { 0 };
    struct arena arena = { 0 };
    struct asked asked;
    uint32_t n = 0;

    ask(&asked, text, false);
    assert_int_equal(pattern_forms_choose(&asked.query, &asked.lookups, false, NULL), MUC_OK);
    {
        const struct matching matching = { &asked.lookups, false, false, true };

        assert_int_equal(
            matcher_build(&matching, 0, asked.query.root, &arena, &built, &match, NULL), MUC_OK);
    }
    assert_int_equal(match->doc, DOCUMENTS);
    asked.deadline.at = is_over ? 1 : UINT64_MAX;
    if (by_window)
        matcher_fill(match, 0, bits);
    for (uint32_t w = 0; w < FILL / 64; w++)
        n += (uint32_t)__builtin_popcountll(bits[w]);
    for (; !by_window && match->doc != DOC_END; matcher_seek(match, match->doc + 1))
        n++;
    assert_int_equal(asked.deadline.met, is_over);
    matchers_close(built);
    arena_free(&arena);
    query_free(&asked.query);
    return n;
}

static void test_exclusion(void **state)
{
    static const char either[] = "(chung OR hiếm) -(\"m* tr*\" OR \"tr* m*\")";

    (void)state;
    for (int is_over = 0; is_over < 2; is_over++) {
        assert_int_equal(find_best_without(is_over), 1);
        assert_int_equal(count_without(WITHOUT_PHRASE, false, is_over), 1);
        assert_int_equal(count_without(WITHOUT_PHRASE, true, is_over), 1);
        assert_int_equal(count_without(either, false, is_over), 1);
        assert_true(count_without(either, true, is_over) <= 1); /* read whole: all or none */
    }
}

static size_t corrected(bool is_over)
{
    struct correction correction = { 0 };
    struct asked asked;
    size_t size;

    ask(&asked, "chung mội trường", is_over);
    assert_int_equal(slips_correct(muc_text("chung mội trường"), &asked.query, &asked.lookups,
                                   &correction, NULL),
                     MUC_OK);
    assert_int_equal(asked.deadline.met, is_over);
    size = correction.text.size;
    buffer_free(&correction.text);
    query_free(&asked.query);
    return size;
}

static void test_slips(void **state)
{
    (void)state;
    assert_int_equal(corrected(false), strlen("chung môi trường"));
    assert_int_equal(corrected(true), 0);
}

static int split(bool is_over)
{
    char out[REPAIRED_SIZE];
    struct asked asked;
    int size;

    ask(&asked, "moitruong", is_over);
    size = split_word(&asked.lookups, asked.query.root->words, out, NULL);
    assert_int_equal(asked.deadline.met, is_over);
    query_free(&asked.query);
    return size;
}

static void test_splitting(void **state)
{
    (void)state;
    assert_int_equal(split(false), strlen("moi truong"));
    assert_int_equal(split(true), 0);
}

/** The first document as a hit; how much of it is highlighted. */
static size_t highlighted(bool is_over)
{
    const struct muc_query query = { .snippet_bytes = 80 };
    const struct found found = { 0 };
    struct highlighter highlighter;
    struct arena arena = { 0 };
    struct repairs repairs = { 0 };
    struct recency recency = { 0 };
    struct plan plan = { 0 };
    struct muc_hit hit = { 0 };
    struct asked asked;

    ask(&asked, "môi trường", is_over);
    assert_int_equal(highlighter_open(&highlighter, asked.query.root, MUC_ACCENTS_AUTO,
                                      &asked.lookups, analyzer, NULL),
                     MUC_OK);
    {
        const struct hit_making making = { archive.reader, &query,       &plan,           &repairs,
                                           &recency,       &highlighter, &asked.deadline, &arena };

        assert_int_equal(hit_make(&making, &found, 1, &hit, NULL), MUC_OK);
    }
    assert_string_equal(hit.id.bytes, "0");
    assert_int_equal(asked.deadline.met, is_over);
    if (is_over)
        assert_int_equal(hit.snippet.text.size, 0);
    highlighter_close(&highlighter);
    query_free(&asked.query);
    arena_free(&arena);
    return hit.snippet.n_highlights;
}

static void test_highlights(void **state)
{
    (void)state;
    assert_true(highlighted(false) > 0);
    assert_int_equal(highlighted(true), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns),    cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_restoration), cmocka_unit_test(test_best),
        cmocka_unit_test(test_slips),       cmocka_unit_test(test_splitting),
        cmocka_unit_test(test_highlights),  cmocka_unit_test(test_exclusion),
    };
    int failed;

    archive_start(&archive);
    for (unsigned i = 0; i < DOCUMENTS; i++) {
        struct muc_document document = { 0 };
        char id[16], text[80];

        snprintf(id, sizeof id, "%u", i);
        snprintf(text, sizeof text, "Của chung: môi trường, n%c%c%c, số %u.", 'a' + i % 17,
                 'a' + i / 17 % 17, 'a' + i / 289 % 17, i);
        document.id = muc_text(id);
        document.text = muc_text(text);
        archive_add(&archive, &document);
    }
    for (unsigned i = 0; i < RARE; i++) {
        struct muc_document document = { 0 };
        char id[16];

        snprintf(id, sizeof id, "hiếm%u", i);
        document.id = muc_text(id);
        document.text = muc_text(i ? "Hiếm: môi trường." : "Hiếm.");
        archive_add(&archive, &document);
    }
    archive_commit(&archive);
    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    analyzer_free(analyzer);
    parser_memory_free(&memory);
    archive_end(&archive);
    return failed;
}
