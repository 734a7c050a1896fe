/* SPDX-License-Identifier: MIT */
/* search/search.h - a query over a reader: the one door to this room.
 *
 * search plans a query tree against the families of the segments, walks their lists, scores and
 * keeps the best; includes index, query, snippet and below. The one invariant: the answer is the
 * same whatever is skipped on the way and however the documents are spread over segments. */
#pragma once

#include "base/arena.h"
#include "index/reader.h"
#include "query/query.h"
#include "search/analyzers.h"

/** Everything muc_results gives out; strings and arrays are in the arena, and so is it itself. */
struct answer {
    struct arena arena;
    struct answer_room *room; /* that the arena began with; NULL: none was lent */
    struct muc_summary summary;
    struct muc_hit *hits;
    size_t n_hits;
    struct muc_facet *facets;
    size_t n_facets;
    struct muc_warning *warnings;
    size_t n_warnings;
};

/** Answer a query; NULL on failure. Thread-safe over one reader and its analyzers. */
int search(const struct reader *reader, struct analyzers *analyzers, const struct muc_query *query,
           struct answer **out, struct muc_error *err);

/** The same for what is like the documents with these ids (MUC_ENOTFOUND: one of them is not
 * there): their near copies first. Of `query` what chooses among documents and what is given out
 * counts. */
int search_similar(const struct reader *reader, struct analyzers *analyzers,
                   const struct muc_string *ids, size_t n, const struct muc_query *query,
                   struct answer **out, struct muc_error *err);

/** An empty answer; it begins in the searcher's room, unless another one has that. NULL: no memory.
 */
struct answer *answer_new(struct searcher *searcher);
void answer_free(struct answer *answer); /* NULL is fine */
