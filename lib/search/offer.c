/* SPDX-License-Identifier: MIT */
#include "search/offer.h"

#include "base/error.h"

/* What is offered finds so many times the documents of what was typed. */
enum { FAR = 8 };

/** The documents that a query was made for: with all its words, and with their marks if those were
 *  typed. */
static uint64_t good_documents(const struct muc_summary *summary, bool marked)
{
    return marked ? summary->total_as_written : summary->total_with_all;
}

/** A title that nothing has all words of is still one with a slip; a word that no neighbour speaks
 *  for has to be found with the others. Of what is said alike the neighbours say enough, so that it
 *  only must not find less. */
static bool is_far_better(const struct muc_summary *typed, const struct muc_summary *other,
                          const struct correction *correction)
{
    const uint64_t n = good_documents(other, correction->marked);
    const uint64_t n_typed = good_documents(typed, correction->marked);

    return (n || (correction->beside && other->total)) &&
           n >= (correction->heard ? 1 : FAR) * n_typed;
}

int offer(const struct reader *reader, struct analyzers *analyzers, const struct muc_query *query,
          uint32_t ms, const struct correction *correction, struct answer *answer,
          struct muc_error *err)
{
    struct muc_string text = str_of((const char *)correction->text.at, correction->text.size);
    struct muc_query corrected = *query;
    struct answer *other;
    int rc;

    corrected.text = text;
    corrected.facets = NULL;
    corrected.count_only = true;
    corrected.offset = 1; /* a page further on: none is offered there */
    corrected.time_ms = ms;
    rc = search(reader, analyzers, &corrected, &other, err);
    if (rc)
        return rc;
    if (is_far_better(&answer->summary, &other->summary, correction)) {
        text = other->summary.searched_as.size ? other->summary.searched_as : text;
        answer->summary.did_you_mean = arena_copy(&answer->arena, text);
        answer->summary.did_you_mean_total = other->summary.total;
        rc = answer->summary.did_you_mean.bytes ? MUC_OK : error_memory(err);
    }
    answer_free(other);
    return rc;
}
