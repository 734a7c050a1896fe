/* SPDX-License-Identifier: MIT */
/* The public functions together, as a program uses them: what is written comes back, what is wrong
 * is refused with the documented code, and out-parameters stay untouched on failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "database.h"

static const struct {
    const char *id, *title, *text, *source;
    struct muc_date date;
} documents[] = {
    { "a",
      "Bảo vệ môi trường",
      "Sở Tài nguyên và Môi trường phát động phong trào.",
      "Sở TNMT",
      { 2020, 12, 22 } },
    { "b",
      "Thủy điện Hòa Bình",
      "Nhà máy xả lũ. Môi trương nước bị ảnh hưởng.",
      "Điện lực",
      { 2019, 6, 5 } },
    { "c", "Bao chi", "Thong cao ve bao ve moi truong.", "Điện lực", { 2001, 0, 0 } },
};

static int create_database(void **state)
{
    struct muc_writer *writer = database_begin(state);

    if (!writer)
        return -1;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        if (muc_writer_add(writer,
                           &(struct muc_document){ .id = muc_text(documents[i].id),
                                                   .title = muc_text(documents[i].title),
                                                   .text = muc_text(documents[i].text),
                                                   .source = muc_text(documents[i].source),
                                                   .date = documents[i].date,
                                                   .date_origin = MUC_DATE_GIVEN },
                           NULL))
            return -1;
    return database_end(writer);
}

static struct muc_index *open_index(void)
{
    struct muc_index *index = NULL;

    assert_int_equal(muc_index_open(database, &index, NULL), MUC_OK);
    return index;
}

/** The ids of a query's hits in order, as one string. */
static const char *ids(const struct muc_index *index, struct muc_query query)
{
    static char list[64];
    struct muc_results *results;

    list[0] = '\0';
    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_OK);
    for (size_t i = 0; i < muc_results_count(results); i++) {
        struct muc_string id = muc_results_hit(results, i)->id;

        strncat(list, id.bytes, id.size);
    }
    muc_results_free(results);
    return list;
}

static void test_search(void **state)
{
    struct muc_index *index = open_index();
    static const struct muc_filter of_power = { "source", { "Điện lực", sizeof "Điện lực" - 1 } },
                                   of_part = { "source", { "Điện", sizeof "Điện" - 1 } },
                                   of_no_tag = { "tag", { "", 0 } };
    static const struct {
        const char *why, *query, *ids;
        struct muc_query rest;
    } cases[] = {
        { "as written first", "môi trường", "abc", { .to = { 2020, 12, 31 } } },
        { "no such word", "trâu", "", { .limit = 0 } },
        { "newest first", "môi trường", "abc", { .sort = MUC_SORT_DATE_DOWN } },
        { "oldest first", "moi truong", "cba", { .sort = MUC_SORT_DATE } },
        { "only as written", "\"môi trường\"", "a", { .accents = MUC_ACCENTS_EXACT } },
        { "from a day on", "moi truong", "a", { .from = { 2020, 1, 1 } } },
        { "a page", "moi truong", "b", { .sort = MUC_SORT_DATE_DOWN, .limit = 1, .offset = 1 } },
        { "field", "source:\"điện lực\"", "bc", { .sort = MUC_SORT_DATE_DOWN } },
        { "not", "moi -bao", "b", { .limit = 0 } },
        { "of a source",
          "moi truong",
          "bc",
          { .filters = &of_power, .n_filters = 1, .sort = MUC_SORT_DATE_DOWN } },
        { "a part of a source is none", "moi", "", { .filters = &of_part, .n_filters = 1 } },
        { "everything", "trâu", "abc", { .everything = true, .sort = MUC_SORT_DATE_DOWN } },
        { "without a tag", "trường", "acb", { .filters = &of_no_tag, .n_filters = 1 } },
        { "one document, found or not", "trâu", "b", { .document = { "b", 1 } } },
        { "all the time needed", "trường", "acb", { .time_ms = 100000 } },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_query query = cases[i].rest;
        const char *got;

        query.text = muc_text(cases[i].query);
        got = ids(index, query);
        if (strcmp(got, cases[i].ids))
            print_error("%s: %s gives \"%s\", expected \"%s\"\n", cases[i].why, cases[i].query, got,
                        cases[i].ids);
        assert_string_equal(got, cases[i].ids);
    }
    muc_index_close(index);
    (void)state;
}

static void test_hit(void **state)
{
    struct muc_index *index = open_index();
    struct muc_query query = { .text = muc_text("tai nguyen"), .facets = "source,year" };
    struct muc_results *results;
    const struct muc_hit *hit;
    const struct muc_range *range;

    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_OK);
    assert_int_equal(muc_results_summary(results)->total, 1);
    assert_int_equal(muc_results_count(results), 1);
    hit = muc_results_hit(results, 0);
    assert_int_equal(hit->id.size, 1);
    assert_memory_equal(hit->id.bytes, "a", 1);
    assert_int_equal(hit->rank, 1);
    assert_int_equal(hit->date.day, 22);
    assert_int_equal(hit->snippet.n_highlights, 1);
    range = hit->snippet.highlights;
    assert_int_equal(range->end - range->start, strlen("Tài nguyên"));
    assert_memory_equal(hit->snippet.text.bytes + range->start, "Tài nguyên", strlen("Tài nguyên"));
    assert_int_equal(muc_results_facets(results), 2);
    assert_memory_equal(muc_results_facet(results, 0)->values[0].value.bytes, "Sở TNMT",
                        strlen("Sở TNMT"));
    assert_memory_equal(muc_results_facet(results, 1)->values[0].value.bytes, "2020", 4);
    muc_results_free(results);
    muc_index_close(index);
    (void)state;
}

/** One document under a query: all of its text, all that is met in it. */
static void test_one_document(void **state)
{
    struct muc_index *index = open_index();
    struct muc_query query = { .text = muc_text("moi truong"), .document = muc_text("a") };
    struct muc_results *results = NULL;
    const struct muc_hit *hit;

    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_OK);
    hit = muc_results_hit(results, 0);
    assert_string_equal(hit->snippet.text.bytes, documents[0].text);
    assert_int_equal(hit->snippet.n_highlights, 1);
    assert_int_equal(hit->n_title_highlights, 1);
    muc_results_free(results);
    results = NULL;
    query.document = muc_text("nowhere");
    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_ENOTFOUND);
    assert_null(results);
    muc_index_close(index);
    (void)state;
}

static void test_documents(void **state)
{
    struct muc_index *index = open_index();
    const struct muc_document *document;
    struct muc_stored *stored = NULL;
    struct muc_cursor *cursor;
    size_t n = 0;

    assert_int_equal(muc_index_document(index, muc_text("b"), &stored, NULL), MUC_OK);
    document = muc_stored_document(stored);
    assert_string_equal(document->title.bytes, "Thủy điện Hòa Bình");
    assert_ptr_equal(muc_document_title(document).bytes, document->title.bytes);
    assert_int_equal(document->date.year, 2019);
    assert_int_equal(document->date_origin, MUC_DATE_GIVEN);
    muc_stored_free(stored);

    stored = NULL;
    assert_int_equal(muc_index_document(index, muc_text("z"), &stored, NULL), MUC_ENOTFOUND);
    assert_null(stored);

    assert_int_equal(muc_cursor_open(index, &cursor, NULL), MUC_OK);
    while (assert_int_equal(muc_cursor_next(cursor, &document, NULL), MUC_OK), document)
        n++;
    assert_int_equal(n, 3);
    muc_cursor_close(cursor);
    muc_index_close(index);
    (void)state;
}

/** The terms from a prefix on, "exact:documents " each. */
static void list_terms(const struct muc_index *index, const char *prefix, bool folded, char *list)
{
    const struct muc_term *term;
    struct muc_terms *terms;

    *list = '\0';
    assert_int_equal(muc_terms_open(index, muc_text(prefix), folded, &terms, NULL), MUC_OK);
    while (assert_int_equal(muc_terms_next(terms, &term, NULL), MUC_OK), term)
        list += sprintf(list, "%.*s:%d ", (int)(folded ? term->folded.size : term->exact.size),
                        folded ? term->folded.bytes : term->exact.bytes, (int)term->documents);
    muc_terms_close(terms);
}

static void test_terms(void **state)
{
    struct muc_index *index = open_index();
    uint64_t n = 99;
    char list[512];

    list_terms(index, "truo", false, list);
    assert_string_equal(list, "truong:1 trương:1 trường:1 ");
    list_terms(index, "trườ", false, list);
    assert_string_equal(list, "trường:1 ");
    list_terms(index, "truo", true, list);
    assert_string_equal(list, "truong:3 ");

    assert_int_equal(muc_index_count(index, muc_text("truong"), muc_text(""), &n, NULL), MUC_OK);
    assert_int_equal(n, 3);
    assert_int_equal(muc_index_count(index, muc_text("truong"), muc_text("trường"), &n, NULL),
                     MUC_OK);
    assert_int_equal(n, 1);
    assert_int_equal(muc_index_count(index, muc_text("nothing"), muc_text(""), &n, NULL), MUC_OK);
    assert_int_equal(n, 0);
    muc_index_close(index);
    (void)state;
}

/** Numbers and sizes as large as may be given: an answer, or a refusal. */
static void test_extremes(void **state)
{
    static char large[70000];
    const struct muc_query largest = {
        .text = muc_text("truong"),
        .limit = 10,
        .recency = UINT32_MAX,
        .from = { INT16_MIN, 255, 255 },
        .to = { INT16_MAX, 255, 255 },
        .facets = "source,year,month,kind,lang,tag,place,byline,number",
        .facet_values = UINT32_MAX,
        .snippet_bytes = UINT32_MAX,
        .time_ms = UINT32_MAX,
        .explain = true,
        .collapse = true,
    };
    struct muc_index *index = open_index();
    struct muc_query query = largest;
    struct muc_suggestions *suggestions;
    struct muc_results *results;
    struct muc_terms *terms;
    struct muc_string text = { large, 0 };
    uint64_t n = 99;

    (void)state;
    memset(large, 'a', sizeof large);
    for (text.size = 100; text.size < 60000; text.size = text.size * 3 / 2) {
        const struct muc_string word = { large, 5 }, none = { NULL, 0 };
        int wanted = text.size > 120 ? MUC_EARGUMENT : MUC_OK;

        assert_int_equal(muc_index_count(index, text, none, &n, NULL), wanted);
        assert_int_equal(muc_index_count(index, text, text, &n, NULL), wanted);
        assert_int_equal(muc_index_count(index, word, text, &n, NULL), wanted);
        assert_int_equal(muc_index_count(index, text, word, &n, NULL), wanted);
        if (muc_terms_open(index, text, false, &terms, NULL) == MUC_OK)
            muc_terms_close(terms);
        if (muc_suggest(index, text, 50, &suggestions, NULL) == MUC_OK)
            muc_suggestions_free(suggestions);
        query.text = text;
        assert_int_equal(muc_search(index, &query, &results, NULL), MUC_OK);
        muc_results_free(results);
    }
    query.text.size = sizeof large;
    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_EARGUMENT);
    query = largest;
    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_OK);
    muc_results_free(results);
    query.limit = query.offset = UINT32_MAX;
    assert_int_equal(muc_search(index, &query, &results, NULL), MUC_EARGUMENT);
    assert_int_equal(muc_suggest(index, muc_text("a"), UINT32_MAX, &suggestions, NULL),
                     MUC_EARGUMENT);
    muc_index_close(index);
}

static void test_snapshots(void **state)
{
    (void)state;
    struct muc_document again = { .id = muc_text("a"), .text = muc_text("Cà phê Buôn Ma Thuột") };
    struct muc_index *before = open_index(), *after;
    struct muc_writer *writer, *second = NULL;
    struct muc_error err;
    bool found = false;

    assert_int_equal(muc_writer_open(database, NULL, &writer, NULL), MUC_OK);
    assert_int_equal(muc_writer_open(database, NULL, &second, &err), MUC_EBUSY);
    assert_null(second);
    assert_int_equal(muc_writer_add(writer, &again, NULL), MUC_OK);
    assert_int_equal(muc_writer_delete(writer, muc_text("c"), &found, NULL), MUC_OK);
    assert_true(found);
    assert_false(muc_index_is_stale(before));
    assert_int_equal(muc_writer_commit(writer, NULL), MUC_OK);
    assert_true(muc_index_is_stale(before));

    after = open_index();
    assert_true(muc_index_snapshot(after) > muc_index_snapshot(before));
    assert_string_equal(ids(after, (struct muc_query){ .text = muc_text("ca phe") }), "a");
    assert_string_equal(ids(after, (struct muc_query){ .text = muc_text("thong cao") }), "");
    assert_string_equal(ids(before, (struct muc_query){ .text = muc_text("ca phe") }), "");
    assert_string_equal(ids(before, (struct muc_query){ .text = muc_text("thong cao") }), "c");
    muc_index_close(after);
    muc_index_close(before);
    muc_writer_close(writer);
}

/** Dates that do not exist and metadata that are not JSON would come out again as they are. */
static void refuses_facts(struct muc_writer *writer)
{
    static const struct {
        struct muc_date date;
        int code;
    } dates[] = {
        { { 0 }, MUC_OK },
        { { 2020, 2, 29 }, MUC_OK },
        { { 1, 0, 0 }, MUC_OK },
        { { 9999, 12, 31 }, MUC_OK },
        { { 2021, 2, 29 }, MUC_EINPUT },
        { { 2020, 13, 1 }, MUC_EINPUT },
        { { 2020, 12, 32 }, MUC_EINPUT },
        { { 2020, 0, 5 }, MUC_EINPUT },
        { { 0, 12, 0 }, MUC_EINPUT },
        { { 0, 0, 5 }, MUC_EINPUT },
        { { 10000, 1, 1 }, MUC_EINPUT },
        { { -1, 1, 1 }, MUC_EINPUT },
    };
    static const struct {
        const char *json;
        int code;
    } values[] = {
        { "1", MUC_OK },       { "-1.5e3", MUC_OK },     { "\"đỏ\"", MUC_OK },
        { "null", MUC_OK },    { "[1, {}]", MUC_OK },    { " true ", MUC_OK },
        { "", MUC_EINPUT },    { "{bad", MUC_EINPUT },   { "1, \"id\": 2", MUC_EINPUT },
        { "đỏ", MUC_EINPUT },  { "1 2", MUC_EINPUT },    { "'a'", MUC_EINPUT },
        { "NaN", MUC_EINPUT }, { "[1, ]", MUC_EINPUT },  { "/* */ 1", MUC_EINPUT },
        { "[", MUC_EINPUT },   { "\"open", MUC_EINPUT }, { "01", MUC_EINPUT },
    };
    struct muc_document document = { .id = muc_text("facts"), .text = muc_text("x") };
    struct muc_error err = { 0 };

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        document.date = dates[i].date;
        assert_int_equal(muc_writer_add(writer, &document, NULL), dates[i].code);
    }
    document.date = (struct muc_date){ 2021, 2, 29 };
    muc_writer_add(writer, &document, &err);
    assert_string_equal(err.message, "2021-2-29 is no date of the calendar");
    document.date = (struct muc_date){ 0 };
    document.date_origin = MUC_DATE_FILE + 1;
    assert_int_equal(muc_writer_add(writer, &document, &err), MUC_EINPUT);
    assert_string_equal(err.message, "5 is no origin of a date");
    document.date_origin = MUC_DATE_NONE;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct muc_metadata metadata = { muc_text("k"), muc_text(values[i].json) };

        document.metadata = &metadata;
        document.n_metadata = 1;
        if (muc_writer_add(writer, &document, NULL) != values[i].code)
            fail_msg("metadata %s", values[i].json);
    }
}

static void test_refusals(void **state)
{
    static const struct muc_filter filters[] = { { "colour", { 0 } }, { 0 } };
    static const char long_text[70000];
    static const struct muc_query refused[] = {
        { .text = { long_text, sizeof long_text } },
        { .text = { "x", 1 }, .facets = "colour" },
        { .text = { "x", 1 }, .offset = 2000000 },
        { .text = { "x", 1 }, .filters = &filters[0], .n_filters = 1 },
        { .text = { "x", 1 }, .filters = &filters[1], .n_filters = 1 },
        { .text = { "x", 1 }, .n_filters = MUC_FILTERS_MAX + 1 },
    };
    struct muc_index *index = NULL;
    struct muc_error err = { 0 };
    struct muc_date date = { 7, 7, 7 };
    struct muc_writer *writer;
    struct muc_results *results = NULL;
    char long_id[MUC_ID_MAX + 2];

    assert_int_equal(muc_index_open("/nonexistent/db", &index, &err), MUC_ENOTFOUND);
    assert_null(index);
    assert_true(strlen(err.message) > 0);
    assert_int_equal(muc_index_open("", &index, &err), MUC_EARGUMENT);
    assert_int_equal(muc_date_parse(muc_text("31/2/2020"), &date, NULL), MUC_EARGUMENT);
    assert_int_equal(date.year, 7);

    memset(long_id, 'x', sizeof long_id);
    assert_int_equal(muc_writer_open(database, NULL, &writer, NULL), MUC_OK);
    assert_int_equal(muc_writer_add(writer,
                                    &(struct muc_document){ .id = { long_id, sizeof long_id },
                                                            .text = muc_text("x") },
                                    &err),
                     MUC_EINPUT);
    assert_int_equal(muc_writer_add(writer, &(struct muc_document){ .id = muc_text("e") }, &err),
                     MUC_EINPUT);
    assert_int_equal(muc_writer_add(writer, &(struct muc_document){ .text = muc_text("e") }, &err),
                     MUC_EINPUT);
    refuses_facts(writer);
    muc_writer_close(writer);

    index = open_index();
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (muc_search(index, &refused[i], &results, &err) != MUC_EARGUMENT)
            fail_msg("query %zu was not refused", i);
    assert_null(results);
    muc_index_close(index);
    (void)state;
}

static void test_care(void **state)
{
    (void)state;
    struct muc_error err;
    struct muc_index *index;
    struct muc_stats stats;
    uint64_t n_faults = 99;
    char target[80];

    assert_int_equal(muc_check(database, NULL, NULL, &n_faults, &err), MUC_OK);
    assert_int_equal(n_faults, 0);
    snprintf(target, sizeof target, "%s/copy", folder);
    assert_int_equal(muc_backup(database, target, &err), MUC_OK);
    assert_int_equal(muc_backup(database, target, &err), MUC_EARGUMENT);
    assert_int_equal(muc_index_open(target, &index, &err), MUC_OK);
    assert_int_equal(muc_index_stats(index, &stats, &err), MUC_OK);
    assert_int_equal(stats.documents, 2);
    assert_string_equal(stats.rules, muc_rules_version());
    muc_index_close(index);
}

/** What begins with a mark of its order is read in no other way. */
static void test_readings(void **state)
{
    static const char wide[] = "\xff\xfeV\0i\0\xc7\x1et";
    struct muc_reading readings[MUC_READINGS_MAX];
    size_t n = 0;

    (void)state;
    assert_int_equal(
        muc_text_readings((struct muc_string){ wide, sizeof wide }, readings, &n, NULL), MUC_OK);
    assert_int_equal(n, 1);
    assert_memory_equal(readings[0].encoding, "UTF-16", 6);
    assert_true(readings[0].explains && readings[0].chosen);
}

static void test_analyzer(void **state)
{
    (void)state;
    struct muc_analyzer *analyzer;
    struct muc_token token;

    assert_int_equal(muc_analyzer_open(&analyzer, NULL), MUC_OK);
    assert_int_equal(muc_analyzer_run(analyzer, muc_text("Tỉnh Hoà Bình."), NULL), MUC_OK);
    assert_int_equal(muc_analyzer_count(analyzer), 3);
    token = muc_analyzer_token(analyzer, 1);
    assert_string_equal(token.exact.bytes, "hòa");
    assert_string_equal(token.folded.bytes, "hoa");
    assert_int_equal(token.start, strlen("Tỉnh "));
    assert_int_equal(token.position, 1);
    muc_analyzer_close(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search),       cmocka_unit_test(test_hit),
        cmocka_unit_test(test_one_document), cmocka_unit_test(test_documents),
        cmocka_unit_test(test_terms),        cmocka_unit_test(test_analyzer),
        cmocka_unit_test(test_refusals),     cmocka_unit_test(test_snapshots),
        cmocka_unit_test(test_care),         cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_readings),
    };

    return cmocka_run_group_tests(tests, create_database, folder_tear_down);
}
