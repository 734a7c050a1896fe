/* SPDX-License-Identifier: MIT */
/* Words that stand next to each other. */
#include "base/error.h"
#include "index/terms.h"
#include "search/plan_make.h"

/* Weights as those of plan.c, found with them.
 *
 * Pairs of a longer query count with whatever marks: two syllables next to each other are hardly
 * ever another word, so nothing is lost where all is written right, and a wrong tone costs the
 * syllable alone.
 *
 * A query of few words is mostly one name, and a word of a long one has two neighbours, of two
 * words one: the fewer they are, the more a pair counts. Of 400 words of two syllables that belong
 * together in 20,000 articles, 5.7 % of the ten best had them apart, and 1.3 % since; of three 13.2
 * and 10.7 (bench/short). Whether two, three or four words of a title find their article is the
 * same within chance (mean reciprocal rank in hundredths 28.2 and 27.7, 35.8 and 35.8, 43.8
 * and 44.0). As written no question of the three collections changes by it.
 *
 * A number alone says nothing: a text with nghị định 96 and 100 USD has all words of nghị định 100.
 * Of 130 times three words of a title, one of them a number, 14.4 % of the ten best had them apart
 * while others had them so, and 11.5 % since. In longer queries it does not pay.
 *
 * What defines "hoa lợi" rarely has the word định nghĩa, but "hoa lợi là": of 14 questions about
 * laws that ask for a definition 11 find it first, not 6, on either half more. Of 189 words that
 * texts about laws or health define at the beginning of a paragraph, asked for in six ways, 91 in a
 * hundred find it, not 64. Half or twice of DEFINITION does nearly as well. */
#define PAIR           0.5 /* of neighbouring words standing as neighbours */
#define PAIRS_OF_FEW   2.0 /* of n words, by the square of n - 1: so many times that on top */
#define NUMBER         2.0 /* of a short query, where one of the two is a number: times that */
#define DEFINITION     4.0 /* of "là" behind what a query asks the definition of: times that */
#define PAIR_ANY       0.1 /* of a short query: the same with whatever marks, for words with them */
#define PAIR_ANY_MEANT 0.5 /* of what a pair weighs, the same */

/* Names of persons and places have three words or four, and each pair of them stands in many texts
 * that have not the name: Nguyễn Duy, duy nhất. Of 500 names of three words that one or two of
 * 20,000 articles have, 73 in a hundred find theirs first by pairs alone and 90 since, of four 73
 * and 86; without marks, which others may have otherwise, 63 and 80, 69 and 85. Of 400 words of
 * three syllables that belong together 10.7 % of the ten best had them apart, and 0.9 % since;
 * four words of a title find their article at 44.1, not 43.9, three at 36.3, not 35.8
 * (bench/short). Half or twice of RUN do nearly as well; more of a part loses where four words are
 * those of two names. Marks that were put back are mostly wrong where they make a difference. In
 * longer queries runs won nothing (plan.c). */
#define RUN      2.0 /* of all words of a short query, one after the other: their rarities */
#define RUN_PART 0.5 /* of three of them, none of them a number */
#define RUN_ANY  0.5 /* of that, where words are typed with marks: the same with whatever marks */

enum { RUN_WORDS = 3 };

/** Two words as they are shown by --explain. */
static int pair_text(struct make *make, const struct query_word *first,
                     const struct query_word *second, struct muc_string *text)
{
    char room[TERM_MAX];

    *text =
        arena_copy(make->planning->lookups->arena, term_pair(first->exact, second->exact, room));
    return text->bytes ? MUC_OK : error_memory(make->err);
}

/** The term of a word with whatever marks; TERM_NONE: the plan has none. */
static uint32_t any_marks_of(const struct plan *plan, const struct node *word)
{
    for (size_t i = plan->terms.n; i-- > 0;) {
        const struct reason *reason = &plan->terms.at[i].reason;

        if (reason->start == word->words->start && reason->kind == MUC_PART_WORD &&
            reason->field == FIELD_ANY && !reason->typed && reason->origin < MUC_ORIGIN_SPELLING)
            return (uint32_t)i;
    }
    return TERM_NONE;
}

/** Set make->within for a pair: the rarer of its words with whatever marks, if the plan has both.
 */
static void find_rarer(struct make *make, const struct node *first, const struct node *second)
{
    const struct scored_term *terms = make->plan->terms.at;
    uint32_t one = any_marks_of(make->plan, first), two = any_marks_of(make->plan, second);

    if (one != TERM_NONE && two != TERM_NONE)
        make->within = terms[two].lookup->n_docs < terms[one].lookup->n_docs ? two : one;
}

/** A pair in one of the two families. */
static int add_pair_term(struct make *make, const struct query_word *first,
                         const struct query_word *second, bool typed, double weight,
                         struct reason *reason)
{
    const struct lookup *lookup;
    struct scored_term *scored;
    int rc = lookups_pair(make->planning->lookups, typed, first, second, &lookup, make->err);

    reason->typed = typed;
    if (rc || (rc = make_term(make, lookup, weight * lookup->rarity, reason, &scored)))
        return rc;
    scored->bonus = make_presence(make, scored->weight);
    return MUC_OK;
}

static bool is_number(const struct query_word *word)
{
    return ascii_is_digit(word->exact.bytes[0]);
}

/** What a pair weighs. */
static double weigh(const struct make *make, const struct query_word *first,
                    const struct query_word *second)
{
    double others = make->n_words > 2 ? make->n_words - 1 : 1;
    double weight = PAIR * (1 + PAIRS_OF_FEW / (others * others));
    bool numbered = is_number(second) || (is_number(first) && !make->owned);

    return make->is_short && numbered ? NUMBER * weight : weight;
}

/** `term` gets that of the pair, with whatever marks where any will do; TERM_NONE: it has none. */
static int make_pair(struct make *make, const struct node *first, const struct node *second,
                     uint32_t *term)
{
    enum muc_accents accents = make->planning->accents;
    struct query_word rooms[2];
    const struct query_word *one = make_meant_word(make, first, accents, &rooms[0]),
                            *two = make_meant_word(make, second, accents, &rooms[1]);
    bool restored = accents == MUC_ACCENTS_AUTO && !first->words->marked && !second->words->marked;
    double weight = make->share * (first->weight + second->weight) / 2;
    double pair = weigh(make, one, two), any = pair, typed = 0;
    struct reason reason = make_reason(first, MUC_PART_PAIR, false);
    int rc;

    *term = TERM_NONE;
    if (!pair_fits(one, two))
        return MUC_OK;
    if (accents == MUC_ACCENTS_EXACT) {
        any = 0;
        typed = pair;
    } else if (accents == MUC_ACCENTS_AUTO && make->is_short && (one->marked || two->marked)) {
        any = restored ? pair * PAIR_ANY_MEANT : PAIR_ANY;
        typed = restored ? pair - any : pair;
    }
    reason.end = second->words->end;
    if (reason.origin == MUC_ORIGIN_TYPED && (make_is_restored(make, first->words, accents) ||
                                              make_is_restored(make, second->words, accents)))
        reason.origin = MUC_ORIGIN_RESTORED;
    rc = make->planning->explains ? pair_text(make, one, two, &reason.text) : MUC_OK;
    if (!rc && any > 0) {
        find_rarer(make, first, second);
        if (!(rc = add_pair_term(make, one, two, false, weight * any, &reason)))
            *term = make->within = (uint32_t)make->plan->terms.n - 1;
    }
    if (!rc && typed > 0 && !(rc = add_pair_term(make, one, two, true, weight * typed, &reason)) &&
        *term == TERM_NONE)
        *term = (uint32_t)make->plan->terms.n - 1;
    make->within = TERM_NONE;
    return rc;
}

/** Words of a run as a phrase. */
static int run_phrase(struct make *make, const struct run *run, uint32_t from, uint32_t n,
                      struct node **out)
{
    struct arena *arena = make->planning->lookups->arena;
    struct node *node = arena_zero(arena, 1, sizeof *node);

    *out = node;
    if (!node || !(node->words = arena_zero(arena, n, sizeof *node->words)))
        return error_memory(make->err);
    node->kind = NODE_PHRASE;
    node->field = FIELD_ANY;
    node->n_words = n;
    for (uint32_t i = 0; i < n; i++) {
        const struct node *word = run->words[from + i];
        struct query_word room;

        node->words[i] = *make_meant_word(make, word, make->planning->accents, &room);
        node->words[i].offset = i;
        node->weight += word->weight / (float)n;
        if (make_is_restored(make, word->words, make->planning->accents))
            node->origin = MUC_ORIGIN_RESTORED;
    }
    return MUC_OK;
}

/** The rarest pair of a run; TERM_NONE: one of them has no list, or stands nowhere. */
static uint32_t rarest_pair(const struct plan *plan, const uint32_t *pairs, uint32_t n)
{
    uint32_t rarest = pairs[0];

    for (uint32_t i = 0; i < n; i++) {
        if (pairs[i] == TERM_NONE || !plan->terms.at[pairs[i]].lookup->n_docs)
            return TERM_NONE;
        if (plan->terms.at[pairs[i]].lookup->n_docs < plan->terms.at[rarest].lookup->n_docs)
            rarest = pairs[i];
    }
    return rarest;
}

/** Words of a run that stand one after the other. */
static int make_run(struct make *make, const struct run *run, uint32_t from, uint32_t n,
                    double weight)
{
    struct scored_phrase phrase = { .typed_only = make->planning->accents == MUC_ACCENTS_EXACT,
                                    .within = rarest_pair(make->plan, run->pairs + from, n - 1) };
    struct node *node;
    double rarity;
    int rc;

    if (phrase.within == TERM_NONE)
        return MUC_OK;
    if ((rc = run_phrase(make, run, from, n, &node)) ||
        (rc = make_rarity(make, node, phrase.typed_only, &rarity)))
        return rc;
    phrase.node = node;
    phrase.reason = make_reason(node, MUC_PART_PHRASE, phrase.typed_only);
    if (make->planning->explains && (rc = make_leaf_text(make, node, &phrase.reason.text)))
        return rc;
    weight *= node->weight * make->share * rarity;
    if (make->planning->accents == MUC_ACCENTS_AUTO && node_has_marks(node) &&
        node->origin != MUC_ORIGIN_RESTORED)
        phrase.bonus = (1 - RUN_ANY) * weight;
    phrase.lift = weight - phrase.bonus;
    return make_phrase(make, &phrase);
}

/** Whether one of the last three words is a number: of khoản 2 điều 15 the first three say less
 *  than they seem to. */
static bool has_number(const struct run *run)
{
    for (uint32_t i = run->n - RUN_WORDS; i < run->n; i++)
        if (is_number(run->words[i]->words))
            return true;
    return false;
}

int make_neighbours(struct make *make, struct run *run, const struct node *first,
                    const struct node *last)
{
    int rc = MUC_OK;

    if (first && run->n)
        rc = make_pair(make, run->words[run->n - 1], first, &run->pairs[run->n - 1]);
    if (!make->is_short || !first || first != last || run->n == SHORT_QUERY) {
        run->words[0] = last;
        run->n = last ? 1 : 0;
        return rc;
    }
    run->words[run->n++] = last;
    if (!rc && run->n >= RUN_WORDS && make->n_words > RUN_WORDS && !has_number(run))
        rc = make_run(make, run, run->n - RUN_WORDS, RUN_WORDS, RUN_PART);
    if (!rc && run->n >= RUN_WORDS && run->n == make->n_words)
        rc = make_run(make, run, 0, run->n, RUN);
    return rc;
}

int make_definition(struct make *make, const struct node *node, struct query_word *word)
{
    struct query_word is = { .exact = str_c("là"),
                             .folded = str_c("la"),
                             .start = word->start,
                             .end = word->end,
                             .marked = true };
    const struct node defined = { .kind = NODE_WORD,
                                  .weight = node->weight,
                                  .words = word,
                                  .n_words = 1,
                                  .origin = MUC_ORIGIN_DEFINITION };
    struct node behind = defined;
    const double share = make->share;
    int rc;

    behind.words = &is;
    make->share *= DEFINITION;
    rc = make_pair(make, &defined, &behind, &(uint32_t){ TERM_NONE });
    make->share = share;
    return rc;
}

int make_pair_phrase(struct make *make, const struct scored_phrase *phrase)
{
    const struct query_word *words = phrase->node->words;
    struct lookups *lookups = make->planning->lookups;
    struct reason reason = phrase->reason;
    const struct lookup *lookup;
    struct scored_term *scored;
    int rc = MUC_OK;

    reason.typed = false;
    if (!phrase->typed_only &&
        !(rc = lookups_pair(lookups, false, &words[0], &words[1], &lookup, make->err)) &&
        !(rc = make_term(make, lookup, 0, &reason, &scored))) {
        scored->weight = phrase->weight;
        scored->bonus = phrase->lift;
    }
    reason.typed = true;
    if (!rc && phrase->weight_typed > 0 &&
        !(rc = lookups_pair(lookups, true, &words[0], &words[1], &lookup, make->err)) &&
        !(rc = make_term(make, lookup, 0, &reason, &scored))) {
        scored->weight = phrase->weight_typed;
        scored->bonus = phrase->bonus;
    }
    return rc;
}
