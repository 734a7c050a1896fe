/* SPDX-License-Identifier: MIT */
#include "base/error.h"
#include "index/terms.h"
#include "search/plan_make.h"

int make_rarity(struct make *make, const struct node *node, bool typed, double *sum)
{
    struct lookups *lookups = make->planning->lookups;

    *sum = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        const struct lookup *lookup;
        int rc = lookups_word(lookups, typed, node->field, &node->words[i], &lookup, make->err);

        if (rc)
            return rc;
        *sum += make_word_rarity(make, lookup);
    }
    return MUC_OK;
}

/* Of the weight of what was typed; a stem is there also where the word is as typed. */
#define SPELLING  0.7
#define EXPANSION 0.5
#define STEM      0.3

int make_leaf_text(struct make *make, const struct node *node, struct muc_string *out)
{
    size_t size = 0;
    char *bytes;

    for (uint32_t i = 0; i < node->n_words; i++)
        size += node->words[i].exact.size + 1;
    if (!(bytes = arena_alloc(make->planning->lookups->arena, size)))
        return error_memory(make->err);
    size = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        if (i)
            bytes[size++] = ' ';
        memcpy(bytes + size, node->words[i].exact.bytes, node->words[i].exact.size);
        size += node->words[i].exact.size;
    }
    *out = str_of(bytes, size);
    return MUC_OK;
}

/** Rarity of what was typed, times its weight. */
static int typed_weight(struct make *make, const struct node *node, double *sum)
{
    bool typed = node_has_marks(node) && make_accents(make, node) != MUC_ACCENTS_IGNORE;
    double own = 0;
    int rc = node->n_words ? make_rarity(make, node, typed, &own) : MUC_OK;

    *sum += node->weight * own;
    for (uint32_t i = 0; i < node->n_children && !rc; i++)
        if (node->children[i]->tier == MUC_TIER_EXACT)
            rc = typed_weight(make, node->children[i], sum);
    return rc;
}

/** What whatever marks give a word as typed: above that the other spelling has to be. */
static int marks_weight(struct make *make, const struct node *node, double *out)
{
    int rc;

    *out = 0;
    if (!make->is_short || node->kind != NODE_WORD || !node->words->marked)
        return MUC_OK;
    if (!(rc = make_rarity(make, node, false, out)))
        *out *= node->weight * make->any_marks;
    return rc;
}

/** Pairs that stand for the whole of a phrase, each giving its share. */
static int add_pairs(struct make *make, const struct node *node, double weight,
                     const struct reason *reason)
{
    for (uint32_t i = 0; i + 1 < node->n_words; i++) {
        const struct lookup *lookup;
        struct scored_term *scored;
        int rc = lookups_pair(make->planning->lookups, node->marks == MARKS_EXACT, &node->words[i],
                              &node->words[i + 1], &lookup, make->err);

        if (rc || (rc = make_term(make, lookup, 0, reason, &scored)))
            return rc;
        scored->weight = weight / (node->n_words - 1);
    }
    return MUC_OK;
}

/** Of the weight of what was typed. */
static double share_of(const struct node *node)
{
    if (node->field == FIELD_STEM)
        return STEM;
    return node->tier == MUC_TIER_SPELLING ? SPELLING : EXPANSION;
}

/** `weight`: of what was typed, with its rarity; `above`: what has to be less than this. */
static int add_stand_in(struct make *make, const struct node *node, double weight, double above)
{
    struct scored_phrase phrase = { .node = node,
                                    .typed_only = node->marks == MARKS_EXACT,
                                    .within = TERM_NONE };
    struct reason *reason = &phrase.reason;
    struct scored_term *scored;
    double own;
    int rc;

    *reason = make_reason(node,
                          node->kind == NODE_NEAR ? MUC_PART_NEAR
                          : node->n_words > 1     ? MUC_PART_PHRASE
                                                  : MUC_PART_WORD,
                          phrase.typed_only);
    if ((rc = make_leaf_text(make, node, &reason->text)) ||
        (rc = make_rarity(make, node, phrase.typed_only, &own)))
        return rc;
    own *= node->weight;
    weight = share_of(node) * (weight < own ? weight : own);
    if (phrase_is_pairs(node))
        return add_pairs(make, node, weight, reason);
    if (node->n_words > 1) {
        phrase.weight = phrase.typed_only ? 0 : weight;
        phrase.weight_typed = phrase.typed_only ? weight : 0;
        return make_phrase(make, &phrase);
    }
    reason->word = node->words;
    rc = make_word_term(make, node->words, 0, reason, &scored);
    if (!rc) {
        scored->weight = weight;
        scored->bonus = above;
    }
    return rc;
}

/** The most that the parts from here on can come to. */
static double most_of(const struct plan *plan, size_t term, size_t phrase)
{
    double most = 0;

    for (; term < plan->terms.n; term++)
        most += plan->terms.at[term].weight + plan->terms.at[term].bonus;
    for (; phrase < plan->phrases.n; phrase++)
        most += plan->phrases.at[phrase].weight + plan->phrases.at[phrase].weight_typed;
    return most;
}

int make_stand_ins(struct make *make, const struct node *node)
{
    const struct node *typed = node->children[0];
    size_t term = make->plan->terms.n, phrase = make->plan->phrases.n;
    double weight = 0, marks = 0, lift = make->lift;
    uint32_t n_words = count_words(typed);
    int rc = typed_weight(make, typed, &weight);

    if (!rc)
        rc = marks_weight(make, typed, &marks);
    for (uint32_t i = 1; i < node->n_children && !rc; i++)
        rc = add_stand_in(make, node->children[i], weight,
                          node->children[i]->tier == MUC_TIER_SPELLING ? 2 * marks : 0);
    if (rc)
        return rc;
    if (make->is_short && n_words)
        make->lift += most_of(make->plan, term, phrase) / n_words;
    rc = make_node(make, typed);
    make->lift = lift;
    return rc;
}
