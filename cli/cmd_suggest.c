/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "command.h"
#include "display.h"
#include "report.h"
#include "suggest_json.h"
#include "words.h"

struct suggest_settings {
    unsigned format;
    uint32_t limit;
};

#define TARGET(member) .target = offsetof(struct suggest_settings, member)

enum { FORMAT_TEXT, FORMAT_JSON };

static const char *const suggest_formats[] = { "text", "json", NULL };

static const struct option_spec suggest_options[] = {
    OPTION_FORMAT(struct suggest_settings, suggest_formats,
                  "for people (text) or for programs (json)"),
    OPTION_LIMIT(struct suggest_settings, 50, "at most N completions (default: 10)"),
    { 0 },
};

enum { COUNT_COLUMNS = 9, COUNT_SIZE = 24 };

/** A completion and its number, to be cut at the tab; on a screen the number stands first, so that
 *  a title may take several lines. */
static void write_text(struct output *out, const struct muc_suggestion *suggestion)
{
    char count[COUNT_SIZE] = "title";

    if (!suggestion->is_title)
        snprintf(count, sizeof count, "%" PRIu64, suggestion->documents);
    if (out->width) {
        fprintf(out->file, "%*s  ", COUNT_COLUMNS - 2, count);
        display_wrapped(out, COUNT_COLUMNS, &(struct styled){ suggestion->text, NULL, 0, "", "" });
        fputc('\n', out->file);
    } else {
        display_bytes(out, suggestion->text);
        fprintf(out->file, "\t%s\n", count);
    }
}

static void write_all(struct output *out, unsigned format, struct muc_string typed,
                      const struct muc_suggestions *suggestions)
{
    struct emit json = { .file = out->file };
    size_t n = muc_suggestions_count(suggestions);

    if (format == FORMAT_TEXT) {
        for (size_t i = 0; i < n; i++)
            write_text(out, muc_suggestions_get(suggestions, i));
        return;
    }
    suggest_json(&json, typed, suggestions);
    emit_line(&json);
}

static int run_suggest(struct run *run)
{
    const struct suggest_settings *settings = run->settings;
    struct muc_suggestions *suggestions;
    struct muc_error err;
    char *text;
    size_t n;

    if (!(text = words_join(run->operands, run->n_operands)))
        return complain("out of memory"), STATUS_SYSTEM;
    if (muc_suggest(run->index, muc_text(text), settings->limit, &suggestions, &err)) {
        free(text);
        return complain_error(&err);
    }
    write_all(run->out, settings->format, muc_text(text), suggestions);
    n = muc_suggestions_count(suggestions);
    muc_suggestions_free(suggestions);
    free(text);
    return n ? STATUS_DONE : STATUS_NOTHING;
}

const struct command command_suggest = {
    .name = "suggest",
    .run = run_suggest,
    .access = ACCESS_READ,
    .settings_size = sizeof(struct suggest_settings),
    .options = suggest_options,
    .least_operands = 1,
    .most_operands = OPERANDS_ANY,
    .operands = "TEXT…",
    .operand_kind = OPTION_TEXT,
    .summary = "complete what is being typed",
    .details =
        "Complete the last word of TEXT by words that follow each other in the archive, most "
        "documents first, and by titles: each with the number of documents that have its words "
        "next to each other. TEXT may lack marks: \"bien doi kh\" gives \"biến đổi khí hậu\"; "
        "words with the marks that TEXT has come first. A blank at the end of TEXT asks for the "
        "next word. On a screen the number stands first, elsewhere behind a tab.\n"
        "Exit status: 0 found, 1 there is no completion.",
};
