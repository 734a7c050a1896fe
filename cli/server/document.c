/* SPDX-License-Identifier: MIT */
/* document.c - the page of one document, with every place that the query meets. */
#include <string.h>
#include <strings.h>

#include "document_members.h"
#include "server/answer.h"
#include "server/asked.h"
#include "server/page.h"
#include "server/route.h"

enum {
    SIMILAR = 5,
    TITLE_LONG = 160, /* bytes from which a title is set smaller */
};

/** One document and how it meets the query. */
struct document_page {
    struct request *request;
    const struct muc_document *document;
    const struct muc_hit *hit; /* NULL: nothing was asked */
    unsigned n_marks;          /* put so far */
};

static void put_row(const struct request *request, enum phrase name, struct muc_string value)
{
    if (!value.size)
        return;
    fprintf(request->body, "<dt>%s</dt><dd>", phrase(request, name));
    html_text(request->body, value);
    fputs("</dd>\n", request->body);
}

/** A value that leads to all documents with it, newest first. */
static void put_value(const struct request *request, const char *name, struct muc_string value)
{
    FILE *out = request->body;

    if (memchr(value.bytes, 0, value.size)) { /* no parameter can have it */
        html_text(out, value);
        return;
    }
    fputs("<a href=\"", out);
    link_all(out, request, name, value);
    fputs("\">", out);
    html_text(out, value);
    fputs("</a>", out);
}

static void put_value_row(const struct request *request, enum phrase title, const char *name,
                          struct muc_string value)
{
    if (!value.size)
        return;
    fprintf(request->body, "<dt>%s</dt><dd>", phrase(request, title));
    put_value(request, name, value);
    fputs("</dd>\n", request->body);
}

/** Only addresses of the web become links: others may run something. */
static bool is_web_address(struct muc_string url)
{
    return (url.size > 7 && strncasecmp(url.bytes, "http://", 7) == 0) ||
           (url.size > 8 && strncasecmp(url.bytes, "https://", 8) == 0);
}

static void put_address(const struct request *request, struct muc_string url)
{
    FILE *out = request->body;

    if (!is_web_address(url)) {
        put_row(request, P_ADDRESS, url);
        return;
    }
    fprintf(out, "<dt>%s</dt><dd><a rel=\"external noreferrer\" href=\"",
            phrase(request, P_ADDRESS));
    html_text(out, url);
    fputs("\">", out);
    html_text(out, url);
    fputs("</a></dd>\n", out);
}

static void put_date(const struct request *request, const struct muc_document *document)
{
    static const enum phrase origins[] = { [MUC_DATE_NAME] = P_DATE_FROM_NAME,
                                           [MUC_DATE_DATELINE] = P_DATE_FROM_LINE,
                                           [MUC_DATE_FILE] = P_DATE_FROM_FILE };
    enum muc_date_origin origin = document->date_origin;
    FILE *out = request->body;
    char date[32];

    if (!document->date.year) {
        if (request->view->stats.oldest.year) /* else no document has one */
            put_row(request, P_DATE, muc_text(phrase(request, P_NONE_GIVEN)));
        return;
    }
    fprintf(out, "<dt>%s</dt><dd>%s", phrase(request, P_DATE),
            phrase_date(request, document->date, date));
    if (origin >= MUC_DATE_NAME && origin <= MUC_DATE_FILE)
        fprintf(out, " <span class=\"origin\">(%s)</span>", phrase(request, origins[origin]));
    fputs("</dd>\n", out);
}

static void put_facts(const struct request *request, const struct muc_document *document)
{
    FILE *out = request->body;

    fputs("<dl class=\"facts\">\n", out);
    put_date(request, document);
    put_value_row(request, P_SOURCE, "source", document->source);
    put_value_row(request, P_KIND, "kind", document->kind);
    put_row(request, P_BYLINE, document->byline);
    if (document->n_tags) {
        fprintf(out, "<dt>%s</dt><dd>", phrase(request, P_TAG));
        for (size_t i = 0; i < document->n_tags; i++) {
            fputs(i ? ", " : "", out);
            put_value(request, "tag", document->tags[i]);
        }
        fputs("</dd>\n", out);
    }
    put_address(request, document->url);
    fputs("</dl>\n", out);
}

/** A piece of the text between `start` and `end`, with the marks in it. */
static void put_piece(struct document_page *page, size_t start, size_t end, size_t *mark)
{
    struct muc_string text = page->hit ? page->hit->snippet.text : page->document->text;
    struct muc_range inside[64];

    while (start < end) {
        size_t n = 0, stop = end;

        while (page->hit && *mark < page->hit->snippet.n_highlights &&
               page->hit->snippet.highlights[*mark].start < end) {
            struct muc_range range = page->hit->snippet.highlights[*mark];

            if (n == sizeof inside / sizeof *inside) {
                stop = range.start;
                break;
            }
            if (range.end > end) /* goes on in the next paragraph: the part here is shown */
                range.end = (uint32_t)end;
            if (range.start >= start)
                inside[n++] = (struct muc_range){ range.start - (uint32_t)start,
                                                  range.end - (uint32_t)start };
            ++*mark;
        }
        html_marked(page->request->body, (struct muc_string){ text.bytes + start, stop - start },
                    inside, n, &page->n_marks);
        start = stop;
    }
}

/** Paragraphs are lines; an empty line is only space between them. */
static void put_text(struct document_page *page)
{
    struct muc_string text = page->hit ? page->hit->snippet.text : page->document->text;
    struct muc_range heading = document_heading(page->document);
    size_t at = 0, mark = 0;
    FILE *out = page->request->body;

    while (at < text.size) {
        const char *newline;
        size_t end;

        if (at == heading.start)
            at = heading.end;
        newline = memchr(text.bytes + at, '\n', text.size - at);
        end = newline ? (size_t)(newline - text.bytes) : text.size;

        if (end > at && strspn(text.bytes + at, " \t\r") < end - at) {
            fputs("<p>", out);
            put_piece(page, at, end, &mark);
            fputs("</p>\n", out);
        }
        at = end + 1;
    }
}

static void put_back(const struct request *request, const struct asked *asked)
{
    FILE *out = request->body;

    if (!asked_anything(asked))
        return;
    fputs("<p class=\"back\"><a href=\"", out);
    link_write(out, request, "/", NULL, 0);
    fprintf(out, "\">← %s</a></p>\n", phrase(request, P_BACK));
}

/** Through the places: without the script only to the first. */
static void put_steps(const struct document_page *page)
{
    const struct request *request = page->request;
    const struct muc_hit *hit = page->hit;
    struct muc_range heading = document_heading(page->document);
    size_t n = hit ? hit->n_title_highlights : 0;

    for (size_t i = 0; hit && i < hit->snippet.n_highlights; i++)
        n += hit->snippet.highlights[i].start < heading.start ||
             hit->snippet.highlights[i].start >= heading.end;
    if (!n)
        return;
    fprintf(
        request->body,
        "<nav class=\"steps\" data-n=\"%zu\" aria-label=\"%s\"><a href=\"#m%zu\" data-step=\"-1\" "
        "aria-label=\"%s\">↑</a> <span class=\"where\">%zu %s</span> <a href=\"#m1\" "
        "data-step=\"1\" aria-label=\"%s\">↓</a></nav>\n",
        n, phrase(request, P_HITS_HERE), n, phrase(request, P_HIT_BEFORE), n,
        phrase(request, n == 1 ? P_HIT_HERE : P_HITS_HERE), phrase(request, P_HIT_NEXT));
}

/** Source, “Title”, date. Address. */
static void put_citation(const struct document_page *page)
{
    const struct muc_document *document = page->document;
    const struct request *request = page->request;
    char base[512], date[32];
    FILE *out = request->body;

    fprintf(out, "<section class=\"cite\">\n<h2>%s</h2>\n<p id=\"citation\">",
            phrase(request, P_CITE));
    if (document->source.size) {
        html_text(out, document->source);
        fputs(", ", out);
    }
    fputs("“", out);
    html_text(out, document_name(document));
    fputs("”", out);
    if (document->date.year)
        fprintf(out, ", %s", phrase_date(request, document->date, date));
    fputs(". ", out);
    html_words(out, request_base(request, base, sizeof base));
    fputs("/documents/", out);
    html_part(out, document->id, true);
    fprintf(out,
            "</p>\n<p class=\"tools\"><button type=\"button\" data-copy=\"citation\" "
            "data-done=\"%s\" hidden>%s</button> <a rel=\"bookmark\" href=\"",
            phrase(request, P_COPIED), phrase(request, P_COPY));
    link_document(out, &(struct request){ .server = request->server }, document->id);
    fprintf(out, "\">%s</a> <a href=\"%s/api/v1/documents/", phrase(request, P_PERMANENT),
            request->server->prefix);
    html_part(out, document->id, true);
    fprintf(out, "\">%s</a></p>\n</section>\n", phrase(request, P_AS_JSON));
}

/** What else there is like it, near copies first. */
static void put_similar(const struct document_page *page)
{
    const struct muc_query query = { .limit = SIMILAR,
                                     .snippet_bytes = 1, /* titles come with them */
                                     .no_totals = true,
                                     .time_ms = page->request->server->settings->query_ms };
    struct request *request = page->request;
    struct muc_results *results;

    if (muc_similar(request->view->index, &page->document->id, 1, &query, &results, NULL))
        return;
    if (muc_results_count(results)) {
        fprintf(request->body, "<section class=\"similar\">\n<h2>%s</h2>\n<ul>\n",
                phrase(request, P_SIMILAR));
        for (size_t i = 0; i < muc_results_count(results); i++)
            page_row(request, muc_results_hit(results, i));
        fputs("</ul>\n</section>\n", request->body);
    }
    muc_results_free(results);
}

static void put_document(struct document_page *page, const struct asked *asked)
{
    const struct muc_document *document = page->document;
    struct muc_string title = document_name(document);
    const struct page frame = { .name = "document", .title = title };
    struct request *request = page->request;

    if (!page_begin(request, 200, &frame))
        return;
    put_back(request, asked);
    fprintf(request->body, "<article>\n<h1%s", title.size >= TITLE_LONG ? " class=\"long\"" : "");
    page_lang(request, document->lang);
    fputs(">", request->body);
    if (page->hit && muc_document_title(document).size)
        html_marked(request->body, title, page->hit->title_highlights,
                    page->hit->n_title_highlights, &page->n_marks);
    else
        html_text(request->body, title);
    fputs("</h1>\n", request->body);
    put_facts(request, document);
    put_steps(page);
    fputs("<div class=\"text\"", request->body);
    page_lang(request, document->lang);
    fputs(">\n", request->body);
    put_text(page);
    fputs("</div>\n", request->body);
    put_citation(page);
    fputs("</article>\n", request->body);
    put_similar(page);
    page_end(request);
}

/** How the document meets what was asked. NULL: nothing was, or it cannot be told. */
static struct muc_results *meet(struct request *request, struct asked *asked, struct muc_string id)
{
    struct muc_query query = asked_query(asked, request);
    struct muc_results *results = NULL;

    query.document = id;
    query.collapse = false;
    query.facets = NULL;
    query.offset = 0;
    if (!asked->q || !*asked->q || muc_search(request->view->index, &query, &results, NULL))
        return NULL;
    answer_is_of(request, results);
    return results;
}

void handle_document_page(struct request *request)
{
    const size_t before = strlen(request->route->path);
    struct muc_string id = { request->path.bytes + before, request->path.size - before };
    struct document_page page = { .request = request };
    struct muc_results *results;
    struct muc_stored *stored;
    struct asked asked;
    struct muc_error err;

    if (!asked_read(request, asked_q, true, &asked))
        return;
    if (muc_index_document(request->view->index, id, &stored, &err)) {
        request_error(request, &err);
        return;
    }
    results = meet(request, &asked, id);
    page.document = muc_stored_document(stored);
    page.hit = results ? muc_results_hit(results, 0) : NULL;
    put_document(&page, &asked);
    muc_results_free(results);
    muc_stored_free(stored);
}
