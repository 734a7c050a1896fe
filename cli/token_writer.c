/* SPDX-License-Identifier: MIT */
#include "token_writer.h"

#include <string.h>

#include "display.h"

static const char *kind_name(enum muc_token_kind kind)
{
    switch (kind) {
    case MUC_TOKEN_WORD:
        return "word";
    case MUC_TOKEN_NUMBER:
        return "number";
    case MUC_TOKEN_WHOLE:
        return "whole";
    }
    return "";
}

static struct muc_string written_form(struct muc_string text, const struct muc_token *token)
{
    return (struct muc_string){ text.bytes + token->start, token->end - token->start };
}

static void widen(size_t *columns, struct muc_string text)
{
    size_t n = display_columns(text);

    if (n > *columns)
        *columns = n;
}

void tokens_table(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text)
{
    size_t n = muc_analyzer_count(analyzer), exact = 5, folded = 6;

    for (size_t i = 0; i < n; i++) {
        struct muc_token token = muc_analyzer_token(analyzer, i);
        widen(&exact, token.exact);
        widen(&folded, token.folded);
    }
    fprintf(out->file, "%8s %8s %8s  %-6s  %-*s  %-*s  %s\n", "start", "end", "position", "kind",
            (int)exact, "exact", (int)folded, "folded", "text");
    for (size_t i = 0; i < n; i++) {
        struct muc_token token = muc_analyzer_token(analyzer, i);

        fprintf(out->file, "%8u %8u %8u  %-6s  ", (unsigned)token.start, (unsigned)token.end,
                (unsigned)token.position, kind_name(token.kind));
        display_padded(out->file, token.exact, exact);
        fputs("  ", out->file);
        display_padded(out->file, token.folded, folded);
        fputs("  ", out->file);
        display_clean(out->file, written_form(text, &token));
        fputc('\n', out->file);
    }
}

static void put_token(struct emit *json, const struct muc_token *token)
{
    emit_open(json, '{');
    emit_count(json, "start", token->start);
    emit_count(json, "end", token->end);
    emit_count(json, "position", token->position);
    emit_name(json, "kind");
    emit_string(json, muc_text(kind_name(token->kind)));
    emit_name(json, "exact");
    emit_string(json, token->exact);
    emit_name(json, "folded");
    emit_string(json, token->folded);
    emit_close(json, '}');
}

void tokens_array(struct emit *json, const struct muc_analyzer *analyzer)
{
    emit_open(json, '[');
    for (size_t i = 0; i < muc_analyzer_count(analyzer); i++) {
        struct muc_token token = muc_analyzer_token(analyzer, i);
        put_token(json, &token);
    }
    emit_close(json, ']');
}

void tokens_json(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text)
{
    struct emit json = { .file = out->file };

    (void)text;
    tokens_array(&json, analyzer);
    emit_line(&json);
}

void tokens_jsonl(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text)
{
    struct emit json = { .file = out->file };

    (void)text;
    for (size_t i = 0; i < muc_analyzer_count(analyzer); i++) {
        struct muc_token token = muc_analyzer_token(analyzer, i);
        put_token(&json, &token);
        emit_line(&json);
    }
}

void tokens_forms(FILE *file, const struct muc_analyzer *analyzer, bool first)
{
    for (size_t i = 0; i < muc_analyzer_count(analyzer); i++) {
        struct muc_token token = muc_analyzer_token(analyzer, i);

        if (token.kind == MUC_TOKEN_WHOLE) /* its parts are there */
            continue;
        if (!first)
            fputc(' ', file);
        fwrite(token.exact.bytes, 1, token.exact.size, file);
        first = false;
    }
}

void tokens_line(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text)
{
    (void)text;
    tokens_forms(out->file, analyzer, true);
    fputc('\n', out->file);
}

void tokens_stems(struct emit *json, const struct muc_analyzer *analyzer)
{
    struct muc_string stems = muc_analyzer_stems(analyzer);
    const char *at = stems.bytes;

    emit_open(json, '[');
    for (size_t left = stems.size; left;) {
        size_t size = (size_t)((const char *)memchr(at, ' ', left) - at);

        emit_string(json, (struct muc_string){ at, size });
        at += size + 1;
        left -= size + 1;
    }
    emit_close(json, ']');
}
