/* SPDX-License-Identifier: MIT */
/* search/suggest.h - what someone who is typing may want to type: words that follow each other in
 * the archive, and titles with them.
 *
 * Nothing is stored for it: the families of words and of pairs are sorted, so that what begins
 * alike lies together, and they know how many documents each has. The last words typed are read
 * with or without their marks, the last one as a beginning; the readings whose pairs the most
 * documents have go on, by one word after the other while nearly all of their documents do. */
#pragma once

#include "search/analyzers.h"
#include "search/terms.h"

enum { SUGGESTIONS_MAX = 50 };

struct suggestions {
    struct arena arena;
    struct muc_suggestion *at; /* in the arena */
    size_t n;
};

/** Fill `out`, which is zeroed, with at most `limit` <= SUGGESTIONS_MAX. On failure it is left to
 *  arena_free(). */
int suggest(const struct reader *reader, struct analyzers *analyzers, struct muc_string text,
            uint32_t limit, struct suggestions *out, struct muc_error *err);
