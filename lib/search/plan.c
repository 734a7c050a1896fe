/* SPDX-License-Identifier: MIT */
#include "search/plan.h"

#include "base/error.h"
#include "index/format.h"

/* Found by trying on collections with judged answers (bench/relevance). */
#define ANY_MARKS 0.1  /* of a word with marks, where the text has whatever marks */
#define PAIR      0.5  /* of neighbouring words standing as neighbours */
#define PAIR_ANY  0.1  /* the same with whatever marks, for words typed with them */
#define TITLE     0.25 /* of a word in the title */

/* Up to so many words a text as typed is above all others: see add_word(). Whoever types more is
 * after the whole, and a word with another mark is one among many. */
enum { SHORT_QUERY = 5 };

struct make {
    const struct planning *planning;
    struct plan *plan;
    bool is_short;
    struct muc_error *err;
};

/** A term of this weight, its rarity included. */
static int add_weighed(struct make *make, enum family family, struct muc_string term, double weight,
                       const char *kind, struct muc_string text, struct scored_term **out)
{
    struct scored_term *scored = term.bytes ? vector_push(&make->plan->terms) : NULL;

    if (!scored)
        return error_memory(make->err);
    *scored = (struct scored_term){
        .family = family, .term = term, .weight = weight, .kind = kind, .text = text
    };
    if (out)
        *out = scored;
    return MUC_OK;
}

static int add_term(struct make *make, enum family family, struct muc_string term, double weight,
                    const char *kind, struct muc_string text, struct scored_term **out)
{
    uint64_t n;
    int rc = term.bytes ? MUC_OK : error_memory(make->err);

    if (rc || (rc = count_documents(make->planning->reader, family, term, &n, make->err)))
        return rc;
    return add_weighed(make, family, term, weight * rarity(make->planning->reader, n), kind, text,
                       out);
}

/** The title's words count a second time. */
static int add_title(struct make *make, const struct query_word *word, bool typed, double weight)
{
    struct arena *arena = make->planning->arena;
    struct scored_term *scored;
    enum family family;
    struct muc_string term = typed ? term_of_exact(FIELD_TITLE, word, arena, &family)
                                   : term_of_folded(FIELD_TITLE, word, arena, &family);
    int rc = add_term(make, family, term, TITLE * weight, "title", word->exact, &scored);

    if (!rc)
        scored->presence = true;
    return rc;
}

/** A word with marks scores for its own form, and a little of that for any form. In a short query
 *  the form as typed also gets what any other form could get at most, so it is above them. */
static int add_word(struct make *make, const struct node *node)
{
    const struct planning *planning = make->planning;
    const struct query_word *word = node->words;
    bool tiers = planning->accents == MUC_ACCENTS_AUTO && word->marked;
    bool typed = planning->accents == MUC_ACCENTS_EXACT || tiers;
    struct scored_term *scored;
    struct muc_string term;
    enum family family;
    double bonus = 0;
    int rc = MUC_OK;

    if (planning->accents != MUC_ACCENTS_EXACT) {
        term = term_of_folded(node->field, word, planning->arena, &family);
        rc = add_term(make, family, term, node->weight * (tiers ? ANY_MARKS : 1),
                      tiers ? "any marks" : "word", word->exact, &scored);
        bonus = !rc && tiers && make->is_short ? scored->weight : 0;
    }
    if (!rc && typed) {
        term = term_of_exact(node->field, word, planning->arena, &family);
        rc = add_term(make, family, term, node->weight, "as typed", word->exact, &scored);
        if (!rc)
            scored->bonus = bonus;
    }
    if (!rc && planning->rank == MUC_RANK_DEFAULT && node->field == FIELD_ANY)
        rc = add_title(make, word, typed, node->weight);
    return rc;
}

static int add_pair(struct make *make, const struct node *first, const struct node *second)
{
    const struct query_word words[2] = { *first->words, *second->words };
    double weight = (first->weight + second->weight) / 2;
    bool marked = words[0].marked || words[1].marked;
    bool exact = make->planning->accents == MUC_ACCENTS_EXACT ||
                 (make->planning->accents == MUC_ACCENTS_AUTO && marked);
    bool any = make->planning->accents != MUC_ACCENTS_EXACT;
    struct arena *arena = make->planning->arena;
    struct muc_string text = term_of_pair(false, &words[0], &words[1], arena);
    int rc = text.bytes ? MUC_OK : error_memory(make->err);

    if (rc || !pair_fits(&words[0], &words[1]))
        return rc;
    if (any)
        rc = add_term(make, FAMILY_PAIR_FOLDED, term_of_pair(true, &words[0], &words[1], arena),
                      weight * (exact ? PAIR_ANY : PAIR), "pair, any marks", text, NULL);
    if (!rc && exact)
        rc = add_term(make, FAMILY_PAIR, text, weight * PAIR, "pair", text, NULL);
    return rc;
}

/** Rarity of a phrase: the sum of its words'. */
static int sum_rarity(struct make *make, const struct node *node, bool typed, double *sum)
{
    *sum = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        enum family family;
        uint64_t n;
        struct muc_string term =
            typed ? term_of_exact(node->field, &node->words[i], make->planning->arena, &family)
                  : term_of_folded(node->field, &node->words[i], make->planning->arena, &family);
        int rc = term.bytes ? count_documents(make->planning->reader, family, term, &n, make->err)
                            : error_memory(make->err);

        if (rc)
            return rc;
        *sum += rarity(make->planning->reader, n);
    }
    return MUC_OK;
}

/** A phrase of two is a term of its own: what counts its occurrences are the pair families. */
static int add_pair_phrase(struct make *make, const struct node *node, double any, double typed)
{
    struct arena *arena = make->planning->arena;
    const struct query_word *words = node->words;
    struct muc_string text = term_of_pair(false, &words[0], &words[1], arena);
    struct scored_term *scored;
    int rc = text.bytes ? MUC_OK : error_memory(make->err);

    if (!rc && any > 0)
        rc = add_weighed(make, FAMILY_PAIR_FOLDED, term_of_pair(true, &words[0], &words[1], arena),
                         any, typed > 0 ? "phrase, any marks" : "phrase", text, NULL);
    if (!rc && typed > 0)
        rc = add_weighed(make, FAMILY_PAIR, text, typed, "phrase", text, &scored);
    if (!rc && typed > 0)
        scored->bonus = any;
    return rc;
}

static int add_phrase(struct make *make, const struct node *node)
{
    enum muc_accents accents = make->planning->accents;
    struct scored_phrase *scored;
    bool marked = false;
    double typed = 0, any = 0;
    int rc = MUC_OK;

    if (node->n_words == 1)
        return add_word(make, node);
    for (uint32_t i = 0; i < node->n_words; i++)
        marked |= node->words[i].marked;
    if (accents == MUC_ACCENTS_EXACT || (accents == MUC_ACCENTS_AUTO && marked))
        rc = sum_rarity(make, node, true, &typed);
    if (!rc && accents != MUC_ACCENTS_EXACT)
        rc = sum_rarity(make, node, false, &any);
    if (rc)
        return rc;
    any *= node->weight * (typed > 0 ? ANY_MARKS : 1);
    typed *= node->weight;
    if (phrase_is_pair(node))
        return add_pair_phrase(make, node, any, typed);
    if (!(scored = vector_push(&make->plan->phrases)))
        return error_memory(make->err);
    *scored = (struct scored_phrase){ node, accents == MUC_ACCENTS_EXACT, any, typed };
    return MUC_OK;
}

static int add_node(struct make *make, const struct node *node)
{
    int rc = MUC_OK;

    switch (node->kind) {
    case NODE_WORD:
        return add_word(make, node);
    case NODE_PHRASE:
    case NODE_NEAR:
        return add_phrase(make, node);
    case NODE_AND:
    case NODE_OR:
    case NODE_MUST:
        for (uint32_t i = 0; i < node->n_children && !rc; i++) {
            const struct node *child = node->children[i];
            const struct node *before = i ? node->children[i - 1] : NULL;

            rc = add_node(make, child);
            if (!rc && node->kind == NODE_AND && before && before->kind == NODE_WORD &&
                child->kind == NODE_WORD && before->spoken && child->spoken &&
                before->field == FIELD_ANY && child->field == FIELD_ANY &&
                make->planning->rank == MUC_RANK_DEFAULT)
                rc = add_pair(make, before, child);
        }
        return rc;
    default: /* NOT, dates and ids choose, they do not score */
        return MUC_OK;
    }
}

uint32_t count_words(const struct node *node)
{
    uint32_t n = node->n_words;

    for (uint32_t i = 0; i < node->n_children; i++)
        n += node->children[i]->kind == NODE_NOT ? 0 : count_words(node->children[i]);
    return n;
}

int plan_make(const struct planning *planning, const struct node *root, struct plan *plan,
              struct muc_error *err)
{
    struct make make = { planning, plan, count_words(root) <= SHORT_QUERY, err };
    double docs = (double)planning->reader->n_docs, tokens = (double)planning->reader->n_tokens;
    double average = docs > 0 && tokens > 0 ? tokens / docs : 1;

    plan->k_fixed = IMPACT_K1 * (1 - IMPACT_B);
    plan->k_length = IMPACT_K1 * IMPACT_B / average;
    return add_node(&make, root);
}

void plan_free(struct plan *plan)
{
    vector_free(&plan->terms);
    vector_free(&plan->phrases);
}
