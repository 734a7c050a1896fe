/* SPDX-License-Identifier: MIT */
#include "search/search.h"

#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"

enum { DEEPEST_HIT = 1000000 }; /* limit + offset: bounds the memory of one query */

struct muc_results {
    struct answer answer;
};

int muc_search(const struct muc_index *index, const struct muc_query *query,
               struct muc_results **out, struct muc_error *err)
{
    struct muc_query filled = *query;
    struct muc_results *results;
    int rc;

    if (query->text.size > QUERY_MAX_SIZE)
        return error_set(err, MUC_EARGUMENT, 0, "query", "a query has at most %d bytes",
                         QUERY_MAX_SIZE);
    if (query->limit > DEEPEST_HIT || query->offset > DEEPEST_HIT - query->limit)
        return error_set(err, MUC_EARGUMENT, 0, "limit",
                         "at most %d hits, those left out at the top included", DEEPEST_HIT);
    filled.limit = query->limit ? query->limit : 10;
    filled.facet_values = query->facet_values ? query->facet_values : 10;
    filled.snippet_bytes = query->snippet_bytes ? query->snippet_bytes : 240;
    if (!(results = calloc(1, sizeof *results)))
        return error_memory(err);
    rc = search(index->reader, index->analyzers, &filled, &results->answer, err);
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

const char *muc_part_name(enum muc_part_kind kind)
{
    static const char *const names[] = { "word", "pair", "phrase", "near", "recency" };

    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

const char *muc_origin_name(enum muc_origin origin)
{
    static const char *const names[] = { "typed",        "restored", "repaired", "spelling",
                                         "abbreviation", "date",     "split",    "stem" };

    return (unsigned)origin < sizeof names / sizeof *names ? names[origin] : "unknown";
}
