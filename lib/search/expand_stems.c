/* SPDX-License-Identifier: MIT */
/* Words of other languages, by their stems. */
#include "base/error.h"
#include "search/expand_parts.h"

/** Whether it can be a word of another language: Vietnamese ones are never stemmed. */
static bool is_foreign(const struct query_word *word)
{
    return !(language_traits(TOKEN_WORD, word->exact, word->folded) & TRAIT_SYLLABLE);
}

int expand_stems(struct expand *expand, const struct node *typed, struct node **slot)
{
    struct node in_field = *typed;
    char room[FORM_MAX];
    int rc = MUC_OK;

    if (typed->kind != NODE_WORD || typed->field != FIELD_ANY || !is_foreign(typed->words))
        return MUC_OK;
    if (!expand->stems && !(expand->stems = stems_new()))
        return error_memory(expand->err);
    in_field.field = FIELD_STEM;
    for (int i = LANGUAGE_ENGLISH; i < LANGUAGES && !rc; i++) {
        int size = stem_word(expand->stems, (enum language)i, typed->words->exact, room);
        struct node *other = NULL;

        if (size < 0)
            return error_memory(expand->err);
        if (size)
            rc = expand_leaf(expand, &in_field, str_of(room, (size_t)size), MUC_TIER_EXPANSION,
                             MARKS_ANY, &other);
        if (rc || !other || other->n_words > 1)
            continue;
        other->origin = MUC_ORIGIN_STEM;
        rc = expand_add(expand, slot, other);
    }
    return rc;
}
