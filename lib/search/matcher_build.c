/* SPDX-License-Identifier: MIT */
#include <xxhash.h>

#include "base/error.h"
#include "index/columns.h"
#include "index/segment.h"
#include "search/matcher.h"
#include "search/phrase.h"

struct build {
    const struct matching *matching;
    const struct segment *segment;
    uint32_t s; /* its number in the reader */
    struct arena *arena;
    struct matcher **built;
    struct muc_error *err;
};

static int build_node(struct build *build, const struct node *node, struct matcher **out);

uint32_t date_from(struct muc_date date)
{
    if (date.day == 1)
        date.day = 0;
    if (date.month == 1 && !date.day)
        date.month = 0;
    return date_pack(date);
}

uint32_t date_to(struct muc_date date)
{
    struct muc_date last = { date.year, date.month ? date.month : 12, date.day ? date.day : 31 };

    return date.year ? date_pack(last) : UINT32_MAX;
}

static int new_matcher(struct build *build, enum matcher_kind kind, struct matcher **out)
{
    struct matcher *matcher = arena_alloc(build->arena, sizeof *matcher);

    if (!matcher)
        return error_memory(build->err);
    *matcher = (struct matcher){ .kind = kind,
                                 .segment = build->segment,
                                 .deadline = build->matching->lookups->deadline,
                                 .next = *build->built };
    *build->built = matcher;
    *out = matcher;
    return MUC_OK;
}

/* ---- leaves */

static int build_list(struct build *build, const struct lookup *lookup, struct matcher **out)
{
    const struct postings *postings = &lookup->at[build->s];
    struct matcher *matcher = NULL;
    int rc = new_matcher(build, postings->list.n ? MATCH_LIST : MATCH_NOTHING, &matcher);

    if (rc)
        return rc;
    matcher->doc = DOC_END;
    if (postings->list.n) {
        matcher->cursor = (build->matching->docs_only ? cursor_new_docs : cursor_new)(
            build->arena, build->segment, postings);
        if (!matcher->cursor)
            return error_memory(build->err);
        matcher->lookup = lookup;
        matcher->doc = matcher->cursor->doc;
        matcher->cost = postings->list.n;
    }
    *out = matcher;
    return MUC_OK;
}

/** Whether only the forms that the query has will do. */
static bool wants_typed(const struct matching *matching, const struct node *node)
{
    return node->marks == MARKS_AUTO ? matching->typed : node->marks == MARKS_EXACT;
}

int matching_lookup(const struct matching *matching, const struct node *node,
                    const struct lookup **out, struct muc_error *err)
{
    bool typed = wants_typed(matching, node),
         is_phrase = node->kind == NODE_PHRASE || node->kind == NODE_NEAR;
    int rc;

    if (node->kind == NODE_WORD || (is_phrase && node->n_words == 1))
        rc = lookups_word(matching->lookups, typed, node->field, node->words, out, err);
    else if (phrase_is_pair(node))
        rc = lookups_pair(matching->lookups, typed, &node->words[0], &node->words[1], out, err);
    else
        return 0;
    return rc ? rc : 1;
}

static int build_word(struct build *build, const struct node *node, const struct query_word *word,
                      struct matcher **out)
{
    const struct lookup *lookup;
    int rc = lookups_word(build->matching->lookups, wants_typed(build->matching, node), node->field,
                          word, &lookup, build->err);

    return rc ? rc : build_list(build, lookup, out);
}

static int build_pair(struct build *build, const struct node *node, const struct query_word *words,
                      struct matcher **out)
{
    const struct lookup *lookup;
    int rc = lookups_pair(build->matching->lookups, wants_typed(build->matching, node), &words[0],
                          &words[1], &lookup, build->err);

    return rc ? rc : build_list(build, lookup, out);
}

/* ---- joining */

static int compare_cost(const void *a, const void *b)
{
    const struct matcher *x = *(struct matcher *const *)a, *y = *(struct matcher *const *)b;

    return x->cost < y->cost ? -1 : x->cost > y->cost;
}

/** An AND or OR of children that stand at their first documents; it does too. */
static int join(struct build *build, enum matcher_kind kind, struct matcher **children, uint32_t n,
                struct matcher **excluded, uint32_t n_excluded, struct matcher **out)
{
    struct matcher *matcher = NULL;
    int rc;

    if (n == 1 && !n_excluded) {
        *out = children[0];
        return MUC_OK;
    }
    if ((rc = new_matcher(build, n ? kind : MATCH_NOTHING, &matcher)))
        return rc;
    if (kind == MATCH_AND && n)
        qsort(children, n, sizeof(struct matcher *), compare_cost);
    matcher->children = children;
    matcher->n_children = n;
    matcher->excluded = excluded;
    matcher->n_excluded = n_excluded;
    for (uint32_t i = 0; i < n; i++)
        matcher->cost = kind == MATCH_AND ? children[0]->cost : matcher->cost + children[i]->cost;
    matcher_move(matcher, 0);
    *out = matcher;
    return MUC_OK;
}

static int new_array(struct build *build, uint32_t n, struct matcher ***out)
{
    *out = arena_zero(build->arena, n + (size_t)1, sizeof(struct matcher *));
    return *out ? MUC_OK : error_memory(build->err);
}

/* ---- phrases */

/** Lists that all have to hold the document: pairs where words are neighbours, words elsewhere. */
static int build_candidates(struct build *build, const struct node *node, struct matcher **out)
{
    struct matcher **lists;
    uint32_t n = 0;
    bool paired = false; /* the word at hand is in a pair already */
    int rc = new_array(build, node->n_words, &lists);

    for (uint32_t i = 0; i < node->n_words && !rc; i++) {
        const struct query_word *word = &node->words[i];
        bool pair = node->kind == NODE_PHRASE && node->field == FIELD_ANY &&
                    i + 1 < node->n_words && word[1].offset == word[0].offset + 1 &&
                    pair_fits(word, word + 1);

        if (pair)
            rc = build_pair(build, node, word, &lists[n++]);
        else if (!paired)
            rc = build_word(build, node, word, &lists[n++]);
        paired = pair;
    }
    return rc ? rc : join(build, MATCH_AND, lists, n, NULL, 0, out);
}

static int build_phrase(struct build *build, const struct node *node, struct matcher **out)
{
    struct matcher *words, *matcher = NULL;
    const struct lookup *lookup;
    int rc = matching_lookup(build->matching, node, &lookup, build->err);

    if (rc)
        return rc < 0 ? rc : build_list(build, lookup, out);
    if ((rc = build_candidates(build, node, &words)))
        return rc;
    if (phrase_is_pairs(node)) {
        *out = words;
        return MUC_OK;
    }
    if ((rc = new_matcher(build, MATCH_PHRASE, &matcher)) ||
        (rc = new_array(build, 1, &matcher->children)) ||
        (rc = phrase_open(build->segment, node, wants_typed(build->matching, node),
                          build->matching->lookups->deadline, build->arena, &matcher->phrase,
                          build->err)))
        return rc;
    matcher->children[0] = words;
    matcher->n_children = 1;
    matcher->cost = words->cost;
    matcher_move(matcher, 0);
    *out = matcher;
    return MUC_OK;
}

/* ---- inner nodes */

bool node_is_filter(const struct node *node)
{
    switch (node->kind) {
    case NODE_DATE:
    case NODE_ID:
        return true;
    case NODE_WORD:
    case NODE_PHRASE:
    case NODE_NEAR:
        return node->field == FIELD_SOURCE || node->field == FIELD_KIND ||
               node->field == FIELD_TAG || node->field == FIELD_LANG ||
               node->field == FIELD_PLACE || node->field == FIELD_NUMBER;
    case NODE_OR:
    case NODE_AND:
        for (uint32_t i = 0; i < node->n_children; i++)
            if (!node_is_filter(node->children[i]))
                return false;
        return node->n_children > 0;
    default:
        return false;
    }
}

/** The children of an AND. */
struct joined {
    struct matcher **required, **either, **excluded;
    uint32_t n_required, n_either, n_excluded; /* either: of which one has to match */
};

static int sort_children(struct build *build, const struct node *node, struct joined *joined)
{
    bool any = build->matching->any, has_must = false;
    int rc;

    if ((rc = new_array(build, node->n_children + 1, &joined->required)) ||
        (rc = new_array(build, node->n_children, &joined->either)) ||
        (rc = new_array(build, node->n_children, &joined->excluded)))
        return rc;
    for (uint32_t i = 0; i < node->n_children; i++)
        has_must |= node->children[i]->kind == NODE_MUST;
    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        const struct node *child = node->children[i];

        if (child->kind == NODE_NOT)
            rc = build_node(build, child->children[0], &joined->excluded[joined->n_excluded++]);
        else if (!any || child->kind == NODE_MUST || node_is_filter(child))
            rc = build_node(build, child, &joined->required[joined->n_required++]);
        else if (!has_must) /* else it adds to the score alone */
            rc = build_node(build, child, &joined->either[joined->n_either++]);
    }
    return rc;
}

static int build_and(struct build *build, const struct node *node, struct matcher **out)
{
    struct joined joined = { 0 };
    int rc = sort_children(build, node, &joined);

    if (rc)
        return rc;
    if (joined.n_either) {
        if (!joined.n_required && !joined.n_excluded)
            return join(build, MATCH_OR, joined.either, joined.n_either, NULL, 0, out);
        if ((rc = join(build, MATCH_OR, joined.either, joined.n_either, NULL, 0,
                       &joined.required[joined.n_required++])))
            return rc;
    }
    return join(build, MATCH_AND, joined.required, joined.n_required, joined.excluded,
                joined.n_excluded, out);
}

static int build_or(struct build *build, const struct node *node, struct matcher **out)
{
    struct matcher **children;
    uint32_t n = 0;
    int rc = new_array(build, node->n_children, &children);

    for (uint32_t i = 0; i < node->n_children && !rc; i++)
        if (!build->matching->typed || node->children[i]->tier == MUC_TIER_EXACT)
            rc = build_node(build, node->children[i], &children[n++]);
    return rc ? rc : join(build, MATCH_OR, children, n, NULL, 0, out);
}

static int build_date(struct build *build, const struct node *node, struct matcher **out)
{
    int rc = new_matcher(build, MATCH_DATE, out);

    if (rc)
        return rc;
    (*out)->to = date_to(node->to);
    (*out)->from = date_from(node->from);
    if ((*out)->from == 0 && (*out)->to != UINT32_MAX)
        (*out)->from = 1; /* no date is packed as 0 */
    (*out)->cost = build->segment->n_docs;
    matcher_move(*out, 0);
    return MUC_OK;
}

static int build_id(struct build *build, const struct node *node, struct matcher **out)
{
    uint32_t doc = DOC_END;
    int found =
        segment_find_id(build->segment, node->value,
                        XXH3_64bits(node->value.bytes ? node->value.bytes : "", node->value.size),
                        &doc, build->err);
    int rc = found < 0 ? found : new_matcher(build, MATCH_ONE, out);

    if (rc)
        return rc;
    (*out)->doc = found ? doc : DOC_END;
    (*out)->cost = 1;
    return MUC_OK;
}

static int build_node(struct build *build, const struct node *node, struct matcher **out)
{
    int rc;

    switch (node->kind) {
    case NODE_WORD:
        return build_word(build, node, node->words, out);
    case NODE_PHRASE:
    case NODE_NEAR:
        return build_phrase(build, node, out);
    case NODE_AND:
        return build_and(build, node, out);
    case NODE_OR:
        return build_or(build, node, out);
    case NODE_MUST:
        return build_node(build, node->children[0], out);
    case NODE_DATE:
        return build_date(build, node, out);
    case NODE_ID:
        return build_id(build, node, out);
    case NODE_NOT: /* alone it matches nothing */
    case NODE_NONE:
        break;
    }
    rc = new_matcher(build, MATCH_NOTHING, out);
    if (!rc)
        (*out)->doc = DOC_END;
    return rc;
}

int matcher_build(const struct matching *matching, uint32_t s, const struct node *node,
                  struct arena *arena, struct matcher **built, struct matcher **out,
                  struct muc_error *err)
{
    struct build build = {
        matching, &matching->lookups->reader->segments[s], s, arena, built, err
    };

    return build_node(&build, node, out);
}

int matchers_failed(const struct matcher *built, struct muc_error *err)
{
    int rc = MUC_OK;

    for (; built && !rc; built = built->next) {
        if (built->cursor && built->cursor->bad)
            rc = error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                           built->segment->number);
        if (!rc && built->phrase)
            rc = phrase_failed(built->phrase, err);
    }
    return rc;
}

void matchers_close(struct matcher *built)
{
    for (; built; built = built->next)
        phrase_close(built->phrase);
}
