/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"
#include "index/terms.h"
#include "text/analyzer.h"

/* The dictionaries of all segments walked side by side; few enough segments for a linear choice. */
struct muc_terms {
    struct term_iter *iters;
    bool *open, *ended;
    uint32_t n;
    bool folded, marked;             /* marked: the prefix was typed with marks */
    struct muc_string exact, prefix; /* of the prefix; in `arena` */
    struct arena arena;
    char current[TERM_MAX];
    struct muc_term term;
};

/** The forms of a prefix, which need not be a whole syllable. */
static int analyse_prefix(struct muc_terms *terms, struct muc_string prefix, struct muc_error *err)
{
    struct analyzer *analyzer = NULL;
    struct tokens tokens = { 0 };
    int rc = prefix.size > FORM_MAX ? error_set(err, MUC_EARGUMENT, 0, "prefix",
                                                "a prefix has at most %d bytes", FORM_MAX)
                                    : analyzer_new(&analyzer, err);

    if (rc)
        return rc;
    rc = analyzer_run(analyzer, prefix, 0, &tokens, err);
    if (!rc && tokens.n) {
        const struct form *form = analyzer_form(analyzer, tokens.at[tokens.n - 1].form);

        terms->exact = arena_copy(&terms->arena, str_of(form->exact, form->exact_size));
        terms->prefix = arena_copy(&terms->arena, str_of(form->folded, form->folded_size));
        terms->marked = !str_equal(terms->exact, terms->prefix);
        if (!terms->exact.bytes || !terms->prefix.bytes)
            rc = error_memory(err);
    }
    free(tokens.at);
    analyzer_free(analyzer);
    return rc;
}

static int advance(struct muc_terms *terms, uint32_t i, struct muc_error *err)
{
    int rc = term_iter_next(&terms->iters[i], err);

    if (rc < 0)
        return rc;
    terms->ended[i] = rc == 0 || !str_starts(terms->iters[i].term, terms->prefix);
    return MUC_OK;
}

int muc_terms_open(const struct muc_index *index, struct muc_string prefix, bool folded,
                   struct muc_terms **out, struct muc_error *err)
{
    const struct reader *reader = index->reader;
    struct muc_terms *terms = calloc(1, sizeof *terms);
    int rc = MUC_OK;

    if (!terms)
        return error_memory(err);
    terms->folded = folded;
    terms->n = reader->n_segments;
    terms->iters = arena_zero(&terms->arena, terms->n, sizeof *terms->iters);
    terms->open = arena_zero(&terms->arena, terms->n, sizeof *terms->open);
    terms->ended = arena_zero(&terms->arena, terms->n, sizeof *terms->ended);
    if (!terms->iters || !terms->open || !terms->ended)
        rc = error_memory(err);
    if (!rc && prefix.size)
        rc = analyse_prefix(terms, prefix, err);
    for (uint32_t i = 0; i < terms->n && !rc; i++) {
        rc = term_iter_open(&reader->segments[i], folded ? FAMILY_FOLDED : FAMILY_EXACT,
                            terms->prefix, &terms->iters[i], err);
        terms->open[i] = !rc;
        if (!rc)
            rc = advance(terms, i, err);
    }
    if (rc) {
        muc_terms_close(terms);
        return rc;
    }
    *out = terms;
    return MUC_OK;
}

/** The least term that any segment is at; UINT32_MAX at the end of all. */
static uint32_t least(const struct muc_terms *terms)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t i = 0; i < terms->n; i++)
        if (!terms->ended[i] &&
            (best == UINT32_MAX || str_compare(terms->iters[i].term, terms->iters[best].term) < 0))
            best = i;
    return best;
}

/** Add up the least term over the segments that have it, and step over it. */
static int take(struct muc_terms *terms, struct muc_string term, struct muc_error *err)
{
    terms->term = (struct muc_term){ 0 };
    for (uint32_t i = 0; i < terms->n; i++) {
        int rc;

        if (terms->ended[i] || !str_equal(terms->iters[i].term, term))
            continue;
        terms->term.documents += terms->iters[i].entry.n_docs;
        terms->term.occurrences += terms->iters[i].entry.occurrences;
        if ((rc = advance(terms, i, err)))
            return rc;
    }
    terms->term.folded = term;
    if (!terms->folded) {
        terms->term.exact = term_exact_form(term);
        terms->term.folded.size = strnlen(term.bytes, term.size);
    }
    return MUC_OK;
}

int muc_terms_next(struct muc_terms *terms, const struct muc_term **term, struct muc_error *err)
{
    for (uint32_t i; (i = least(terms)) != UINT32_MAX;) {
        size_t size = terms->iters[i].term.size;
        int rc;

        memcpy(terms->current, terms->iters[i].term.bytes, size);
        if ((rc = take(terms, str_of(terms->current, size), err)))
            return rc;
        if (terms->marked && !terms->folded && !str_starts(terms->term.exact, terms->exact))
            continue;
        *term = &terms->term;
        return MUC_OK;
    }
    *term = NULL;
    return MUC_OK;
}

void muc_terms_close(struct muc_terms *terms)
{
    if (!terms)
        return;
    for (uint32_t i = 0; i < terms->n && terms->open; i++)
        if (terms->open[i])
            term_iter_close(&terms->iters[i]);
    arena_free(&terms->arena);
    free(terms);
}
