/* SPDX-License-Identifier: MIT */
/* search/highlight.h - where in a document's title and text the query was met, and how well. */
#pragma once

#include "query/query.h"
#include "search/phrase.h"
#include "search/terms.h"
#include "snippet/snippet.h"
#include "text/days.h"
#include "text/stem.h"

/** A word of the query, and how it was met in the document so far. */
struct word_met {
    uint16_t worth; /* of showing it: the more the rarer it is */
    uint8_t tier;   /* the best; TIER_UNMET */
    bool wanted;    /* in the form that it asks for */
};

/** The words of a query that can be shown: those of words, phrases and NEAR, without what NOT
 *  excludes. A single word is shown in the form that was typed or meant; in others only where the
 *  document lacks that one, or nobody knows which it is. */
struct highlighter {
    struct analyzer *analyzer;
    const struct node *root;
    enum muc_accents accents;
    bool forms_known;     /* some word was typed with marks, or is known to be meant with them */
    struct stems *stems;  /* NULL if no word is sought by its stem */
    bool has_days;        /* a day is sought that a text may name without its year */
    struct muc_date near; /* what such days are near in the document */
    struct named_days days;
    VECTOR(const struct node *) leaves;
    VECTOR(uint8_t) answers; /* by form: whether it answers any word; 0: not looked at yet */
    struct tokens tokens;    /* of the text at hand, those that answer a word */
    VECTOR(struct snippet_match) matches;
    VECTOR(struct word_met) met; /* each word of each leaf in turn */
};

enum { TIER_UNMET = 255 };

/** @param lookups those of the query: they know how rare its words are. */
int highlighter_open(struct highlighter *highlighter, const struct node *root,
                     enum muc_accents accents, struct lookups *lookups, struct analyzer *analyzer,
                     struct muc_error *err);
void highlighter_close(struct highlighter *highlighter);

/** Forget what words were met in the document before.
 *  @param near of this one: days_near(). */
void highlighter_begin(struct highlighter *highlighter, struct muc_date near);

/** Fill `matches` with those of one text of the document, in its order. Which forms are shown
 *  depends on the texts before: the last call for each gives what is to be shown. */
int highlighter_run(struct highlighter *highlighter, struct muc_string text, bool is_title,
                    struct muc_error *err);

/** The worst tier of the words met since highlighter_begin(); of stand-ins the best counts. */
enum muc_tier highlighter_tier(const struct highlighter *highlighter);
