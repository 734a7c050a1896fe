/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "display.h"
#include "report.h"

struct terms_settings {
    uint32_t limit; /* 0: all */
    bool folded, abbreviations;
};

#define TARGET(member) .target = offsetof(struct terms_settings, member)

static const struct option_spec terms_options[] = {
    { .name = "folded", TARGET(folded), .summary = "without marks: all forms of one together" },
    { .name = "abbreviations",
      TARGET(abbreviations),
      .summary = "abbreviations instead, with what they stand for" },
    OPTION_LIMIT(struct terms_settings, UINT32_MAX, "only the first N (default: all)"),
    { 0 },
};

static bool begins_with(struct muc_string text, struct muc_string prefix)
{
    return text.size >= prefix.size && !memcmp(text.bytes, prefix.bytes, prefix.size);
}

/** One line each: short form, meaning, documents that introduce it; tabs between. */
static int list_abbreviations(struct run *run)
{
    const struct terms_settings *settings = run->settings;
    struct muc_string prefix = muc_text(run->n_operands ? run->operands[0] : "");
    struct muc_abbreviations *list;
    struct muc_error err;
    uint32_t n = 0;

    if (muc_abbreviations_open(run->index, &list, &err))
        return complain_error(&err);
    for (size_t i = 0; i < muc_abbreviations_count(list) && !output_failed(run->out); i++) {
        const struct muc_abbreviation *one = muc_abbreviations_at(list, i);

        if (!begins_with(one->brief, prefix) || (settings->limit && n == settings->limit))
            continue;
        display_bytes(run->out, one->brief);
        fputc('\t', run->out->file);
        display_bytes(run->out, one->meaning);
        fprintf(run->out->file, "\t%" PRIu64 "\n", one->documents);
        n++;
    }
    muc_abbreviations_close(list);
    return n ? STATUS_DONE : STATUS_NOTHING;
}

static int run_terms(struct run *run)
{
    const struct terms_settings *settings = run->settings;
    struct muc_string prefix = muc_text(run->n_operands ? run->operands[0] : "");
    const struct muc_term *term = NULL;
    struct muc_terms *terms;
    struct muc_error err;
    uint32_t n = 0;
    int rc;

    if (settings->abbreviations)
        return list_abbreviations(run);
    if ((rc = muc_terms_open(run->index, prefix, settings->folded, &terms, &err)))
        return complain_error(&err);
    while ((settings->limit == 0 || n < settings->limit) && !output_failed(run->out) &&
           !(rc = muc_terms_next(terms, &term, &err)) && term) {
        display_bytes(run->out, settings->folded ? term->folded : term->exact);
        fprintf(run->out->file, "\t%" PRIu64 "\t%" PRIu64 "\n", term->documents, term->occurrences);
        n++;
    }
    muc_terms_close(terms);
    if (rc)
        return complain_error(&err);
    return n ? STATUS_DONE : STATUS_NOTHING;
}

const struct command command_terms = {
    .name = "terms",
    .run = run_terms,
    .access = ACCESS_READ,
    .settings_size = sizeof(struct terms_settings),
    .options = terms_options,
    .most_operands = 1,
    .operands = "[PREFIX]",
    .operand_kind = OPTION_TEXT,
    .summary = "list the words of the index",
    .details =
        "List the words of titles and texts, or those that begin with PREFIX: the word, in "
        "how many documents it is, how often in all, with tabs between. A PREFIX without "
        "marks reaches all accented forms.\n"
        "With --abbreviations: those that documents introduce, as in \"Ủy ban nhân dân "
        "(UBND)\": short form, meaning, how many documents do, the most frequent first; then "
        "those that mucluc knows, with 0. A PREFIX is that of the short form, in lower case. What "
        "is printed can be edited and put into the database's folder as abbreviations.txt: a "
        "short form that stands there has the meanings that the file gives it, none if the "
        "meaning is empty, and no others. A line without a number is certain, one with # is a "
        "remark. Searches read the file when they open the database.\n"
        "Exit status: 0 found, 1 there is no such word.",
};
