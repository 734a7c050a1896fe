/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/error.h"
#include "text/stem.h"

enum { FORMS_MEMORY = 64 << 20 }; /* bytes of interned forms to keep from one text to the next */

struct muc_analyzer {
    struct analyzer *analyzer; /* owns the forms */
    struct tokens tokens;
    struct language_spans spans;
    struct stems *stemmers;
    struct buffer stems;
};

int muc_analyzer_open(struct muc_analyzer **out, struct muc_error *err)
{
    struct muc_analyzer *analyzer = calloc(1, sizeof *analyzer);
    int rc;

    if (!analyzer)
        return error_memory(err);
    rc = analyzer_new(&analyzer->analyzer, err);
    if (!rc)
        rc = stems_new(&analyzer->stemmers, err);
    if (rc) {
        muc_analyzer_close(analyzer);
        return rc;
    }
    *out = analyzer;
    return MUC_OK;
}

void muc_analyzer_close(struct muc_analyzer *analyzer)
{
    if (!analyzer)
        return;
    analyzer_free(analyzer->analyzer);
    vector_free(&analyzer->tokens);
    vector_free(&analyzer->spans);
    stems_free(analyzer->stemmers);
    buffer_free(&analyzer->stems);
    free(analyzer);
}

/** The languages of what stands in `tokens`, and the stems. */
static bool find_stems(struct muc_analyzer *analyzer, struct muc_string text)
{
    const struct token *tokens = analyzer->tokens.at;
    struct language_spans *spans = &analyzer->spans;
    bool ok = language_find(analyzer->analyzer, text, tokens, analyzer->tokens.n, spans);

    for (size_t i = 0; i < spans->n && ok; i++)
        ok = stem_tokens(analyzer->stemmers, analyzer->analyzer, tokens + spans->at[i].from,
                         spans->at[i].to - spans->at[i].from, spans->at[i].language, 0,
                         &analyzer->stems);
    return ok;
}

int muc_analyzer_run(struct muc_analyzer *analyzer, struct muc_string text, struct muc_error *err)
{
    int rc;

    if (text.size > MUC_TEXT_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "text", "a text has at most %d bytes",
                         MUC_TEXT_MAX);
    analyzer->tokens.n = 0;
    if (analyzer_memory(analyzer->analyzer) > FORMS_MEMORY)
        analyzer_reset(analyzer->analyzer);
    analyzer->spans =
        (struct language_spans){ .at = analyzer->spans.at, .room = analyzer->spans.room };
    buffer_clear(&analyzer->stems);
    if ((rc = analyzer_run(analyzer->analyzer, text, 0, &analyzer->tokens, err)))
        return rc;
    return find_stems(analyzer, text) ? MUC_OK : error_memory(err);
}

size_t muc_analyzer_count(const struct muc_analyzer *analyzer)
{
    return analyzer->tokens.n;
}

struct muc_token muc_analyzer_token(const struct muc_analyzer *analyzer, size_t i)
{
    const struct token *token = &analyzer->tokens.at[i];
    const struct form *form = analyzer_form(analyzer->analyzer, token->form);

    return (struct muc_token){
        .start = token->start,
        .end = token->end,
        .position = token->position,
        .kind = (enum muc_token_kind)form->kind,
        .exact = str_of(form->exact, form->exact_size),
        .folded = str_of(form_folded(form), form->folded_size),
    };
}

const char *muc_analyzer_language(const struct muc_analyzer *analyzer)
{
    return language_code(language_of_most(&analyzer->spans.lines));
}

struct muc_string muc_analyzer_stems(const struct muc_analyzer *analyzer)
{
    return str_of((const char *)analyzer->stems.at, analyzer->stems.size);
}
