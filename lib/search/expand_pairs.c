/* SPDX-License-Identifier: MIT */
/* Two words typed next to each other that texts write as another two, or as one. */
#include <stdio.h>

#include "base/error.h"
#include "search/expand_parts.h"
#include "text/spelling.h"

enum { DIGITS_MAX = 4, ROOM = 2 * FORM_MAX + 2 };

static bool is_plain(const struct node *node)
{
    return node->kind == NODE_WORD && node->marks == MARKS_AUTO && !node_is_pattern(node) &&
           node->field == FIELD_ANY && node->spoken;
}

static bool is_number(struct muc_string form)
{
    for (size_t i = 0; i < form.size; i++)
        if (form.bytes[i] < '0' || form.bytes[i] > '9')
            return false;
    return form.size > 0 && form.size <= DIGITS_MAX;
}

/** A name that is no Vietnamese word and its number, in one: Covid 19, COVID19. */
static size_t write_in_one(const struct query_word *first, const struct query_word *second,
                           char room[ROOM])
{
    if (!first->foreign || !is_number(second->exact))
        return 0;
    return (size_t)snprintf(room, ROOM, "%s%s", first->exact.bytes, second->exact.bytes);
}

/** Words that go together, as dấu diếm: both with d, or both with gi. One alone may be another word
 *  so; two that stand next to each other somewhere are not. */
static size_t write_alike(const struct query_word *first, const struct query_word *second,
                          bool with_gi, char room[ROOM])
{
    char one[FORM_MAX], two[FORM_MAX];
    size_t n_one = spelling_initial(first->exact, with_gi, one);
    size_t n_two = spelling_initial(second->exact, with_gi, two);

    if (!first->marked || !second->marked || !n_one || !n_two ||
        (str_equal(str_of(one, n_one), first->exact) &&
         str_equal(str_of(two, n_two), second->exact)))
        return 0;
    return (size_t)snprintf(room, ROOM, "%.*s %.*s", (int)n_one, one, (int)n_two, two);
}

static int add_pair(struct expand *expand, struct node *const *children, struct muc_string text,
                    enum muc_tier tier, struct node **either)
{
    struct node leaf = *children[0], *other = NULL;
    int rc;

    leaf.end = children[1]->end;
    rc = expand_leaf(expand, &leaf, text, tier,
                     tier == MUC_TIER_SPELLING ? MARKS_EXACT : MARKS_AUTO, &other);
    if (!rc && other && tier != MUC_TIER_SPELLING)
        other->origin = MUC_ORIGIN_SPLIT;
    return rc ? rc : expand_add(expand, either, other);
}

static int expand_pair(struct expand *expand, struct node **children, uint32_t *n)
{
    const struct query_word *first = children[0]->words, *second = children[1]->words;
    struct node *either = children[0];
    char room[ROOM];
    size_t size = write_in_one(first, second, room);
    int rc = MUC_OK;

    if (size)
        rc = add_pair(expand, children, str_of(room, size), MUC_TIER_EXPANSION, &either);
    for (int with_gi = 0; with_gi < 2 && !rc; with_gi++) {
        size = write_alike(first, second, with_gi, room);
        if (size)
            rc = add_pair(expand, children, str_of(room, size), MUC_TIER_SPELLING, &either);
    }
    return rc ? rc : expand_replace(expand, children, 2, either, n);
}

int expand_pairs(struct expand *expand, struct node **children, uint32_t *n)
{
    int rc = MUC_OK;

    for (uint32_t i = 0; i + 1 < *n && !rc; i++) {
        uint32_t left = *n - i;

        if (!is_plain(children[i]) || !is_plain(children[i + 1]) ||
            !expand_are_neighbours(expand, children[i], children[i + 1]))
            continue;
        rc = expand_pair(expand, children + i, &left);
        *n = i + left;
    }
    return rc;
}
