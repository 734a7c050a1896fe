/* SPDX-License-Identifier: MIT */
/* index/runs.h - postings of several terms, each rising, into those of the one term that stands for
 * all of them.
 *
 *   runs_clear(&runs);
 *   … vector_push(&runs.postings) …, runs_end(&runs) …       term after term
 *   runs_merge(&runs);                                        one run is left: runs.postings */
#pragma once

#include "base/vector.h"

/** A document and how often it has a term. */
struct posting {
    uint32_t doc, freq;
};

struct postings_run {
    struct posting *at;
    size_t n, room; /* as VECTOR() */
};

struct runs {
    struct postings_run postings, merged;
    VECTOR(size_t) ends; /* of each run of `postings` */
    uint64_t *bits;      /* of each document whether any run has it, … */
    uint32_t *freqs;     /* … and how often all have it; all 0 from one merge to the next */
    size_t n_words;      /* of `bits` */
};

void runs_free(struct runs *runs);

static inline void runs_clear(struct runs *runs)
{
    runs->postings.n = runs->ends.n = 0;
}

/** What was pushed since the last call is a run; false: no memory, here and below. */
bool runs_end(struct runs *runs);
bool runs_merge(struct runs *runs);
