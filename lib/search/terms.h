/* SPDX-License-Identifier: MIT */
/* search/terms.h - the words of a query as terms of the index, and how rare they are.
 *
 * Counts are of living documents over all segments: so an index grown by many commits weighs a word
 * as one built at once does. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "index/reader.h"
#include "query/query_word.h"
#include "search/deadline.h"

/** The letter of a field in the families of fields; FIELD_ANY has none. */
char field_letter(enum field field);

/** A term before it is put together: nearly all that are asked for are known, and need not be. */
struct term_parts {
    enum family family;
    char letter; /* of a field, stands first; 0: none */
    bool joined; /* whether `joint` and `second` stand behind the first */
    char joint;
    struct muc_string first, second;
};

/** The term of a word: of EXACT or FIELD the form as typed, else that of any marks, of FOLDED or
 *  FIELD_FOLDED. The strings are the word's. */
struct term_parts term_of_word(bool typed, enum field field, const struct query_word *word);

/** The term of two words, of PAIR or PAIR_FOLDED. */
struct term_parts term_of_pair(bool typed, const struct query_word *first,
                               const struct query_word *second);

/** Put a term together as index/terms.h does: in `room`, or the bytes of its only part. */
struct muc_string term_join(const struct term_parts *parts, char room[TERM_MAX]);

/** Whether two words can stand in a term of a pair family. */
bool pair_fits(const struct query_word *first, const struct query_word *second);

/** Whether a PHRASE or NEAR is two words that a pair family has as one term. */
bool phrase_is_pair(const struct node *node);

/** Whether a phrase is found by its pairs alone: that of an abbreviation, whose words stand next to
 *  each other nowhere else. */
bool phrase_is_pairs(const struct node *node);

#define RARITY_POWER 1.2 /* the rarest words say what a query is about: search/plan.c */

/** A term in every segment. */
struct lookup {
    enum family family;
    uint32_t hash; /* of its parts */
    struct muc_string term;
    uint64_t n_docs;                      /* living documents that have it */
    double rarity;                        /* BM25's: ln(1 + (N - n + 0.5) / (n + 0.5)) … */
    double rarity_raised;                 /* … and that to the power of RARITY_POWER */
    const struct postings *at;            /* of each segment; list.n is 0 where it is not there */
    const struct pattern_search *pattern; /* what the term stands for; NULL: for itself */
    struct spoken_forms *forms;           /* of FOLDED and PAIR_FOLDED; NULL: of others */
    struct word_terms *beside;            /* of EXACT and FOLDED; NULL: of others */
    struct line_places *lines;            /* NULL: no lines stand */
};

/** What a word is looked for as: found out once; NULL: not yet. */
struct word_terms {
    const struct lookup *typed;        /* in its form; NULL: any will do */
    const struct lookup *any;          /* with whatever marks */
    const struct lookup *bare;         /* without any; NULL: any will do */
    const struct lookup *title, *head; /* there, in its form or as any will do */
};

/** What restoring marks has found out of a syllable or a pair, whatever their marks, so that it is
 *  not asked again; NULL: nothing yet. */
struct spoken_forms {
    const struct known_readings *readings; /* search/repair/readings.h */
    const struct known_pairs *pairs;       /* search/repair/pair_counts.h */
};

/** Where a term is in standing lines; NULL: it was not asked yet. */
struct line_places {
    const struct postings *at;
};

/** What a word of text is looked up as whose form stays: found by where that is kept. */
struct known_word_terms {
    struct muc_string exact;
    const char *folded;
    const struct lookup *terms[2]; /* any marks, as typed; NULL: not looked up yet */
};

/** The same of two words one behind the other, whatever their marks. */
struct known_pair_term {
    const char *first, *second; /* folded */
    const struct lookup *any;
};

/** How rare terms of so many documents are; 0: not found out yet. */
struct rarity {
    double plain, raised;
};

enum { KNOWN_PAIRS = 1 << 12, FEW_DOCS = 64 };

/** Terms that were looked up, each once: a hash table. */
struct term_table {
    struct known_word_terms *words; /* KNOWN_WORDS; NULL: none, as forms do not stay */
    struct known_pair_term *pairs;  /* KNOWN_PAIRS; the same */
    struct rarity *rarities;        /* of terms in less than FEW_DOCS documents, as most are; NULL:
                                     * they do not stay */
    struct arena *arena;            /* it and all in it are there */
    const struct lookup **slots;    /* NULL: free */
    uint32_t n, n_slots;            /* a power of two */
    const struct postings *nowhere; /* those of a term that no segment has; NULL: not made yet */
    uint32_t stemmed; /* 1 << language: the index has stems of it; 1: that is known, else 0 */
};

/** Terms that searches of one reader have looked up, kept for the next ones: look-ups wait for
 *  memory, and most syllables are in many queries. */
struct kept_terms {
    struct arena arena; /* of KEPT_ROOM bytes, and what a search needs beyond that */
    struct term_table table;
    uint64_t reader; /* the number of the one whose terms these are */
    void *room;
};

enum {
    KEPT_ROOM = 16 << 20,
    KEPT_SMALL = 256 << 10, /* of it, which one search does with */
    KNOWN_WORDS = 1 << 11
};

/** False: no memory. */
bool kept_terms_open(struct kept_terms *kept);
/** Forget all terms if they have filled the room, or if the forms of the analyzer went (`all`): no
 *  lookup of theirs may be in use. */
void kept_terms_trim(struct kept_terms *kept, bool all);
void kept_terms_close(struct kept_terms *kept);

/** The terms that a query asks for. They may not be moved: `terms` may point into them. */
struct lookups {
    const struct reader *reader;
    struct arena *arena;       /* of the query, for whatever else is looked up with it */
    struct term_table *terms;  /* all but patterns: `own`, or what is kept */
    struct term_table own;     /* patterns, whose deadline is that of the query */
    struct deadline *deadline; /* of what looks through many terms; NULL: none */
};

/** @param kept NULL: terms are forgotten with the arena. Those of another reader are forgotten now.
 */
void lookups_start(struct lookups *lookups, const struct reader *reader, struct arena *arena,
                   struct kept_terms *kept, struct deadline *deadline);

/** Lookups live as long as the arena, or until what is kept is trimmed. MUC_OK, MUC_EDAMAGED,
 *  MUC_ENOMEM. */
int lookups_word(struct lookups *lookups, bool typed, enum field field,
                 const struct query_word *word, const struct lookup **out, struct muc_error *err);
/** All that a word is looked for as, in its form (`typed`) or with whatever marks; no pattern. */
int lookups_word_terms(struct lookups *lookups, bool typed, const struct query_word *word,
                       const struct word_terms **out, struct muc_error *err);
/** Two words one behind the other, for which pair_fits(). */
int lookups_pair(struct lookups *lookups, bool typed, const struct query_word *first,
                 const struct query_word *second, const struct lookup **out, struct muc_error *err);

/** What wanted_query() has found of two words one behind the other, whatever their marks; NULL:
 * they have to be looked up. */
static inline const struct lookup *query_pair(const struct query_word *first,
                                              const struct query_word *second)
{
    return first->next.bytes == second->folded.bytes && first->next.size == second->folded.size
               ? first->pair
               : NULL;
}

/** Terms to be looked up together, before each of them is asked for: that waits less for memory. */
struct wanted_terms {
    struct lookups *lookups;
    VECTOR(struct wanted_term) noted;
    bool bare; /* of a query also its words as forms without marks */
};

struct wanted_term {
    struct term_parts parts;
    uint32_t hash;
    const struct lookup **out; /* gets what was found; NULL: nobody asks */
    /* known by its form then, with whatever marks, or with the one behind it; NULL: none */
    const struct query_word *word, *next;
    bool beside; /* not asked for where the one before is known */
};

/** Note a word or a pair, whose strings stay as they are. MUC_OK, MUC_ENOMEM. */
int wanted_word(struct wanted_terms *all, bool typed, enum field field,
                const struct query_word *word, struct muc_error *err);
int wanted_pair(struct wanted_terms *all, bool typed, const struct query_word *first,
                const struct query_word *second, struct muc_error *err);
/** The same of all that a word is looked for as, unless it was already. Of one as typed `any` is
 *  left out: wanted_query() has it. */
int wanted_word_terms(struct wanted_terms *all, bool typed, const struct query_word *word,
                      struct muc_error *err);
/** Look up what was noted, if `rc` is MUC_OK; nothing is noted any more. `rc`, or MUC_EDAMAGED,
 *  MUC_ENOMEM. */
int wanted_find(struct wanted_terms *all, int rc, struct muc_error *err);

/** The same of the words of a tree with whatever marks, and of its pairs, which know then what was
 *  found; `bare`: of the words also without any, near which all their forms are. */
int wanted_query(struct lookups *lookups, const struct node *root, bool bare,
                 struct muc_error *err);

/** Take in a term that was found otherwise, `term` put together: `at` it is in each segment, which
 * is copied. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int lookups_take(struct lookups *lookups, const struct wanted_term *wanted, struct muc_string term,
                 const struct postings *at, struct muc_error *err);
/** Say what was found of a term to whoever wants it. */
void lookups_give(struct lookups *lookups, const struct wanted_term *wanted,
                  const struct lookup *found);
/** NULL: it is not known. */
const struct lookup *lookups_know(const struct lookups *lookups, const struct wanted_term *term);
/** A word of text by its form, without its bytes; NULL: it is not known so. */
const struct lookup *lookups_know_word(const struct lookups *lookups, bool typed,
                                       const struct query_word *word);
/** The same of two words, whatever their marks. */
const struct lookup *lookups_know_pair(const struct lookups *lookups,
                                       const struct query_word *first,
                                       const struct query_word *second);
/** They are known so from now on, if their forms stay. */
void lookups_keep_word(struct lookups *lookups, bool typed, const struct query_word *word,
                       const struct lookup *lookup);
void lookups_keep_pair(struct lookups *lookups, const struct query_word *first,
                       const struct query_word *second, const struct lookup *lookup);

/** Ask for the memory that lookups_know() waits for: first lookups_ahead(), then, when that has
 *  come, lookups_ahead_slot(). The first sets the hash. */
void lookups_ahead(const struct lookups *lookups, struct wanted_term *term);
void lookups_ahead_slot(const struct lookups *lookups, const struct wanted_term *term);

/** Where a term is in the segment of the reader's standing lines (index/standing.h), of which there
 *  are some: found out once. list.n is 0 where it is not there. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM.
 */
int lookups_in_lines(struct lookups *lookups, const struct lookup *lookup,
                     const struct postings **out, struct muc_error *err);
