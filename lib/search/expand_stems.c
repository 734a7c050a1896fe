/* SPDX-License-Identifier: MIT */
/* Words of other languages, by their stems. */
#include "base/error.h"
#include "search/expand_parts.h"

int expand_stems(struct expand *expand, const struct node *typed, struct node **slot)
{
    struct stems **stems = expand->of->stems;
    struct node in_field = *typed;
    char room[FORM_MAX];
    int rc = MUC_OK;

    /* Vietnamese ones are never stemmed */
    if (typed->kind != NODE_WORD || typed->field != FIELD_ANY || !typed->words->foreign)
        return MUC_OK;
    if (!*stems && !(*stems = stems_new()))
        return error_memory(expand->err);
    in_field.field = FIELD_STEM;
    for (int i = LANGUAGE_ENGLISH; i < LANGUAGES && !rc; i++) {
        int size = stem_word(*stems, (enum language)i, typed->words->exact, room);
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
