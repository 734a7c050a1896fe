/* SPDX-License-Identifier: MIT */
/* check_tree.h - what query.h promises of every tree; for the property test and the fuzzer. */
#pragma once

#include "query/query.h"
#include "query/warn.h"

struct tree_check {
    struct muc_string text;
    uint32_t n_nodes, n_words;
};

static inline const char *check_words(struct tree_check *check, const struct node *node)
{
    bool is_leaf = node->kind == NODE_WORD || node->kind == NODE_PHRASE || node->kind == NODE_NEAR;

    if (is_leaf ? node->n_words < (node->kind == NODE_WORD ? 1U : 2U) : node->n_words != 0)
        return "a number of words that does not fit the kind";
    if (node->kind == NODE_WORD && node->n_words != 1)
        return "a word of several words";
    check->n_words += node->n_words;
    for (uint32_t i = 0; i < node->n_words; i++) {
        const struct query_word *word = &node->words[i];

        if (word->exact.size == 0 || word->folded.size == 0 || word->exact.size > FORM_MAX)
            return "a form of no size or too long";
        if (word->marked == str_equal(word->exact, word->folded))
            return "marked, or not, against its forms";
        if (word->start >= word->end || word->end > check->text.size || word->start < node->start ||
            word->end > node->end)
            return "a word outside its node";
        if (node->kind != NODE_NEAR && i == 0 && word->offset != 0)
            return "a first word that is not at 0";
        if (node->kind == NODE_PHRASE && i > 0 && word->offset <= word[-1].offset)
            return "offsets that do not rise";
    }
    if (node->kind == NODE_NEAR && node->slop + 1 < node->n_words)
        return "more words than fit within the slop";
    return NULL;
}

static inline const char *check_group(const struct node *node)
{
    uint32_t negative = 0;

    for (uint32_t i = 0; i < node->n_children; i++)
        negative += node->children[i]->kind == NODE_NOT;
    switch (node->kind) {
    case NODE_AND:
        return node->n_children >= 2 || negative == 1 ? NULL : "an AND of one";
    case NODE_OR:
        return node->n_children >= 2 ? NULL : "an OR of one";
    case NODE_NOT:
    case NODE_MUST:
        return node->n_children == 1 ? NULL : "a sign before several";
    default:
        return node->n_children == 0 ? NULL : "a leaf with children";
    }
}

/* What is wrong with the tree below `node`, NULL if nothing. */
static inline const char *check_node(struct tree_check *check, const struct node *node,
                                     enum node_kind parent, unsigned depth)
{
    const char *wrong;

    if (++check->n_nodes > QUERY_MAX_NODES || depth > 4 * QUERY_MAX_DEPTH + 8)
        return "too many or too deep";
    if ((node->kind == NODE_NOT || node->kind == NODE_MUST) && parent != NODE_AND)
        return "a sign not below AND";
    if (node->kind == NODE_NONE && depth > 0)
        return "NONE inside a tree";
    if (node->start > node->end || node->end > check->text.size)
        return "a node outside the query";
    if (!(node->weight >= QUERY_MIN_WEIGHT && node->weight <= QUERY_MAX_WEIGHT))
        return "a weight out of bounds";
    if (node->spoken && node->kind != NODE_WORD)
        return "spoken, but no word";
    if (node->from.year && node->to.year &&
        (node->from.year > node->to.year ||
         (node->from.year == node->to.year && node->from.month > node->to.month)))
        return "a range that runs backwards";
    if ((wrong = check_words(check, node)) || (wrong = check_group(node)))
        return wrong;
    for (uint32_t i = 0; i < node->n_children; i++)
        if ((wrong = check_node(check, node->children[i], node->kind, depth + 1)))
            return wrong;
    return NULL;
}

static inline const char *check_query(const struct query *query, struct muc_string text)
{
    struct tree_check check = { .text = text };
    const char *wrong = query->root ? check_node(&check, query->root, NODE_NONE, 0) : "no root";

    if (check.n_words > QUERY_MAX_WORDS)
        return "too many words";
    if (query->n_warnings > QUERY_MAX_WARNINGS)
        return "too many warnings";
    for (size_t i = 0; i < query->n_warnings; i++)
        if (query->warnings[i].position > text.size ||
            *warn_words(query->warnings[i].kind) == '\0' ||
            (i > 0 && query->warnings[i].position < query->warnings[i - 1].position))
            return "a warning without place or words";
    return wrong;
}
