/* SPDX-License-Identifier: MIT */
/* hit.c - one row of a list, and what is folded up in it. */
#include <string.h>

#include "format.h"
#include "server/page.h"

enum {
    COPIES_SHOWN = 20,
    ROW_SNIPPET = 1, /* is not shown, but titles come with it */
};

/** In a word, how far a document is from what was typed. That it has the marks which nobody typed
 *  goes without saying. */
static const char *tier_of(const struct request *request, const struct muc_hit *hit)
{
    const char *q = request_parameter(request, "q");
    bool plain = true;

    for (; q && *q; q++)
        plain = plain && !(*q & 0x80);
    return plain && hit->tier == MUC_TIER_MARKS_OTHER ? "" : phrase_tier(request, hit->tier);
}

/** Day and source. */
static void put_origin(const struct request *request, const struct muc_hit *hit)
{
    FILE *out = request->body;
    char text[32];

    if (hit->date.year) {
        char iso[FORMAT_DATE_SIZE];

        fprintf(out, "<time datetime=\"%s\">%s</time>", format_date(hit->date, iso),
                phrase_date(request, hit->date, text));
    } else if (request->view->stats.oldest.year) { /* else no document has one */
        fputs("<span>", out);
        page_say(request, P_NO_DATE);
        fputs("</span>", out);
    }
    if (hit->source.size) {
        fputs(" <span class=\"source\">", out);
        html_text(out, hit->source);
        fputs("</span>", out);
    }
}

static void put_title(const struct request *request, const struct muc_hit *hit, size_t n_marks)
{
    if (hit->title.size)
        html_marked(request->body, hit->title, hit->title_highlights, n_marks, NULL);
    else
        page_say(request, P_UNTITLED);
}

void page_row(struct request *request, const struct muc_hit *hit)
{
    FILE *out = request->body;

    fputs("<li><a", out);
    page_lang(request, hit->lang);
    fputs(" href=\"", out);
    link_other_document(out, request, hit->id);
    fputs("\">", out);
    put_title(request, hit, 0); /* nobody asked for the words that make it similar */
    fputs("</a> <span class=\"meta\">", out);
    put_origin(request, hit);
    if (hit->is_copy)
        fprintf(out, " <span>%s</span>", phrase(request, P_ONE_COPY));
    fputs("</span></li>\n", out);
}

/** The near copies that a row stands for. */
static void put_copies(struct request *request, const struct muc_hit *hit)
{
    const struct muc_query query = { .limit = COPIES_SHOWN,
                                     .snippet_bytes = ROW_SNIPPET,
                                     .copies_only = true };
    FILE *out = request->body;
    struct muc_results *copies;
    char text[32];
    size_t n;

    if (!hit->copies || muc_similar(request->view->index, &hit->id, 1, &query, &copies, NULL))
        return;
    fprintf(out, "<details class=\"copies\"><summary>%s %s</summary>\n<ul>\n",
            phrase_count(request, hit->copies, text),
            phrase(request, hit->copies == 1 ? P_ONE_COPY : P_COPIES));
    n = muc_results_count(copies);
    for (size_t i = 0; i < n; i++) {
        struct muc_hit copy = *muc_results_hit(copies, i);

        copy.is_copy = false; /* goes without saying here */
        page_row(request, &copy);
    }
    if (n < hit->copies)
        fprintf(out, "<li>… %s</li>\n", phrase_count(request, hit->copies - n, text));
    fputs("</ul>\n</details>\n", out);
    muc_results_free(copies);
}

void page_hit(struct request *request, const struct muc_hit *hit)
{
    const char *tier = tier_of(request, hit);
    FILE *out = request->body;
    char text[32];

    fputs("<li class=\"hit\">\n<h3", out);
    page_lang(request, hit->lang);
    fputs("><a href=\"", out);
    link_document(out, request, hit->id);
    fputs("\">", out);
    put_title(request, hit, hit->n_title_highlights);
    fputs("</a></h3>\n<p class=\"meta\">", out);
    put_origin(request, hit);
    if (hit->snippet.page)
        fprintf(out, " <span class=\"place\">%s %s</span>", phrase(request, P_PAGE),
                phrase_count(request, hit->snippet.page, text));
    if (*tier)
        fprintf(out, " <span class=\"tier\">%s</span>", tier);
    fputs("</p>\n", out);
    if (hit->snippet.text.size) {
        fputs("<p class=\"snippet\"", out);
        page_lang(request, hit->lang);
        fputs(">", out);
        html_marked(out, hit->snippet.text, hit->snippet.highlights, hit->snippet.n_highlights,
                    NULL);
        fputs("</p>\n", out);
    }
    put_copies(request, hit);
    fputs("</li>\n", out);
}
