/* SPDX-License-Identifier: MIT */
#include "server/page.h"

#include <string.h>

#include "format.h"
#include "server/assets.h"

void page_say(const struct request *request, enum phrase name)
{
    html_words(request->body, phrase(request, name));
}

void page_lang(const struct request *request, struct muc_string lang)
{
    const char *letters = lang.bytes;

    if (lang.size == 2 && letters[0] >= 'a' && letters[0] <= 'z' && letters[1] >= 'a' &&
        letters[1] <= 'z')
        fprintf(request->body, " lang=\"%.2s\"", letters);
}

void page_say_count(const struct request *request, uint64_t n)
{
    char text[32];

    fprintf(request->body, "%s %s", phrase_count(request, n, text),
            phrase(request, n == 1 ? P_ONE_DOCUMENT : P_DOCUMENTS));
}

static void put_asset(const struct request *request, const char *before, const char *name,
                      const char *after)
{
    const struct asset *asset = asset_find(name, strlen(name));

    fprintf(request->body, "%s%s/assets/%s?v=%s%s", before, request->server->prefix, name,
            asset ? asset->version : "", after);
}

static void put_head(const struct request *request, const struct page *page)
{
    FILE *out = request->body;

    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
            request->language == LANGUAGE_EN ? "en" : "vi");
    if (page->title.size) {
        html_text(out, page->title);
        fputs(" – ", out);
    }
    page_say(request, P_NAME);
    fputs("</title>\n", out);
    put_asset(request, "<link rel=\"stylesheet\" href=\"", "style.css", "\">\n");
    put_asset(request, "<link rel=\"icon\" type=\"image/svg+xml\" href=\"", "icon.svg", "\">\n");
    put_asset(request, "<script defer src=\"", "app.js", "\"></script>\n");
    fprintf(out,
            "<link rel=\"search\" type=\"application/opensearchdescription+xml\" "
            "title=\"Mục lục\" href=\"%s/opensearch.xml\">\n",
            request->server->prefix);
    if (page->feed) {
        fputs("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"", out);
        link_write(out, request, "/feed.atom", CHANGES({ "hl", NULL }, { "sort", NULL }));
        fputs("\">\n", out);
    }
    fputs("</head>\n", out);
}

static void put_box(const struct request *request, const struct page *page)
{
    static const char *const without[] = { "q", NULL };
    const char *q = request_parameter(request, "q");
    FILE *out = request->body;

    fprintf(
        out,
        "<form class=\"box\" role=\"search\" action=\"%s/\" data-suggest=\"%s/api/v1/suggest\">\n",
        request->server->prefix, request->server->prefix);
    fputs("<label class=\"hidden\" for=\"q\">", out);
    page_say(request, P_QUERY);
    fputs("</label>\n<input id=\"q\" name=\"q\" type=\"search\" value=\"", out);
    html_words(out, q ? q : "");
    fprintf(
        out,
        "\" maxlength=\"1000\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" "
        "placeholder=\"%s\"%s>\n",
        phrase(request, P_QUERY_HINT), page->big ? " autofocus" : "");
    fputs("<button>", out);
    page_say(request, P_SEARCH);
    fputs("</button>\n", out);
    link_fields(out, request, without);
    fprintf(out, "<span id=\"state\" class=\"state\" role=\"status\" data-slow=\"%s\"></span>\n",
            phrase(request, P_SLOW));
    fprintf(out,
            "<ul id=\"suggestions\" role=\"listbox\" aria-label=\"%s\" hidden></ul>\n</form>\n",
            phrase(request, P_SUGGESTIONS));
}

static void put_links(const struct request *request)
{
    bool english = request->language == LANGUAGE_EN;
    FILE *out = request->body;

    fputs("<nav class=\"links\">\n<a href=\"", out);
    link_plain(out, request, "/help");
    fputs("\">", out);
    page_say(request, P_HELP);
    fprintf(out, "</a>\n<a lang=\"%s\" hreflang=\"%s\" rel=\"alternate\" href=\"",
            english ? "vi" : "en", english ? "vi" : "en");
    link_here(out, request, CHANGES({ "hl", english ? "vi" : "en" }));
    fputs("\">", out);
    page_say(request, P_OTHER_LANGUAGE);
    fputs("</a>\n</nav>\n", out);
}

bool page_begin(struct request *request, unsigned status, const struct page *page)
{
    FILE *out;

    request->varies = true;
    if (!request_begin(request, status, "text/html; charset=utf-8"))
        return false;
    out = request->body;
    put_head(request, page);
    fprintf(out, "<body class=\"%s\">\n<a class=\"skip\" href=\"#main\">", page->name);
    page_say(request, P_SKIP);
    fputs("</a>\n<header class=\"top\">\n<a class=\"brand\" href=\"", out);
    link_plain(out, request, "/");
    fputs("\">", out);
    page_say(request, P_NAME);
    fputs("</a>\n", out);
    if (!page->big)
        put_box(request, page);
    put_links(request);
    fputs("</header>\n<main id=\"main\">\n", out);
    if (page->big) {
        fprintf(out, "<h1 class=\"hidden\">%s</h1>\n", phrase(request, P_QUERY));
        put_box(request, page);
    }
    return true;
}

void page_end(struct request *request)
{
    fputs("</main>\n</body>\n</html>\n", request->body);
}
