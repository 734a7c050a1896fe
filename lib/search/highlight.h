/* SPDX-License-Identifier: MIT */
/* search/highlight.h - where in a document's title and text the query was met, and how well. */
#pragma once

#include "query/query.h"
#include "search/phrase.h"
#include "snippet/snippet.h"
#include "text/stem.h"

/** The words of a query that can be shown: those of words, phrases and NEAR, without what NOT
 *  excludes. */
struct highlighter {
    struct analyzer *analyzer;
    const struct node *root;
    bool typed_only;     /* --accents exact */
    struct stems *stems; /* NULL if no word is sought by its stem */
    VECTOR(const struct node *) leaves;
    struct tokens tokens; /* of the text at hand */
    VECTOR(struct snippet_match) matches;
    VECTOR(uint8_t) tiers; /* of each word of each leaf in turn: best so far; TIER_UNMET */
};

enum { TIER_UNMET = 255 };

int highlighter_open(struct highlighter *highlighter, const struct node *root, bool typed_only,
                     struct analyzer *analyzer, struct muc_error *err);
void highlighter_close(struct highlighter *highlighter);

/** Forget what words were met in the document before. */
void highlighter_begin(struct highlighter *highlighter);

/** Fill `matches` with those of one text of the document, in its order. */
int highlighter_run(struct highlighter *highlighter, struct muc_string text, bool is_title,
                    struct muc_error *err);

/** The worst tier of the words met since highlighter_begin(); of stand-ins the best counts. */
enum muc_tier highlighter_tier(const struct highlighter *highlighter);
