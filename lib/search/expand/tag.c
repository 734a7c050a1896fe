/* SPDX-License-Identifier: MIT */
/* All words of a query in one, as signs of networks and addresses have them: an toàn giao thông,
 * #AnToanGiaoThong; báo chính phủ, baochinhphu.vn; SEA Games 31, #SEAGames31. Of two words what
 * comes out may be another one. */
#include "search/expand/parts.h"

enum { WORDS_LEAST = 3, WORDS_MOST = 6 };

/** Whether a node is a word of the language, or in the `last` place a number, that is typed next to
 *  what is before it. */
static bool may_join(const struct expand *expand, const struct node *node,
                     const struct node *before, bool last)
{
    return node->kind == NODE_WORD && node->marks == MARKS_AUTO && !node_is_pattern(node) &&
           node->field == FIELD_ANY && !node->quoted &&
           (last || !ascii_is_digit(node->words->exact.bytes[0])) &&
           (!before || expand_are_neighbours(expand, before, node));
}

int expand_tag(struct expand *expand, const struct node *root, struct node **out)
{
    const struct lookup *lookup;
    struct query_word joined;
    char room[FORM_MAX];
    size_t size = 0;
    int rc;

    *out = NULL;
    if (root->kind != NODE_AND || root->n_children < WORDS_LEAST || root->n_children > WORDS_MOST)
        return MUC_OK;
    for (uint32_t i = 0; i < root->n_children; i++) {
        const struct node *word = root->children[i];

        if (!may_join(expand, word, i ? root->children[i - 1] : NULL, i + 1 == root->n_children) ||
            size + word->words->folded.size > sizeof room)
            return MUC_OK;
        memcpy(room + size, word->words->folded.bytes, word->words->folded.size);
        size += word->words->folded.size;
    }
    joined = query_word_plain(str_of(room, size));
    rc = lookups_word(expand->of->lookups, false, FIELD_ANY, &joined, &lookup, expand->err);
    return rc || !lookup->n_docs /* nearly always */
               ? rc
               : expand_leaf(expand, root->children[0], joined.exact, MUC_ORIGIN_SPLIT, MARKS_AUTO,
                             out);
}
