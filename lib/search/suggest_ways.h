/* SPDX-License-Identifier: MIT */
/* search/suggest_ways.h - ways through words that stand next to each other: what suggest.c grows.
 */
#pragma once

#include "base/vector.h"
#include "search/terms.h"
#include "text/analyzer.h"

enum {
    WAY_WORDS = 11,     /* of one way */
    WAYS_KEPT = 6,      /* that go on from word to word */
    FORMS_KEPT = 12,    /* of one syllable: the most frequent */
    BEGINNINGS = 12,    /* syllables that a beginning may become */
    FOLLOWERS_KEPT = 3, /* words behind a way */
    COUNTED_MAX = 24,   /* ways whose documents are counted at a step: bounds its time */
};

struct way {
    struct query_word words[WAY_WORDS];
    uint32_t n;
    uint64_t docs; /* at most so many: those of the rarest of its pairs, or of its only word */
    bool counted;  /* exactly so many */
    bool as_typed; /* has all the marks that were typed */
    struct way_docs *docs_of; /* search/suggest_docs.h; NULL: of one word */
};

struct ways {
    VECTOR(struct way) list;
};

struct growing {
    const struct reader *reader;
    struct lookups *lookups;
    struct arena *arena;
    struct muc_error *err;
};

/** A syllable as typed, whole or its beginning. */
struct typed_word {
    struct muc_string exact, folded; /* empty: nothing of it yet */
    bool whole;
};

/** Continue every way by the word, or, where there is none, begin with it. The result takes the
 *  place of `ways`: the best ones, none if the word follows none of them. */
int ways_type(const struct growing *growing, struct ways *ways, const struct typed_word *typed);

/** The best of the words behind a way, with the documents of that pair: at least so many. */
int ways_followers(const struct growing *growing, const struct way *way, uint64_t least,
                   struct ways *followers);

/** Order ways by what they have at most, the best first. */
void ways_sort(struct ways *ways);

/** Keep the ways that the most documents have, best first; then `docs` is the number of documents
 *  that have all pairs of the way, or its only word, and is not 0. */
int ways_best(const struct growing *growing, struct ways *ways, uint32_t most);
