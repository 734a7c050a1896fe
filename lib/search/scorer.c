/* SPDX-License-Identifier: MIT */
#include "search/scorer.h"

#include "base/error.h"
#include "search/discount.h"
#include "search/score.h"

static int open_terms(const struct plan *plan, uint32_t s, struct arena *arena,
                      struct scorer *scorer, struct muc_error *err)
{
    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct postings *postings = &plan->terms.at[i].lookup->at[s];

        if (!postings->list.n)
            continue;
        if (!(scorer->terms[i] = cursor_new(arena, scorer->segment, postings)))
            return error_memory(err);
    }
    return MUC_OK;
}

int scorer_open(const struct plan *plan, const struct reader *reader, uint32_t s,
                struct arena *arena, struct scorer *scorer, struct muc_error *err)
{
    const struct segment *segment = &reader->segments[s];
    int rc = MUC_OK;

    *scorer = (struct scorer){ plan, segment, NULL, NULL, 0 };
    scorer->terms = arena_zero(arena, plan->terms.n + 1, sizeof *scorer->terms);
    scorer->phrases = arena_zero(arena, plan->phrases.n + 1, sizeof *scorer->phrases);
    if (!scorer->terms || !scorer->phrases)
        return error_memory(err);
    rc = open_terms(plan, s, arena, scorer, err);
    for (size_t i = 0; i < plan->phrases.n && !rc; i++)
        rc = phrase_open(segment, plan->phrases.at[i].node, plan->phrases.at[i].typed_only, arena,
                         &scorer->phrases[i], err);
    if (rc)
        scorer_close(scorer);
    return rc;
}

void scorer_close(struct scorer *scorer)
{
    for (size_t i = 0; scorer->phrases && i < scorer->plan->phrases.n; i++) {
        phrase_close(scorer->phrases[i]);
        scorer->phrases[i] = NULL;
    }
}

double phrase_part(const struct scored_phrase *phrase, uint32_t n, uint32_t n_typed, double k)
{
    return n ? score_part(phrase->weight, phrase->lift, n, k) +
                   (n_typed ? score_part(phrase->weight_typed, phrase->bonus, n_typed, k) : 0)
             : 0;
}

/** How often a term stands in the document that is asked for. */
static uint32_t freq_of(struct cursor *cursor, uint32_t doc)
{
    if (!cursor)
        return 0;
    cursor_seek(cursor, doc);
    return cursor->doc == doc ? cursor_freq(cursor) : 0;
}

/** How often that stands in standing lines. */
static uint32_t standing_freq(struct scorer *scorer, size_t i, uint32_t doc, uint32_t freq)
{
    const struct discount *discount = scorer->plan->discount;
    uint32_t word = discount->words[i], n = discount->terms[i];

    if (word != DISCOUNT_NONE) /* of the head: where all of the text is in such lines */
        n = discount->terms[word] >= freq_of(scorer->terms[word], doc) ? freq : 0;
    return n < freq ? n : freq;
}

static double add_terms(struct scorer *scorer, uint32_t doc, double k, bool discounted,
                        scorer_tell *tell, void *context)
{
    const struct plan *plan = scorer->plan;
    double score = 0;

    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        uint32_t freq = freq_of(scorer->terms[i], doc), standing;
        double part;

        if (!freq)
            continue;
        standing = discounted ? standing_freq(scorer, i, doc, freq) : 0;
        part = freq > standing ? score_part(term->weight, term->bonus, freq - standing, k) : 0;
        score += part;
        if (tell)
            tell(context, &term->reason, freq, standing, part);
    }
    return score;
}

double scorer_score(struct scorer *scorer, uint32_t doc, scorer_tell *tell, void *context)
{
    const struct plan *plan = scorer->plan;
    bool discounted = discount_find(plan->discount, scorer->segment, doc);
    double k = plan_k(plan, scorer->segment, doc), score, part;

    for (size_t i = 0; doc < scorer->before && i < plan->terms.n; i++)
        if (scorer->terms[i])
            cursor_rewind(scorer->terms[i]);
    scorer->before = doc;
    score = add_terms(scorer, doc, k, discounted, tell, context);
    for (size_t i = 0; i < plan->phrases.n; i++) {
        const struct scored_phrase *phrase = &plan->phrases.at[i];
        struct discount_phrase standing = { 0, 0 };
        uint32_t n_typed, n = phrase_count(scorer->phrases[i], doc, &n_typed);

        if (!n)
            continue;
        if (discounted)
            standing = plan->discount->phrases[i];
        part = n > standing.n
                   ? phrase_part(phrase, n - standing.n,
                                 n_typed > standing.n_typed ? n_typed - standing.n_typed : 0, k)
                   : 0;
        score += part;
        if (tell)
            tell(context, &phrase->reason, n, standing.n < n ? standing.n : n, part);
    }
    return score;
}

int scorer_failed(const struct scorer *scorer, struct muc_error *err)
{
    int rc = MUC_OK;

    for (size_t i = 0; i < scorer->plan->terms.n; i++)
        if (scorer->terms[i] && scorer->terms[i]->bad)
            return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                             scorer->segment->number);
    for (size_t i = 0; i < scorer->plan->phrases.n && !rc; i++)
        rc = phrase_failed(scorer->phrases[i], err);
    return rc;
}
