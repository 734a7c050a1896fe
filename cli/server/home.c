/* SPDX-License-Identifier: MIT */
/* home.c - the first visit: the box, and what the archive holds. */
#include "server/answer.h"
#include "server/page.h"
#include "server/results.h"
#include "server/route.h"

enum {
    LATEST = 6,
    SOURCES = 12,
};

static void put_facts(const struct request *request)
{
    const struct muc_stats *stats = &request->view->stats;
    FILE *out = request->body;
    char oldest[32], newest[32];

    fputs("<p class=\"holds\">", out);
    if (!stats->documents) {
        page_say(request, P_EMPTY_ARCHIVE);
    } else {
        page_say(request, P_HOLDS);
        fputs(" <strong>", out);
        page_say_count(request, stats->documents);
        fputs("</strong>", out);
    }
    if (stats->documents && stats->oldest.year) {
        bool english = request->language == LANGUAGE_EN;

        fprintf(out, english ? ", from %s to %s" : ", từ %s đến %s",
                phrase_date(request, stats->oldest, oldest),
                phrase_date(request, stats->newest, newest));
    }
    fputs(stats->documents ? ".</p>\n" : "</p>\n", out);
}

static void put_sources(const struct request *request, const struct muc_results *results)
{
    const struct muc_facet *sources = results_facet(results, "source");
    FILE *out = request->body;
    char count[32];

    if (!sources || !sources->n_values)
        return;
    fprintf(out, "<section class=\"sources\">\n<h2>%s</h2>\n<ul>\n", phrase(request, P_SOURCES));
    for (size_t i = 0; i < sources->n_values && i < SOURCES; i++) {
        fputs("<li><a href=\"", out);
        link_all(out, request, "source", sources->values[i].value);
        fputs("\">", out);
        html_text(out, sources->values[i].value);
        fprintf(out, "</a> <span class=\"n\">%s</span></li>\n",
                phrase_count(request, sources->values[i].count, count));
    }
    fputs("</ul>\n</section>\n", out);
}

void handle_home(struct request *request)
{
    const struct page frame = { .name = "home", .big = true };
    const struct muc_query query = { .everything = true,
                                     .sort = MUC_SORT_DATE_DOWN,
                                     .limit = LATEST,
                                     .snippet_bytes = 160,
                                     .collapse = true,
                                     .facets = "source",
                                     .facet_values = SOURCES,
                                     .time_ms = request->server->settings->query_ms };
    struct muc_results *results;
    struct muc_error err;

    if (muc_search(request->view->index, &query, &results, &err)) {
        request_error(request, &err);
        return;
    }
    answer_is_of(request, results);
    if (page_begin(request, 200, &frame)) {
        put_facts(request);
        fputs("<div class=\"holdings\">\n", request->body);
        if (muc_results_count(results)) {
            fprintf(request->body, "<section class=\"latest\">\n<h2>%s</h2>\n<ol class=\"hits\">\n",
                    phrase(request, P_LATEST));
            for (size_t i = 0; i < muc_results_count(results); i++)
                page_hit(request, muc_results_hit(results, i));
            fputs("</ol>\n</section>\n", request->body);
        }
        put_sources(request, results);
        fputs("</div>\n", request->body);
        page_end(request);
    }
    muc_results_free(results);
}
