/* SPDX-License-Identifier: MIT */
#include "search/scorer.h"

#include "base/error.h"
#include "index/lengths.h"

static int open_terms(const struct plan *plan, const struct segment *segment, struct arena *arena,
                      struct scorer *scorer, struct muc_error *err)
{
    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        struct postings postings;
        int found = segment_find(segment, term->family, term->term, &postings, err);

        if (found < 0)
            return found;
        if (!found)
            continue;
        if (!(scorer->terms[i] = arena_alloc(arena, sizeof **scorer->terms)))
            return error_memory(err);
        cursor_open(scorer->terms[i], segment, &postings);
    }
    return MUC_OK;
}

int scorer_open(const struct plan *plan, const struct segment *segment, struct arena *arena,
                struct scorer *scorer, struct muc_error *err)
{
    int rc = MUC_OK;

    *scorer = (struct scorer){ plan, segment, NULL, NULL };
    scorer->terms = arena_zero(arena, plan->terms.n + 1, sizeof *scorer->terms);
    scorer->phrases = arena_zero(arena, plan->phrases.n + 1, sizeof *scorer->phrases);
    if (!scorer->terms || !scorer->phrases)
        return error_memory(err);
    rc = open_terms(plan, segment, arena, scorer, err);
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

double scorer_score(struct scorer *scorer, uint32_t doc,
                    void (*tell)(void *context, const char *kind, struct muc_string text,
                                 double score),
                    void *context)
{
    const struct plan *plan = scorer->plan;
    double k = plan->k_fixed + plan->k_length * length_of(scorer->segment->lengths[doc]);
    double score = 0;

    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        struct cursor *cursor = scorer->terms[i];
        double part;

        if (!cursor)
            continue;
        cursor_seek(cursor, doc);
        if (cursor->doc != doc)
            continue;
        if (term->presence) {
            part = term->weight;
        } else {
            double freq = cursor_freq(cursor);

            part = term->weight * (freq / (freq + k)) + term->bonus;
        }
        score += part;
        if (tell)
            tell(context, term->kind, term->text, part);
    }
    for (size_t i = 0; i < plan->phrases.n; i++) {
        const struct scored_phrase *phrase = &plan->phrases.at[i];
        uint32_t n_typed = 0, n = phrase_count(scorer->phrases[i], doc, &n_typed);
        double part =
            phrase->weight * (n / (n + k)) + phrase->weight_typed * (n_typed / (n_typed + k));

        if (n_typed && !phrase->typed_only) /* above all that is not as typed, as for words */
            part += phrase->weight;
        score += part;
        if (tell && n)
            tell(context, phrase->node->kind == NODE_NEAR ? "near" : "phrase", str_of("", 0), part);
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
