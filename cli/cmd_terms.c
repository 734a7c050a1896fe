/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "command.h"
#include "display.h"
#include "report.h"

struct terms_settings {
    uint32_t limit; /* 0: all */
    bool folded;
};

#define TARGET(member) .target = offsetof(struct terms_settings, member)

static const struct option_spec terms_options[] = {
    { .name = "folded", TARGET(folded), .summary = "without marks: all forms of one together" },
    { .name = "limit",
      .letter = 'n',
      .kind = OPTION_COUNT,
      TARGET(limit),
      .argument = "N",
      .least = 1,
      .most = UINT32_MAX,
      .summary = "only the first N (default: all)" },
    { 0 },
};

static int run_terms(struct run *run)
{
    const struct terms_settings *settings = run->settings;
    struct muc_string prefix = muc_text(run->n_operands ? run->operands[0] : "");
    const struct muc_term *term = NULL;
    struct muc_terms *terms;
    struct muc_error err;
    uint32_t n = 0;
    int rc = muc_terms_open(run->index, prefix, settings->folded, &terms, &err);

    if (rc)
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
    .details = "List the words of titles and texts, or those that begin with PREFIX: the word, in "
               "how many documents it is, how often in all, with tabs between. A PREFIX without "
               "marks reaches all accented forms.\n"
               "Exit status: 0 found, 1 there is no such word.",
};
