/* SPDX-License-Identifier: MIT */
/* results_narrow.c - what makes a list shorter: years, dates, facets, and the order. */
#include <stdlib.h>
#include <string.h>

#include "server/results.h"

enum {
    SHOWN = 6,       /* values of a facet before "more" */
    BAR_HEIGHT = 48, /* units of the picture */
    BAR_WIDTH = 10,
    FEW_YEARS = 8, /* would make bars as wide as a hand */
};

/* ---- years */

static int year_of(const struct muc_facet *years, size_t i)
{
    return (int)strtol(years->values[i].value.bytes, NULL, 10);
}

static void put_bar(const struct results_page *page, int first, int year, uint64_t n, uint64_t most)
{
    const struct request *request = page->request;
    FILE *out = request->body;
    double height = 2 + (BAR_HEIGHT - 2) * (double)n / (double)most;
    char name[16], count[32];

    snprintf(name, sizeof name, "%d", year);
    fputs("<a href=\"", out);
    link_write(out, request, "/", CHANGES({ "from", name }, { "to", name }));
    fprintf(out, "\" data-year=\"%d\" aria-label=\"%d: %s\"><title>%d: %s</title>", year, year,
            phrase_count(request, n, count), year, count);
    fprintf(out,
            "<rect class=\"reach\" x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\"/>"
            "<rect class=\"bar\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/></a>\n",
            (year - first) * BAR_WIDTH, BAR_WIDTH, BAR_HEIGHT, (year - first) * BAR_WIDTH + 1,
            BAR_HEIGHT - height, BAR_WIDTH - 2, height);
}

void results_years(const struct results_page *page, const struct muc_facet *years)
{
    int first = year_of(years, 0), last = year_of(years, years->n_values - 1);
    const struct request *request = page->request;
    FILE *out = request->body;
    uint64_t most = 1;

    if (last - first > 300) /* one date of another age would flatten the rest */
        return;
    for (size_t i = 0; i < years->n_values; i++)
        most = years->values[i].count > most ? years->values[i].count : most;
    fprintf(out,
            "<figure class=\"years%s\">\n<figcaption class=\"hidden\">%s. %s</figcaption>\n"
            "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"group\" "
            "aria-label=\"%s\" data-first=\"%d\" data-last=\"%d\">\n",
            last - first < FEW_YEARS ? " few" : "", phrase(request, P_YEAR),
            phrase(request, P_YEARS_HINT), (last - first + 1) * BAR_WIDTH, BAR_HEIGHT,
            phrase(request, P_YEAR), first, last);
    for (size_t i = 0; i < years->n_values; i++)
        put_bar(page, first, year_of(years, i), years->values[i].count, most);
    fprintf(out,
            "</svg>\n<p class=\"axis\"><span>%d</span><span class=\"chosen\" aria-hidden=\"true\">"
            "</span><span>%d</span></p>\n</figure>\n",
            first, last);
}

/* ---- filters in force */

static void put_filter(const struct results_page *page, const char *text, const struct change *off,
                       size_t n)
{
    const struct request *request = page->request;
    FILE *out = request->body;

    fputs("<li><a href=\"", out);
    link_write(out, request, "/", off, n);
    fputs("\">", out);
    html_words(out, *text ? text : phrase(request, P_NONE_GIVEN));
    fprintf(out,
            "<span class=\"hidden\"> – %s</span><span aria-hidden=\"true\"> ×</span></a></li>\n",
            phrase(request, P_REMOVE));
}

void results_filters(const struct results_page *page)
{
    const struct query_settings *query = &page->asked.query;
    const struct {
        const char *name, *value;
    } exact[] = { { "source", query->source },
                  { "kind", query->kind },
                  { "lang", query->lang },
                  { "tag", query->tag } };
    bool dated = query->from.year || query->to.year;
    FILE *out = page->request->body;
    char text[80], from[32] = "…", to[32] = "…";

    if (!dated && !query->source && !query->kind && !query->lang && !query->tag)
        return;
    fputs("<ul class=\"filters\">\n", out);
    if (query->from.year)
        phrase_date(page->request, query->from, from);
    if (query->to.year)
        phrase_date(page->request, query->to, to);
    snprintf(text, sizeof text, strcmp(from, to) ? "%s – %s" : "%s", from, to);
    if (dated)
        put_filter(page, text, CHANGES({ "from", NULL }, { "to", NULL }));
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (exact[i].value)
            put_filter(page, exact[i].value, CHANGES({ exact[i].name, NULL }));
    fputs("</ul>\n", out);
}

/* ---- facets */

static void put_value(const struct results_page *page, const char *name, struct muc_string value,
                      uint64_t n)
{
    const struct request *request = page->request;
    FILE *out = request->body;
    char count[32];

    fputs("<li><a href=\"", out);
    link_write(out, request, "/", CHANGES({ name, value.bytes }));
    fputs("\"><span>", out);
    if (value.size)
        html_text(out, value);
    else
        page_say(request, P_NONE_GIVEN);
    fprintf(out, "</span> <span class=\"n\">%s</span></a></li>\n", phrase_count(request, n, count));
}

static void put_facet(const struct results_page *page, const char *name, enum phrase title,
                      const char *chosen)
{
    const struct muc_facet *facet = results_facet(page->results, name);
    const struct request *request = page->request;
    FILE *out = request->body;
    bool more = false;

    if (!facet || !facet->n_values || chosen)
        return;
    if (facet->n_values == 1 && !facet->missing)
        return; /* would leave the list as it is */
    fprintf(out, "<section class=\"facet\">\n<h2>%s</h2>\n<ul>\n", phrase(request, title));
    for (size_t i = 0; i < facet->n_values; i++) {
        if (i == SHOWN && facet->n_values > SHOWN + 1) {
            fprintf(out, "</ul>\n<details><summary>%s</summary>\n<ul>\n", phrase(request, P_MORE));
            more = true;
        }
        put_value(page, name, facet->values[i].value, facet->values[i].count);
    }
    fputs(more ? "</ul>\n</details>\n" : "</ul>\n", out);
    fputs("</section>\n", out);
}

static void put_date_field(const struct results_page *page, const char *name, enum phrase label)
{
    const struct request *request = page->request;
    const char *value = request_parameter(request, name);
    FILE *out = request->body;

    fprintf(out, "<label>%s <input name=\"%s\" value=\"", phrase(request, label), name);
    html_words(out, value ? value : "");
    fprintf(out,
            "\" maxlength=\"40\" autocomplete=\"off\" placeholder=\"%s\" "
            "data-calendar=\"%s\"></label>\n",
            phrase(request, P_DATE_HINT), phrase(request, P_CALENDAR));
}

static void put_order(const struct results_page *page)
{
    static const char *const without[] = { "sort", "from", "to", NULL };
    static const struct {
        const char *value;
        enum phrase name;
    } orders[] = { { "", P_SORT_BEST }, { "-date", P_SORT_NEW }, { "date", P_SORT_OLD } };
    const struct request *request = page->request;
    FILE *out = request->body;

    fprintf(out, "<form class=\"order\" action=\"%s/\">\n", request->server->prefix);
    link_fields(out, request, without);
    fprintf(out, "<label>%s <select name=\"sort\" data-submit>", phrase(request, P_SORT));
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        static const enum muc_sort sorts[] = { MUC_SORT_RELEVANCE, MUC_SORT_DATE_DOWN,
                                               MUC_SORT_DATE };

        fprintf(out, "<option value=\"%s\"%s>%s</option>", orders[i].value,
                page->asked.query.sort == sorts[i] ? " selected" : "",
                phrase(request, orders[i].name));
    }
    fputs("</select></label>\n", out);
    put_date_field(page, "from", P_FROM);
    put_date_field(page, "to", P_TO);
    fprintf(out, "<button>%s</button>\n</form>\n", phrase(request, P_APPLY));
}

void results_narrow(const struct results_page *page)
{
    const struct query_settings *query = &page->asked.query;
    FILE *out = page->request->body;

    fprintf(out, "<aside class=\"narrow\" aria-label=\"%s\">\n", phrase(page->request, P_NARROW));
    put_order(page);
    put_facet(page, "source", P_SOURCE, query->source);
    put_facet(page, "kind", P_KIND, query->kind);
    put_facet(page, "lang", P_LANG, query->lang);
    put_facet(page, "tag", P_TAG, query->tag);
    fputs("</aside>\n", out);
}
