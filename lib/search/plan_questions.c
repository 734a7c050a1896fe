/* SPDX-License-Identifier: MIT */
/* The words of an AND, of which some may only ask. */
#include "search/plan_make.h"
#include "text/question.h"

#define ASKING 0.2 /* of the weight of a word that makes a question of the query */

/** The word with which a child of AND begins, or ends; NULL if it is none. */
static const struct node *edge_word(const struct node *node, bool last)
{
    while (node->kind == NODE_OR && node_has_stand_ins(node)) {
        node = node->children[0];
        if (node->kind == NODE_AND)
            node = node->children[last ? node->n_children - 1 : 0];
    }
    return node->kind == NODE_WORD && node->field == FIELD_ANY && node->spoken ? node : NULL;
}

/** The exact form of a word of an AND as it was meant; empty: there is none. */
static struct muc_string form_at(const struct node *node, uint32_t i)
{
    const struct node *word = i < node->n_children ? edge_word(node->children[i], false) : NULL;

    return !word                     ? (struct muc_string){ 0 }
           : word->words->meant.size ? word->words->meant
                                     : word->words->exact;
}

/** What is known of the words that ask, on the way through an AND. */
struct asking {
    uint32_t to;                /* children before this one ask for a definition */
    const struct node *defined; /* that one of, to its last word; NULL: of none */
};

/** The last child of those that say what is sought; NULL: there is none. */
static const struct node *last_sought(const struct node *node)
{
    for (uint32_t i = node->n_children; i-- > 0;) {
        const struct node *child = node->children[i];

        if (edge_word(child, true) || (child->kind == NODE_PHRASE && child->field == FIELD_ANY))
            return child;
    }
    return NULL;
}

/** Whether a child is a word that only asks. */
static bool only_asks(struct make *make, const struct node *node, uint32_t i, struct asking *asking)
{
    const struct question_window window = { form_at(node, i - 1), form_at(node, i),
                                            form_at(node, i + 1), form_at(node, i + 2) };
    const struct node *before = i ? node->children[i - 1] : NULL;
    struct question_definition definition;

    if (make->planning->rank != MUC_RANK_DEFAULT)
        return false;
    definition = question_definition(&window);
    if (definition.n && (definition.of_before ? i > 0 : i + definition.n < node->n_children)) {
        asking->to = i + definition.n;
        asking->defined = definition.of_before ? before : last_sought(node);
    }
    if (i >= asking->to && !question_word(&window))
        return false;
    make->plan->asks = true;
    return true;
}

/** Where something is defined, "là" is behind it. */
static int add_definition(struct make *make, const struct node *defined)
{
    const struct node *word = edge_word(defined, true);

    if (word)
        return make_definition(make, word, word->words);
    return defined->kind == NODE_PHRASE && defined->field == FIELD_ANY
               ? make_definition(make, defined, &defined->words[defined->n_words - 1])
               : MUC_OK;
}

static bool is_number(const struct node *word)
{
    return word && ascii_is_digit(word->words->exact.bytes[0]);
}

/** Whether the child at `i` has a number of its own behind it, so that one in front of it is that
 *  of the word before: phường 12 quận 5, but not trao 20 suất học bổng. */
static bool has_number(const struct node *node, uint32_t i)
{
    return i + 1 < node->n_children && is_number(edge_word(node->children[i + 1], false));
}

/** What stands next to a word that only asks says nothing. */
int make_all(struct make *make, const struct node *node)
{
    const struct node *before = NULL, *last = NULL;
    struct run run = { .n = 0 };
    const double share = make->share;
    struct asking asking = { 0 };
    int rc = MUC_OK;

    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        const bool asks = only_asks(make, node, i, &asking);
        const struct node *first = asks ? NULL : edge_word(node->children[i], false);
        const struct node *end = asks ? NULL : edge_word(node->children[i], true);

        make->share = asks ? share * ASKING : share;
        rc = make_node(make, node->children[i]);
        make->share = share;
        make->owned = before && !is_number(before) && has_number(node, i);
        if (!rc && make->planning->rank == MUC_RANK_DEFAULT)
            rc = make_neighbours(make, &run, first, end);
        before = last;
        last = end;
    }
    return rc || !asking.defined ? rc : add_definition(make, asking.defined);
}
