/* SPDX-License-Identifier: MIT */
/* search/patterns.h - all terms of a segment that fit a pattern, as one list.
 *
 * The documents of the terms are put together into a posting list of the query's own: whatever
 * walks, counts and scores lists needs to know nothing of patterns. A document's frequency is the
 * sum of those of its terms, 255 at most. */
#pragma once

#include "index/reader.h"
#include "query/pattern.h"
#include "search/deadline.h"

/** What a list is made of. */
struct pattern_search {
    enum family family; /* of words: EXACT, FOLDED, FIELD, FIELD_FOLDED */
    char letter;        /* of the field, 0: none */
    const struct pattern *by;
    bool typed; /* the exact forms have to fit */
    bool bare;  /* … without marks */
    struct deadline *deadline;
};

/** MUC_OK, also where nothing fits; MUC_EDAMAGED, MUC_ENOMEM. The list is in `arena`. */
int pattern_find(const struct segment *segment, const struct pattern_search *search,
                 struct arena *arena, struct postings *out, struct muc_error *err);
