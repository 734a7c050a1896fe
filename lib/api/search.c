/* SPDX-License-Identifier: MIT */
#include "search/search.h"

#include "api/handles.h"
#include "base/error.h"
#include "query/warn.h"

enum {
    DEEPEST_HIT = 1000000, /* limit + offset: bounds the memory of one query */
    SIMILAR_IDS_MAX = 100,
};

/* The handle is what the room of searches has made: nothing is put around it. */

static struct muc_results *results_of(struct answer *answer)
{
    return (struct muc_results *)answer;
}

static const struct answer *answer_of(const struct muc_results *results)
{
    return (const struct answer *)results;
}

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
    struct answer *answer;
    int rc = fill(query, &filled, err);

    if (rc || (rc = reader_check_rules(index->reader, err)) ||
        (rc = search(index->reader, index->analyzers, &filled, &answer, err)))
        return rc;
    *out = results_of(answer);
    return MUC_OK;
}

int muc_similar(const struct muc_index *index, const struct muc_string *ids, size_t n_ids,
                const struct muc_query *query, struct muc_results **out, struct muc_error *err)
{
    struct muc_query filled = query ? *query : (struct muc_query){ 0 };
    struct answer *answer;
    int rc;

    if (!n_ids || n_ids > SIMILAR_IDS_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "ids", "from 1 to %d documents", SIMILAR_IDS_MAX);
    filled.text = muc_text("");
    if ((rc = fill(&filled, &filled, err)) || (rc = reader_check_rules(index->reader, err)) ||
        (rc = search_similar(index->reader, index->analyzers, ids, n_ids, &filled, &answer, err)))
        return rc;
    *out = results_of(answer);
    return MUC_OK;
}

void muc_results_free(struct muc_results *results)
{
    answer_free((struct answer *)results);
}

const struct muc_summary *muc_results_summary(const struct muc_results *results)
{
    return &answer_of(results)->summary;
}

size_t muc_results_count(const struct muc_results *results)
{
    return answer_of(results)->n_hits;
}

const struct muc_hit *muc_results_hit(const struct muc_results *results, size_t i)
{
    return &answer_of(results)->hits[i];
}

size_t muc_results_facets(const struct muc_results *results)
{
    return answer_of(results)->n_facets;
}

const struct muc_facet *muc_results_facet(const struct muc_results *results, size_t i)
{
    return &answer_of(results)->facets[i];
}

size_t muc_results_warnings(const struct muc_results *results)
{
    return answer_of(results)->n_warnings;
}

const struct muc_warning *muc_results_warning(const struct muc_results *results, size_t i)
{
    return &answer_of(results)->warnings[i];
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
