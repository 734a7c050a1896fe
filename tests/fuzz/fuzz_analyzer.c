/* SPDX-License-Identifier: MIT */
/* Any bytes to tokens: inside the text, in order, with forms within their bounds. */
#include <assert.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/vector.h"
#include "text/analyzer.h"
#include "text/days.h"
#include "text/introduced.h"
#include "text/stem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Each day or month found exists, inside the text, in order. */
static void check_days(const struct analyzer *analyzer, struct muc_string text,
                       const struct tokens *tokens)
{
    const struct muc_date near = { 2020, 12, 23 };
    struct named_days days = { 0 };
    uint32_t end = 0;

    if (!days_find(analyzer, text, tokens->at, tokens->n, near, &days))
        abort();
    for (size_t i = 0; i < days.n; i++) {
        const struct named_day *day = &days.at[i];
        unsigned year = day->number / 10000, month = day->number / 100 % 100;

        if (day->start < end || day->end <= day->start || day->end > text.size || year < 1 ||
            year > 9999 || month < 1 || month > 12 ||
            day->number % 100 > calendar_days(year, month))
            abort();
        end = day->end;
    }
    vector_free(&days);
}

/** Paragraphs lie inside the text, in order; each has stems. */
static void check_stems(const struct analyzer *analyzer, struct muc_string text,
                        const struct tokens *tokens)
{
    static struct stems *stemmers;
    struct language_spans spans = { 0 };
    struct buffer stems = { 0 };
    size_t end = 0;

    if ((!stemmers && stems_new(&stemmers, NULL)) ||
        !language_find(analyzer, text, tokens->at, tokens->n, &spans))
        abort();
    for (size_t i = 0; i < spans.n; i++) {
        const struct language_span *span = &spans.at[i];

        if (span->from < end || span->from >= span->to || span->to > tokens->n ||
            span->language <= LANGUAGE_VIETNAMESE || span->language >= LANGUAGES ||
            !stem_tokens(stemmers, analyzer, tokens->at + span->from, span->to - span->from,
                         span->language, 0, &stems))
            abort();
        end = span->to;
    }
    /* whatever the language, any word can be asked for */
    for (size_t i = 0; i < tokens->n; i++)
        for (int k = LANGUAGE_UNKNOWN; k < LANGUAGES; k++) {
            const struct form *form = analyzer_form(analyzer, tokens->at[i].form);
            char room[FORM_MAX];
            struct muc_string exact = str_of(form->exact, form->exact_size);
            int n = stem_word(stemmers, (enum language)k, exact, room);

            if (n < 0 || (n && (analyzer_traits(analyzer)[tokens->at[i].form] & TRAIT_WORD) &&
                          stem_is_of(stemmers, str_of(room, (size_t)n), exact) != 1))
                abort();
        }
    vector_free(&spans);
    buffer_free(&stems);
}

/** Read a few at a time they are the same. */
static void check_parts(struct analyzer *analyzer, struct muc_string text,
                        const struct tokens *tokens)
{
    struct analyzer_reading reading = { .at = 0 };
    struct tokens parts = { .n = 0 };
    size_t most = text.size ? (uint8_t)text.bytes[0] % 32 + 1 : 1;

    analyzer_start(&reading, text, 0);
    while (!reading.ended)
        if (analyzer_next(analyzer, &reading, most, &parts, NULL))
            abort();
    if (parts.n != tokens->n ||
        (parts.n && memcmp(parts.at, tokens->at, parts.n * sizeof *parts.at)))
        abort();
    vector_free(&parts);
    analyzer_end(&reading);
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
    check_parts(analyzer, str_of((const char *)data, size), &tokens);
    check_days(analyzer, str_of((const char *)data, size), &tokens);
    introductions.n = 0;
    if (introduced_find(analyzer, str_of((const char *)data, size), tokens.at, tokens.n,
                        &introductions, NULL))
        abort();
    check_stems(analyzer, str_of((const char *)data, size), &tokens);
    return 0;
}
