/* SPDX-License-Identifier: MIT */
#include "search/maxscore.h"

/** A list that can bring documents in. */
struct member {
    struct cursor *cursor;
    size_t term;
    double bound; /* of the whole list */
    double up_to; /* of this list, those before it, and what only adds */
};

struct members {
    struct member *at;
    size_t n;
    size_t first;  /* essential ones begin here */
    double adding; /* bound of the terms that are no members: they only add to scores */
};

static bool has_list(const struct matcher *matcher, const struct cursor *cursor)
{
    const uint8_t *blocks = cursor->postings.list.blocks;

    if (matcher->kind == MATCH_LIST)
        return matcher->cursor->postings.list.blocks == blocks;
    for (uint32_t i = 0; i < matcher->n_children; i++)
        if (matcher->children[i]->kind == MATCH_LIST &&
            matcher->children[i]->cursor->postings.list.blocks == blocks)
            return true;
    return false;
}

static bool is_walked(const struct matcher *list, const struct scorer *scorer)
{
    for (size_t i = 0; i < scorer->plan->terms.n; i++)
        if (scorer->terms[i] && has_list(list, scorer->terms[i]))
            return true;
    return false;
}

bool maxscore_fits(const struct matcher *matcher, const struct scorer *scorer)
{
    if (scorer->plan->phrases.n)
        return false;
    if (matcher->kind == MATCH_LIST)
        return is_walked(matcher, scorer);
    if (matcher->kind != MATCH_OR)
        return false;
    for (uint32_t i = 0; i < matcher->n_children; i++) {
        const struct matcher *child = matcher->children[i];

        if (child->kind != MATCH_NOTHING &&
            (child->kind != MATCH_LIST || !is_walked(child, scorer)))
            return false;
    }
    return true;
}

static int by_bound(const void *a, const void *b)
{
    double x = ((const struct member *)a)->bound, y = ((const struct member *)b)->bound;

    return (x > y) - (x < y);
}

static bool find_members(const struct maxscore *run, struct members *members)
{
    const struct scorer *scorer = run->scorer;
    double sum;

    *members = (struct members){ .at = arena_zero(run->arena, scorer->plan->terms.n + 1,
                                                  sizeof *members->at) };
    if (!members->at)
        return false;
    for (size_t i = 0; i < scorer->plan->terms.n; i++) {
        double bound = scorer->terms[i] ? bounds_of_term(run->bounds, i) : 0;

        if (!scorer->terms[i])
            continue;
        if (has_list(run->matcher, scorer->terms[i]))
            members->at[members->n++] = (struct member){ scorer->terms[i], i, bound, 0 };
        else
            members->adding += bound;
    }
    qsort(members->at, members->n, sizeof *members->at, by_bound);
    sum = members->adding;
    for (size_t i = 0; i < members->n; i++)
        members->at[i].up_to = sum += members->at[i].bound;
    return true;
}

/** The score to be reached, or less than any. */
static double threshold(const struct topk *best)
{
    return best->n == best->most && best->n ? best->at[0].key : -1;
}

/** What all terms but the essential ones give at most. */
static double rest_of(const struct members *members)
{
    return members->first ? members->at[members->first - 1].up_to : members->adding;
}

static uint32_t lowest_doc(const struct members *members)
{
    uint32_t doc = DOC_END;

    for (size_t i = members->first; i < members->n; i++)
        doc = members->at[i].cursor->doc < doc ? members->at[i].cursor->doc : doc;
    return doc;
}

/** By the blocks that the essential cursors stand in. */
static double bound_of_doc(const struct maxscore *run, const struct members *members, uint32_t doc)
{
    double bound = rest_of(members);

    for (size_t i = members->first; i < members->n; i++)
        if (members->at[i].cursor->doc == doc)
            bound +=
                bounds_of_block(run->bounds, members->at[i].term, members->at[i].cursor->block);
    return bound;
}

static void step(struct cursor *cursor)
{
    if (++cursor->at < cursor->n)
        cursor->doc = cursor->docs[cursor->at];
    else
        cursor_seek_block(cursor, cursor->block + 1, 0);
}

/** The only essential list: leave out blocks that cannot reach the threshold. */
static void skip_blocks(const struct maxscore *run, const struct member *member, double rest,
                        double wanted)
{
    struct cursor *cursor = member->cursor;
    uint32_t block = cursor->block, n = cursor->postings.list.n_blocks;

    while (block < n && rest + bounds_of_block(run->bounds, member->term, block) < wanted)
        block++;
    if (block != cursor->block)
        cursor_seek_block(cursor, block, 0);
}

static void step_all(const struct members *members, uint32_t doc)
{
    for (size_t i = members->first; i < members->n; i++)
        if (members->at[i].cursor->doc == doc)
            step(members->at[i].cursor);
}

bool maxscore_run(struct maxscore *run)
{
    struct members members;

    if (!find_members(run, &members))
        return false;
    for (;;) {
        double wanted = threshold(run->best);
        struct found found = { .segment = run->segment };

        while (members.first < members.n && members.at[members.first].up_to < wanted)
            members.first++;
        if (members.first == members.n)
            return true;
        if (members.first + 1 == members.n)
            skip_blocks(run, &members.at[members.first], rest_of(&members), wanted);
        if ((found.doc = lowest_doc(&members)) == DOC_END)
            return true;
        if (bound_of_doc(run, &members, found.doc) >= wanted &&
            run->is_wanted(run->context, found.doc)) {
            found.key = found.score = scorer_score(run->scorer, found.doc, NULL, NULL);
            found.date = run->scorer->segment->dates[found.doc];
            run->n_seen++;
            if (topk_wants(run->best, found.key) && !topk_add(run->best, &found))
                return false;
        }
        step_all(&members, found.doc);
    }
}
