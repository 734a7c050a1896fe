/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analyze_documents.h"
#include "analyze_encodings.h"
#include "command.h"
#include "display.h"
#include "report.h"
#include "token_writer.h"
#include "words.h"

struct analyze_settings {
    const char *documents;
    unsigned format;
    bool encoding;
};

enum {
    FORMAT_TABLE,
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_TOKENS,
};

static const char *const format_names[] = { "table", "json", "jsonl", "tokens", NULL };

#define TARGET(member) .target = offsetof(struct analyze_settings, member)

static const struct option_spec analyze_options[] = {
    OPTION_FORMAT(struct analyze_settings, format_names,
                  "a table; one array (json); one token, or with --documents one document, a line "
                  "(jsonl); exact forms with blanks between (tokens)"),
    { .name = "documents",
      .kind = OPTION_FILE,
      TARGET(documents),
      .argument = "FILE",
      .summary = "analyse the documents of a JSON Lines file (-: standard input), one a line "
                 "(jsonl, tokens)" },
    { .name = "encoding",
      .kind = OPTION_FLAG,
      TARGET(encoding),
      .summary = "tell the encodings that the text might be in instead (table, json)" },
    { 0 },
};

/** All of standard input. @return a string to be freed, or NULL: said why. */
static char *read_all(size_t *size)
{
    size_t room = 0, n = 0, got;
    char *text = NULL;

    do {
        if (n + 65536 > room) {
            char *larger = realloc(text, room = 2 * room + 65536);
            if (!larger) {
                free(text);
                complain("out of memory");
                return NULL;
            }
            text = larger;
        }
        got = fread(text + n, 1, room - n, stdin);
        n += got;
    } while (got && n <= MUC_TEXT_MAX);
    if (ferror(stdin)) {
        complain("standard input: %s", strerror(errno));
        free(text);
        return NULL;
    }
    *size = n;
    return text;
}

static int analyze_text(struct run *run, struct muc_analyzer *analyzer)
{
    static void (*const writers[])(struct output *, const struct muc_analyzer *,
                                   struct muc_string) = {
        [FORMAT_TABLE] = tokens_table,
        [FORMAT_JSON] = tokens_json,
        [FORMAT_JSONL] = tokens_jsonl,
        [FORMAT_TOKENS] = tokens_line,
    };
    const struct analyze_settings *settings = run->settings;
    bool standard = run->n_operands == 0 || strcmp(run->operands[0], "-") == 0;
    struct muc_string text;
    struct muc_error err;
    char *owned;
    int rc, status;

    if (standard) {
        owned = read_all(&text.size);
        if (!owned)
            return STATUS_SYSTEM;
    } else {
        owned = words_join(run->operands, run->n_operands);
        if (!owned) {
            complain("out of memory");
            return STATUS_SYSTEM;
        }
        text.size = strlen(owned);
    }
    text.bytes = owned;
    if (settings->encoding) {
        status = analyze_encodings(run->out, text, settings->format == FORMAT_JSON);
        free(owned);
        return status;
    }
    rc = muc_analyzer_run(analyzer, text, &err);
    if (rc)
        complain_error(&err);
    else
        writers[settings->format](run->out, analyzer, text);
    free(owned);
    return status_of(rc);
}

static int check_analyze(const struct run *run)
{
    const struct analyze_settings *settings = run->settings;

    if (settings->documents && run->n_operands)
        return complain_usage("analyze", "unexpected '%s' beside --documents", run->operands[0]);
    if (settings->documents && settings->encoding)
        return complain_usage("analyze", "--encoding does not go with --documents");
    if (settings->encoding && settings->format > FORMAT_JSON)
        return complain_usage("analyze", "--encoding goes with --format table or json");
    if (settings->documents && settings->format < FORMAT_JSONL)
        return complain_usage("analyze", "--documents goes with --format jsonl or tokens");
    return STATUS_DONE;
}

static int run_analyze(struct run *run)
{
    const struct analyze_settings *settings = run->settings;
    struct muc_analyzer *analyzer;
    struct muc_error err;
    int status;

    if (muc_analyzer_open(&analyzer, &err))
        return complain_error(&err);
    if (settings->documents)
        status = analyze_documents(run->out, analyzer, settings->documents,
                                   settings->format == FORMAT_TOKENS);
    else
        status = analyze_text(run, analyzer);
    muc_analyzer_close(analyzer);
    return status;
}

const struct command command_analyze = {
    .name = "analyze",
    .check = check_analyze,
    .run = run_analyze,
    .access = ACCESS_NONE,
    .settings_size = sizeof(struct analyze_settings),
    .options = analyze_options,
    .most_operands = OPERANDS_ANY,
    .operands = "[TEXT...|-]",
    .operand_kind = OPTION_TEXT,
    .summary = "show how a text is cut into words",
    .details = "Show the tokens of a text, or of standard input, as an index would hold them: "
               "bytes from and to, position, kind, exact form, folded form. Needs no database.\n"
               "With --documents the documents of a JSON Lines file: with --format tokens one "
               "line for each, its id, a tab, and the exact forms of its title and text with "
               "blanks between, for other engines; with --format jsonl one object for each, with "
               "its language and the stems of words in other languages.\n"
               "With --encoding each way to read the bytes of the text: the logarithm of how "
               "likely it is, how many of its words with marks and of all its words are "
               "Vietnamese syllables; a star before the one that indexing would choose.\n"
               "Exit status: 0 done, 3 a line is no document.",
};
