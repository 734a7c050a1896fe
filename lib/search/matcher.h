/* SPDX-License-Identifier: MIT */
/* search/matcher.h - which documents of a segment a query tree matches, in rising order.
 *
 * A matcher stands at a document and moves only forward. Trees are as deep as queries may be
 * (QUERY_MAX_DEPTH). Everything is in one arena. */
#pragma once

#include "query/query.h"
#include "search/cursor.h"
#include "search/deadline.h"
#include "search/terms.h"

enum matcher_kind {
    MATCH_NOTHING,
    MATCH_LIST, /* documents of a posting list */
    MATCH_AND,  /* all of `children` and none of `excluded` */
    MATCH_OR,
    MATCH_PHRASE, /* one child, and the words in their places */
    MATCH_DATE,   /* the document's date is in [from, to] */
    MATCH_ONE,    /* one document */
};

struct matcher {
    enum matcher_kind kind;
    uint32_t doc;                /* the current document, or DOC_END */
    uint32_t cost;               /* about how many documents */
    const struct lookup *lookup; /* of LIST */
    struct cursor *cursor;
    struct matcher **children, **excluded;
    uint32_t n_children, n_excluded;
    struct phrase *phrase;
    const struct segment *segment;
    struct deadline *deadline; /* NULL: none */
    uint32_t from, to;         /* packed dates; of ONE the document */
    struct matcher *next;      /* all of one build, to be closed */
};

struct matching {
    struct lookups *lookups;
    bool any;       /* --match any: words of an AND need not all be there */
    bool typed;     /* only as typed: the exact forms */
    bool docs_only; /* nobody asks for frequencies */
};

/** Whether a node only chooses among documents, as dates, ids, sources and tags do: it holds
 * however words are joined. */
bool node_is_filter(const struct node *node);

/** The list whose documents are those that match, where there is such a one. 1; 0: there is not; or
 *  what failed. */
int matching_lookup(const struct matching *matching, const struct node *node,
                    const struct lookup **out, struct muc_error *err);

/** Build for segment number `s` of the reader and move to the first document. MUC_OK, MUC_EDAMAGED,
 *  MUC_ENOMEM. `built` (of a previous call, or NULL) is the list for matchers_close(). */
int matcher_build(const struct matching *matching, uint32_t s, const struct node *node,
                  struct arena *arena, struct matcher **built, struct matcher **out,
                  struct muc_error *err);

/** Find the first matching document >= `doc`, wherever the matcher stands; its children must not be
 *  behind it. */
void matcher_move(struct matcher *matcher, uint32_t doc);

/** Move forward to the first matching document >= `doc`. */
static inline void matcher_seek(struct matcher *matcher, uint32_t doc)
{
    if (matcher->doc < doc)
        matcher_move(matcher, doc);
}

/** Whether the time is over: then a matcher may lack documents, and what is not in one that is to
 *  exclude it may have to be. */
static inline bool matcher_is_late(const struct matcher *matcher)
{
    return matcher->deadline && matcher->deadline->met;
}

enum { FILL = 16384 }; /* documents of a window; a multiple of 64 */

/** Set the bits of the matching documents of [start, start + FILL), document `start` the first, and
 *  stand behind them. The matcher must not be behind `start`. */
void matcher_fill(struct matcher *matcher, uint32_t start, uint64_t bits[FILL / 64]);

/** Whether bytes or memory failed meanwhile. */
int matchers_failed(const struct matcher *built, struct muc_error *err);
void matchers_close(struct matcher *built);

/** [from, to] of dates that may lack parts, packed for comparing with the date column. From the
 *  first day of a year on is what is known to be of that year, and no more; so with months. */
uint32_t date_from(struct muc_date date);
uint32_t date_to(struct muc_date date);
