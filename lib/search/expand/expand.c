/* SPDX-License-Identifier: MIT */
#include "search/expand/parts.h"

#include "base/error.h"
#include "search/repair/reread_parts.h"
#include "text/syllable.h"

/* ---- leaves */

static struct node *copy_leaf(struct expand *expand, const struct node *typed, uint32_t n_words)
{
    struct node *node = arena_zero(expand->arena, 1, sizeof *node);

    if (node) {
        *node = *typed;
        node->kind = n_words > 1 ? NODE_PHRASE : NODE_WORD;
        node->n_words = n_words;
        node->words = NULL;
        node->spoken = false;
    }
    return node;
}

static bool fill_word(struct expand *expand, const struct token *token, const struct node *typed,
                      struct query_word *word)
{
    const struct form *form = analyzer_form(expand->of->analyzer, token->form);
    struct muc_string exact = str_of(form->exact, form->exact_size);
    struct muc_string folded = str_of(form_folded(form), form->folded_size);

    *word = (struct query_word){ .exact = arena_copy(expand->arena, exact),
                                 .folded = arena_copy(expand->arena, folded),
                                 .start = typed->start,
                                 .end = typed->end,
                                 .offset = token->position,
                                 .marked = !str_equal(exact, folded),
                                 .foreign = language_is_foreign(
                                     analyzer_traits(expand->of->analyzer)[token->form]) };
    return word->exact.bytes && word->folded.bytes;
}

/** Words of `text`, plain tokens alone; their number, 0 if memory is out or there are none. */
static uint32_t fill_words(struct expand *expand, const struct node *typed, struct muc_string text,
                           struct query_word **out)
{
    struct tokens tokens = { 0 };
    uint32_t n = 0;

    if (!analyzer_run(expand->of->analyzer, text, 0, &tokens, NULL) &&
        (*out = arena_zero(expand->arena, tokens.n + 1, sizeof **out)))
        for (size_t i = 0; i < tokens.n; i++) {
            const struct token *token = &tokens.at[i];

            if (analyzer_form(expand->of->analyzer, token->form)->kind == TOKEN_WHOLE)
                continue;
            if (!fill_word(expand, token, typed, &(*out)[n++])) {
                n = 0;
                break;
            }
        }
    vector_free(&tokens);
    return n;
}

/** Whether word i of a node has the next one right behind it. */
static bool is_followed(const struct node *node, uint32_t i)
{
    return i + 1 < node->n_words && node->words[i + 1].offset == node->words[i].offset + 1;
}

int expand_occurs(struct expand *expand, const struct node *node)
{
    struct lookups *lookups = expand->of->lookups;
    bool typed = node->marks == MARKS_EXACT;
    bool pairs = node->field == FIELD_ANY && node->kind == NODE_PHRASE;

    for (uint32_t i = 0; i < node->n_words; i++) {
        const struct query_word *word = &node->words[i];
        bool pair = pairs && is_followed(node, i);
        const struct lookup *lookup;
        int rc;

        if (pair && !pair_fits(word, word + 1))
            return 0;
        if (pairs && !pair && i && is_followed(node, i - 1))
            continue; /* as a part of that pair */
        rc = pair ? lookups_pair(lookups, typed, word, word + 1, &lookup, expand->err)
                  : lookups_word(lookups, typed, node->field, word, &lookup, expand->err);
        if (rc)
            return rc;
        if (!lookup->n_docs)
            return 0;
    }
    return 1;
}

int expand_typed(struct expand *expand, const struct node *typed, struct muc_string text,
                 struct node **out)
{
    struct query_word *words = NULL;
    uint32_t n = fill_words(expand, typed, text, &words);
    struct node *node;

    if (!n && words) {
        *out = NULL;
        return MUC_OK;
    }
    if (!n || !(node = copy_leaf(expand, typed, n)))
        return error_memory(expand->err);
    node->words = words;
    *out = node;
    return MUC_OK;
}

int expand_leaf(struct expand *expand, const struct node *typed, struct muc_string text,
                enum muc_origin origin, enum marks marks, struct node **out)
{
    const bool same = origin == MUC_ORIGIN_SPELLING || origin == MUC_ORIGIN_DATE;
    struct node *node = NULL;
    int rc = expand->left ? expand_typed(expand, typed, text, &node) : MUC_OK;

    *out = NULL;
    if (rc || !node)
        return rc;
    node->tier = same ? MUC_TIER_SPELLING : MUC_TIER_EXPANSION;
    node->origin = origin;
    node->marks = marks;
    if ((rc = expand_occurs(expand, node)) < 0)
        return rc;
    *out = rc ? node : NULL;
    return MUC_OK;
}

int expand_add(struct expand *expand, struct node **slot, struct node *other)
{
    struct node *either = *slot;

    if (!other || !expand->left)
        return MUC_OK;
    if (either->kind != NODE_OR || !node_has_stand_ins(either)) {
        either = arena_zero(expand->arena, 1, sizeof *either);
        if (!either ||
            !(either->children = arena_zero(expand->arena, STAND_INS_MAX + 1, sizeof(other))))
            return error_memory(expand->err);
        either->kind = NODE_OR;
        either->weight = 1;
        either->start = (*slot)->start;
        either->end = (*slot)->end;
        either->children[either->n_children++] = *slot;
        *slot = either;
    }
    if (either->n_children <= STAND_INS_MAX) {
        either->children[either->n_children++] = other;
        expand->left--;
    }
    return MUC_OK;
}

int expand_stand_in(struct expand *expand, const struct node *typed, struct muc_string text,
                    enum muc_origin origin, enum marks marks, struct node **slot)
{
    struct node *other;
    int rc = expand_leaf(expand, typed, text, origin, marks, &other);

    return rc ? rc : expand_add(expand, slot, other);
}

/* ---- the tree */

static bool is_leaf(const struct node *node)
{
    return (node->kind == NODE_WORD || node->kind == NODE_PHRASE) && !node_is_pattern(node);
}

/** A word too long for one syllable, as syllables run together. */
static int expand_long(struct expand *expand, const struct node *typed, struct node **slot)
{
    const struct query_word *word = typed->words;
    char room[REPAIRED_SIZE];
    int size;

    if (typed->kind != NODE_WORD || word->folded.size <= SYLLABLE_MAX ||
        expand->splits++ >= SPLITS_MAX)
        return MUC_OK;
    if ((size = split_word(expand->of->lookups, word, room, expand->err)) <= 0)
        return size;
    return expand_stand_in(expand, typed, str_of(room, (size_t)size), MUC_ORIGIN_SPLIT,
                           word->marked ? MARKS_EXACT : MARKS_AUTO, slot);
}

static int expand_leaves(struct expand *expand, struct node **slot)
{
    const bool typed = expand->marked && expand->of->accents == MUC_ACCENTS_AUTO;
    struct node *node = *slot;
    int rc = MUC_OK;

    if (is_leaf(node) && node->marks == MARKS_AUTO &&
        (node->field == FIELD_ANY || node->field == FIELD_TITLE))
        return (rc = expand_spelling(expand, slot, typed)) ||
                       (rc = expand_long(expand, node, slot)) ||
                       (rc = expand_otherwise(expand, node, slot)) ||
                       (rc = expand_phrase(expand, node, slot))
                   ? rc
                   : expand_stems(expand, node, slot);
    if (node->kind == NODE_AND) /* the words of a name */
        for (uint32_t i = 0; i < node->n_children && !rc; i++) {
            struct node **child = &node->children[i];

            if ((*child)->kind == NODE_OR && node_has_stand_ins(*child))
                child = &(*child)->children[0];
            rc = expand_leaves(expand, child);
        }
    return rc;
}

/** Whether two stand-ins look for the same words in the same way. */
static bool is_same(const struct node *a, const struct node *b)
{
    if (!a->n_words || a->n_words != b->n_words || a->kind != b->kind || a->field != b->field ||
        a->tier != b->tier || a->marks != b->marks)
        return false;
    for (uint32_t i = 0; i < a->n_words; i++)
        if (!str_equal(a->words[i].exact, b->words[i].exact))
            return false;
    return true;
}

static bool has_stand_in(const struct node *either, const struct node *other)
{
    bool has = false;

    for (uint32_t i = 1; i < either->n_children && !has; i++)
        has = is_same(either->children[i], other);
    return has;
}

/** What was typed in the place of a name, by ways of its own: those that the name has already would
 *  count twice, as the two words of TPHCM. */
static int expand_inside(struct expand *expand, struct node *name)
{
    int rc = expand_leaves(expand, &name->children[0]);
    struct node *own = name->children[0];
    uint32_t n = 1;

    if (rc || own->kind != NODE_OR || !node_has_stand_ins(own))
        return rc;
    for (uint32_t i = 1; i < own->n_children; i++)
        if (!has_stand_in(name, own->children[i]))
            own->children[n++] = own->children[i];
    own->n_children = n;
    if (n == 1)
        name->children[0] = own->children[0];
    return MUC_OK;
}

static int expand_node(struct expand *expand, struct node **slot);

/** Children that are one thing together, or one node by itself: what is taken first is no part of
 *  what comes then. */
static int expand_together(struct expand *expand, struct node **children, uint32_t *n)
{
    int rc;

    if ((rc = expand_dates(expand, children, n)) || (rc = expand_numbers(expand, children, n)) ||
        (rc = expand_names(expand, children, n)) || (rc = expand_pairs(expand, children, n)))
        return rc;
    return expand_numerals(expand, children, n);
}

static int expand_and(struct expand *expand, struct node **slot)
{
    struct node *node = *slot;
    int rc = expand_together(expand, node->children, &node->n_children);

    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        struct node **child = &node->children[i];

        if ((*child)->kind == NODE_OR && node_has_stand_ins(*child))
            rc = expand_inside(expand, *child);
        else
            rc = is_leaf(*child) ? expand_leaves(expand, child) : expand_node(expand, child);
    }
    if (node->n_children == 1 && node->children[0]->kind != NODE_NOT)
        *slot = node->children[0];
    return rc;
}

/** What is excluded is excluded with the marks it is written with: -bão takes no text away that has
 *  báo. Without marks all forms are meant. The other spelling is the same word: -kỹ takes kĩ away;
 *  and so is a date, however it is written. */
static int exclude(struct expand *expand, struct node **slot)
{
    struct node *node = *slot;
    bool is_word = is_leaf(node) && node->marks == MARKS_AUTO &&
                   (node->field == FIELD_ANY || node->field == FIELD_TITLE);
    int rc = is_word && !node->quoted ? expand_excluded_date(expand, slot) : MUC_OK;

    if (rc || *slot != node)
        return rc;
    for (uint32_t i = 0; i < node->n_children && !rc; i++)
        rc = exclude(expand, &node->children[i]);
    if (!rc && is_word)
        rc = expand_spelling(expand, slot, node_has_marks(node));
    if (node_has_marks(node) && node->marks == MARKS_AUTO)
        node->marks = MARKS_EXACT;
    return rc;
}

/** Brackets are bounded, so is the depth. */
static int expand_node(struct expand *expand, struct node **slot)
{
    uint32_t one = 1;
    int rc;

    if ((*slot)->kind == NODE_AND)
        return expand_and(expand, slot);
    if ((*slot)->kind == NODE_NOT)
        return expand->of->accents == MUC_ACCENTS_AUTO ? exclude(expand, slot) : MUC_OK;
    if ((*slot)->kind == NODE_NEAR)
        return (*slot)->marks == MARKS_AUTO ? expand_near(expand, slot) : MUC_OK;
    if ((rc = expand_together(expand, slot, &one)))
        return rc;
    if (is_leaf(*slot))
        return expand_leaves(expand, slot);
    if ((*slot)->kind == NODE_OR && node_has_stand_ins(*slot))
        return expand_inside(expand, *slot);
    for (uint32_t i = 0; i < (*slot)->n_children && !rc; i++)
        rc = expand_node(expand, &(*slot)->children[i]);
    return rc;
}

int expand(const struct expansion *expansion, struct muc_error *err)
{
    struct expand expand = { .of = expansion,
                             .arena = &expansion->query->arena,
                             .left = EXPANDED_MAX,
                             .marked = expansion->query->marked,
                             .err = err };
    struct node **root = &expansion->query->root, *tag, *either;
    int rc = expand_tag(&expand, *root, &tag);

    if (!rc)
        rc = expand_node(&expand, root);
    if (rc || !tag)
        return rc;
    tag->start = (*root)->start;
    tag->end = (*root)->end;
    either = *root;
    rc = expand_add(&expand, &either, tag);
    *root = either;
    return rc;
}
