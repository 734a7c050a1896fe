/* SPDX-License-Identifier: MIT */
/* results_narrow.c - what makes a list shorter: years, dates, facets, and the order. */
#include <stdlib.h>
#include <string.h>

#include "server/results.h"

enum {
    SHOWN = 6,       /* values of a facet before "more" */
    BAR_HEIGHT = 48, /* units of the picture */
    BAR_WIDTH = 10,
    FEW_BARS = 8,     /* would be as wide as a hand */
    MONTHS_OF = 2,    /* years at most are shown by months */
    MOST_YEARS = 300, /* one date of another age would flatten the rest */
};

/* ---- years, or months where there are few years */

/** The bars of a picture: years, or months from 0 in the year 0. */
struct bars {
    const struct muc_facet *facet;
    bool months;
    int first, last;
};

/** A month is told as 2020-12. */
static int bar_of(const struct muc_facet *facet, bool months, size_t i)
{
    char *end;
    long year = strtol(facet->values[i].value.bytes, &end, 10);

    return (int)(months ? year * 12 + (*end == '-' ? strtol(end + 1, NULL, 10) - 1 : 0) : year);
}

static struct bars bars_of(const struct muc_facet *facet, bool months)
{
    return (struct bars){ facet, months, bar_of(facet, months, 0),
                          bar_of(facet, months, facet->n_values - 1) };
}

/** As the date fields have it: 2020, 12/2020. */
static const char *bar_name(const struct bars *bars, int bar, char name[24])
{
    if (bars->months)
        snprintf(name, 24, "%d/%d", bar % 12 + 1, bar / 12);
    else
        snprintf(name, 24, "%d", bar);
    return name;
}

static void put_bar(const struct results_page *page, const struct bars *bars, int bar, uint64_t n,
                    uint64_t most)
{
    const struct request *request = page->request;
    FILE *out = request->body;
    double height = 2 + (BAR_HEIGHT - 2) * (double)n / (double)most;
    int x = (bar - bars->first) * BAR_WIDTH;
    char name[24], count[32];

    bar_name(bars, bar, name);
    phrase_count(request, n, count);
    fputs("<a href=\"", out);
    link_write(out, request, "/", CHANGES({ "from", name }, { "to", name }));
    fprintf(out, "\" aria-label=\"%s: %s\"><title>%s: %s</title>", name, count, name, count);
    fprintf(out,
            "<rect class=\"reach\" x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\"/>"
            "<rect class=\"bar\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/></a>\n",
            x, BAR_WIDTH, BAR_HEIGHT, x + 1, BAR_HEIGHT - height, BAR_WIDTH - 2, height);
}

static void put_bars(const struct results_page *page, const struct bars *bars)
{
    const struct muc_facet *facet = bars->facet;
    const struct request *request = page->request;
    int n = bars->last - bars->first + 1;
    FILE *out = request->body;
    char first[24], last[24];
    uint64_t most = 1;

    for (size_t i = 0; i < facet->n_values; i++)
        most = facet->values[i].count > most ? facet->values[i].count : most;
    fprintf(out,
            "<figure class=\"years%s\">\n<figcaption class=\"hidden\">%s</figcaption>\n"
            "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"group\" "
            "aria-label=\"%s\" data-first=\"%d\" data-last=\"%d\"%s>\n",
            n <= FEW_BARS ? " few" : "", phrase(request, P_YEARS_HINT), n * BAR_WIDTH, BAR_HEIGHT,
            phrase(request, bars->months ? P_MONTH : P_YEAR), bars->first, bars->last,
            bars->months ? " data-months" : "");
    for (size_t i = 0; i < facet->n_values; i++)
        put_bar(page, bars, bar_of(facet, bars->months, i), facet->values[i].count, most);
    fprintf(out,
            "</svg>\n<p class=\"axis\"><span>%s</span> <span class=\"chosen\" aria-hidden=\"true\">"
            "–</span> <span>%s</span></p>\n</figure>\n",
            bar_name(bars, bars->first, first), bar_name(bars, bars->last, last));
}

void results_years(const struct results_page *page)
{
    const struct muc_facet *years = results_facet(page->results, "year");
    const struct muc_facet *months = results_facet(page->results, "month");
    struct bars bars;

    if (!years || !months || months->n_values < 2)
        return;
    bars = bars_of(years, false);
    if (bars.last - bars.first < MONTHS_OF)
        bars = bars_of(months, true);
    else if (bars.last - bars.first > MOST_YEARS)
        return;
    put_bars(page, &bars);
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

/** "từ 2018", "đến 12/2020", "2018 – 2020". */
static void put_dates_filter(const struct results_page *page)
{
    const struct query_settings *query = &page->asked.query;
    const struct request *request = page->request;
    char text[80], from[32], to[32];

    phrase_date(request, query->from, from);
    phrase_date(request, query->to, to);
    if (!query->from.year)
        snprintf(text, sizeof text, "%s %s", phrase(request, P_UNTIL), to);
    else if (!query->to.year)
        snprintf(text, sizeof text, "%s %s", phrase(request, P_SINCE), from);
    else
        snprintf(text, sizeof text, strcmp(from, to) ? "%s – %s" : "%s", from, to);
    put_filter(page, text, CHANGES({ "from", NULL }, { "to", NULL }));
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

    if (!dated && !query->source && !query->kind && !query->lang && !query->tag)
        return;
    fputs("<ul class=\"filters\">\n", out);
    if (dated)
        put_dates_filter(page);
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

/** Whether a facet could make the list shorter. */
static bool narrows(const struct results_page *page, const char *name, const char *chosen)
{
    const struct muc_facet *facet = results_facet(page->results, name);

    return facet && !chosen && facet->n_values && (facet->n_values > 1 || facet->missing);
}

static void put_facet(const struct results_page *page, const char *name, enum phrase title)
{
    const struct muc_facet *facet = results_facet(page->results, name);
    const struct request *request = page->request;
    FILE *out = request->body;
    bool more = false;

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

/** Whether any document has a date: else there is nothing to sort or to limit. */
static bool has_dates(const struct results_page *page)
{
    return page->request->view->stats.oldest.year != 0;
}

void results_narrow(const struct results_page *page)
{
    const struct query_settings *query = &page->asked.query;
    const struct {
        const char *name, *chosen;
        enum phrase title;
    } facets[] = { { "source", query->source, P_SOURCE },
                   { "kind", query->kind, P_KIND },
                   { "lang", query->lang, P_LANG },
                   { "tag", query->tag, P_TAG } };
    FILE *out = page->request->body;
    bool any = has_dates(page);

    for (size_t i = 0; i < sizeof facets / sizeof *facets; i++)
        any = any || narrows(page, facets[i].name, facets[i].chosen);
    if (!any)
        return;
    fprintf(out, "<aside id=\"narrow\" class=\"narrow\" aria-label=\"%s\">\n",
            phrase(page->request, P_NARROW));
    if (has_dates(page))
        put_order(page);
    for (size_t i = 0; i < sizeof facets / sizeof *facets; i++)
        if (narrows(page, facets[i].name, facets[i].chosen))
            put_facet(page, facets[i].name, facets[i].title);
    fputs("</aside>\n", out);
}
