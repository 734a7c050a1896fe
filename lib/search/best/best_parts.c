/* SPDX-License-Identifier: MIT */
#include "search/best/best_parts.h"

#include "base/error.h"
#include "index/terms.h"

/** Whether every document that matches has something that scores: else those that score nothing
 *  would be overlooked. */
static bool always_scores(const struct node *node, bool any)
{
    bool all = true, one = false;

    switch (node->kind) {
    case NODE_WORD:
    case NODE_PHRASE:
    case NODE_NEAR:
        return true;
    case NODE_MUST:
        return always_scores(node->children[0], any);
    case NODE_AND:
    case NODE_OR:
        for (uint32_t i = 0; i < node->n_children; i++) {
            const struct node *child = node->children[i];
            bool scores = child->kind != NODE_NOT && always_scores(child, any);

            one |= scores;
            all &= scores || child->kind == NODE_NOT ||
                   (node->kind == NODE_AND && node_is_filter(child));
        }
        return one && (all || (node->kind == NODE_AND && !any));
    default:
        return false;
    }
}

static int add_matcher(struct arena *arena, struct best_parts *parts, struct matcher *matcher,
                       bool excluded, struct muc_error *err)
{
    struct matcher **kept =
        excluded ? arena_push(arena, &parts->excluded) : arena_push(arena, &parts->checks);

    if (!kept)
        return error_memory(err);
    *kept = matcher;
    return MUC_OK;
}

/** The lists that a document has to be in, and what else is asked of it. */
static int gather(struct arena *arena, struct best_parts *parts, struct matcher *match,
                  struct muc_error *err)
{
    struct best_phrase *phrase;
    struct clause *clause;
    int rc = MUC_OK;

    switch (match->kind) {
    case MATCH_LIST:
        if (!(clause = arena_push(arena, &parts->clauses)))
            return error_memory(err);
        *clause = (struct clause){
            .lookup = match->lookup, .cursor = match->cursor, .required = true, .term = TERM_NONE
        };
        parts->n_required++;
        return MUC_OK;
    case MATCH_PHRASE:
        if (!(phrase = arena_push(arena, &parts->phrases)))
            return error_memory(err);
        *phrase = (struct best_phrase){ .phrase = match->phrase,
                                        .required = true,
                                        .first = (uint32_t)parts->clauses.n };
        rc = gather(arena, parts, match->children[0], err); /* of words, which have no phrases */
        phrase->n = (uint32_t)parts->clauses.n - phrase->first;
        return rc;
    case MATCH_AND:
        for (uint32_t i = 0; i < match->n_children && !rc; i++)
            rc = gather(arena, parts, match->children[i], err);
        for (uint32_t i = 0; i < match->n_excluded && !rc; i++)
            rc = add_matcher(arena, parts, match->excluded[i], true, err);
        return rc;
    default:
        return add_matcher(arena, parts, match, false, err);
    }
}

/** Weights to the lists that are required, more lists for the terms that are not. */
static int add_terms(const struct best_query *query, uint32_t s, struct arena *arena,
                     struct best_parts *parts, struct muc_error *err)
{
    const struct plan *plan = query->plan;

    if (!arena_fit(arena, &parts->clauses.at, parts->clauses.n, &parts->clauses.room, plan->terms.n,
                   sizeof *parts->clauses.at))
        return error_memory(err);
    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        const struct postings *postings = &term->lookup->at[s];
        struct clause *clause = NULL;

        if (!postings->list.n)
            continue;
        for (uint32_t k = 0; k < parts->n_required && !clause; k++)
            if (parts->clauses.at[k].lookup == term->lookup && !parts->clauses.at[k].weight &&
                !parts->clauses.at[k].bonus)
                clause = &parts->clauses.at[k];
        if (!clause) {
            if (!(clause = arena_push(arena, &parts->clauses)))
                return error_memory(err);
            *clause = (struct clause){ 0 };
            clause->lookup = term->lookup;
            clause->cursor = (term->weight > 0 ? cursor_new : cursor_new_docs)(
                arena, &query->reader->segments[s], postings);
            if (!clause->cursor) {
                parts->clauses.n--;
                return error_memory(err);
            }
        }
        clause->weight = term->weight;
        clause->bonus = term->bonus;
        clause->by_title = term->by_title;
        clause->term = (uint32_t)i;
    }
    return MUC_OK;
}

/** The lists of phrases that are found but no term: without weight, so that documents that have
 *  nothing else are met, too. Trees are as deep as queries may be. */
static int add_found_phrases(const struct best_query *query, uint32_t s, struct matcher *match,
                             struct arena *arena, struct best_parts *parts, struct muc_error *err)
{
    struct matcher *list = match;
    struct clause *clause;
    int rc = MUC_OK;

    if (match->kind != MATCH_PHRASE) {
        for (uint32_t i = 0; i < match->n_children && !rc; i++)
            rc = add_found_phrases(query, s, match->children[i], arena, parts, err);
        return rc;
    }
    while (list->n_children) /* the rarest of those that it has to be in */
        list = list->children[0];
    if (list->kind != MATCH_LIST)
        return MUC_OK;
    if (!(clause = arena_push(arena, &parts->clauses)))
        return error_memory(err);
    *clause = (struct clause){
        .lookup = list->lookup,
        .cursor = cursor_new(arena, &query->reader->segments[s], &list->cursor->postings),
        .term = TERM_NONE,
    };
    if (clause->cursor)
        return MUC_OK;
    parts->clauses.n--;
    return error_memory(err);
}

static int add_phrases(const struct best_query *query, uint32_t s, struct arena *arena,
                       struct best_parts *parts, struct muc_error *err)
{
    const struct plan *plan = query->plan;
    size_t n_required = parts->phrases.n;

    for (size_t i = 0; i < plan->phrases.n; i++) {
        const struct scored_phrase *scored = &plan->phrases.at[i];
        struct best_phrase *phrase = NULL;
        int rc;

        if (scored->within != TERM_NONE && !plan->terms.at[scored->within].lookup->at[s].list.n)
            continue;
        for (size_t k = 0; k < n_required && !phrase; k++)
            if (parts->phrases.at[k].phrase->node == scored->node && !parts->phrases.at[k].scored)
                phrase = &parts->phrases.at[k];
        if (!phrase) {
            if (!(phrase = arena_push(arena, &parts->phrases)))
                return error_memory(err);
            *phrase = (struct best_phrase){ 0 };
            if ((rc = phrase_open(&query->reader->segments[s], scored->node, scored->typed_only,
                                  query->deadline, arena, &phrase->phrase, err)))
                return rc;
            phrase->opened = true;
        }
        phrase->scored = scored;
    }
    return MUC_OK;
}

static bool contains(struct muc_string s, struct muc_string part)
{
    bool found = str_starts(s, part);

    for (; !found && s.size > part.size; found = str_starts(s, part))
        s = str_of(s.bytes + 1, s.size - 1);
    return found;
}

/** Whether a phrase stands in a document no more often than the term of one of its lists:
 * frequencies of patterns end at some height, and a run that is searched as one (text/whole.h) has
 * no pair with what is at the next position, which is a part of it. */
static bool bounds_phrase(const struct lookup *lookup)
{
    struct muc_string second = lookup->term;

    if (lookup->pattern)
        return false;
    if (lookup->family != FAMILY_PAIR && lookup->family != FAMILY_PAIR_FOLDED)
        return true;
    while (*second.bytes != ' ')
        second = str_of(second.bytes + 1, second.size - 1);
    second = str_of(second.bytes + 1, second.size - 1);
    return !contains(str_of(lookup->term.bytes, lookup->term.size - second.size - 1), second);
}

/** The rarest of the lists of a phrase that bounds it and adds nothing itself; NULL: there is none.
 */
static struct clause *choose_stand_in(const struct best_parts *parts,
                                      const struct best_phrase *phrase)
{
    struct clause *chosen = NULL;

    for (uint32_t i = 0; i < phrase->n; i++) {
        struct clause *clause = &parts->clauses.at[phrase->first + i];

        if (clause->weight <= 0 && clause->bonus <= 0 && bounds_phrase(clause->lookup) &&
            (!chosen || clause->cursor->postings.list.n < chosen->cursor->postings.list.n))
            chosen = clause;
    }
    return chosen;
}

/** A list of its own for the term that has all documents of a phrase; NULL in `out`: none does. */
static int add_outer(const struct best_query *query, uint32_t s, const struct best_phrase *phrase,
                     struct arena *arena, struct best_parts *parts, struct clause **out,
                     struct muc_error *err)
{
    const struct lookup *lookup;
    struct clause *clause;

    *out = NULL;
    if (phrase->scored->within == TERM_NONE ||
        !bounds_phrase(lookup = query->plan->terms.at[phrase->scored->within].lookup))
        return MUC_OK;
    if (!(clause = arena_push(arena, &parts->clauses)))
        return error_memory(err);
    *clause = (struct clause){
        .lookup = lookup,
        .cursor = cursor_new(arena, &query->reader->segments[s], &lookup->at[s]),
        .term = TERM_NONE,
    };
    if (!clause->cursor) {
        parts->clauses.n--;
        return error_memory(err);
    }
    *out = clause;
    return MUC_OK;
}

/** Let a list stand in for each phrase as long as it is not counted: then most documents, and whole
 *  blocks of them, are left out before a position is read. */
static int stand_in(const struct best_query *query, uint32_t s, struct arena *arena,
                    struct best_parts *parts, struct muc_error *err)
{
    const struct segment *segment = &query->reader->segments[s];

    for (size_t i = 0; i < parts->phrases.n; i++) {
        struct best_phrase *phrase = &parts->phrases.at[i];
        const struct scored_phrase *scored = phrase->scored;
        struct clause *clause;
        int rc;

        if (!scored)
            continue;
        phrase->weight = scored->weight + scored->weight_typed;
        phrase->bonus = scored->lift + scored->bonus + BOUND_ROUNDING;
        clause = phrase->required && scored->node->kind == NODE_PHRASE && phrase->weight > 0
                     ? choose_stand_in(parts, phrase)
                     : NULL;
        if (!clause && (rc = add_outer(query, s, phrase, arena, parts, &clause, err)))
            return rc;
        if (!clause) {
            parts->phrases_bound += BOUND_CARE * (phrase->weight + phrase->bonus);
            continue;
        }
        if (!(phrase->cursor = cursor_new(arena, segment, &clause->cursor->postings)))
            return error_memory(err);
        clause->weight = phrase->weight;
        clause->bonus = phrase->bonus;
    }
    return MUC_OK;
}

static int compare_lengths(const void *a, const void *b)
{
    const struct clause *x = a, *y = b;
    uint32_t n = x->cursor->postings.list.n, m = y->cursor->postings.list.n;

    return n < m ? -1 : n > m;
}

/** Put those required in front, the rarest first, and the others by falling bound: by steps of it,
 *  since nothing but time depends on this order, and counting is faster than to compare. */
__attribute__((noinline)) static int order_clauses(struct arena *arena, struct best_parts *parts,
                                                   struct muc_error *err)
{
    enum { STEPS = 256 };
    const size_t n_required = parts->n_required, n = parts->clauses.n - n_required;
    struct clause *clauses = parts->clauses.at + n_required;
    struct clause *ordered = arena_alloc(arena, parts->clauses.n * sizeof *ordered);
    uint32_t starts[STEPS + 1] = { 0 };
    double highest = 0, steps;

    if (!ordered)
        return error_memory(err);
    if (n_required)
        qsort(parts->clauses.at, n_required, sizeof *clauses, compare_lengths);
    memcpy(ordered, parts->clauses.at, n_required * sizeof *ordered);
    for (size_t i = 0; i < n; i++)
        highest = clauses[i].bound > highest ? clauses[i].bound : highest;
    steps = highest > 0 ? (STEPS - 1) / highest : 0;
    for (size_t i = 0; i < n; i++)
        starts[STEPS - (uint32_t)(clauses[i].bound * steps)]++;
    for (size_t step = 1; step <= STEPS; step++)
        starts[step] += starts[step - 1];
    for (size_t i = 0; i < n; i++)
        ordered[n_required + starts[STEPS - 1 - (uint32_t)(clauses[i].bound * steps)]++] =
            clauses[i];
    parts->clauses.at = ordered;
    parts->clauses.room = parts->clauses.n;
    return MUC_OK;
}

/** Whether the documents of a leaf are those of one list that scores. */
static bool is_scored_list(const struct node *node)
{
    bool is_phrase = node->kind == NODE_PHRASE || node->kind == NODE_NEAR;

    return (node->kind == NODE_WORD || (is_phrase && node->n_words == 1) || phrase_is_pair(node)) &&
           !node_is_filter(node);
}

/** As best_is_union(). Groups are as deep as queries may be. */
static bool is_union(const struct node *node, bool any)
{
    if (node->kind != NODE_OR && !(node->kind == NODE_AND && any))
        return false;
    for (uint32_t i = 0; i < node->n_children; i++)
        if (!is_scored_list(node->children[i]) && !is_union(node->children[i], any))
            return false;
    return true;
}

bool best_is_union(const struct best_query *query)
{
    return is_union(query->root, query->any);
}

/** Tell each clause which one it is within. */
static int find_outer(const struct plan *plan, struct arena *arena, struct best_parts *parts,
                      struct muc_error *err)
{
    uint32_t *clause_of;

    if (parts->clauses.n == 1) {
        parts->clauses.at[0].within = CLAUSE_NONE;
        return MUC_OK;
    }
    if (!(clause_of = arena_alloc(arena, (plan->terms.n + 1) * sizeof *clause_of)))
        return error_memory(err);
    for (size_t i = 0; i < plan->terms.n; i++)
        clause_of[i] = CLAUSE_NONE;
    for (uint32_t c = 0; c < parts->clauses.n; c++)
        if (parts->clauses.at[c].term != TERM_NONE)
            clause_of[parts->clauses.at[c].term] = c;
    for (uint32_t c = 0; c < parts->clauses.n; c++) {
        uint32_t term = parts->clauses.at[c].term;
        uint32_t outer = term == TERM_NONE ? TERM_NONE : plan->terms.at[term].within;

        parts->clauses.at[c].within = outer == TERM_NONE ? CLAUSE_NONE : clause_of[outer];
    }
    return MUC_OK;
}

static int start_clauses(const struct best_query *query, const struct segment *segment,
                         struct arena *arena, struct best_parts *parts, struct muc_error *err)
{
    for (size_t i = 0; i < parts->clauses.n; i++) {
        struct clause *clause = &parts->clauses.at[i];
        uint32_t n = clause->cursor->postings.list.n;

        n = n < LIST_BLOCK ? n : LIST_BLOCK;
        if (!(clause->parts = arena_alloc(arena, n * sizeof *clause->parts)))
            return error_memory(err);
        clause_start(clause, query->plan, segment);
    }
    if (parts->clauses.n > 1 && order_clauses(arena, parts, err))
        return MUC_ENOMEM;
    return find_outer(query->plan, arena, parts, err);
}

int best_parts_open(const struct best_query *query, uint32_t s, struct matcher *match,
                    struct arena *arena, struct best_parts *parts, struct muc_error *err)
{
    const struct segment *segment = &query->reader->segments[s];
    int rc = match ? gather(arena, parts, match, err) : MUC_OK;

    if (rc)
        return rc;
    if (!parts->n_required) {
        if (!always_scores(query->root, query->any))
            return 0;
        parts->checks.n = parts->excluded.n = 0;
        if (match && (rc = add_matcher(arena, parts, match, false, err)))
            return rc;
    }
    if ((rc = add_terms(query, s, arena, parts, err)) ||
        (match && !parts->n_required &&
         (rc = add_found_phrases(query, s, match, arena, parts, err))) ||
        (rc = add_phrases(query, s, arena, parts, err)) ||
        (rc = stand_in(query, s, arena, parts, err)))
        return rc;
    rc = start_clauses(query, segment, arena, parts, err);
    return rc ? rc : 1;
}

int best_parts_failed(const struct best_parts *parts, const struct segment *segment,
                      struct muc_error *err)
{
    bool bad = false;
    int rc = MUC_OK;

    for (size_t i = 0; i < parts->clauses.n; i++)
        bad |= parts->clauses.at[i].cursor->bad;
    for (size_t i = 0; i < parts->phrases.n; i++)
        bad |= parts->phrases.at[i].cursor && parts->phrases.at[i].cursor->bad;
    if (bad)
        return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                         segment->number);
    for (size_t i = 0; i < parts->phrases.n && !rc; i++)
        rc = phrase_failed(parts->phrases.at[i].phrase, err);
    return rc;
}

void best_parts_close(struct best_parts *parts)
{
    for (size_t i = 0; i < parts->phrases.n; i++)
        if (parts->phrases.at[i].opened)
            phrase_close(parts->phrases.at[i].phrase);
}
