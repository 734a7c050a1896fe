/* SPDX-License-Identifier: MIT */
/* What stands near each other: NODE_NEAR. */
#include "query/parse.h"

/** The words and phrases of an operand, of which any will do. */
struct operands {
    const struct node *at[QUERY_MAX_NEARS];
    uint32_t n, n_words;
};

/* `n` words span n - 1 at least. */
static uint32_t slop_for(uint32_t asked, uint32_t n)
{
    return asked > n - 1 ? asked : n - 1;
}

void near_make(struct node *phrase, uint32_t slop)
{
    const uint32_t n = phrase->n_words;

    phrase->kind = NODE_NEAR;
    phrase->slop = slop_for(n > 2 ? slop + n - 2 : slop, n);
}

/* Depth is bounded by that of the tree. False: there is something else in it, or too much. */
static bool take_operands(const struct node *node, struct operands *out)
{
    bool ok = true;

    if (node->kind == NODE_OR && !node->unit) {
        for (uint32_t i = 0; i < node->n_children && ok; i++)
            ok = take_operands(node->children[i], out);
        return ok;
    }
    if (node->kind == NODE_OR) /* the parts of a unit stand last */
        node = node->children[node->n_children - 1];
    if (!node->n_words || out->n == QUERY_MAX_NEARS)
        return false;
    out->at[out->n++] = node;
    out->n_words += node->n_words;
    return true;
}

static bool fit(const struct operands *left, const struct operands *right)
{
    for (uint32_t i = 0; i < left->n; i++)
        for (uint32_t k = 0; k < right->n; k++) {
            const struct node *a = left->at[i], *b = right->at[k];

            if ((a->field != b->field && b->field != FIELD_ANY) || a->marks != b->marks)
                return false;
        }
    return left->n * right->n <= QUERY_MAX_NEARS;
}

static struct node *join(struct parser *parser, const struct node *a, const struct node *b,
                         uint32_t start, uint32_t end, uint32_t slop)
{
    uint32_t n = a->n_words + b->n_words;
    struct node *node = parser_node(parser, NODE_NEAR, start, end);
    struct query_word *words = arena_zero(&parser->query->arena, n, sizeof *words);

    if (!node || !words) {
        parser->no_memory = true;
        return NULL;
    }
    memcpy(words, a->words, a->n_words * sizeof *words);
    memcpy(words + a->n_words, b->words, b->n_words * sizeof *words);
    for (uint32_t i = 0; i < n; i++) {
        words[i].offset = i;
        words[i].quoted |= i < a->n_words ? a->quoted : b->quoted;
    }
    node->field = a->field;
    node->marks = a->marks;
    node->weight = a->weight * b->weight;
    node->words = words;
    node->n_words = n;
    node->slop = slop_for(slop + n - 2 + (a->kind == NODE_NEAR ? a->slop : 0), n);
    return node;
}

struct node *near_join(struct parser *parser, const struct node *left, const struct node *right,
                       uint32_t slop)
{
    struct operands a = { .n = 0 }, b = { .n = 0 };
    size_t base = parser->memory->nodes.n;

    if (!take_operands(left, &a) || !take_operands(right, &b) || !fit(&a, &b) ||
        !parser_take(parser, a.n_words * (b.n - 1) + b.n_words * (a.n - 1), left->start))
        return NULL;
    for (uint32_t i = 0; i < a.n; i++)
        for (uint32_t k = 0; k < b.n; k++)
            parser_push(parser, join(parser, a.at[i], b.at[k], left->start, right->end, slop));
    return parser_fold(parser, base, NODE_OR);
}
