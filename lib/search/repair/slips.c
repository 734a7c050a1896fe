/* SPDX-License-Identifier: MIT */
#include "search/repair/slips.h"

#include <math.h>

#include "base/error.h"
#include "search/repair/slips_parts.h"
#include "text/capitals.h"
#include "text/syllable.h"

/* A word that holds to its neighbours by more than this log is good. */
#define BOND_MAX 0.7

/* That of a rare name: words that stand nowhere, and those that stand with their neighbours less
 * often than by chance, are looked at first. */
#define RARE_BOND 0.0

/* That of a word that holds to its neighbours, though it is seldom there, which is looked at last.
 */
#define ATTESTED_BOND 0.6

enum {
    DOUBTS_MAX = 4,   /* words of one query that are looked at: bounds its time */
    RARE = 50,        /* occurrences of a word that may be another one with a slip */
    LONE_LETTERS = 4, /* of a word that is looked at without any neighbour */
};

/* ---- doubts */

bool slips_is_rare(const struct slot *slot)
{
    return slot->count <= RARE && !syllable_fits(slot->folded.bytes, slot->folded.size);
}

double slips_bond(const struct slips *slips, const struct slot *first, const struct slot *second,
                  uint64_t n)
{
    double by_chance =
        (double)first->count * (double)second->count / (double)(slips->reader->n_tokens + 1);

    return log(((double)n + 0.5) / (by_chance + 0.5));
}

/** Of two neighbours; `most`: the occurrences of them next to each other, if they are more. */
static int add_bond(const struct slips *slips, const struct slot *first, const struct slot *second,
                    double *bond, uint64_t *most)
{
    uint64_t n;
    int rc = slips_count_pair(slips, slips->marked, first, second, &n);

    *bond += slips_bond(slips, first, second, n);
    *most = n > *most ? n : *most;
    return rc;
}

/** How well a word holds to its neighbours; INFINITY where it is not looked at. */
static int measure_bond(struct slips *slips, size_t i, double *out)
{
    struct slot *slot = &slips->at.at[i];
    bool is_syllable = syllable_fits(slot->folded.bytes, slot->folded.size);
    double bond = 0;
    uint64_t most = 0;
    int rc = MUC_OK;

    *out = !slot->open           ? INFINITY
           : !slot->count        ? -INFINITY
           : slips_is_rare(slot) ? RARE_BOND
                                 : INFINITY;
    if (!slot->open || !slot->count || slips->at.n == 1 || slips_is_rare(slot) ||
        (!is_syllable && slot->count > RARE))
        return MUC_OK;
    if (i > 0)
        rc = add_bond(slips, slot - 1, slot, &bond, &most);
    if (!rc && i + 1 < slips->at.n)
        rc = add_bond(slips, slot, slot + 1, &bond, &most);
    slot->attested = slips->marked && bond >= BOND_MAX && most <= RARE;
    if (!rc)
        *out = slot->attested ? ATTESTED_BOND : bond;
    return rc;
}

/** The word that holds least to its neighbours, of those not looked at yet; SIZE_MAX: all others
 *  are good. */
static size_t most_doubtful(const struct slips *slips)
{
    size_t found = SIZE_MAX;
    double least = BOND_MAX;

    for (size_t i = 0; i < slips->at.n; i++)
        if (slips->at.at[i].open && slips->at.at[i].bond < least) {
            least = slips->at.at[i].bond;
            found = i;
        }
    return found;
}

static int measure_bonds(struct slips *slips)
{
    int rc = MUC_OK;

    for (size_t i = 0; i < slips->at.n && !rc && !slips_is_late(slips); i++)
        rc = measure_bond(slips, i, &slips->at.at[i].bond);
    return rc;
}

/** Count the doubtful words that never are without marks and were typed so, among others with
 *  theirs. One may be another word with a slip. */
static void count_bare(struct slips *slips)
{
    for (size_t i = 0; i < slips->at.n; i++) {
        const struct slot *slot = &slips->at.at[i];

        slips->n_bare += slips->at.n > 1 && slot->bond < BOND_MAX && !slot->word->marked &&
                         syllable_needs_marks(slot->folded.bytes, slot->folded.size);
    }
    slips->lost_marks |= slips->marked && slips->n_bare > 1;
}

/** Look at word `i`; where it changes, its neighbours may be good next to it. */
static int correct_slot(struct slips *slips, size_t i)
{
    struct slot *slot = &slips->at.at[i];
    int rc = slips_choose(slips, i);

    slot->open = false;
    if (rc || !slot->changed)
        return rc;
    slips->lost_marks |= slips->marked && slips->at.n > 1 && slot_lost_marks(slot);
    if (i > 0)
        rc = measure_bond(slips, i - 1, &slot[-1].bond);
    if (!rc && i + 1 < slips->at.n)
        rc = measure_bond(slips, i + 1, &slot[1].bond);
    return rc;
}

/* ---- runs of words */

static int end_run(struct slips *slips)
{
    struct slot *at = slips->at.at;
    size_t n = slips->at.n;
    int rc = slips->restoring && n > 1 && !slips_is_late(slips) ? slips_restore(slips) : MUC_OK;

    if (!rc)
        rc = measure_bonds(slips);
    count_bare(slips);
    for (size_t i; !rc && slips->lost_marks == slips->restoring && slips->n_doubts < DOUBTS_MAX &&
                   !slips_is_late(slips) && (i = most_doubtful(slips)) != SIZE_MAX;
         slips->n_doubts++)
        rc = correct_slot(slips, i);
    for (size_t i = 0; i < n && !rc; i++)
        if (at[i].changed) {
            struct slot *changed = vector_push(&slips->changed);

            if (!changed)
                return error_memory(slips->err);
            *changed = at[i];
            slips->beside |= n > 1;
            slips->near |= !at[i].heard;
        }
    slips->at.n = 0;
    return rc;
}

static int add_word(struct slips *slips, const struct query_word *word)
{
    struct slot *slot = vector_push(&slips->at);
    int rc;

    if (!slot)
        return error_memory(slips->err);
    *slot = (struct slot){ .word = word, .exact = word->exact, .folded = word->folded };
    if ((rc = slips_count(slips, word->exact, word->folded, &slot->count)))
        return rc;
    slot->capital = query_word_has_capital(word, slips->text);
    slot->open =
        word->folded.size > 1 && !str_has_digit(word->folded) && !(slips->named && slot->capital);
    return MUC_OK;
}

static bool is_correctable(const struct node *node)
{
    return node->kind == NODE_WORD && node->marks == MARKS_AUTO && !node_is_pattern(node) &&
           (node->field == FIELD_ANY || node->field == FIELD_TITLE);
}

/** A word alone may be anything: it has to stand nowhere and to be long. */
static int add_lone(struct slips *slips, const struct node *node)
{
    int rc;

    if (node->words->folded.size < LONE_LETTERS)
        return MUC_OK;
    rc = add_word(slips, node->words);
    return rc ? rc : end_run(slips);
}

/** The words of a quotation; those of a unit stand there without blanks. */
static int add_phrase(struct slips *slips, const struct node *node)
{
    int rc = MUC_OK;

    for (uint32_t i = 1; i < node->n_words; i++) {
        uint32_t at = node->words[i - 1].end;

        if (node->words[i].start == at || slips->text.bytes[at] != ' ')
            return MUC_OK;
    }
    for (uint32_t i = 0; i < node->n_words && !rc; i++)
        rc = add_word(slips, &node->words[i]);
    return rc ? rc : end_run(slips);
}

static int correct_node(struct slips *slips, const struct node *node)
{
    int rc = MUC_OK;

    if (node->kind == NODE_NOT)
        return MUC_OK;
    if (is_correctable(node))
        return add_lone(slips, node);
    if (node->kind == NODE_PHRASE && node->marks == MARKS_AUTO && node->field <= FIELD_TITLE)
        return add_phrase(slips, node);
    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        const struct node *child = node->children[i];

        if (node->kind == NODE_OR && i + 1 < node->n_children &&
            child->end > node->children[i + 1]->start) /* a unit's whole; its parts come last */
            continue;

        if (node->kind == NODE_AND && is_correctable(child) && child->spoken) {
            rc = add_word(slips, child->words);
            continue;
        }
        if (!(rc = end_run(slips)))
            rc = correct_node(slips, child);
    }
    return rc ? rc : end_run(slips);
}

/** Correct a whole query. Who left the marks off one word did so elsewhere, too: then all words
 *  without any are read first. */
static int correct(struct slips *slips, const struct node *root)
{
    int rc = correct_node(slips, root);

    if (rc || !slips->lost_marks)
        return rc;
    slips->restoring = true;
    slips->beside = slips->near = false;
    slips->changed.n = 0;
    slips->n_doubts = 0;
    return correct_node(slips, root);
}

/** Whether some words begin with a capital and others do not. */
static void count_capitals(const struct slips *slips, const struct node *node, uint32_t n[2])
{
    if (is_correctable(node))
        n[query_word_has_capital(node->words, slips->text)]++;
    for (uint32_t i = 0; i < node->n_children; i++)
        count_capitals(slips, node->children[i], n);
}

int slips_correct(struct muc_string text, const struct query *query, struct lookups *lookups,
                  struct correction *out, struct muc_error *err)
{
    struct slips slips = {
        .text = text, .lookups = lookups, .reader = lookups->reader, .err = err
    };
    uint32_t n_capitals[2] = { 0 }, at = 0;
    int rc;

    out->marked = slips.marked = query->marked;
    count_capitals(&slips, query->root, n_capitals);
    slips.named = n_capitals[0] && n_capitals[1];
    rc = correct(&slips, query->root);
    for (size_t i = 0; i < slips.changed.n && !rc && !slips_is_late(&slips); i++) {
        const struct slot *slot = &slips.changed.at[i];

        capitals_replace(&out->text, text, &at, slot->word->start, slot->word->end, slot->exact);
    }
    if (at && !rc)
        buffer_append(&out->text, text.bytes + at, text.size - at);
    out->beside = slips.beside;
    out->heard = slips.beside && !slips.near;
    vector_free(&slips.at);
    vector_free(&slips.changed);
    return rc ? rc : out->text.failed ? error_memory(err) : MUC_OK;
}
