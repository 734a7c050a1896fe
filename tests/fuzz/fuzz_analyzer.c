/* SPDX-License-Identifier: MIT */
/* Any bytes to tokens: inside the text, in order, with forms within their bounds. */
#include <assert.h>
#include <stdlib.h>

#include "base/vector.h"
#include "text/analyzer.h"
#include "text/days.h"
#include "text/introduced.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Each day found is eight digits and a space, about the year that it is near. */
static void check_days(const struct analyzer *analyzer, struct muc_string text,
                       const struct tokens *tokens)
{
    const struct muc_date near = { 2020, 12, 23 };
    struct buffer days = { 0 };

    days_find(analyzer, text, tokens->at, tokens->n, near, &days);
    if (days.failed || days.size % 9)
        abort();
    for (size_t i = 0; i < days.size; i += 9)
        if (memcmp(days.at + i, "2020", 4) && memcmp(days.at + i, "2021", 4))
            abort();
    buffer_free(&days);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyzer *analyzer;
    static struct tokens tokens;
    static struct introductions introductions;
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
    check_days(analyzer, str_of((const char *)data, size), &tokens);
    introductions.n = 0;
    if (introduced_find(analyzer, str_of((const char *)data, size), tokens.at, tokens.n,
                        &introductions, NULL))
        abort();
    return 0;
}
