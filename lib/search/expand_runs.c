/* SPDX-License-Identifier: MIT */
/* Several children of an AND that are one thing: a name, a date. */
#include "base/error.h"
#include "search/expand_parts.h"

static bool is_quoted(const struct expand *expand, uint32_t start)
{
    struct muc_string text = expand->of->text;

    return start > 0 && (text.bytes[start - 1] == '"' || (text.bytes[start - 1] & 0x80));
}

const struct node *expand_typed_leaf(const struct expand *expand, const struct node *node)
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
        is_quoted(expand, leaf->start))
        return NULL;
    return leaf;
}

bool expand_are_neighbours(const struct expand *expand, const struct node *before,
                           const struct node *leaf)
{
    struct muc_string text = expand->of->text;

    if (before->field != leaf->field || before->end > leaf->start)
        return false;
    for (uint32_t i = before->end; i < leaf->start; i++)
        if (!strchr(" .,-/\xe2\x80\x93\x94", text.bytes[i]) || !text.bytes[i])
            return false;
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
