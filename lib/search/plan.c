/* SPDX-License-Identifier: MIT */
#include "search/plan.h"

#include "base/error.h"
#include "index/format.h"
#include "index/terms.h"
#include "search/plan_make.h"

/* Found by trying on collections with judged answers (bench/relevance). */
#define PAIR           0.5  /* of neighbouring words standing as neighbours */
#define PAIR_ANY       0.1  /* the same with whatever marks, for words typed with them */
#define TITLE          0.25 /* of a word in the title */
#define ANY_MEANT      0.3  /* of a word whose marks were restored, with whatever marks */
#define PAIR_ANY_MEANT 0.25 /* of PAIR, the same */

/* Up to so many words a text as typed is above all others: see add_word(). Whoever types more is
 * after the whole, and a word with another mark is one among many. */
enum { SHORT_QUERY = 5 };

enum muc_accents make_accents(const struct make *make, const struct node *node)
{
    if (node->marks == MARKS_AUTO)
        return make->planning->accents;
    return node->marks == MARKS_EXACT ? MUC_ACCENTS_EXACT : MUC_ACCENTS_IGNORE;
}

int make_term(struct make *make, const struct lookup *lookup, double weight, const char *kind,
              struct muc_string text, struct scored_term **out)
{
    struct scored_term *scored = vector_push(&make->plan->terms);

    if (!scored)
        return error_memory(make->err);
    *scored = (struct scored_term){ .lookup = lookup,
                                    .weight = weight * rarity(make->planning->lookups->reader,
                                                              lookup->n_docs),
                                    .kind = kind,
                                    .text = text };
    if (out)
        *out = scored;
    return MUC_OK;
}

int make_word_term(struct make *make, bool typed, enum field field, const struct query_word *word,
                   double weight, const char *kind, struct scored_term **out)
{
    const struct lookup *lookup;
    int rc = lookups_word(make->planning->lookups, typed, field, word, &lookup, make->err);

    return rc ? rc : make_term(make, lookup, weight, kind, word->exact, out);
}

/** The title's words count a second time, however often they are there. */
static int add_title(struct make *make, const struct query_word *word, bool typed, double weight)
{
    struct scored_term *scored;
    int rc = make_word_term(make, typed, FIELD_TITLE, word, TITLE * weight, "title", &scored);

    if (!rc) {
        scored->bonus = scored->weight;
        scored->weight = 0;
    }
    return rc;
}

/** A word with marks, where any will do: a little for whatever marks, as much again, however often,
 *  where the text has none, and for the form as typed its full weight. In a short query that form
 *  also gets what the others could get at most, so it is above them. */
static int add_tiers(struct make *make, const struct node *node, const struct query_word *word)
{
    double any = node->words->marked ? ANY_MARKS : ANY_MEANT;
    struct query_word lost = *word;
    struct scored_term *scored;
    double most;
    int rc =
        make_word_term(make, false, node->field, word, node->weight * any, "any marks", &scored);

    if (rc)
        return rc;
    most = scored->weight;
    lost.exact = lost.folded;
    if ((rc = make_word_term(make, true, node->field, &lost, 0, "marks lost", &scored)))
        return rc;
    scored->bonus = most;
    scored->text = word->exact;
    rc = make_word_term(make, true, node->field, word,
                        node->weight * (node->words->marked ? 1 : 1 - ANY_MEANT),
                        node->words->marked ? "as typed" : "as meant", &scored);
    if (rc)
        return rc;
    scored->bonus = (make->is_short ? 2 * most : 0) + make->lift;
    return MUC_OK;
}

/** A word in the form that was meant. In a long query one that is not certain stays open: a wrong
 *  one would hide what the many others find. */
static struct query_word meant_word(const struct make *make, const struct node *node,
                                    enum muc_accents accents)
{
    struct query_word word = *node->words;

    if (word.meant.size && (word.certain || make->is_short) && accents == MUC_ACCENTS_AUTO) {
        word.exact = word.meant;
        word.marked = true;
    }
    return word;
}

static int add_word(struct make *make, const struct node *node)
{
    const struct planning *planning = make->planning;
    enum muc_accents accents = make_accents(make, node);
    const struct query_word meant = meant_word(make, node, accents), *word = &meant;
    bool tiers = accents == MUC_ACCENTS_AUTO && word->marked;
    bool typed = accents == MUC_ACCENTS_EXACT;
    struct scored_term *scored;
    int rc = tiers ? add_tiers(make, node, word)
                   : make_word_term(make, typed, node->field, word, node->weight,
                                    typed ? "as typed" : "word", &scored);

    if (!rc && !tiers)
        scored->bonus = make->lift;
    if (!rc && planning->rank == MUC_RANK_DEFAULT && node->field == FIELD_ANY)
        rc = add_title(make, word, typed || tiers, node->weight);
    return rc;
}

/** "words" as they are shown by --explain. */
static int pair_text(struct make *make, const struct query_word words[2], struct muc_string *text)
{
    char room[TERM_MAX];

    *text =
        arena_copy(make->planning->lookups->arena, term_pair(words[0].exact, words[1].exact, room));
    return text->bytes ? MUC_OK : error_memory(make->err);
}

static int add_pair(struct make *make, const struct node *first, const struct node *second)
{
    enum muc_accents accents = make->planning->accents;
    const struct query_word words[2] = { meant_word(make, first, accents),
                                         meant_word(make, second, accents) };
    bool restored = accents == MUC_ACCENTS_AUTO && !first->words->marked && !second->words->marked;
    struct lookups *lookups = make->planning->lookups;
    double weight = (first->weight + second->weight) / 2;
    bool marked = words[0].marked || words[1].marked;
    bool typed = accents == MUC_ACCENTS_EXACT || (accents == MUC_ACCENTS_AUTO && marked);
    double any = !typed ? PAIR : restored ? PAIR_ANY_MEANT : PAIR_ANY;
    const struct lookup *lookup;
    struct muc_string text;
    int rc;

    if (!pair_fits(&words[0], &words[1]))
        return MUC_OK;
    rc = pair_text(make, words, &text);
    if (!rc && accents != MUC_ACCENTS_EXACT &&
        !(rc = lookups_pair(lookups, false, words, &lookup, make->err)))
        rc = make_term(make, lookup, weight * any, "pair, any marks", text, NULL);
    if (!rc && typed && !(rc = lookups_pair(lookups, true, words, &lookup, make->err)))
        rc = make_term(make, lookup, weight * (restored ? PAIR - PAIR_ANY_MEANT : PAIR), "pair",
                       text, NULL);
    return rc;
}

int make_rarity(struct make *make, const struct node *node, bool typed, double *sum)
{
    struct lookups *lookups = make->planning->lookups;

    *sum = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        const struct lookup *lookup;
        int rc = lookups_word(lookups, typed, node->field, &node->words[i], &lookup, make->err);

        if (rc)
            return rc;
        *sum += rarity(lookups->reader, lookup->n_docs);
    }
    return MUC_OK;
}

/** A phrase that is a term of the pair families. */
static int add_pair_phrase(struct make *make, const struct scored_phrase *phrase)
{
    const struct query_word *words = phrase->node->words;
    struct lookups *lookups = make->planning->lookups;
    const struct lookup *lookup;
    struct scored_term *scored;
    struct muc_string text;
    int rc = pair_text(make, words, &text);

    if (!rc && !phrase->typed_only &&
        !(rc = lookups_pair(lookups, false, words, &lookup, make->err)) &&
        !(rc = make_term(make, lookup, 0,
                         phrase->weight_typed > 0 ? "phrase, any marks" : phrase->kind, text,
                         &scored))) {
        scored->weight = phrase->weight;
        scored->bonus = phrase->lift;
    }
    if (!rc && phrase->weight_typed > 0 &&
        !(rc = lookups_pair(lookups, true, words, &lookup, make->err)) &&
        !(rc = make_term(make, lookup, 0, phrase->kind, text, &scored))) {
        scored->weight = phrase->weight_typed;
        scored->bonus = phrase->bonus;
    }
    return rc;
}

int make_phrase(struct make *make, const struct scored_phrase *phrase)
{
    struct scored_phrase *scored;

    if (phrase_is_pair(phrase->node))
        return add_pair_phrase(make, phrase);
    if (!(scored = vector_push(&make->plan->phrases)))
        return error_memory(make->err);
    *scored = *phrase;
    return MUC_OK;
}

static int add_phrase(struct make *make, const struct node *node)
{
    enum muc_accents accents = make_accents(make, node);
    struct scored_phrase phrase = { .node = node,
                                    .typed_only = accents == MUC_ACCENTS_EXACT,
                                    .kind = node->kind == NODE_NEAR ? "near" : "phrase" };
    bool marked = false;
    double typed = 0, any = 0;
    int rc = MUC_OK;

    if (node->n_words == 1)
        return add_word(make, node);
    for (uint32_t i = 0; i < node->n_words; i++)
        marked |= node->words[i].marked;
    if (accents == MUC_ACCENTS_EXACT || (accents == MUC_ACCENTS_AUTO && marked))
        rc = make_rarity(make, node, true, &typed);
    if (!rc && accents != MUC_ACCENTS_EXACT)
        rc = make_rarity(make, node, false, &any);
    if (rc)
        return rc;
    phrase.weight = node->weight * any * (typed > 0 ? ANY_MARKS : 1);
    phrase.weight_typed = node->weight * typed;
    if (typed > 0) /* above all that is not as typed, as for words */
        phrase.bonus = phrase.weight + make->lift * node->n_words;
    else
        phrase.lift = make->lift * node->n_words;
    return make_phrase(make, &phrase);
}

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

/** Children of an OR: each of them gets what all the words below it would. */
static int add_either(struct make *make, const struct node *node)
{
    double lift = make->lift * count_words(node);
    double before = make->lift;
    int rc = MUC_OK;

    if (node_has_stand_ins(node))
        return make_stand_ins(make, node);
    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        uint32_t n = count_words(node->children[i]);

        make->lift = n ? lift / n : 0;
        rc = make_node(make, node->children[i]);
    }
    make->lift = before;
    return rc;
}

int make_node(struct make *make, const struct node *node)
{
    int rc = MUC_OK;

    switch (node->kind) {
    case NODE_WORD:
        return add_word(make, node);
    case NODE_PHRASE:
    case NODE_NEAR:
        return add_phrase(make, node);
    case NODE_OR:
        return add_either(make, node);
    case NODE_AND:
    case NODE_MUST:
        for (uint32_t i = 0; i < node->n_children && !rc; i++) {
            const struct node *before = i ? edge_word(node->children[i - 1], true) : NULL;
            const struct node *first = edge_word(node->children[i], false);

            rc = make_node(make, node->children[i]);
            if (!rc && node->kind == NODE_AND && before && first &&
                make->planning->rank == MUC_RANK_DEFAULT)
                rc = add_pair(make, before, first);
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
        if (node->children[i]->kind != NODE_NOT && node->children[i]->tier == MUC_TIER_EXACT)
            n += count_words(node->children[i]);
    return n;
}

int plan_make(const struct planning *planning, const struct node *root, struct plan *plan,
              struct muc_error *err)
{
    struct make make = { planning, plan, count_words(root) <= SHORT_QUERY, 0, err };
    const struct reader *reader = planning->lookups->reader;
    double docs = (double)reader->n_docs, tokens = (double)reader->n_tokens;

    plan->average = docs > 0 && tokens > 0 ? tokens / docs : 1;
    plan->k_fixed = IMPACT_K1 * (1 - IMPACT_B);
    plan->k_length = IMPACT_K1 * IMPACT_B / plan->average;
    return make_node(&make, root);
}

void plan_free(struct plan *plan)
{
    vector_free(&plan->terms);
    vector_free(&plan->phrases);
}
