/* SPDX-License-Identifier: MIT */
/* search/terms.h - the words of a query as terms of the index, and how rare they are.
 *
 * Counts are of living documents over all segments: so an index grown by many commits weighs a word
 * as one built at once does. */
#pragma once

#include "base/vector.h"
#include "index/reader.h"
#include "query/query.h"
#include "search/deadline.h"

/** The letter of a field in the families of fields; FIELD_ANY has none. */
char field_letter(enum field field);

/** The term of a word: of EXACT or FIELD the form as typed, else that of any marks, of FOLDED or
 *  FIELD_FOLDED. It is in `room`, or the word's own bytes. */
struct muc_string term_of_word(bool typed, enum field field, const struct query_word *word,
                               char room[TERM_MAX], enum family *family);

/** Whether two words can stand in a term of a pair family. */
bool pair_fits(const struct query_word *first, const struct query_word *second);

/** Whether a PHRASE or NEAR is two words that a pair family has as one term. */
bool phrase_is_pair(const struct node *node);

/** Whether a phrase is found by its pairs alone: that of an abbreviation, whose words stand next to
 *  each other nowhere else. */
bool phrase_is_pairs(const struct node *node);

/** A term in every segment. */
struct lookup {
    enum family family;
    struct muc_string term;
    uint32_t hash;                        /* of both */
    uint64_t n_docs;                      /* living documents that have it */
    const struct postings *at;            /* of each segment; list.n is 0 where it is not there */
    const struct pattern_search *pattern; /* what the term stands for; NULL: for itself */
};

/** The terms that a query has asked for, each looked up once: a hash table, in the arena, too. */
struct lookups {
    const struct reader *reader;
    struct arena *arena;
    const struct lookup **slots; /* NULL: free */
    uint32_t n, n_slots;         /* a power of two */
    struct deadline *deadline;   /* of what looks through many terms; NULL: none */
};

/** Lookups live as long as the arena. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int lookups_word(struct lookups *lookups, bool typed, enum field field,
                 const struct query_word *word, const struct lookup **out, struct muc_error *err);
/** Two words one behind the other, for which pair_fits(). */
int lookups_pair(struct lookups *lookups, bool typed, const struct query_word words[2],
                 const struct lookup **out, struct muc_error *err);

/** Terms to be looked up together, before each of them is asked for: that waits less for memory. */
struct wanted_terms {
    struct lookups *lookups;
    VECTOR(struct term_wanted) wanted; /* each with room for its postings in all segments */
    bool bare;                         /* of a query also its words as forms without marks */
};

/** Note a word or a pair, if it is not known yet. MUC_OK, MUC_ENOMEM. */
int wanted_word(struct wanted_terms *all, bool typed, enum field field,
                const struct query_word *word, struct muc_error *err);
int wanted_pair(struct wanted_terms *all, bool typed, const struct query_word words[2],
                struct muc_error *err);
/** Look up what was noted, if `rc` is MUC_OK; nothing is noted any more. `rc`, or MUC_EDAMAGED,
 *  MUC_ENOMEM. */
int wanted_find(struct wanted_terms *all, int rc, struct muc_error *err);

/** The same of the words of a tree with whatever marks, and of its pairs; `bare`: of the words also
 *  without any, near which all their forms are. */
int wanted_query(struct lookups *lookups, const struct node *root, bool bare,
                 struct muc_error *err);

/** Keep a term that was found otherwise: `at` it is in each segment, and as long as the arena
 * lives. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int lookups_keep(struct lookups *lookups, enum family family, struct muc_string term,
                 const struct postings *at, struct muc_error *err);

/** The same of a term that lives as long as the arena. */
int lookups_take(struct lookups *lookups, enum family family, struct muc_string term,
                 const struct postings *at, struct muc_error *err);
bool lookups_know(const struct lookups *lookups, enum family family, struct muc_string term);

/** The same term in a segment that is none of the reader's. 1; 0: it is not there; or what failed.
 */
int lookup_in(const struct lookup *lookup, const struct segment *segment, struct arena *arena,
              struct postings *postings, struct muc_error *err);

/** BM25's rarity: ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it. */
double rarity(const struct reader *reader, uint64_t n);
