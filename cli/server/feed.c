/* SPDX-License-Identifier: MIT */
/* feed.c - the newest documents that a query finds, as an Atom feed (RFC 4287). */
#include "server/answer.h"
#include "server/asked.h"
#include "server/page.h"
#include "server/route.h"

enum { ENTRIES = 50 };

/** Atom wants a time: a day, month or year is its beginning. */
static void put_updated(FILE *out, struct muc_date date)
{
    fprintf(out, "<updated>%04d-%02u-%02uT00:00:00Z</updated>\n", date.year ? date.year : 1970,
            date.month ? date.month : 1U, date.day ? date.day : 1U);
}

static void put_element(FILE *out, const char *name, struct muc_string text)
{
    fprintf(out, "<%s>", name);
    html_text(out, text);
    fprintf(out, "</%s>\n", name);
}

static void put_entry(const struct request *request, const char *base, const struct muc_hit *hit)
{
    FILE *out = request->body;

    fputs("<entry>\n", out);
    put_element(out, "title", hit->title.size ? hit->title : hit->id);
    fprintf(out, "<id>%s", base);
    link_document_path(out, hit->id);
    fprintf(out, "</id>\n<link href=\"%s", base);
    link_document_path(out, hit->id);
    fputs("\"/>\n", out);
    put_updated(out, hit->date);
    if (hit->source.size) {
        fputs("<author>", out);
        put_element(out, "name", hit->source);
        fputs("</author>\n", out);
    }
    put_element(out, "summary", hit->snippet.text);
    fputs("</entry>\n", out);
}

static void put_feed(struct request *request, const struct asked *asked,
                     const struct muc_results *results)
{
    size_t n = muc_results_count(results);
    FILE *out = request->body;
    char base[512];

    request_base(request, base, sizeof base);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>",
          out);
    page_say(request, P_NAME);
    if (asked->q && *asked->q)
        fputs(": ", out);
    html_words(out, asked->q ? asked->q : "");
    fputs("</title>\n<author><name>Mục lục</name></author>\n<id>", out);
    html_words(out, base);
    link_parameters(out, request, "/feed.atom");
    fputs("</id>\n<link rel=\"self\" href=\"", out);
    html_words(out, base);
    link_parameters(out, request, "/feed.atom");
    fputs("\"/>\n", out);
    put_updated(out, n ? muc_results_hit(results, 0)->date : (struct muc_date){ 0 });
    for (size_t i = 0; i < n; i++)
        put_entry(request, base, muc_results_hit(results, i));
    fputs("</feed>\n", out);
}

void handle_feed(struct request *request)
{
    struct muc_results *results;
    struct muc_query query;
    struct muc_error err;
    struct asked asked;

    if (!asked_read(request, asked_q, false, &asked))
        return;
    query = asked_query(&asked, request);
    query.everything = query.everything || !asked_anything(&asked);
    query.sort = MUC_SORT_DATE_DOWN;
    query.limit = ENTRIES;
    query.collapse = false; /* the newest of them comes last: it would never be told */
    if (!query.from.year)
        query.from.year = 1; /* no entry without a time */
    if (muc_search(request->view->index, &query, &results, &err)) {
        request_error(request, &err);
        return;
    }
    answer_is_of(request, results);
    if (request_begin(request, 200, "application/atom+xml; charset=utf-8"))
        put_feed(request, &asked, results);
    muc_results_free(results);
}
