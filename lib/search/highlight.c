/* SPDX-License-Identifier: MIT */
#include "search/highlight.h"

#include <stdio.h>

#include "base/error.h"
#include "search/word_worth.h"

enum {
    WORTH_WANTED = 3, /* times the word's */
    WORTH_OTHER = 2,
    RARITY_STEPS = 64,     /* of a word's worth for one of its rarity */
    MATCHES_MAX = 1 << 16, /* of one text that are shown: bounds its memory */
    ANSWERS = 1,           /* of a form */
    SILENT,
};

static bool is_shown(const struct node *node)
{
    return (node->kind == NODE_WORD || node->kind == NODE_PHRASE || node->kind == NODE_NEAR) &&
           (node->field == FIELD_ANY || node->field == FIELD_TITLE || node->field == FIELD_STEM ||
            node->field == FIELD_DAY);
}

/** Whether the form that a word asks for is known: it has marks. */
static bool is_definite(const struct query_word *word)
{
    return word->meant.size || !str_equal(word->exact, word->folded);
}

/** Where a stand-in is shown, what it stands for most often is, too: those of an OR, whose words
 *  begin with `first`, are together worth no more than half of a word of the `n_typed`. */
static void lower_stand_ins(struct highlighter *highlighter, size_t first, size_t n_typed)
{
    struct word_met *met = highlighter->met.at + first;
    const size_t n = highlighter->met.n - first;
    uint32_t sum = 0;

    for (size_t i = 0; i < n_typed; i++)
        sum += met[i].worth;
    for (size_t i = n_typed; i < n; i++) {
        const uint32_t most = 1 + sum / (uint32_t)(2 * n_typed * (n - n_typed));

        met[i].worth = met[i].worth < most ? met[i].worth : (uint16_t)most;
    }
}

/** Leaves in the order of met_of(). */
static int collect(struct highlighter *highlighter, const struct node *node,
                   struct lookups *lookups, struct muc_error *err)
{
    const size_t first = highlighter->met.n;
    const struct node **leaf;
    struct word_met *met;
    size_t n_typed = 0;
    int rc;

    if (node->kind == NODE_NOT)
        return MUC_OK;
    if (is_shown(node)) {
        if (!(leaf = vector_push(&highlighter->leaves)))
            return error_memory(err);
        if (node->field == FIELD_STEM && !highlighter->stems &&
            (rc = stems_new(&highlighter->stems, err)))
            return rc;
        *leaf = node;
        highlighter->has_days = highlighter->has_days || node->field == FIELD_DAY;
        for (uint32_t i = 0; i < node->n_words; i++) {
            if (!(met = vector_push(&highlighter->met)))
                return error_memory(err);
            *met = (struct word_met){ .tier = TIER_UNMET };
            if ((rc = word_worth(node, &node->words[i], lookups, &met->worth, err)))
                return rc;
            highlighter->forms_known = highlighter->forms_known || is_definite(&node->words[i]);
        }
    }
    for (uint32_t i = 0; i < node->n_children; i++) {
        const bool known = highlighter->forms_known;

        if ((rc = collect(highlighter, node->children[i], lookups, err)))
            return rc;
        if (node->children[i]->tier == MUC_TIER_EXACT)
            n_typed = highlighter->met.n - first;
        else /* nobody typed that */
            highlighter->forms_known = known;
    }
    if (node->kind == NODE_OR && n_typed)
        lower_stand_ins(highlighter, first, n_typed);
    return MUC_OK;
}

int highlighter_open(struct highlighter *highlighter, const struct node *root,
                     enum muc_accents accents, struct lookups *lookups, struct analyzer *analyzer,
                     struct muc_error *err)
{
    int rc;

    *highlighter = (struct highlighter){ .analyzer = analyzer, .root = root, .accents = accents };
    rc = collect(highlighter, root, lookups, err);
    if (rc)
        highlighter_close(highlighter);
    return rc;
}

void highlighter_close(struct highlighter *highlighter)
{
    stems_free(highlighter->stems);
    vector_free(&highlighter->leaves);
    vector_free(&highlighter->days);
    vector_free(&highlighter->tokens);
    vector_free(&highlighter->matches);
    vector_free(&highlighter->answers);
    vector_free(&highlighter->met);
}

void highlighter_begin(struct highlighter *highlighter, struct muc_date near)
{
    highlighter->near = near;
    for (size_t i = 0; i < highlighter->met.n; i++) {
        highlighter->met.at[i].tier = TIER_UNMET;
        highlighter->met.at[i].wanted = false;
    }
}

/** Whether only the forms that the query has are shown. */
static bool wants_typed(const struct highlighter *highlighter, const struct node *node)
{
    return node->marks == MARKS_AUTO ? highlighter->accents == MUC_ACCENTS_EXACT
                                     : node->marks == MARKS_EXACT;
}

/** Whether forms that a word does not ask for make way for the one that it does. */
static bool prefers_wanted(const struct highlighter *highlighter, const struct node *node)
{
    return highlighter->forms_known && node->n_words == 1 && node->marks == MARKS_AUTO &&
           highlighter->accents == MUC_ACCENTS_AUTO;
}

/** How a token answers a word: a tier, or TIER_UNMET. */
static uint8_t tier_of(const struct highlighter *highlighter, const struct form *form,
                       const struct node *node, const struct query_word *word)
{
    struct muc_string folded = str_of(form_folded(form), form->folded_size);
    struct muc_string exact = str_of(form->exact, form->exact_size);

    if (word->pattern ? !pattern_fits(&word->pattern->folded, word->pattern->distance, folded)
                      : !str_equal(folded, word->folded))
        return TIER_UNMET;
    if (word->pattern ? pattern_fits(&word->pattern->exact, word->pattern->distance, exact)
                      : str_equal(exact, word->exact))
        return MUC_TIER_EXACT;
    if (wants_typed(highlighter, node))
        return TIER_UNMET;
    return str_equal(exact, folded) ? MUC_TIER_MARKS_LOST : MUC_TIER_MARKS_OTHER;
}

static uint16_t weight_of(const struct word_met *met, bool wanted)
{
    return (uint16_t)(met->worth * (wanted ? WORTH_WANTED : WORTH_OTHER));
}

static bool add_match(struct highlighter *highlighter, const struct token *token, uint16_t word,
                      uint8_t tier, bool wanted)
{
    struct word_met *met = &highlighter->met.at[word];
    struct snippet_match *match;

    met->tier = tier < met->tier ? tier : met->tier;
    met->wanted = met->wanted || wanted;
    if (highlighter->matches.n >= MATCHES_MAX)
        return true;
    match = vector_push(&highlighter->matches);
    if (match)
        *match = (struct snippet_match){ token->start, token->end, token->position, word,
                                         weight_of(met, wanted) };
    return match;
}

/** Whether a token that answers a word has the form that the word asks for. */
static bool is_wanted(const struct query_word *word, const struct form *form, uint8_t tier)
{
    return word->meant.size ? str_equal(str_of(form->exact, form->exact_size), word->meant)
                            : tier == MUC_TIER_EXACT;
}

static bool match_word(struct highlighter *highlighter, const struct node *node, uint16_t word)
{
    struct snippet_match *matches;
    size_t before = highlighter->matches.n, n = before;
    uint16_t weight;

    for (size_t i = 0; i < highlighter->tokens.n; i++) {
        const struct token *token = &highlighter->tokens.at[i];
        const struct form *form = analyzer_form(highlighter->analyzer, token->form);
        uint8_t tier = tier_of(highlighter, form, node, node->words);

        if (tier != TIER_UNMET &&
            !add_match(highlighter, token, word, tier, is_wanted(node->words, form, tier)))
            return false;
    }
    if (!highlighter->met.at[word].wanted || !prefers_wanted(highlighter, node))
        return true;
    matches = highlighter->matches.at;
    weight = weight_of(&highlighter->met.at[word], true);
    for (size_t i = before; i < highlighter->matches.n; i++)
        if (matches[i].weight == weight)
            matches[n++] = matches[i];
    highlighter->matches.n = n;
    return true;
}

/** Whether a form is a word of another language and has the stem; -1: memory is out. */
static int has_stem(struct highlighter *highlighter, uint32_t number, const struct node *node)
{
    const struct form *form = analyzer_form(highlighter->analyzer, number);

    return language_is_foreign(analyzer_traits(highlighter->analyzer)[number])
               ? stem_is_of(highlighter->stems, node->words->exact,
                            str_of(form->exact, form->exact_size))
               : 0;
}

/** Words of other languages that have the stem. */
static bool match_stem(struct highlighter *highlighter, const struct node *node, uint16_t word)
{
    for (size_t i = 0; i < highlighter->tokens.n; i++) {
        const struct token *token = &highlighter->tokens.at[i];
        int is = has_stem(highlighter, token->form, node);

        if (is < 0 || (is && !add_match(highlighter, token, word, MUC_TIER_EXPANSION, false)))
            return false;
    }
    return true;
}

/** The days that the text names without their year and that the query, or whose month it, names
 *  with it. */
static bool match_day(struct highlighter *highlighter, const struct node *node, uint16_t word)
{
    for (size_t i = 0; i < highlighter->days.n; i++) {
        const struct named_day *day = &highlighter->days.at[i];
        const struct token token = { day->start, day->end, day->position, 0, true };
        char number[16];

        snprintf(number, sizeof number, "%08u", day->number);
        if (str_starts(str_c(number), node->words->exact) &&
            !add_match(highlighter, &token, word, MUC_TIER_SPELLING, true))
            return false;
    }
    return true;
}

static bool is_stem(const struct node *node)
{
    return node->field == FIELD_STEM && node->n_words == 1;
}

/* ---- phrases: only the words of an occurrence */

/** The tokens that answer one word, in the order of their places. */
struct answering {
    uint32_t token;
    uint8_t tier;
};

struct occurrences {
    struct highlighter *highlighter;
    uint16_t first_word;
    struct phrase_word *words;
    VECTOR(struct answering) * answering; /* parallel to the places of each word */
    bool no_memory;
};

static void mark(void *context, uint32_t word, size_t place)
{
    struct occurrences *occurrences = context;
    uint32_t twin = occurrences->words[word].twin;
    const struct answering *answering = &occurrences->answering[twin].at[place];

    if (!add_match(occurrences->highlighter, &occurrences->highlighter->tokens.at[answering->token],
                   (uint16_t)(occurrences->first_word + word), answering->tier,
                   answering->tier == MUC_TIER_EXACT))
        occurrences->no_memory = true;
}

/** The places of one word; whole tokens stand behind the first token of theirs. */
static bool find_places(struct occurrences *occurrences, const struct node *node, uint32_t word)
{
    const struct query_word *wanted = &node->words[word];
    struct highlighter *highlighter = occurrences->highlighter;

    for (size_t t = 0; t < highlighter->tokens.n; t++) {
        const struct token *token = &highlighter->tokens.at[t];
        uint8_t tier =
            tier_of(highlighter, analyzer_form(highlighter->analyzer, token->form), node, wanted);
        uint32_t place = token->position << 1 | (tier == MUC_TIER_EXACT);
        size_t to = occurrences->words[word].places.n;

        if (tier == TIER_UNMET)
            continue;
        if (!vector_reserve(&occurrences->words[word].places, 1) ||
            !vector_reserve(&occurrences->answering[word], 1))
            return false;
        occurrences->words[word].places.n++;
        occurrences->answering[word].n++;
        for (; to && occurrences->words[word].places.at[to - 1] > place; to--) {
            occurrences->words[word].places.at[to] = occurrences->words[word].places.at[to - 1];
            occurrences->answering[word].at[to] = occurrences->answering[word].at[to - 1];
        }
        occurrences->words[word].places.at[to] = place;
        occurrences->answering[word].at[to] = (struct answering){ (uint32_t)t, tier };
    }
    return true;
}

static bool match_phrase(struct highlighter *highlighter, const struct node *node,
                         uint16_t first_word)
{
    struct occurrences occurrences = { .highlighter = highlighter, .first_word = first_word };
    uint32_t n_typed;
    bool ok;

    occurrences.words = calloc(node->n_words, sizeof *occurrences.words);
    occurrences.answering = calloc(node->n_words, sizeof *occurrences.answering);
    ok = occurrences.words && occurrences.answering;
    if (ok)
        phrase_set_twins(node, wants_typed(highlighter, node), occurrences.words);
    for (uint32_t i = 0; i < node->n_words && ok; i++)
        ok = occurrences.words[i].twin != i || find_places(&occurrences, node, i);
    if (ok)
        phrase_find(node, occurrences.words, &n_typed, mark, &occurrences);
    for (uint32_t i = 0; i < node->n_words; i++) {
        if (occurrences.words)
            vector_free(&occurrences.words[i].places);
        if (occurrences.answering)
            vector_free(&occurrences.answering[i]);
    }
    free(occurrences.words);
    free(occurrences.answering);
    return ok && !occurrences.no_memory;
}

static int compare_matches(const void *a, const void *b)
{
    const struct snippet_match *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* ---- a text */

/** Whether a token of the form can be a match. -1: memory is out. */
static int form_answers(struct highlighter *highlighter, uint32_t number)
{
    const struct form *form = analyzer_form(highlighter->analyzer, number);

    for (size_t i = 0; i < highlighter->leaves.n; i++) {
        const struct node *node = highlighter->leaves.at[i];

        if (is_stem(node)) {
            int is = has_stem(highlighter, number, node);

            if (is)
                return is;
            continue;
        }
        for (uint32_t w = 0; w < node->n_words && node->field != FIELD_DAY; w++)
            if (tier_of(highlighter, form, node, &node->words[w]) != TIER_UNMET)
                return 1;
    }
    return 0;
}

/** Drop the tokens that answer no word, which most do: each form is compared with the words once
 *  for all documents. */
static bool keep_answering(struct highlighter *highlighter)
{
    size_t n_forms = analyzer_n_forms(highlighter->analyzer), n = 0;
    struct token *tokens = highlighter->tokens.at;
    uint8_t *answers;

    if (n_forms > highlighter->answers.n) {
        size_t more = n_forms - highlighter->answers.n;

        if (!vector_reserve(&highlighter->answers, more))
            return false;
        memset(highlighter->answers.at + highlighter->answers.n, 0, more);
        highlighter->answers.n = n_forms;
    }
    answers = highlighter->answers.at;
    for (size_t i = 0; i < highlighter->tokens.n; i++) {
        uint8_t *answer = &answers[tokens[i].form];

        if (!*answer) {
            int is = form_answers(highlighter, tokens[i].form);

            if (is < 0)
                return false;
            *answer = is ? ANSWERS : SILENT;
        }
        tokens[n] = tokens[i];
        n += *answer == ANSWERS;
    }
    highlighter->tokens.n = n;
    return true;
}

int highlighter_run(struct highlighter *highlighter, struct muc_string text, bool is_title,
                    struct muc_error *err)
{
    uint16_t word = 0;
    bool ok;
    int rc;

    highlighter->tokens.n = highlighter->matches.n = highlighter->days.n = 0;
    if ((rc = analyzer_run(highlighter->analyzer, text, 0, &highlighter->tokens, err)))
        return rc;
    ok = !highlighter->has_days || is_title ||
         days_find(highlighter->analyzer, text, highlighter->tokens.at, highlighter->tokens.n,
                   highlighter->near, &highlighter->days);
    ok = ok && keep_answering(highlighter);
    for (size_t i = 0; i < highlighter->leaves.n && ok; i++) {
        const struct node *node = highlighter->leaves.at[i];

        if (is_stem(node))
            ok = match_stem(highlighter, node, word);
        else if (node->field == FIELD_DAY)
            ok = match_day(highlighter, node, word);
        else if (node->field == FIELD_ANY || is_title)
            ok = node->n_words == 1 ? match_word(highlighter, node, word)
                                    : match_phrase(highlighter, node, word);
        word = (uint16_t)(word + node->n_words);
    }
    if (!ok)
        return error_memory(err);
    if (highlighter->matches.n)
        qsort(highlighter->matches.at, highlighter->matches.n, sizeof *highlighter->matches.at,
              compare_matches);
    return MUC_OK;
}

/** How a part of the query was met. */
struct met {
    uint8_t tier; /* TIER_UNMET: not at all */
    bool whole;
};

static void take_worst(struct met *met, struct met part)
{
    if (part.tier != TIER_UNMET && (met->tier == TIER_UNMET || part.tier > met->tier))
        met->tier = part.tier;
    met->whole = met->whole && part.whole;
}

static void take_best(struct met *met, struct met part)
{
    if (part.tier != TIER_UNMET && (met->tier == TIER_UNMET || part.whole > met->whole ||
                                    (part.whole == met->whole && part.tier < met->tier)))
        *met = part;
}

/** `word`: the number of the first word below the node, moved behind the last. */
static struct met met_of(const struct highlighter *highlighter, const struct node *node,
                         size_t *word)
{
    bool either = node->kind == NODE_OR && node_has_stand_ins(node);
    struct met met = { TIER_UNMET, !either };

    if (node->kind == NODE_NOT)
        return met;
    for (uint32_t i = 0; is_shown(node) && i < node->n_words; i++) {
        uint8_t tier = highlighter->met.at[(*word)++].tier;

        take_worst(&met, (struct met){ tier, tier != TIER_UNMET });
    }
    for (uint32_t i = 0; i < node->n_children; i++) {
        struct met part = met_of(highlighter, node->children[i], word);

        if (either)
            take_best(&met, part);
        else
            take_worst(&met, part);
    }
    if (met.tier != TIER_UNMET && met.tier < node->tier)
        met.tier = (uint8_t)node->tier;
    return met;
}

enum muc_tier highlighter_tier(const struct highlighter *highlighter)
{
    size_t word = 0;
    struct met met = met_of(highlighter, highlighter->root, &word);

    return met.tier == TIER_UNMET ? MUC_TIER_EXACT : (enum muc_tier)met.tier;
}
