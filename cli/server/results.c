/* SPDX-License-Identifier: MIT */
/* results.c - the page of results. */
#include "server/results.h"

#include <string.h>

#include "server/answer.h"
#include "server/route.h"
#include "steady.h"

const struct muc_facet *results_facet(const struct muc_results *results, const char *name)
{
    for (size_t i = 0; i < muc_results_facets(results); i++)
        if (strcmp(muc_results_facet(results, i)->name.bytes, name) == 0)
            return muc_results_facet(results, i);
    return NULL;
}

/* ---- above the list */

/** How many, how exactly, how fast. */
static void put_count(const struct results_page *page)
{
    const struct muc_summary *summary = muc_results_summary(page->results);
    const struct request *request = page->request;
    FILE *out = request->body;
    char seconds[32], n[32];

    fprintf(out, "<p class=\"count\"><a class=\"to-narrow\" href=\"#narrow\">%s</a> <strong>",
            phrase(request, P_NARROW));
    if (!summary->total_is_exact) {
        page_say(request, P_AT_LEAST);
        fputc(' ', out);
    }
    page_say_count(request, summary->total);
    fputs("</strong>", out);
    if (summary->total_with_all && summary->total_with_all < summary->total)
        fprintf(out, ", %s %s", phrase_count(request, summary->total_with_all, n),
                phrase(request, P_WITH_ALL));
    if (summary->total_as_written && summary->total_as_written < summary->total)
        fprintf(out, ", %s %s", phrase_count(request, summary->total_as_written, n),
                phrase(request, P_AS_WRITTEN));
    snprintf(seconds, sizeof seconds, "%.3f", (double)page->took_us / 1e6);
    if (request->language == LANGUAGE_VI)
        seconds[strcspn(seconds, ".")] = ',';
    fprintf(out, " <span class=\"took\">%s %s</span></p>\n", seconds, phrase(request, P_SECONDS));
}

/** What was searched, where that is not what was typed. */
static void put_reading(const struct results_page *page)
{
    const struct muc_summary *summary = muc_results_summary(page->results);
    const struct request *request = page->request;
    FILE *out = request->body;

    if (!summary->searched_as.size)
        return;
    fputs("<p class=\"reading\">", out);
    page_say(request, P_SEARCHED_AS);
    fputs(" <strong>", out);
    html_text(out, summary->searched_as);
    fputs("</strong>. <a href=\"", out);
    link_write(out, request, "/", CHANGES({ "accents", "exact" }));
    fputs("\">", out);
    page_say(request, P_LITERALLY);
    fputs(" “", out);
    html_words(out, page->asked.q);
    fputs("”</a></p>\n", out);
}

/** What may have been meant by a query with a slip. */
static void put_offer(const struct results_page *page)
{
    const struct muc_summary *summary = muc_results_summary(page->results);
    const struct request *request = page->request;
    FILE *out = request->body;

    if (!summary->did_you_mean.size)
        return;
    fprintf(out, "<p class=\"meant\">%s <a href=\"", phrase(request, P_DID_YOU_MEAN));
    link_write(out, request, "/", CHANGES({ "q", summary->did_you_mean.bytes }));
    fputs("\">", out);
    html_text(out, summary->did_you_mean);
    fputs("</a>", out);
    /* as many as were found with all words are the same ones, in another order */
    if (summary->match == MUC_MATCH_ANY || summary->did_you_mean_total != summary->total) {
        fputs(" <span class=\"n\">(", out);
        page_say_count(request, summary->did_you_mean_total);
        fputs(")</span>", out);
    }
    fputs("</p>\n", out);
}

/** Any of the words were looked for, without being asked to. */
static void put_any_word(const struct results_page *page)
{
    const struct request *request = page->request;
    FILE *out = request->body;

    fputs("<p class=\"note\">", out);
    if (muc_results_summary(page->results)->total_with_all) {
        page_say(request, P_NOT_ALL_WORDS);
        fputs(" <a href=\"", out);
        link_write(out, request, "/", CHANGES({ "match", "all" }));
        fputs("\">", out);
        page_say(request, P_ALL_WORDS_ONLY);
        fputs("</a>", out);
    } else {
        page_say(request, P_ANY_WORD);
    }
    fputs("</p>\n", out);
}

/** Of a parameter that was left out: why, and its value. */
static void put_left_out(const struct results_page *page, enum phrase why, const char *value)
{
    FILE *out = page->request->body;

    fputs("<p class=\"note\">", out);
    page_say(page->request, why);
    fputs(" “", out);
    html_words(out, value);
    fputs("”</p>\n", out);
}

static void put_notes(const struct results_page *page)
{
    const struct muc_summary *summary = muc_results_summary(page->results);
    const struct request *request = page->request;
    static const char *const dates[] = { "from", "to" };
    FILE *out = request->body;

    if (summary->is_partial) {
        fputs("<p class=\"note\">", out);
        page_say(request, P_PARTIAL);
        fputs("</p>\n", out);
    }
    if (summary->match == MUC_MATCH_ANY && page->asked.query.match != MUC_MATCH_ANY &&
        summary->total) {
        put_any_word(page);
    }
    for (size_t i = 0; i < 2; i++) {
        const char *value = request_parameter(request, dates[i]);
        struct muc_date date = i ? page->asked.query.to : page->asked.query.from;

        if (value && *value && !date.year)
            put_left_out(page, P_BAD_DATE, value);
    }
    if (page->bad_offset)
        put_left_out(page, P_BAD_OFFSET, page->bad_offset);
    for (size_t i = 0; i < muc_results_warnings(page->results); i++) {
        fputs("<p class=\"note\">", out);
        page_say(request, P_WARNING);
        fputc(' ', out);
        phrase_warning(request, muc_results_warning(page->results, i));
        fputs("</p>\n", out);
    }
}

/* ---- nothing */

/** How many documents there would be without filters. */
static uint64_t count_unfiltered(const struct results_page *page)
{
    const struct request *request = page->request;
    const struct muc_query query = { .text = muc_text(page->asked.q),
                                     .match = (enum muc_match)page->asked.query.match,
                                     .accents = (enum muc_accents)page->asked.query.accents,
                                     .count_only = true,
                                     .time_ms = request->server->settings->query_ms };
    struct muc_results *results;
    uint64_t total;

    if (muc_search(request->view->index, &query, &results, NULL))
        return 0;
    total = muc_results_summary(results)->total;
    muc_results_free(results);
    return total;
}

/** The way out of filters, where there is something outside. */
static void put_unfiltered(const struct results_page *page)
{
    const struct query_settings *query = &page->asked.query;
    const struct request *request = page->request;
    FILE *out = request->body;
    uint64_t total;

    if (!query->from.year && !query->to.year && !query->source && !query->kind && !query->lang &&
        !query->tag)
        return;
    if (!(total = count_unfiltered(page)))
        return;
    fputs("<li><a href=\"", out);
    link_write(out, request, "/",
               CHANGES({ "from", NULL }, { "to", NULL }, { "source", NULL }, { "kind", NULL },
                       { "lang", NULL }, { "tag", NULL }));
    fprintf(out, "\">%s</a> (", phrase(request, P_NOTHING_FILTERS));
    page_say_count(request, total);
    fputs(")</li>\n", out);
}

/** Whether something was typed with marks, so that it may also be typed without. */
static bool has_marks(const char *query)
{
    for (; *query; query++)
        if (*query & 0x80)
            return true;
    return false;
}

static void put_nothing(const struct results_page *page)
{
    const struct query_settings *query = &page->asked.query;
    const struct request *request = page->request;
    FILE *out = request->body;

    fputs("<div class=\"nothing\">\n<h2>", out);
    if (muc_results_summary(page->results)->is_partial) { /* what to do then is said above */
        page_say(request, P_NOTHING_YET);
        fputs("</h2>\n", out);
    } else {
        page_say(request, P_NOTHING);
        fprintf(out, "</h2>\n<p>%s</p>\n",
                phrase(request, has_marks(page->asked.q) ? P_NOTHING_HINT : P_NOTHING_BARE));
    }
    fputs("<ul class=\"ways\">\n", out);
    if (query->accents == MUC_ACCENTS_EXACT) {
        fputs("<li><a href=\"", out);
        link_write(out, request, "/", CHANGES({ "accents", NULL }));
        fprintf(out, "\">%s</a></li>\n", phrase(request, P_ALL_WORDS));
    }
    put_unfiltered(page);
    fputs("<li><a href=\"", out);
    link_plain(out, request, "/help");
    fprintf(out, "\">%s</a></li>\n</ul>\n</div>\n", phrase(request, P_HELP));
}

/* ---- below the list */

static void put_page_link(const struct results_page *page, uint64_t offset, enum phrase name,
                          const char *rel)
{
    FILE *out = page->request->body;
    char text[24];

    snprintf(text, sizeof text, "%llu", (unsigned long long)offset);
    fprintf(out, "<a rel=\"%s\" href=\"", rel);
    link_write(out, page->request, "/", CHANGES({ "offset", offset ? text : NULL }));
    fprintf(out, "\">%s</a>\n", phrase(page->request, name));
}

/** How many rows there are nobody knows before they are made: near copies share one. */
static void put_pages(const struct results_page *page)
{
    uint64_t offset = page->asked.offset, next = offset + RESULTS_PER_PAGE;
    bool more = muc_results_summary(page->results)->total > next &&
                muc_results_count(page->results) == RESULTS_PER_PAGE;
    FILE *out = page->request->body;
    char here[32];

    if (!offset && !more)
        return;
    fprintf(out, "<nav class=\"pages\" aria-label=\"%s\">\n", phrase(page->request, P_PAGES));
    if (offset && !muc_results_count(page->results))
        put_page_link(page, 0, P_FIRST, "first");
    else if (offset)
        put_page_link(page, offset > RESULTS_PER_PAGE ? offset - RESULTS_PER_PAGE : 0, P_BEFORE,
                      "prev");
    fprintf(out, "<span>%s %s</span>\n", phrase(page->request, P_PAGE),
            phrase_count(page->request, offset / RESULTS_PER_PAGE + 1, here));
    if (more && next <= ASKED_OFFSET_MAX)
        put_page_link(page, next, P_NEXT, "next");
    fputs("</nav>\n", out);
    if (more && next > ASKED_OFFSET_MAX) {
        fputs("<p class=\"note\">", out);
        page_say(page->request, P_TOO_DEEP);
        fputs("</p>\n", out);
    }
}

static void put_exports(const struct results_page *page)
{
    static const char *const formats[][2] = { { "/export.csv", "CSV" },
                                              { "/export.jsonl", "JSON Lines" },
                                              { "/export.ris", "RIS" },
                                              { "/export.bib", "BibTeX" } };
    FILE *out = page->request->body;

    fputs("<p class=\"exports\">", out);
    page_say(page->request, P_TAKE_ALONG);
    fputs(": ", out);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        fputs("<a download href=\"", out);
        link_write(out, page->request, formats[i][0], CHANGES({ "hl", NULL }));
        fprintf(out, "\">%s</a> ", formats[i][1]);
    }
    fputs("<a class=\"feed\" href=\"", out);
    link_write(out, page->request, "/feed.atom", CHANGES({ "hl", NULL }, { "sort", NULL }));
    fputs("\">", out);
    page_say(page->request, P_FEED);
    fputs("</a></p>\n", out);
}

/* ---- the whole */

static void put_list(const struct results_page *page)
{
    const struct muc_results *results = page->results;
    FILE *out = page->request->body;

    results_years(page);
    fprintf(out, "<h2 class=\"hidden\">%s</h2>\n", phrase(page->request, P_RESULTS));
    if (!muc_results_count(results))
        fprintf(out, "<p class=\"note\">%s</p>\n", phrase(page->request, P_PAST_END));
    fprintf(out, "<ol class=\"hits\" start=\"%u\">\n", page->asked.offset + 1);
    for (size_t i = 0; i < muc_results_count(results); i++)
        page_hit(page->request, muc_results_hit(results, i));
    fputs("</ol>\n", out);
    put_pages(page);
    put_exports(page);
}

static void put_results(const struct results_page *page)
{
    const char *q = page->asked.q ? page->asked.q : "";
    struct request *request = page->request;
    const struct page frame = { .name = "results", .title = muc_text(q), .feed = true };
    bool any = muc_results_summary(page->results)->total > 0;

    if (!page_begin(request, 200, &frame))
        return;
    fprintf(request->body, "<h1 class=\"hidden\">%s: ", phrase(request, P_SEARCH));
    html_words(request->body, q);
    fputs("</h1>\n<div class=\"columns\">\n<div class=\"list\">\n", request->body);
    if (any)
        put_count(page);
    put_offer(page);
    put_reading(page);
    results_filters(page);
    put_notes(page);
    if (any)
        put_list(page);
    else
        put_nothing(page);
    fputs("</div>\n", request->body);
    results_narrow(page);
    fputs("</div>\n", request->body);
    page_end(request);
}

/** A value of "offset" that was not taken, as it is no number or too large; or NULL. */
static const char *bad_offset(const struct results_page *page)
{
    const char *value = request_parameter(page->request, "offset");

    return value && !page->asked.offset && value[strspn(value, "0")] ? value : NULL;
}

void handle_page(struct request *request)
{
    struct results_page page = { .request = request };
    struct muc_results *results;
    struct muc_query query;
    struct muc_error err;
    uint64_t start;

    if (!asked_read(request, asked_options, true, &page.asked))
        return;
    if (!asked_anything(&page.asked)) {
        handle_home(request);
        return;
    }
    page.asked.limit = RESULTS_PER_PAGE;
    page.bad_offset = bad_offset(&page);
    page.asked.offset = page.asked.offset / RESULTS_PER_PAGE * RESULTS_PER_PAGE;
    page.asked.facets = "year,month,source,kind,lang,tag";
    page.asked.facet_values = RESULTS_FACET_VALUES;
    page.asked.explain = page.asked.count = false;
    query = asked_query(&page.asked, request);
    start = steady_us();
    if (muc_search(request->view->index, &query, &results, &err)) {
        request_error(request, &err);
        return;
    }
    answer_is_of(request, results);
    page.took_us = steady_us() - start;
    page.results = results;
    put_results(&page);
    muc_results_free(results);
}
