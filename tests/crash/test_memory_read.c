/* SPDX-License-Identifier: MIT */
/* test_memory_read POINTS: whatever is asked of an index, an allocation fails once; then the same
 * index answers as before. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

struct asking {
    const char *path;
    const struct muc_index *index;
    const char *text;
    FILE *out;
};

static void put(FILE *out, struct muc_string text)
{
    fprintf(out, "%.*s|", (int)text.size, text.bytes ? text.bytes : "");
}

static void put_hit(FILE *out, const struct muc_hit *hit)
{
    put(out, hit->id);
    put(out, hit->title);
    put(out, hit->snippet.text);
    fprintf(out, "%.17g %zu %zu %" PRIu64 " %d\n", hit->score, hit->snippet.n_highlights,
            hit->title_highlights ? hit->n_title_highlights : 0, hit->copies, hit->tier);
    for (size_t i = 0; i < hit->n_parts; i++) {
        put(out, hit->parts[i].asked);
        put(out, hit->parts[i].sought);
        fprintf(out, "%.17g %zu\n", hit->parts[i].score, hit->parts[i].n_forms);
    }
}

static void put_results(FILE *out, struct muc_results *results)
{
    const struct muc_summary *summary = muc_results_summary(results);

    fprintf(out, "%" PRIu64 " %" PRIu64 " %d\n", summary->total, summary->total_as_written,
            summary->match);
    put(out, summary->searched_as);
    put(out, summary->did_you_mean);
    for (size_t i = 0; i < muc_results_count(results); i++)
        put_hit(out, muc_results_hit(results, i));
    for (size_t i = 0; i < muc_results_facets(results); i++) {
        const struct muc_facet *facet = muc_results_facet(results, i);

        for (size_t k = 0; k < facet->n_values; k++) {
            put(out, facet->values[k].value);
            fprintf(out, "%" PRIu64 "\n", facet->values[k].count);
        }
    }
    muc_results_free(results);
}

static int ask_search(const struct asking *asking, struct muc_error *err)
{
    const struct muc_query query = { .text = muc_text(asking->text),
                                     .facets = "source,year,tag",
                                     .explain = true,
                                     .collapse = true };
    struct muc_results *results;
    int rc = muc_search(asking->index, &query, &results, err);

    if (!rc)
        put_results(asking->out, results);
    return rc;
}

/** By date, by filters, with all of a document, or counted. */
static int ask_otherwise(const struct asking *asking, struct muc_error *err)
{
    const struct muc_filter filter = { "source", muc_text("Sở TNMT") };
    const struct muc_query queries[] = {
        { .text = muc_text(asking->text),
          .sort = MUC_SORT_DATE_DOWN,
          .filters = &filter,
          .n_filters = 1,
          .from = { 2019, 0, 0 } },
        { .text = muc_text(asking->text), .document = muc_text("7"), .explain = true },
        { .text = muc_text(asking->text), .count_only = true, .match = MUC_MATCH_ANY },
        { .text = muc_text(asking->text), .accents = MUC_ACCENTS_IGNORE, .rank = MUC_RANK_BM25 },
        { .text = muc_text(asking->text), .recency = 30, .offset = 3, .limit = 4 },
    };
    int rc = 0;

    for (size_t i = 0; i < sizeof queries / sizeof *queries && !rc; i++) {
        struct muc_results *results;

        rc = muc_search(asking->index, &queries[i], &results, err);
        if (!rc)
            put_results(asking->out, results);
    }
    return rc;
}

static int ask_similar(const struct asking *asking, struct muc_error *err)
{
    const struct muc_string id = muc_text(asking->text);
    struct muc_results *results;
    int rc = muc_similar(asking->index, &id, 1, NULL, &results, err);

    if (!rc)
        put_results(asking->out, results);
    return rc;
}

static int ask_suggest(const struct asking *asking, struct muc_error *err)
{
    struct muc_suggestions *suggestions;
    int rc = muc_suggest(asking->index, muc_text(asking->text), 0, &suggestions, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < muc_suggestions_count(suggestions); i++)
        put(asking->out, muc_suggestions_get(suggestions, i)->text);
    muc_suggestions_free(suggestions);
    return rc;
}

static int ask_document(const struct asking *asking, struct muc_error *err)
{
    struct muc_stored *stored;
    int rc = muc_index_document(asking->index, muc_text(asking->text), &stored, err);

    if (rc)
        return rc;
    put(asking->out, muc_stored_document(stored)->text);
    fprintf(asking->out, "%zu %zu\n", muc_stored_document(stored)->n_sections,
            muc_stored_document(stored)->n_standing);
    muc_stored_free(stored);
    return rc;
}

static int ask_terms(const struct asking *asking, struct muc_error *err)
{
    const struct muc_term *term;
    struct muc_terms *terms;
    int rc = muc_terms_open(asking->index, muc_text(asking->text), false, &terms, err);

    if (rc)
        return rc;
    while (!(rc = muc_terms_next(terms, &term, err)) && term)
        put(asking->out, term->exact);
    muc_terms_close(terms);
    return rc;
}

static int ask_all(const struct asking *asking, struct muc_error *err)
{
    const struct muc_document *document;
    struct muc_cursor *cursor;
    int rc = muc_cursor_open(asking->index, &cursor, err);

    if (rc)
        return rc;
    while (!(rc = muc_cursor_next(cursor, &document, err)) && document) {
        put(asking->out, document->id);
        put(asking->out, document->text);
    }
    muc_cursor_close(cursor);
    return rc;
}

static int ask_abbreviations(const struct asking *asking, struct muc_error *err)
{
    struct muc_abbreviations *all;
    int rc = muc_abbreviations_open(asking->index, &all, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < muc_abbreviations_count(all); i++)
        put(asking->out, muc_abbreviations_at(all, i)->meaning);
    muc_abbreviations_close(all);
    return rc;
}

static int ask_duplicates(const struct asking *asking, struct muc_error *err)
{
    struct muc_duplicates *duplicates;
    int rc = muc_duplicates_find(asking->index, &duplicates, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < muc_duplicates_count(duplicates); i++)
        put(asking->out, muc_duplicates_get(duplicates, i)->id);
    muc_duplicates_free(duplicates);
    return rc;
}

static int ask_tokens(const struct asking *asking, struct muc_error *err)
{
    struct muc_analyzer *analyzer;
    int rc = muc_analyzer_open(&analyzer, err);

    if (rc)
        return rc;
    if (!(rc = muc_analyzer_run(analyzer, muc_text(asking->text), err))) {
        for (size_t i = 0; i < muc_analyzer_count(analyzer); i++)
            put(asking->out, muc_analyzer_token(analyzer, i).exact);
        put(asking->out, muc_analyzer_stems(analyzer));
    }
    muc_analyzer_close(analyzer);
    return rc;
}

static int ask_open(const struct asking *asking, struct muc_error *err)
{
    struct muc_index *index;
    struct muc_stats stats;
    int rc = muc_index_open(asking->path, &index, err);

    if (rc)
        return rc;
    if (!(rc = muc_index_stats(index, &stats, err)))
        fprintf(asking->out, "%" PRIu64 "\n", stats.documents);
    muc_index_close(index);
    return rc;
}

static int ask_readings(const struct asking *asking, struct muc_error *err)
{
    struct muc_reading readings[MUC_READINGS_MAX];
    size_t n;
    int rc = muc_text_readings(muc_text(asking->text), readings, &n, err);

    if (!rc)
        fprintf(asking->out, "%zu %s\n", n, readings[0].encoding);
    return rc;
}

static const struct question {
    const char *name;
    int (*ask)(const struct asking *asking, struct muc_error *err);
    const char *text;
} questions[] = {
    { "search", ask_search, "bảo vệ môi trường" },
    { "search", ask_search, "bao ve moi truong can tho" },
    { "search", ask_search, "UBND" },
    { "search", ask_search, "\"biến đổi khí hậu\" OR quyết~1 -rừng title:bản" },
    { "search", ask_search, "môi* (a NEAR/5 b) =hòa ~binh a^2 \"một hai\"~5" },
    { "search", ask_search, "*trường m?i date:2019.. in:22/12/2020 tag:rừng id:7" },
    { "search", ask_search, "bảo vệ môi trườmg" },
    { "search", ask_search, "tieesng Vieejt moooi truwowfng" },
    { "search", ask_search, "announcement of the ministry" },
    { "search", ask_search, "123/QĐ-UBND 1.000.000 22-12-2020" },
    { "search", ask_search, "ai ban hành quyết định của thành phố Cần Thơ và vì sao?" },
    { "otherwise", ask_otherwise, "môi trường Cần Thơ" },
    { "otherwise", ask_otherwise, "thong bao gia dien" },
    { "similar", ask_similar, "7" },
    { "suggest", ask_suggest, "bao ve m" },
    { "suggest", ask_suggest, "Bản tin số" },
    { "document", ask_document, "7" },
    { "terms", ask_terms, "m" },
    { "all", ask_all, "" },
    { "abbreviations", ask_abbreviations, "" },
    { "duplicates", ask_duplicates, "" },
    { "open", ask_open, "" },
    { "readings", ask_readings, "Bé Th«ng tin vµ TruyÒn th«ng" },
    { "tokens", ask_tokens, "Ủy ban nhân dân TP. HCM, 22-12-2020. The ministry announces it." },
};

/** What is answered; NULL: `*rc` says why not. */
static char *answer(const struct question *question, const char *path,
                    const struct muc_index *index, int *rc)
{
    char *text = NULL;
    size_t size;
    struct asking asking = { path, index, question->text, open_memstream(&text, &size) };
    struct muc_error err = { 0 };

    if (!asking.out)
        die("out of memory indeed");
    *rc = question->ask(&asking, &err);
    fclose(asking.out);
    if (*rc) {
        free(text);
        return NULL;
    }
    return text;
}

/** Allocation `n` of a question fails; then it is asked again. Whether there is such a one. */
static bool fail_once(const struct question *question, const char *path,
                      const struct muc_index *index, const char *wanted, long n)
{
    bool failed;
    char *got;
    int rc;

    memory_arm(n);
    got = answer(question, path, index, &rc);
    failed = memory_disarm();
    if (got ? strcmp(got, wanted) != 0 : rc != MUC_ENOMEM)
        wrong("%s %s: allocation %ld: %d\n%s\ninstead of\n%s", question->name, question->text, n,
              rc, got ? got : "", wanted);
    free(got);
    got = answer(question, path, index, &rc);
    if (!got || strcmp(got, wanted) != 0)
        wrong("%s %s: after allocation %ld: %d\n%s\ninstead of\n%s", question->name, question->text,
              n, rc, got ? got : "", wanted);
    free(got);
    return failed;
}

/** Of an index that knows nothing yet, and of one that was asked before. */
static void try_question(const struct question *question, const char *path)
{
    struct muc_index *fresh, *used;
    struct muc_error err = { 0 };
    bool more = true;
    char *wanted;
    int rc;

    must(muc_index_open(path, &used, &err), "open", &err);
    if (!(wanted = answer(question, path, used, &rc)))
        die("%s %s: %d", question->name, question->text, rc);
    for (long n = 1; more; n = memory_after(n)) {
        must(muc_index_open(path, &fresh, &err), "open", &err);
        more = fail_once(question, path, fresh, wanted, n);
        more |= fail_once(question, path, used, wanted, n);
        muc_index_close(fresh);
    }
    free(wanted);
    muc_index_close(used);
}

int main(int argc, char **argv)
{
    char archive[PATH];

    memory_start(argc > 1 ? argv[1] : NULL);
    make_archive(path_of("archive", archive), 0, DOCUMENTS);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        try_question(&questions[i], archive);
    return memory_end();
}
