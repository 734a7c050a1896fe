/* SPDX-License-Identifier: MIT */
/* search/plan_make.h - what plan.c, for words and phrases as typed, shares with plan_pairs.c, for
 * two neighbours, plan_questions.c, for words that ask, and plan_stand_ins.c, for what was not
 * typed. */
#pragma once

#include "search/plan.h"

/* Up to so many words a text as typed is above all others: see add_tiers(). Whoever types more is
 * after the whole, and a word with another mark is one among many. */
enum { SHORT_QUERY = 5 };

struct make {
    const struct planning *planning;
    struct plan *plan;
    uint32_t n_words; /* of the query */
    bool is_short;
    double any_marks; /* of a word with marks, where the text has whatever marks */
    double share;     /* of the weight of the words at hand: less of those that only ask */
    uint32_t within;  /* of the terms to be made */
    bool owned;       /* the first word of a pair, a number, is that of the word in front of it */
    double lift;      /* that each word as typed gets on top, to be above what stands in for it */
    struct muc_error *err;
};

/** How a leaf looks at marks. */
enum muc_accents make_accents(const struct make *make, const struct node *node);

/** Whether a word is taken in the form that was meant. In a long query one that is not certain
 *  stays open: a wrong one would hide what the many others find. */
bool make_is_restored(const struct make *make, const struct query_word *word,
                      enum muc_accents accents);

/** The word of a leaf in that form, in `room`, or as typed. */
const struct query_word *make_meant_word(const struct make *make, const struct node *node,
                                         enum muc_accents accents, struct query_word *room);

/** What a term gives wherever it is there: a text with more of the query's words goes before one
 *  that repeats some of them. */
double make_presence(const struct make *make, double weight);

/** Words that are sought for what a leaf asks; their text is left to the caller. */
struct reason make_reason(const struct node *node, enum muc_part_kind kind, bool typed);

/** What a word weighs for how rare it is. */
double make_word_rarity(const struct make *make, const struct lookup *lookup);

/** Each of these adds to the plan; `weight` of make_word_term() is multiplied by the rarity. */
int make_term(struct make *make, const struct lookup *lookup, double weight,
              const struct reason *reason, struct scored_term **out);
int make_word_term(struct make *make, const struct query_word *word, double weight,
                   const struct reason *reason, struct scored_term **out);
int make_phrase(struct make *make, const struct scored_phrase *phrase);

/** Words of an AND that stand next to each other, on the way through it: of a long query the last
 *  one. */
struct run {
    const struct node *words[SHORT_QUERY];
    uint32_t n;
    /* terms of two of them, with whatever marks if any will do; TERM_NONE: they have none */
    uint32_t pairs[SHORT_QUERY];
};

/** The next child of that AND, from its first word to its last, with the words before it: a pair
 * and a run of three. NULL: it has none that counts. */
int make_neighbours(struct make *make, struct run *run, const struct node *first,
                    const struct node *last);

/** A word of a leaf with "là" behind it. */
int make_definition(struct make *make, const struct node *node, struct query_word *word);
int make_pair_phrase(struct make *make, const struct scored_phrase *phrase);
int make_node(struct make *make, const struct node *node);
int make_all(struct make *make, const struct node *node);

/** The words of a leaf, parted by blanks. */
int make_leaf_text(struct make *make, const struct node *node, struct muc_string *out);

/** Rarity of a leaf: the sum of its words'. */
int make_rarity(struct make *make, const struct node *node, bool typed, double *sum);

/** Look up what will be asked for of the words of a tree: nothing but time depends on it. */
int make_wanted(struct make *make, const struct node *root);

/** What was typed and what stands in for it. */
int make_stand_ins(struct make *make, const struct node *node);
