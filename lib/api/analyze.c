/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/error.h"
#include "text/analyzer.h"

enum { FORMS_MEMORY = 64 << 20 }; /* bytes of interned forms to keep from one text to the next */

struct muc_analyzer {
    struct analyzer *analyzer; /* owns the forms */
    struct tokens tokens;
};

int muc_analyzer_open(struct muc_analyzer **out, struct muc_error *err)
{
    struct muc_analyzer *analyzer = calloc(1, sizeof *analyzer);
    int rc;

    if (!analyzer)
        return error_memory(err);
    rc = analyzer_new(&analyzer->analyzer, err);
    if (rc) {
        free(analyzer);
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
    free(analyzer->tokens.at);
    free(analyzer);
}

int muc_analyzer_run(struct muc_analyzer *analyzer, struct muc_string text, struct muc_error *err)
{
    if (text.size > MUC_TEXT_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "text", "a text has at most %d bytes",
                         MUC_TEXT_MAX);
    analyzer->tokens.n = 0;
    if (analyzer_memory(analyzer->analyzer) > FORMS_MEMORY)
        analyzer_reset(analyzer->analyzer);
    return analyzer_run(analyzer->analyzer, text, 0, &analyzer->tokens, err);
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
        .folded = str_of(form->folded, form->folded_size),
    };
}
