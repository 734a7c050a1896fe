/* SPDX-License-Identifier: MIT */
/* Many postings are added up in a table of all documents, which takes a few steps for each, however
 * many runs there are, and a look at a bit of each document. Few are merged two by two. */
#include "index/runs.h"

enum {
    WORD = 64,        /* documents */
    SHARE = 2,        /* words of the table that may be looked at for a posting … */
    MERGED_MOST = 32, /* … and postings that are not worth it in any case */
};

void runs_free(struct runs *runs)
{
    vector_free(&runs->postings);
    vector_free(&runs->merged);
    vector_free(&runs->ends);
    free(runs->bits);
    free(runs->freqs);
    runs->bits = NULL;
    runs->freqs = NULL;
    runs->n_words = 0;
}

bool runs_end(struct runs *runs)
{
    size_t *end = vector_push(&runs->ends);

    if (end)
        *end = runs->postings.n;
    return end;
}

/* ---- two by two */

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

/** Merge all runs, there and back, until one is left. */
static bool merge_all(struct runs *runs)
{
    struct postings_run *from = &runs->postings, *to = &runs->merged;
    size_t n = runs->ends.n, *ends = runs->ends.at;

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

/* ---- in a table */

/** Words that have a bit of each document. */
static size_t words_of(const struct runs *runs)
{
    uint32_t last = 0;

    for (size_t i = 0, start = 0; i < runs->ends.n; start = runs->ends.at[i++]) {
        size_t end = runs->ends.at[i];

        if (end > start && runs->postings.at[end - 1].doc > last)
            last = runs->postings.at[end - 1].doc;
    }
    return (size_t)last / WORD + 1;
}

static bool make_table(struct runs *runs, size_t n_words)
{
    if (n_words <= runs->n_words)
        return true;
    n_words += n_words / 2; /* documents come in rising order: the next ones are a few more */
    free(runs->bits);
    free(runs->freqs);
    runs->bits = calloc(n_words, sizeof *runs->bits);
    runs->freqs = calloc(n_words, WORD * sizeof *runs->freqs);
    runs->n_words = runs->bits && runs->freqs ? n_words : 0;
    return runs->n_words;
}

/** Add up all postings; what they come to takes their place. */
static void add_up(struct runs *runs, size_t n_words)
{
    struct posting *at = runs->postings.at, *to = at;
    uint64_t *bits = runs->bits;
    uint32_t *freqs = runs->freqs;

    for (size_t i = 0; i < runs->postings.n; i++) {
        freqs[at[i].doc] += at[i].freq;
        bits[at[i].doc / WORD] |= (uint64_t)1 << at[i].doc % WORD;
    }
    for (size_t i = 0; i < n_words; i++) {
        for (uint64_t left = bits[i]; left; left &= left - 1) {
            uint32_t doc = (uint32_t)i * WORD + (uint32_t)__builtin_ctzll(left);

            *to++ = (struct posting){ doc, freqs[doc] };
            freqs[doc] = 0;
        }
        bits[i] = 0;
    }
    runs->postings.n = (size_t)(to - at);
}

bool runs_merge(struct runs *runs)
{
    size_t n_words;

    if (runs->ends.n < 2)
        return true;
    n_words = words_of(runs);
    if (runs->postings.n <= MERGED_MOST || runs->postings.n <= n_words / SHARE) {
        if (!merge_all(runs))
            return false;
    } else {
        if (!make_table(runs, n_words))
            return false;
        add_up(runs, n_words);
    }
    runs->ends.at[0] = runs->postings.n;
    runs->ends.n = 1;
    return true;
}
