/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "command.h"
#include "report.h"
#include "steady.h"
#include "words.h"
#include "writer.h"

enum { HITS_MAX = 10000 };

struct similar_settings {
    uint32_t limit, offset;
    unsigned format;
    bool copies;
};

/* the two tables go together */
static const char *const format_names[] = { "text", "json", "jsonl", "csv", "ids", NULL };
static const struct writer *const writers[] = { &writer_text, &writer_json, &writer_jsonl,
                                                &writer_csv, &writer_ids };

#define TARGET(member) .target = offsetof(struct similar_settings, member)

static const struct option_spec similar_options[] = {
    OPTION_LIMIT(struct similar_settings, HITS_MAX, "how many documents to show (default 10)"),
    OPTION_OFFSET(struct similar_settings, HITS_MAX, "leave out the first N (default 0)"),
    { .name = "copies", TARGET(copies), .summary = "near copies alone" },
    OPTION_FORMAT(struct similar_settings, format_names,
                  "for people (text), for programs (json, jsonl, csv, ids)"),
    { 0 },
};

static int show_similar(const struct run *run, const struct muc_string *ids, struct muc_string text)
{
    const struct similar_settings *settings = run->settings;
    const struct writer *writer = writers[settings->format];
    const struct muc_query query = { .limit = settings->limit,
                                     .offset = settings->offset,
                                     .copies_only = settings->copies,
                                     .no_snippets = !writer->snippets,
                                     .no_totals = !writer->counts };
    struct muc_results *results;
    struct muc_error err;
    uint64_t start = steady_us(), took;
    size_t n;

    switch (muc_similar(run->index, ids, run->n_operands, &query, &results, &err)) {
    case MUC_OK:
        took = steady_us() - start;
        break;
    case MUC_ENOTFOUND:
        complain("%s", err.message);
        return STATUS_NOTHING;
    default:
        return complain_error(&err);
    }
    writer->begin(run->out, false);
    if (writer->paged)
        output_page(run->out);
    writer->answer(
        run->out,
        &(struct answer){ .query = text, .results = results, .took_us = took, .any_asked = true });
    n = muc_results_count(results);
    muc_results_free(results);
    return n ? STATUS_DONE : STATUS_NOTHING;
}

static int run_similar(struct run *run)
{
    struct muc_string *ids = calloc(run->n_operands, sizeof *ids);
    char *text = words_join(run->operands, run->n_operands);
    int status = STATUS_SYSTEM;

    for (size_t i = 0; ids && i < run->n_operands; i++)
        ids[i] = muc_text(run->operands[i]);
    if (ids && text)
        status = show_similar(run, ids, muc_text(text));
    else
        complain("out of memory");
    free(ids);
    free(text);
    return status;
}

const struct command command_similar = {
    .name = "similar",
    .run = run_similar,
    .access = ACCESS_READ,
    .settings_size = sizeof(struct similar_settings),
    .options = similar_options,
    .least_operands = 1,
    .most_operands = 100,
    .operands = "ID...",
    .operand_kind = OPTION_TEXT,
    .summary = "find more like these documents",
    .details =
        "Show what is like the documents with these ids, those left out: first their near copies "
        "(sent again, corrected, or of which a large part was taken), marked as such, then what "
        "shares most of the words that few others have.\n"
        "Exit status: 0 found, 1 nothing found or no such document.",
};
