/* SPDX-License-Identifier: MIT */
/* Any bytes to tokens: inside the text, in order, with forms within their bounds. */
#include <assert.h>
#include <stdlib.h>

#include "base/vector.h"
#include "text/analyzer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyzer *analyzer;
    static struct tokens tokens;
    uint32_t end = 0;

    if (!analyzer && analyzer_new(&analyzer, NULL))
        abort();
    if (analyzer_memory(analyzer) > 64 << 20)
        analyzer_reset(analyzer);
    tokens.n = 0;
    if (analyzer_run(analyzer, str_of((const char *)data, size), 0, &tokens, NULL))
        abort();
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *token = &tokens.at[i];
        const struct form *form = analyzer_form(analyzer, token->form);

        if (token->start >= token->end || token->end > size || !form->exact_size ||
            !form->folded_size || form->exact_size > FORM_MAX || form->folded_size > FORM_MAX)
            abort();
        if (form->kind != TOKEN_WHOLE) {
            if (token->start < end)
                abort();
            end = token->end;
        }
    }
    return 0;
}
