/* SPDX-License-Identifier: MIT */
/* search/analyzers.h - analyzers that have read before, and memory that searches have used: making
 * one costs more than most searches, and memory that goes back to the system has to be got again.
 *
 * Each belongs to one thread at a time; here threads take one and give it back. */
#pragma once

#include "base/seats.h"
#include "query/parser_memory.h"
#include "search/terms.h"
#include "text/analyzer.h"
#include "text/stem.h"

enum { SEARCH_ROOM = 768 << 10 }; /* bytes, of which hardly a query touches all */

/** Memory for an answer: what ten hits without texts take, which is more than malloc() has at hand.
 *  Whoever has the searcher lends it, the answer gives it back when it is freed. */
struct answer_room {
    atomic_bool lent;
    _Alignas(16) unsigned char bytes[4000];
};

/** What one thread searches with. */
struct searcher {
    struct seat *seat; /* its own; NULL: it has none, and is freed after use */
    struct analyzer *analyzer;
    void *room; /* of SEARCH_ROOM */
    struct parser_memory parsing;
    struct stems *stems;    /* NULL: no word was stemmed yet */
    struct kept_terms kept; /* of the one reader that all searches are of */
    struct answer_room answer_room;
};

/** Searchers. */
struct analyzers {
    struct seats seats;
};

void analyzers_init(struct analyzers *analyzers);
void analyzers_destroy(struct analyzers *analyzers);

/** One for this thread. MUC_OK, MUC_ENOMEM, MUC_EIO; on failure it is NULL. */
int analyzers_take(struct analyzers *analyzers, struct searcher **out, struct muc_error *err);
void analyzers_give(struct searcher *searcher); /* NULL is fine */
