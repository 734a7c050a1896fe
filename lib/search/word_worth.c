/* SPDX-License-Identifier: MIT */
#include "search/word_worth.h"

enum { STEPS = 64 }; /* for one of a word's rarity */

int word_worth(const struct node *node, const struct query_word *word, struct lookups *lookups,
               uint16_t *worth, struct muc_error *err)
{
    const double middling = 4.6;
    const bool typed = !str_equal(word->exact, word->folded);
    const struct lookup *lookup = NULL;
    int rc = MUC_OK;

    if (node->field != FIELD_STEM && node->field != FIELD_DAY && !word->pattern)
        rc = lookups_word(lookups, typed, FIELD_ANY, word, &lookup, err);
    *worth = (uint16_t)(1 + STEPS * (lookup ? lookup->rarity : middling));
    return rc;
}
