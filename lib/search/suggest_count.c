/* SPDX-License-Identifier: MIT */
/* How many documents ways have, and which are the best. */
#include "base/error.h"
#include "search/suggest_docs.h"

enum { ALONE = 5 }; /* a syllable alone needs so many times the documents of several */

/** A syllable alone is seldom all that is meant. */
static uint64_t rank_of(const struct way *way)
{
    return way->n == 1 ? way->docs / ALONE : way->docs;
}

static int compare_ways(const void *a, const void *b)
{
    const struct way *x = a, *y = b;
    uint64_t x_rank = rank_of(x), y_rank = rank_of(y);
    int order = 0;

    if (x->as_typed != y->as_typed)
        return x->as_typed ? -1 : 1;
    if (x_rank != y_rank)
        return x_rank > y_rank ? -1 : 1;
    if (x->docs != y->docs)
        return x->docs > y->docs ? -1 : 1;
    for (uint32_t i = 0; i < x->n && i < y->n && !order; i++)
        order = str_compare(x->words[i].exact, y->words[i].exact);
    return order;
}

void ways_sort(struct ways *ways)
{
    if (ways->list.n)
        qsort(ways->list.at, ways->list.n, sizeof *ways->list.at, compare_ways);
}

/** Whether `most` ways or more that are counted are better than another, by what that has at most.
 */
static bool is_beaten(const struct ways *counted, const struct way *other, uint32_t most)
{
    uint32_t n = 0;

    for (size_t i = 0; i < counted->list.n; i++)
        n += compare_ways(&counted->list.at[i], other) < 0;
    return n >= most;
}

/** Documents of a segment that can be among others and have a pair, too. */
static uint64_t bound_segment(const struct way_docs *before, const struct lookup *pair, uint32_t s)
{
    return pair->at[s].list.n < before->n[s] ? pair->at[s].list.n : before->n[s];
}

/** Count the documents that have all pairs of a way of three words or more into way->docs, segment
 *  by segment; 0 as soon as `most` of those counted before are better. */
static int count_pairs(const struct growing *growing, const struct ways *counted, uint32_t most,
                       struct way *way)
{
    const uint32_t n_segments = growing->reader->n_segments;
    const struct way_docs *before;
    const struct lookup *pair;
    int rc = way_docs_before(growing, way, &before);

    if (!rc)
        rc = lookups_pair(growing->lookups, true, &way->words[way->n - 2], &way->words[way->n - 1],
                          &pair, growing->err);
    way->docs = 0;
    for (uint32_t s = 0; s < n_segments && !rc; s++)
        way->docs += bound_segment(before, pair, s);
    for (uint32_t s = 0; s < n_segments && !rc; s++) {
        uint64_t n;

        if (is_beaten(counted, way, most)) {
            way->docs = 0;
            return MUC_OK;
        }
        way->docs -= bound_segment(before, pair, s);
        rc = way_docs_count(growing, before, s, pair, &n);
        way->docs += rc ? 0 : n;
    }
    return rc;
}

/** Count the documents that have all pairs of the way, or its only word, into way->docs; 0 where it
 *  is not among the best `most` with those counted before. */
static int count_documents(const struct growing *growing, const struct ways *counted, uint32_t most,
                           struct way *way)
{
    const struct lookup *lookup;
    int rc;

    if (way->n > 2)
        return count_pairs(growing, counted, most, way);
    rc = way->n < 2
             ? lookups_word(growing->lookups, true, FIELD_ANY, way->words, &lookup, growing->err)
             : lookups_pair(growing->lookups, true, &way->words[0], &way->words[1], &lookup,
                            growing->err);
    way->docs = rc ? 0 : lookup->n_docs;
    return rc;
}

/** Look up the last pairs of ways that are to be counted: all at once. */
static int look_up_pairs(const struct growing *growing, const struct ways *ways)
{
    struct wanted_terms all = { .lookups = growing->lookups };
    int rc = MUC_OK;

    for (size_t i = 0; i < ways->list.n && i < COUNTED_MAX && !rc; i++) {
        const struct way *way = &ways->list.at[i];

        if (!way->counted && way->n > 1)
            rc = wanted_pair(&all, true, &way->words[way->n - 2], &way->words[way->n - 1],
                             growing->err);
    }
    return wanted_find(&all, rc, growing->err);
}

int ways_best(const struct growing *growing, struct ways *ways, uint32_t most)
{
    struct ways counted = { 0 };
    int rc;

    ways_sort(ways);
    rc = look_up_pairs(growing, ways);
    for (size_t i = 0; i < ways->list.n && i < COUNTED_MAX && !rc; i++) {
        struct way way = ways->list.at[i], *kept;

        if (is_beaten(&counted, &way, most))
            break;
        if (!way.counted)
            rc = count_documents(growing, &counted, most, &way);
        way.counted = true;
        if (rc || !way.docs)
            continue;
        if (!(kept = vector_push(&counted.list)))
            rc = error_memory(growing->err);
        else
            *kept = way;
    }
    ways_sort(&counted);
    if (counted.list.n > most)
        counted.list.n = most;
    vector_swap(&ways->list, &counted.list);
    vector_free(&counted.list);
    return rc;
}
