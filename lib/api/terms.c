/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"
#include "index/terms.h"
#include "search/vocabulary.h"
#include "text/analyzer.h"

struct muc_terms {
    struct vocabulary vocabulary;
    bool folded, marked;             /* marked: the prefix was typed with marks */
    struct muc_string exact, prefix; /* of the prefix; in `arena` */
    struct arena arena;
    struct muc_term term;
};

/** The forms of a prefix, which need not be a whole syllable, nor a word: as % it is what it is. */
static int analyse_prefix(struct muc_terms *terms, struct muc_string prefix, struct muc_error *err)
{
    struct analyzer *analyzer = NULL;
    struct tokens tokens = { 0 };
    struct muc_string exact = prefix, folded = prefix;
    int rc = prefix.size > FORM_MAX ? error_set(err, MUC_EARGUMENT, 0, "prefix",
                                                "a prefix has at most %d bytes", FORM_MAX)
                                    : analyzer_new(&analyzer, err);

    if (rc)
        return rc;
    rc = analyzer_run(analyzer, prefix, 0, &tokens, err);
    if (!rc && tokens.n) {
        const struct form *form = analyzer_form(analyzer, tokens.at[tokens.n - 1].form);

        exact = str_of(form->exact, form->exact_size);
        folded = str_of(form_folded(form), form->folded_size);
    }
    if (!rc) {
        terms->exact = arena_copy(&terms->arena, exact);
        terms->prefix = arena_copy(&terms->arena, folded);
        terms->marked = !str_equal(terms->exact, terms->prefix);
        if (!terms->exact.bytes || !terms->prefix.bytes)
            rc = error_memory(err);
    }
    free(tokens.at);
    analyzer_free(analyzer);
    return rc;
}

int muc_terms_open(const struct muc_index *index, struct muc_string prefix, bool folded,
                   struct muc_terms **out, struct muc_error *err)
{
    struct muc_terms *terms = calloc(1, sizeof *terms);
    int rc = MUC_OK;

    if (!terms)
        return error_memory(err);
    terms->folded = folded;
    if (prefix.size)
        rc = analyse_prefix(terms, prefix, err);
    if (!rc)
        rc = vocabulary_open(index->reader, folded ? FAMILY_FOLDED : FAMILY_EXACT, terms->prefix,
                             &terms->vocabulary, err);
    if (rc) {
        muc_terms_close(terms);
        return rc;
    }
    *out = terms;
    return MUC_OK;
}

int muc_terms_next(struct muc_terms *terms, const struct muc_term **term, struct muc_error *err)
{
    const struct vocabulary *vocabulary = &terms->vocabulary;
    int rc;

    while ((rc = vocabulary_next(&terms->vocabulary, err)) == 1) {
        terms->term = (struct muc_term){ .folded = vocabulary->term,
                                         .documents = vocabulary->n_docs,
                                         .occurrences = vocabulary->occurrences };
        if (!terms->folded) {
            terms->term.exact = term_exact_form(vocabulary->term);
            terms->term.folded.size = strnlen(vocabulary->term.bytes, vocabulary->term.size);
        }
        if (terms->marked && !terms->folded && !str_starts(terms->term.exact, terms->exact))
            continue;
        *term = &terms->term;
        return MUC_OK;
    }
    if (!rc)
        *term = NULL;
    return rc;
}

void muc_terms_close(struct muc_terms *terms)
{
    if (!terms)
        return;
    vocabulary_close(&terms->vocabulary);
    arena_free(&terms->arena);
    free(terms);
}
