/* SPDX-License-Identifier: MIT */
/* search/expand_parts.h - what the parts of expand share: making leaves and putting them in place.
 */
#pragma once

#include "search/expand.h"

enum {
    STAND_INS_MAX = 12, /* for one part of a query */
    EXPANDED_MAX = 64,  /* in one query: bounds its time */
};

struct expand {
    const struct expansion *of;
    struct arena *arena; /* of the query */
    uint32_t left;       /* stand-ins that may still be made */
    struct muc_error *err;
};

/** A leaf with the words of `text`, made as `typed` was (field, weight, place in the query); NULL
 *  in `out` if a word of it occurs nowhere. */
int expand_leaf(struct expand *expand, const struct node *typed, struct muc_string text,
                enum muc_tier tier, enum marks marks, struct node **out);

/** Put `other` (NULL: nothing) behind what is at `*slot`. */
int expand_add(struct expand *expand, struct node **slot, struct node *other);

/** Abbreviations among the children of an AND (or one node alone, *n = 1) and what they are short
 *  for: children that together are a name become one. */
int expand_names(struct expand *expand, struct node **children, uint32_t *n);

/** The other spelling of a leaf. */
int expand_spelling(struct expand *expand, struct node **slot);
