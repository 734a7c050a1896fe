/* SPDX-License-Identifier: MIT */
#include "index/bisect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "codec/list.h"

enum {
    LEAF = LIST_BLOCK, /* documents that are not told apart any more */
    ROUNDS = 4,        /* of exchanges: 8 make lists 0.7 % smaller, in 1.7 of the time */
    LOG_ONE = 2048,    /* a unit of logarithms; UINT16_MAX is above that of BISECT_MOST + 1 */
};

/** How many documents of each half have a term. */
struct degree {
    uint32_t of[2];
};

struct bisection {
    const struct forward_index *index;
    struct degree *degrees; /* of each term */
    int32_t *pulls;         /* of each term: how much it draws a document to the second half */
    uint16_t *logs;         /* of 1 + each degree */
};

/** A document, and how much its terms draw it to the second half. */
struct drawn {
    int32_t pull;
    uint32_t doc;
    uint32_t half; /* that it is in */
};

static void count_terms(struct bisection *bisection, const struct drawn *docs, uint32_t n)
{
    const struct forward_index *index = bisection->index;

    memset(bisection->degrees, 0, index->n_terms * sizeof *bisection->degrees);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t at = index->ends[docs[i].doc]; at < index->ends[docs[i].doc + 1]; at++)
            bisection->degrees[index->terms[at]].of[docs[i].half]++;
}

/** A list of d documents in a half of n takes about d log(n / d) bits: one more takes less, the
 *  more there are. */
static void draw(struct bisection *bisection, struct drawn *docs, uint32_t n)
{
    const struct forward_index *index = bisection->index;

    for (uint32_t term = 0; term < index->n_terms; term++) {
        const struct degree *degree = &bisection->degrees[term];

        bisection->pulls[term] = bisection->logs[degree->of[1]] - bisection->logs[degree->of[0]];
    }
    for (uint32_t i = 0; i < n; i++) {
        int32_t pull = 0;

        for (uint32_t at = index->ends[docs[i].doc]; at < index->ends[docs[i].doc + 1]; at++)
            pull += bisection->pulls[index->terms[at]];
        docs[i].pull = pull;
    }
}

/** Bring the `first` documents that are drawn least to the front: Hoare's selection. */
static void select_least(struct drawn *docs, uint32_t n, uint32_t first)
{
    int64_t low = 0, high = (int64_t)n - 1, wanted = first;

    while (low < high) {
        int32_t middle = docs[low + (high - low) / 2].pull;
        int64_t i = low, j = high;

        while (i <= j) {
            while (docs[i].pull < middle)
                i++;
            while (docs[j].pull > middle)
                j--;
            if (i <= j) {
                struct drawn held = docs[i];

                docs[i++] = docs[j];
                docs[j--] = held;
            }
        }
        if (wanted <= j)
            high = j;
        else if (wanted >= i)
            low = i;
        else
            break;
    }
}

/** Documents that stand in the other half than they were in are in that now; how many these are. */
static uint32_t exchange(struct bisection *bisection, struct drawn *docs, uint32_t n,
                         uint32_t first)
{
    const struct forward_index *index = bisection->index;
    uint32_t moved = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t half = i >= first;

        if (docs[i].half == half)
            continue;
        docs[i].half = half;
        moved++;
        for (uint32_t at = index->ends[docs[i].doc]; at < index->ends[docs[i].doc + 1]; at++) {
            bisection->degrees[index->terms[at]].of[half]++;
            bisection->degrees[index->terms[at]].of[!half]--;
        }
    }
    return moved;
}

static int compare_docs(const void *a, const void *b)
{
    const struct drawn *left = a, *right = b;

    return (left->doc > right->doc) - (left->doc < right->doc);
}

static void bisect(struct bisection *bisection, struct drawn *docs, uint32_t n)
{
    uint32_t first = n / 2;

    if (n <= LEAF) {
        qsort(docs, n, sizeof *docs, compare_docs);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        docs[i].half = i >= first;
    count_terms(bisection, docs, n);
    for (int round = 0; round < ROUNDS; round++) {
        draw(bisection, docs, n);
        select_least(docs, n, first);
        if (!exchange(bisection, docs, n, first))
            break;
    }
    bisect(bisection, docs, first);
    bisect(bisection, docs + first, n - first);
}

bool bisect_documents(const struct forward_index *index, uint32_t *docs, uint32_t n)
{
    struct bisection bisection = { .index = index };
    struct drawn *drawn = malloc((n + (size_t)1) * sizeof *drawn);
    bool ok;

    bisection.degrees = malloc((index->n_terms + (size_t)1) * sizeof *bisection.degrees);
    bisection.pulls = malloc((index->n_terms + (size_t)1) * sizeof *bisection.pulls);
    bisection.logs = malloc((n + (size_t)1) * sizeof *bisection.logs);
    ok = drawn && bisection.degrees && bisection.pulls && bisection.logs;
    for (uint32_t i = 0; ok && i <= n; i++)
        bisection.logs[i] = (uint16_t)lround(log2(1.0 + i) * LOG_ONE);
    for (uint32_t i = 0; ok && i < n; i++)
        drawn[i].doc = docs[i];
    if (ok)
        bisect(&bisection, drawn, n);
    for (uint32_t i = 0; ok && i < n; i++)
        docs[i] = drawn[i].doc;
    free(drawn);
    free(bisection.degrees);
    free(bisection.pulls);
    free(bisection.logs);
    return ok;
}
