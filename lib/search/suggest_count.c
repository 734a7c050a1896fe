/* SPDX-License-Identifier: MIT */
/* How many documents ways have, and which are the best. */
#include "base/error.h"
#include "search/matcher.h"
#include "search/suggest_ways.h"

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

/** Living documents of one segment that a matcher comes by. */
static uint64_t count_matches(struct matcher *match, const struct segment *segment)
{
    uint64_t bits[FILL / 64], n = 0;

    while (match->doc < segment->n_docs) {
        uint32_t start = match->doc - match->doc % 64, words = (segment->n_docs - start + 63) / 64;

        memset(bits, 0, sizeof bits);
        matcher_fill(match, start, bits);
        for (uint32_t w = 0; w < FILL / 64 && w < words; w++)
            n += count_bits(bits[w] & ~(segment->deleted ? segment->deleted[start / 64 + w] : 0));
    }
    return n;
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

/** Documents of a segment that can have all of these pairs. */
static uint64_t bound_segment(const struct lookup *const *pairs, uint32_t n, uint32_t s)
{
    uint64_t least = UINT64_MAX;

    for (uint32_t i = 0; i < n; i++)
        least = pairs[i]->at[s].list.n < least ? pairs[i]->at[s].list.n : least;
    return least;
}

static int count_in_segment(const struct growing *growing, const struct node *node, uint32_t s,
                            uint64_t *n)
{
    const struct matching matching = { growing->lookups, false, true, true };
    struct arena arena = { 0 };
    struct matcher *built = NULL, *match;
    int rc = matcher_build(&matching, s, node, &arena, &built, &match, growing->err);

    if (!rc) {
        *n += count_matches(match, &growing->reader->segments[s]);
        rc = matchers_failed(built, growing->err);
    }
    matchers_close(built);
    arena_free(&arena);
    return rc;
}

/** Count the documents that have all pairs of a way of three words or more into way->docs, segment
 *  by segment; 0 as soon as `most` of those counted before are better. */
static int count_pairs(const struct growing *growing, const struct node *node,
                       const struct ways *counted, uint32_t most, struct way *way)
{
    const uint32_t n_segments = growing->reader->n_segments, n_pairs = way->n - 1;
    const struct lookup *pairs[WAY_WORDS];
    uint64_t n = 0;
    int rc = MUC_OK;

    for (uint32_t i = 0; i < n_pairs && !rc; i++)
        rc = lookups_pair(growing->lookups, true, node->words + i, &pairs[i], growing->err);
    way->docs = 0;
    for (uint32_t s = 0; s < n_segments && !rc; s++)
        way->docs += bound_segment(pairs, n_pairs, s);
    for (uint32_t s = 0; s < n_segments && !rc; s++) {
        if (is_beaten(counted, way, most)) {
            way->docs = 0;
            return MUC_OK;
        }
        way->docs -= bound_segment(pairs, n_pairs, s);
        rc = count_in_segment(growing, node, s, &n);
        way->docs += n;
        n = 0;
    }
    return rc;
}

/** Count the documents that have all pairs of the way, or its only word, into way->docs; 0 where it
 *  is not among the best `most` with those counted before. */
static int count_documents(const struct growing *growing, const struct ways *counted, uint32_t most,
                           struct way *way)
{
    struct query_word words[WAY_WORDS];
    const struct node node = { .kind = NODE_PHRASE,
                               .words = words,
                               .n_words = way->n,
                               .marks = MARKS_EXACT,
                               .tier = MUC_TIER_EXPANSION };
    const struct lookup *lookup;
    int rc;

    for (uint32_t i = 0; i < way->n; i++) {
        words[i] = way->words[i];
        words[i].offset = i;
    }
    if (way->n > 2)
        return count_pairs(growing, &node, counted, most, way);
    rc = way->n < 2 ? lookups_word(growing->lookups, true, FIELD_ANY, words, &lookup, growing->err)
                    : lookups_pair(growing->lookups, true, words, &lookup, growing->err);
    way->docs = rc ? 0 : lookup->n_docs;
    return rc;
}

int ways_best(const struct growing *growing, struct ways *ways, uint32_t most)
{
    struct ways counted = { 0 };
    int rc = MUC_OK;

    ways_sort(ways);
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
