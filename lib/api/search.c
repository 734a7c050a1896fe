/* SPDX-License-Identifier: MIT */
#include "search/search.h"

#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"
#include "query/warn.h"

enum {
    DEEPEST_HIT = 1000000, /* limit + offset: bounds the memory of one query */
    SIMILAR_IDS_MAX = 100,
};

struct muc_results {
    struct answer answer;
};

/** The query with its defaults; MUC_EARGUMENT. */
static int fill(const struct muc_query *query, struct muc_query *filled, struct muc_error *err)
{
    if (query->text.size > QUERY_MAX_SIZE)
        return error_set(err, MUC_EARGUMENT, 0, "query", "a query has at most %d bytes",
                         QUERY_MAX_SIZE);
    if (query->limit > DEEPEST_HIT || query->offset > DEEPEST_HIT - query->limit)
        return error_set(err, MUC_EARGUMENT, 0, "limit",
                         "at most %d hits, those left out at the top included", DEEPEST_HIT);
    *filled = *query;
    filled->limit = query->limit ? query->limit : 10;
    filled->facet_values = query->facet_values ? query->facet_values : 10;
    filled->snippet_bytes = query->snippet_bytes ? query->snippet_bytes : 240;
    return MUC_OK;
}

int muc_search(const struct muc_index *index, const struct muc_query *query,
               struct muc_results **out, struct muc_error *err)
{
    struct muc_query filled;
    struct muc_results *results;
    int rc = fill(query, &filled, err);

    if (rc)
        return rc;
    if (!(results = malloc(sizeof *results)))
        return error_memory(err);
    *results = (struct muc_results){ 0 };
    rc = search(index->reader, index->analyzers, &filled, &results->answer, err);
    if (rc) {
        muc_results_free(results);
        return rc;
    }
    *out = results;
    return MUC_OK;
}

int muc_similar(const struct muc_index *index, const struct muc_string *ids, size_t n_ids,
                const struct muc_query *query, struct muc_results **out, struct muc_error *err)
{
    struct muc_query filled = query ? *query : (struct muc_query){ 0 };
    struct muc_results *results;
    int rc;

    if (!n_ids || n_ids > SIMILAR_IDS_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "ids", "from 1 to %d documents", SIMILAR_IDS_MAX);
    filled.text = muc_text("");
    if ((rc = fill(&filled, &filled, err)))
        return rc;
    if (!(results = calloc(1, sizeof *results)))
        return error_memory(err);
    rc =
        search_similar(index->reader, index->analyzers, ids, n_ids, &filled, &results->answer, err);
    if (rc) {
        muc_results_free(results);
        return rc;
    }
    *out = results;
    return MUC_OK;
}

void muc_results_free(struct muc_results *results)
{
    if (!results)
        return;
    answer_free(&results->answer);
    free(results);
}

const struct muc_summary *muc_results_summary(const struct muc_results *results)
{
    return &results->answer.summary;
}

size_t muc_results_count(const struct muc_results *results)
{
    return results->answer.n_hits;
}

const struct muc_hit *muc_results_hit(const struct muc_results *results, size_t i)
{
    return &results->answer.hits[i];
}

size_t muc_results_facets(const struct muc_results *results)
{
    return results->answer.n_facets;
}

const struct muc_facet *muc_results_facet(const struct muc_results *results, size_t i)
{
    return &results->answer.facets[i];
}

size_t muc_results_warnings(const struct muc_results *results)
{
    return results->answer.n_warnings;
}

const struct muc_warning *muc_results_warning(const struct muc_results *results, size_t i)
{
    return &results->answer.warnings[i];
}

const char *muc_tier_name(enum muc_tier tier)
{
    static const char *const names[] = { "exact",       "spelling",  "marks-lost",
                                         "marks-other", "expansion", "repair" };

    return (unsigned)tier < sizeof names / sizeof *names ? names[tier] : "unknown";
}

const char *muc_warning_name(enum muc_warning_kind kind)
{
    return warn_name(kind);
}

const char *muc_part_name(enum muc_part_kind kind)
{
    static const char *const names[] = { "word", "pair", "phrase", "near", "recency" };

    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

const char *muc_origin_name(enum muc_origin origin)
{
    static const char *const names[] = { "typed",    "restored",     "repaired",
                                         "spelling", "abbreviation", "date",
                                         "split",    "stem",         "definition" };

    return (unsigned)origin < sizeof names / sizeof *names ? names[origin] : "unknown";
}
