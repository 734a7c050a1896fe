/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "query_settings.h"
#include "report.h"
#include "steady.h"
#include "writer.h"

enum {
    HITS_MAX = 1000000, /* --limit and --offset together; the library's bound */
    QUERY_MS = 60000    /* for one query where nothing is said */
};

struct search_settings {
    struct query_settings query; /* first: query_options speaks of it */
    uint32_t limit, offset, query_ms;
    unsigned format;
    const char *facets, *queries;
    bool count, explain, no_collapse;
};

/* the two tables go together */
static const char *const format_names[] = { "text", "json", "jsonl", "csv", "ids", "trec", NULL };
static const struct writer *const writers[] = { &writer_text, &writer_json, &writer_jsonl,
                                                &writer_csv,  &writer_ids,  &writer_trec };

#define TARGET(member) .target = offsetof(struct search_settings, member)

static const struct option_spec search_options[] = {
    OPTION_LIMIT(struct search_settings, HITS_MAX, "how many documents to show (default 10)"),
    OPTION_OFFSET(struct search_settings, HITS_MAX, "leave out the first N (default 0)"),
    OPTION_FORMAT(struct search_settings, format_names,
                  "for people (text), for programs (json, jsonl, csv, ids), for evaluation (trec)"),
    { .name = "count",
      .letter = 'c',
      TARGET(count),
      .summary = "only how many documents match (text, json)" },
    { .name = "facet",
      .kind = OPTION_TEXT,
      TARGET(facets),
      .argument = "LIST",
      .summary = "count the documents found by source, year, month, kind, lang, place, byline, "
                 "number or tag; several with commas (text, json)" },
    { .name = "no-collapse",
      TARGET(no_collapse),
      .summary = "show near copies of a document as rows of their own (text, json, jsonl, csv; "
                 "ids and trec always do)" },
    { .name = "explain",
      TARGET(explain),
      .summary = "say what each score is made of (text, json, jsonl)" },
    { .name = "query-time",
      .kind = OPTION_COUNT,
      TARGET(query_ms),
      .argument = "MS",
      .least = 10,
      .most = 86400000,
      .summary = "milliseconds after which a query is answered with what was found, which is then "
                 "said (default 60000)" },
    { .name = "queries",
      .kind = OPTION_FILE,
      TARGET(queries),
      .argument = "FILE",
      .summary = "run the queries of a file (-: standard input), one ID<TAB>QUERY a line" },
    { 0 },
};

/** What one run of the command needs for each query. */
struct searching {
    const struct run *run;
    const struct search_settings *settings;
    const struct writer *writer;
    bool found;
};

/** Nothing was found: what to try. */
static void show_hint(const struct search_settings *settings, struct muc_string query)
{
    const struct query_settings *asked = &settings->query;

    if (query.size == 0)
        complain("nothing found: the query is empty");
    else if (asked->accents == MUC_ACCENTS_EXACT)
        complain("nothing found: without --accents exact other spellings are found as well");
    else if (asked->match == MUC_MATCH_ALL)
        complain("nothing found: --match any also finds documents with some of the words");
    else if (asked->from.year || asked->to.year)
        complain("nothing found: try without --from and --to");
    else
        complain("nothing found: try fewer or other words; mucluc terms shows what is there");
}

static struct muc_query query_for(const struct searching *s, struct muc_string text,
                                  struct muc_filter *filters)
{
    const struct search_settings *settings = s->settings;
    struct muc_query query = query_of(&settings->query, text, filters);

    query.limit = settings->limit;
    query.offset = settings->offset;
    query.time_ms = settings->query_ms ? settings->query_ms : QUERY_MS;
    query.facets = settings->facets;
    query.count_only = settings->count;
    query.explain = settings->explain;
    query.collapse = s->writer->collapses && !settings->no_collapse;
    query.no_snippets = !s->writer->snippets || settings->count;
    query.no_totals = !s->writer->counts;
    return query;
}

/** Write what there is to be said beside an answer, and the answer. */
static void give_answer(struct searching *s, const struct answer *answer)
{
    const struct search_settings *settings = s->settings;
    const struct muc_summary *summary = muc_results_summary(answer->results);
    const char *label = answer->label;

    if (s->writer != &writer_json) /* there the warnings are in the answer */
        complain_query(label, answer->results);
    if (summary->is_partial && s->writer != &writer_json)
        complain("%s%sthe time was over: there may be more and better documents; --query-time "
                 "gives more of it",
                 label ? label : "", label ? ": " : "");
    if (!label && s->writer->paged && !settings->count)
        output_page(s->run->out);
    s->writer->answer(s->run->out, answer);
    if (muc_results_count(answer->results) || summary->total)
        s->found = true;
    else if (!label && s->writer == &writer_text && !settings->count && !summary->is_partial)
        show_hint(settings, answer->query);
}

/** Search for one query and write the answer. @return an exit status; what failed was said. */
static int search_one(struct searching *s, const char *label, struct muc_string text)
{
    const struct search_settings *settings = s->settings;
    struct muc_filter filters[QUERY_FILTERS];
    struct muc_query query = query_for(s, text, filters);
    uint64_t start = steady_us();
    struct muc_results *results;
    struct muc_error err;
    int rc = muc_search(s->run->index, &query, &results, &err);

    if (rc == MUC_EARGUMENT) {
        if (!label || strcmp(err.where, "query") != 0)
            return complain_usage("search", "%s", err.message);
        complain("%s: %s", label, err.message);
        return STATUS_INPUTS;
    }
    if (rc)
        return complain_error(&err);
    give_answer(s, &(struct answer){
                       .label = label,
                       .query = text,
                       .results = results,
                       .took_us = steady_us() - start,
                       .count_only = settings->count,
                       .explained = settings->explain,
                       .any_asked = settings->query.match == MUC_MATCH_ANY,
                   });
    muc_results_free(results);
    return STATUS_DONE;
}

/** Every line of a file of queries. A bad line is named and the rest is done. */
static int search_batch(struct searching *s, const char *path)
{
    struct lines lines;
    int status = STATUS_DONE, closed;

    if (!lines_open(&lines, path))
        return STATUS_USAGE;
    while (lines_next(&lines) && !output_failed(s->run->out)) {
        char *tab = strchr(lines.line, '\t');
        struct muc_string text;
        int one;

        if (lines.size == 0)
            continue;
        if (!tab) {
            complain("%s:%lu: no tab between id and query", lines.name, lines.number);
            status = STATUS_INPUTS;
            continue;
        }
        *tab = '\0';
        text = (struct muc_string){ tab + 1, lines.size - (size_t)(tab + 1 - lines.line) };
        one = search_one(s, lines.line, text);
        if (one == STATUS_DONE)
            continue;
        status = one;
        if (one != STATUS_INPUTS)
            break;
    }
    closed = lines_close(&lines);
    return status != STATUS_DONE ? status : closed;
}

static int check_search(const struct run *run)
{
    const struct search_settings *settings = run->settings;
    const struct writer *writer = writers[settings->format];
    const char *format = format_names[settings->format];

    if (settings->queries && run->n_operands)
        return complain_usage("search", "unexpected '%s' beside --queries", run->operands[0]);
    if (!settings->queries && run->n_operands == 0 && !settings->query.from.year &&
        !settings->query.to.year)
        return complain_usage("search", "QUERY is missing");
    if (settings->count && !writer->counts)
        return complain_usage("search", "--count goes with --format text or json, not %s", format);
    if (settings->facets && !writer->facets)
        return complain_usage("search", "--facet goes with --format text or json, not %s", format);
    if (settings->explain && !writer->explains)
        return complain_usage("search", "--explain goes with --format text, json or jsonl, not %s",
                              format);
    if ((uint64_t)settings->limit + settings->offset > HITS_MAX)
        return complain_usage("search", "--limit and --offset together go up to %d", HITS_MAX);
    return STATUS_DONE;
}

static int run_search(struct run *run)
{
    const struct search_settings *settings = run->settings;
    struct searching s = { run, settings, writers[settings->format], false };
    bool batch = settings->queries != NULL;
    char *text = query_text(&settings->query, run->operands, run->n_operands);
    int status;

    if (!text) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    s.writer->begin(run->out, batch);
    status = batch ? search_batch(&s, settings->queries) : search_one(&s, NULL, muc_text(text));
    free(text);
    if (status == STATUS_DONE && !s.found)
        status = STATUS_NOTHING;
    return status;
}

const struct command command_search = {
    .name = "search",
    .check = check_search,
    .run = run_search,
    .access = ACCESS_READ,
    .settings_size = sizeof(struct search_settings),
    .options = search_options,
    .shared = query_options,
    .most_operands = OPERANDS_ANY,
    .operands = "[QUERY...]",
    .operand_kind = OPTION_TEXT,
    .summary = "rank documents for a query",
    .details =
        "Find documents and show the best first. Type with or without accents; the words of the "
        "query are joined by blanks; with --from or --to it can be left out.\n"
        "The shell must not take the double quotes of a query for its own: mucluc search "
        "'\"bảo vệ môi trường\" date:2020'. Other forms: a OR b, a -b, \"a b\"~5, title:a, "
        "source:a, date:..2019; the manual page has them all under QUERIES. Write -- before a "
        "query that begins with a dash.\n"
        "Exit status: 0 found, 1 nothing found, 2 usage, 3 a line of --queries has no query, or "
        "one that is too long.",
};
