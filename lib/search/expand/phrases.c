/* SPDX-License-Identifier: MIT */
/* Phrases in quotes with a run that is searched as one (text/whole.h), in one or in its parts:
 * "UBND TP.HCM", "UBND TPHCM", "UBND TP HCM". */
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "search/expand/parts.h"

enum {
    WORDS_MAX = 24,    /* of a phrase that is written otherwise */
    LETTERS_MIN = 3,   /* of a run in one */
    LETTERS_MAX = 7,   /* … */
    GROUPED_LEAST = 4, /* digits of a number in groups of three */
    GROUPED_MOST = 15,
};

/** Of the weight of a phrase where a text that has it in parts, with points, has it in one, too:
 *  what it says twice may not count twice. */
#define AGAIN 0.02F

static int add_phrase(struct expand *expand, const struct node *typed, const struct buffer *text,
                      bool again, struct node **slot)
{
    struct node *other = NULL;
    int rc;

    if (text->failed)
        return error_memory(expand->err);
    rc = expand_leaf(expand, typed, str_of((const char *)text->at, text->size), MUC_ORIGIN_SPELLING,
                     MARKS_AUTO, &other);
    if (rc || !other || other->n_words < 2 || other->n_words == typed->n_words)
        return rc;
    other->weight *= again ? AGAIN : 1;
    return expand_add(expand, slot, other);
}

/* ---- runs typed in parts */

/** The run that begins with a word of the phrase, which is in the query from byte `base` on; NULL:
 *  none does. */
static const struct token *run_at(const struct tokens *tokens, uint32_t base,
                                  const struct query_word *word)
{
    for (size_t i = 0; i < tokens->n; i++)
        if (tokens->at[i].whole && base + tokens->at[i].start == word->start)
            return &tokens->at[i];
    return NULL;
}

/** All runs in one. */
static int add_joined(struct expand *expand, const struct node *typed, struct node **slot)
{
    uint32_t base = typed->words[0].start, end = typed->words[typed->n_words - 1].end;
    struct tokens tokens = { 0 };
    struct buffer text = { 0 };
    bool any = false;
    int rc = analyzer_run(expand->of->analyzer, str_of(expand->of->text.bytes + base, end - base),
                          0, &tokens, expand->err);

    for (uint32_t i = 0; i < typed->n_words && !rc;) {
        const struct token *run = run_at(&tokens, base, &typed->words[i]);
        struct muc_string form = typed->words[i].exact;

        if (run) {
            const struct form *one = analyzer_form(expand->of->analyzer, run->form);

            form = str_of(one->exact, one->exact_size);
            any = true;
        }
        buffer_append(&text, form.bytes, form.size);
        buffer_byte(&text, ' ');
        for (i++; run && i < typed->n_words && typed->words[i].end <= base + run->end;)
            i++;
    }
    if (!rc && any)
        rc = add_phrase(expand, typed, &text, false, slot);
    buffer_free(&text);
    vector_free(&tokens);
    return rc;
}

/** Two words that are no syllables in one: TP HCM. */
static int add_closed(struct expand *expand, const struct node *typed, uint32_t i,
                      struct node **slot)
{
    struct buffer text = { 0 };
    int rc;

    if (!i || !typed->words[i - 1].foreign || !typed->words[i].foreign)
        return MUC_OK;
    for (uint32_t k = 0; k < typed->n_words; k++) {
        if (k && k != i)
            buffer_byte(&text, ' ');
        buffer_append(&text, typed->words[k].exact.bytes, typed->words[k].exact.size);
    }
    rc = add_phrase(expand, typed, &text, false, slot);
    buffer_free(&text);
    return rc;
}

/* ---- runs typed in one */

/** The phrase with its word `i` parted before each of these bytes. */
static int add_parted(struct expand *expand, const struct node *typed, uint32_t i,
                      const uint8_t *cuts, uint32_t n_cuts, struct node **slot)
{
    struct buffer text = { 0 };
    int rc;

    for (uint32_t k = 0; k < typed->n_words; k++) {
        struct muc_string form = typed->words[k].exact;
        size_t at = 0;

        for (uint32_t c = 0; k == i && c < n_cuts; at = cuts[c++]) {
            buffer_append(&text, form.bytes + at, cuts[c] - at);
            buffer_byte(&text, ' ');
        }
        buffer_append(&text, form.bytes + at, form.size - at);
        buffer_byte(&text, ' ');
    }
    rc = add_phrase(expand, typed, &text, i + 1 == typed->n_words, slot);
    buffer_free(&text);
    return rc;
}

/** The digits of a number by their thousands. */
static int add_grouped(struct expand *expand, const struct node *typed, uint32_t i,
                       struct node **slot)
{
    struct muc_string number = typed->words[i].exact;
    uint8_t cuts[GROUPED_MOST];
    uint32_t n = 0;

    if (number.size < GROUPED_LEAST || number.size > GROUPED_MOST || number.bytes[0] == '0')
        return MUC_OK;
    for (size_t at = (number.size - 1) % 3 + 1; at < number.size; at += 3)
        cuts[n++] = (uint8_t)at;
    return add_parted(expand, typed, i, cuts, n, slot);
}

/** As of abbreviations, which have parts: another word (data, demo) has only pieces. */
static bool is_of_consonants(struct muc_string folded)
{
    for (size_t i = 0; i < folded.size; i++)
        if (strchr("aeiouy", folded.bytes[i]))
            return false;
    return true;
}

/** Letters without a vowel in two parts. */
static int add_halves(struct expand *expand, const struct node *typed, uint32_t i,
                      struct node **slot)
{
    struct muc_string form = typed->words[i].exact;
    int rc = MUC_OK;

    if (!typed->words[i].foreign || form.size < LETTERS_MIN || form.size > LETTERS_MAX ||
        !is_of_consonants(typed->words[i].folded))
        return MUC_OK;
    for (size_t at = 1; at < form.size && !rc; at++) {
        uint8_t cut = (uint8_t)at;

        if ((form.bytes[at] & 0xc0) != 0x80) /* where a letter begins */
            rc = add_parted(expand, typed, i, &cut, 1, slot);
    }
    return rc;
}

int expand_phrase(struct expand *expand, const struct node *typed, struct node **slot)
{
    int rc;

    if (typed->kind != NODE_PHRASE || !typed->quoted || typed->n_words > WORDS_MAX)
        return MUC_OK;
    for (uint32_t i = 0; i < typed->n_words; i++)
        if (typed->words[i].pattern || typed->words[i].offset != typed->words[0].offset + i)
            return MUC_OK;
    rc = add_joined(expand, typed, slot);
    for (uint32_t i = 0; i < typed->n_words && !rc; i++)
        if (str_is_digits(typed->words[i].exact))
            rc = add_grouped(expand, typed, i, slot);
        else if (!(rc = add_closed(expand, typed, i, slot)))
            rc = add_halves(expand, typed, i, slot);
    return rc;
}
