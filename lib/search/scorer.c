/* SPDX-License-Identifier: MIT */
#include "search/scorer.h"

#include "base/error.h"
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

    *scorer = (struct scorer){ plan, segment, NULL, NULL };
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

double scorer_score(struct scorer *scorer, uint32_t doc, scorer_tell *tell, void *context)
{
    const struct plan *plan = scorer->plan;
    double k = plan_k(plan, scorer->segment, doc), score = 0, part;

    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        struct cursor *cursor = scorer->terms[i];

        if (!cursor)
            continue;
        cursor_seek(cursor, doc);
        if (cursor->doc != doc)
            continue;
        part = score_part(term->weight, term->bonus, cursor_freq(cursor), k);
        score += part;
        if (tell)
            tell(context, &term->reason, cursor_freq(cursor), part);
    }
    for (size_t i = 0; i < plan->phrases.n; i++) {
        const struct scored_phrase *phrase = &plan->phrases.at[i];
        uint32_t n_typed, n = phrase_count(scorer->phrases[i], doc, &n_typed);

        part = phrase_part(phrase, n, n_typed, k);
        score += part;
        if (tell && n)
            tell(context, &phrase->reason, n, part);
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
