/* SPDX-License-Identifier: MIT */
#include "index/runs.h"

void runs_free(struct runs *runs)
{
    vector_free(&runs->postings);
    vector_free(&runs->others);
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

static struct posting *copy(const struct posting *at, const struct posting *end, struct posting *to)
{
    memcpy(to, at, (size_t)(end - at) * sizeof *at);
    return to + (end - at);
}

/** Merge two runs into `to`; returns its end. Which of them goes on cannot be foreseen: masks stand
 *  for branches. */
static struct posting *merge_two(const struct posting *a, const struct posting *a_end,
                                 const struct posting *b, const struct posting *b_end,
                                 struct posting *to)
{
    while (a < a_end && b < b_end) {
        uint32_t x = a->doc, y = b->doc, of_a = x <= y, of_b = y <= x;

        to->doc = x < y ? x : y;
        to->freq = (a->freq & -of_a) + (b->freq & -of_b);
        a += of_a;
        b += of_b;
        to++;
    }
    return copy(b, b_end, copy(a, a_end, to));
}

/** The same where `b` is far shorter: stretches of `a` are copied. */
static struct posting *merge_few(const struct posting *a, const struct posting *a_end,
                                 const struct posting *b, const struct posting *b_end,
                                 struct posting *to)
{
    for (; b < b_end; b++) {
        const struct posting *from = a;

        while (a < a_end && a->doc < b->doc)
            a++;
        to = copy(from, a, to);
        *to = *b;
        if (a < a_end && a->doc == b->doc)
            to->freq += a++->freq;
        to++;
    }
    return copy(a, a_end, to);
}

/** Merge the runs of `from` two by two, into `to` and back, until one is left in `from`. */
static bool merge_all(struct postings_run *from, struct postings_run *to, size_t *ends, size_t n)
{
    while (n > 1) {
        size_t n_left = 0, start = 0;
        struct posting *out;

        to->n = 0;
        if (!vector_reserve(to, from->n))
            return false;
        out = to->at;
        for (size_t i = 0; i < n; i += 2) {
            size_t middle = ends[i], end = i + 1 < n ? ends[i + 1] : middle;

            out = merge_two(from->at + start, from->at + middle, from->at + middle, from->at + end,
                            out);
            start = end;
            ends[n_left++] = (size_t)(out - to->at);
        }
        to->n = ends[n_left - 1];
        n = n_left;
        vector_swap(from, to);
    }
    return true;
}

/** The longest run. */
static void find_longest(const struct runs *runs, size_t *start, size_t *end)
{
    *start = *end = 0;
    for (size_t i = 0, from = 0; i < runs->ends.n; from = runs->ends.at[i++])
        if (runs->ends.at[i] - from > *end - *start) {
            *start = from;
            *end = runs->ends.at[i];
        }
}

/** Copy all runs but that from `start` to `end`, and merge them. */
static bool merge_others(struct runs *runs, size_t start, size_t end)
{
    struct postings_run *others = &runs->others;
    size_t n = 0, from = 0, *ends = runs->ends.at;

    others->n = 0;
    if (!vector_reserve(others, runs->postings.n - (end - start)))
        return false;
    for (size_t i = 0; i < runs->ends.n; i++) {
        size_t to = ends[i];

        if (from < to && from != start) {
            memcpy(others->at + others->n, runs->postings.at + from,
                   (to - from) * sizeof *others->at);
            others->n += to - from;
            ends[n++] = others->n;
        }
        from = to;
    }
    return merge_all(others, &runs->merged, ends, n);
}

/* The longest run is most often longer than all others together: it is merged once, with what they
 * came to. */
bool runs_merge(struct runs *runs)
{
    enum { FEW = 8 };
    size_t start, end, n_others;
    const struct posting *longest, *others;
    struct posting *to;

    if (runs->ends.n < 2)
        return true;
    find_longest(runs, &start, &end);
    if (end - start < runs->postings.n) {
        if (!merge_others(runs, start, end))
            return false;
        n_others = runs->others.n;
        runs->merged.n = 0;
        if (!vector_reserve(&runs->merged, end - start + n_others))
            return false;
        longest = runs->postings.at;
        others = runs->others.at;
        to = runs->merged.at;
        to = n_others < (end - start) / FEW
                 ? merge_few(longest + start, longest + end, others, others + n_others, to)
                 : merge_two(longest + start, longest + end, others, others + n_others, to);
        runs->merged.n = (size_t)(to - runs->merged.at);
        vector_swap(&runs->postings, &runs->merged);
    }
    runs->ends.at[0] = runs->postings.n;
    runs->ends.n = 1;
    return true;
}
