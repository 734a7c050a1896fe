/* SPDX-License-Identifier: MIT */
#include "index/runs.h"

void runs_free(struct runs *runs)
{
    vector_free(&runs->postings);
    vector_free(&runs->merged);
    vector_free(&runs->ends);
}

bool runs_end(struct runs *runs)
{
    size_t *end = vector_push(&runs->ends);

    if (end)
        *end = runs->postings.n;
    return end;
}

/** Merge two runs into `to`; returns its end. */
static struct posting *merge_two(const struct posting *a, const struct posting *a_end,
                                 const struct posting *b, const struct posting *b_end,
                                 struct posting *to)
{
    while (a < a_end && b < b_end) {
        uint32_t x = a->doc, y = b->doc;

        to->doc = x < y ? x : y;
        to->freq = (x <= y ? a->freq : 0) + (y <= x ? b->freq : 0);
        a += x <= y;
        b += y <= x;
        to++;
    }
    while (a < a_end)
        *to++ = *a++;
    while (b < b_end)
        *to++ = *b++;
    return to;
}

bool runs_merge(struct runs *runs)
{
    while (runs->ends.n > 1) { /* two by two */
        const struct posting *at = runs->postings.at;
        size_t n = 0, start = 0;
        struct posting *to;

        runs->merged.n = 0;
        if (!vector_reserve(&runs->merged, runs->postings.n))
            return false;
        to = runs->merged.at;
        for (size_t i = 0; i < runs->ends.n; i += 2) {
            size_t middle = runs->ends.at[i];
            size_t end = i + 1 < runs->ends.n ? runs->ends.at[i + 1] : middle;

            to = merge_two(at + start, at + middle, at + middle, at + end, to);
            start = end;
            runs->ends.at[n++] = (size_t)(to - runs->merged.at);
        }
        runs->merged.n = runs->ends.at[n - 1];
        runs->ends.n = n;
        vector_swap(&runs->postings, &runs->merged);
    }
    return true;
}
