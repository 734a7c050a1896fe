/* SPDX-License-Identifier: MIT */
/* Several children of an AND that are one thing: a name, a date. */
#include "base/error.h"
#include "search/expand/parts.h"
#include "text/character.h"

const struct node *expand_typed_leaf(const struct node *node)
{
    const struct node *leaf = node;

    if (node->kind == NODE_OR) {
        leaf = node->children[node->n_children - 1];
        if (leaf->tier != MUC_TIER_EXACT || leaf->start < node->children[0]->start ||
            leaf->end > node->children[0]->end)
            return NULL; /* written OR, no whole and its parts */
    }
    if ((leaf->kind != NODE_WORD && leaf->kind != NODE_PHRASE) || leaf->marks != MARKS_AUTO ||
        node_is_pattern(leaf) || (leaf->field != FIELD_ANY && leaf->field != FIELD_TITLE) ||
        leaf->quoted)
        return NULL;
    return leaf;
}

bool expand_are_neighbours(const struct expand *expand, const struct node *before,
                           const struct node *leaf)
{
    struct muc_string text = expand->of->text;
    bool digits = leaf->start < text.size && ascii_is_digit(text.bytes[leaf->start]);

    if (before->field != leaf->field || before->end > leaf->start)
        return false;
    for (size_t at = before->end; at < leaf->start;) {
        uint32_t c = character_next(text, &at);

        if (!character_is_space(c) && !character_is_dash(c) &&
            (c > 0x7f || !c || !strchr(digits ? ".,/)(\r\n" : ".,/\r\n", (int)c)))
            return false;
    }
    return true;
}

void expand_close_up(struct node **children, uint32_t n, struct node *node, uint32_t *n_children)
{
    children[0] = node;
    memmove(children + 1, children + n, (*n_children - n) * sizeof *children);
    *n_children -= n - 1;
}

int expand_replace(struct expand *expand, struct node **children, uint32_t n, struct node *either,
                   uint32_t *n_children)
{
    struct node *typed = children[0];

    if (either == typed) /* nothing stands in */
        return MUC_OK;
    if (n > 1) {
        typed = arena_zero(expand->arena, 1, sizeof *typed);
        if (!typed || !(typed->children = arena_zero(expand->arena, n, sizeof *children)))
            return error_memory(expand->err);
        memcpy(typed->children, children, n * sizeof *children);
        typed->kind = NODE_AND;
        typed->weight = 1;
        typed->n_children = n;
        typed->start = children[0]->start;
        typed->end = children[n - 1]->end;
    }
    either->children[0] = typed;
    either->end = typed->end;
    expand_close_up(children, n, either, n_children);
    return MUC_OK;
}
