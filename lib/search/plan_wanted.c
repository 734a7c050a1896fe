/* SPDX-License-Identifier: MIT */
/* What a plan is about to ask for of each word, looked up together. */
#include "search/plan_make.h"

static int want_word(struct make *make, const struct node *node, struct wanted_terms *all)
{
    const enum muc_accents accents = make_accents(make, node);
    struct query_word room;
    const struct query_word *word = make_meant_word(make, node, accents, &room);

    return wanted_word_terms(
        all, accents == MUC_ACCENTS_EXACT || (accents == MUC_ACCENTS_AUTO && word->marked), word,
        make->err);
}

static int want_node(struct make *make, const struct node *node, struct wanted_terms *all)
{
    int rc = MUC_OK;

    if (node->kind == NODE_NOT)
        return MUC_OK;
    if (node->kind == NODE_WORD && node->field == FIELD_ANY && node->tier == MUC_TIER_EXACT)
        return want_word(make, node, all);
    for (uint32_t i = 0; i < node->n_children && !rc; i++)
        rc = want_node(make, node->children[i], all);
    return rc;
}

int make_wanted(struct make *make, const struct node *root)
{
    struct wanted_terms all = { .lookups = make->planning->lookups };

    return wanted_find(&all, want_node(make, root, &all), make->err);
}
