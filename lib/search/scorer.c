/* SPDX-License-Identifier: MIT */
#include "search/scorer.h"

#include <simde/x86/avx.h>

#include "base/error.h"
#include "search/discount.h"
#include "search/score.h"

int scorer_open(const struct plan *plan, const struct reader *reader, uint32_t s,
                struct arena *arena, struct scorer *scorer, struct muc_error *err)
{
    *scorer = (struct scorer){
        .plan = plan,
        .segment = &reader->segments[s],
        .arena = arena,
        .s = s,
        .terms = arena_zero(arena, plan->terms.n + 1, sizeof *scorer->terms),
        .phrases = arena_zero(arena, plan->phrases.n + 1, sizeof *scorer->phrases),
    };
    return scorer->terms && scorer->phrases ? MUC_OK : error_memory(err);
}

void scorer_close(struct scorer *scorer)
{
    for (size_t i = 0; scorer->phrases && i < scorer->plan->phrases.n; i++) {
        phrase_close(scorer->phrases[i]);
        scorer->phrases[i] = NULL;
    }
}

/* Lengths go from where they are to a register: in memory what was written one by one would be
 * waited for. */
void plan_ks(const struct plan *plan, const struct segment *segment, const uint32_t *docs,
             uint32_t n, double *ks)
{
    enum { LANES = 4, SIGNS = 0xaaaa /* of 16-bit numbers, among those of bytes */ };
    const simde__m256d fixed = simde_mm256_set1_pd(plan->k_fixed);
    const simde__m256d per_length = simde_mm256_set1_pd(plan->k_length);
    const simde__m128i zero = simde_mm_setzero_si128();
    const uint16_t *lengths = segment->lengths;
    simde__m128i all = zero;
    uint32_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        const uint32_t *at = docs + i;
        simde__m128i row =
            simde_mm_set_epi16(0, 0, 0, 0, (int16_t)lengths[at[3]], (int16_t)lengths[at[2]],
                               (int16_t)lengths[at[1]], (int16_t)lengths[at[0]]);
        simde__m256d wide = simde_mm256_cvtepi32_pd(simde_mm_unpacklo_epi16(row, zero));

        all = simde_mm_or_si128(all, row);
        simde_mm256_storeu_pd(ks + i,
                              simde_mm256_add_pd(fixed, simde_mm256_mul_pd(per_length, wide)));
    }
    if (simde_mm_movemask_epi8(all) & SIGNS) /* rare: lengths that are rounded */
        i = 0;
    for (; i < n; i++)
        ks[i] = plan_k(plan, segment, docs[i]);
}

double phrase_part(const struct scored_phrase *phrase, uint32_t n, uint32_t n_typed, double k)
{
    return n ? score_part(phrase->weight, phrase->lift, n, k) +
                   (n_typed ? score_part(phrase->weight_typed, phrase->bonus, n_typed, k) : 0)
             : 0;
}

/** Before a document is asked for: lists may have to begin again. */
static void begin(struct scorer *scorer, uint32_t doc)
{
    for (size_t i = 0; doc < scorer->before && i < scorer->plan->terms.n; i++)
        if (scorer->terms[i])
            cursor_rewind(scorer->terms[i]);
    for (size_t i = 0; doc < scorer->before && i < scorer->plan->phrases.n; i++)
        if (scorer->phrases[i])
            phrase_rewind(scorer->phrases[i]);
    scorer->before = doc;
}

/** How often a term stands in the document that is asked for. */
static uint32_t freq_of(struct scorer *scorer, size_t i, uint32_t doc)
{
    const struct postings *postings = &scorer->plan->terms.at[i].lookup->at[scorer->s];
    struct cursor *cursor = scorer->terms[i];

    if (!postings->list.n || scorer->failure.code)
        return 0;
    if (!cursor &&
        !(cursor = scorer->terms[i] = cursor_new(scorer->arena, scorer->segment, postings))) {
        error_memory(&scorer->failure);
        return 0;
    }
    cursor_seek(cursor, doc);
    return cursor->doc == doc ? cursor_freq(cursor) : 0;
}

/** How often a phrase stands in the document, and as typed. */
static uint32_t count_of(struct scorer *scorer, size_t i, uint32_t doc, uint32_t *n_typed)
{
    const struct scored_phrase *scored = &scorer->plan->phrases.at[i];

    *n_typed = 0;
    if (scored->within != TERM_NONE && !freq_of(scorer, scored->within, doc))
        return 0;
    if (!scorer->phrases[i] && !scorer->failure.code)
        phrase_open(scorer->segment, scored->node, scored->typed_only, scorer->deadline,
                    scorer->arena, &scorer->phrases[i], &scorer->failure);
    return scorer->failure.code ? 0 : phrase_count(scorer->phrases[i], doc, n_typed);
}

/** How often that stands in standing lines; of the head: where all of the text is in such lines. */
static uint32_t standing_freq(struct scorer *scorer, size_t i, uint32_t doc, uint32_t freq)
{
    const struct scored_term *term = &scorer->plan->terms.at[i];
    const uint32_t *standing = scorer->plan->discount->terms;
    uint32_t n = standing[i];

    if (term->reason.field == FIELD_HEAD) {
        n = standing[term->within];
        return n && n >= freq_of(scorer, term->within, doc) ? freq : 0;
    }
    return n < freq ? n : freq;
}

static double term_part(const struct scorer *scorer, const struct scored_term *term, uint32_t doc,
                        uint32_t freq, double k)
{
    return term->by_title ? title_part(term->bonus, scorer->segment->title_lengths[doc])
                          : score_part(term->weight, term->bonus, freq, k);
}

static double add_terms(struct scorer *scorer, uint32_t doc, double k, bool discounted,
                        scorer_tell *tell, void *context)
{
    const struct plan *plan = scorer->plan;
    double score = 0;

    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        uint32_t freq = freq_of(scorer, i, doc), standing;
        double part;

        if (!freq)
            continue;
        standing = discounted ? standing_freq(scorer, i, doc, freq) : 0;
        part = freq > standing ? term_part(scorer, term, doc, freq - standing, k) : 0;
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

    begin(scorer, doc);
    score = add_terms(scorer, doc, k, discounted, tell, context);
    for (size_t i = 0; i < plan->phrases.n; i++) {
        const struct scored_phrase *phrase = &plan->phrases.at[i];
        struct discount_phrase standing = { 0, 0 };
        uint32_t n_typed, n = count_of(scorer, i, doc, &n_typed);

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

/** What a term adds by standing in standing lines. */
static double term_standing(struct scorer *scorer, size_t i, uint32_t doc, double k)
{
    const struct scored_term *term = &scorer->plan->terms.at[i];
    size_t word = term->reason.field == FIELD_HEAD ? term->within : i;
    uint32_t freq, n;

    if (!scorer->plan->discount->terms[word] || !(freq = freq_of(scorer, i, doc)) ||
        !(n = standing_freq(scorer, i, doc, freq)))
        return 0;
    return term_part(scorer, term, doc, freq, k) -
           (freq > n ? term_part(scorer, term, doc, freq - n, k) : 0);
}

/** The same of a phrase. */
static double phrase_standing(struct scorer *scorer, size_t i, uint32_t doc, double k)
{
    const struct discount_phrase standing = scorer->plan->discount->phrases[i];
    const struct scored_phrase *phrase = &scorer->plan->phrases.at[i];
    uint32_t n_typed, n = standing.n ? count_of(scorer, i, doc, &n_typed) : 0;

    if (!n)
        return 0;
    return phrase_part(phrase, n, n_typed, k) -
           (n > standing.n
                ? phrase_part(phrase, n - standing.n,
                              n_typed > standing.n_typed ? n_typed - standing.n_typed : 0, k)
                : 0);
}

double scorer_discount(struct scorer *scorer, uint32_t doc, double score)
{
    const struct plan *plan = scorer->plan;
    double k = plan_k(plan, scorer->segment, doc);

    begin(scorer, doc);
    for (size_t i = 0; i < plan->terms.n; i++)
        score -= term_standing(scorer, i, doc, k);
    for (size_t i = 0; i < plan->phrases.n; i++)
        score -= phrase_standing(scorer, i, doc, k);
    return score;
}

int scorer_failed(const struct scorer *scorer, struct muc_error *err)
{
    int rc = MUC_OK;

    if (scorer->failure.code) {
        if (err)
            *err = scorer->failure;
        return scorer->failure.code;
    }
    for (size_t i = 0; i < scorer->plan->terms.n; i++)
        if (scorer->terms[i] && scorer->terms[i]->bad)
            return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                             scorer->segment->number);
    for (size_t i = 0; i < scorer->plan->phrases.n && !rc; i++)
        if (scorer->phrases[i])
            rc = phrase_failed(scorer->phrases[i], err);
    return rc;
}
