/* SPDX-License-Identifier: MIT */
/* search/word_worth.h - what it is worth to show a word of the query: the more the rarer it is. */
#pragma once

#include "search/terms.h"

/** Of one that was typed with marks by that form. What is no word of the texts, as days and
 * patterns are not, is taken for one that stands in a hundredth of them. 1 or more. MUC_OK,
 * MUC_EDAMAGED, MUC_ENOMEM. */
int word_worth(const struct node *node, const struct query_word *word, struct lookups *lookups,
               uint16_t *worth, struct muc_error *err);
