/* SPDX-License-Identifier: MIT */
#include "search/expand/parts.h"

#include "base/buffer.h"
#include "base/error.h"
#include "text/spelling.h"

/** What decides how the words of a leaf are read. */
struct respelling {
    const struct node *node;
    bool typed; /* marks count */
};

/** The other spelling of word `i`; its size, 0 if there is none. Where marks count it is one form,
 *  else all that fold to it. */
static size_t other_word(const struct respelling *leaf, uint32_t i, char out[FORM_MAX])
{
    const struct query_word *word = &leaf->node->words[i];

    return leaf->typed ? spelling_other(word->exact, out)
                       : spelling_other_folded(word->folded, out);
}

/** The leaf with word `only` (UINT32_MAX: each that has one) in its other spelling. */
static int add_respelled(struct expand *expand, const struct respelling *leaf, uint32_t only,
                         struct node **slot)
{
    struct buffer text = { 0 };
    struct node *other = NULL;
    char room[FORM_MAX];
    int rc;

    for (uint32_t i = 0; i < leaf->node->n_words; i++) {
        const struct query_word *word = &leaf->node->words[i];
        struct muc_string form = leaf->typed ? word->exact : word->folded;
        size_t size = only == i || only == UINT32_MAX ? other_word(leaf, i, room) : 0;

        if (i)
            buffer_byte(&text, ' ');
        buffer_append(&text, size ? room : form.bytes, size ? size : form.size);
    }
    rc = text.failed
             ? error_memory(expand->err)
             : expand_leaf(expand, leaf->node, str_of((const char *)text.at, text.size),
                           MUC_ORIGIN_SPELLING, leaf->typed ? MARKS_EXACT : MARKS_AUTO, &other);
    buffer_free(&text);
    if (rc || !other || other->n_words != leaf->node->n_words)
        return rc;
    return expand_add(expand, slot, other);
}

int expand_spelling(struct expand *expand, struct node **slot, bool typed)
{
    enum { SEVERAL = 4 }; /* words with two spellings: more are respelled together only */
    const struct node *node = *slot;
    struct respelling leaf = { .node = node, .typed = typed };
    uint32_t n = 0;
    int rc = MUC_OK;
    char room[FORM_MAX];

    for (uint32_t i = 1; i < node->n_words; i++)
        if (node->words[i].offset != node->words[i - 1].offset + 1)
            return MUC_OK;
    for (uint32_t i = 0; i < node->n_words; i++)
        n += other_word(&leaf, i, room) > 0;
    if (n)
        rc = add_respelled(expand, &leaf, UINT32_MAX, slot);
    for (uint32_t i = 0; i < node->n_words && n > 1 && n <= SEVERAL && !rc; i++)
        if (other_word(&leaf, i, room))
            rc = add_respelled(expand, &leaf, i, slot);
    return rc;
}
