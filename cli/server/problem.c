/* SPDX-License-Identifier: MIT */
#include "server/problem.h"

#include "emit.h"
#include "server/page.h"
#include "server/route.h"

const char *problem_title(unsigned status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Content Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Internal Server Error";
    }
}

static void write_json(struct request *request, unsigned status, const char *detail)
{
    struct emit json = { .file = request->body };

    emit_open(&json, '{');
    emit_text(&json, "type", muc_text("about:blank"));
    emit_text(&json, "title", muc_text(problem_title(status)));
    emit_count(&json, "status", status);
    emit_text(&json, "detail", muc_text(detail));
    emit_text(&json, "request_id", muc_text(request->id));
    emit_close(&json, '}');
    emit_line(&json);
}

static enum phrase name_of(unsigned status)
{
    switch (status) {
    case 401:
        return P_NO_TOKEN;
    case 404:
        return P_NOT_FOUND;
    case 405:
    case 413:
        return P_READ_ONLY;
    default:
        return status < 500 ? P_WRONG : P_FAILED;
    }
}

static void write_page(struct request *request, unsigned status, const char *detail)
{
    enum phrase name = name_of(status), hint = name + 1; /* stands behind it */
    const struct page frame = { .name = "problem", .title = muc_text(phrase(request, name)) };

    if (!page_begin(request, status, &frame))
        return;
    fprintf(request->body, "<div class=\"nothing\">\n<h1>%s</h1>\n<p>%s</p>\n",
            phrase(request, name), phrase(request, hint));
    if (status < 500 && status != 404) { /* in the words that programs get */
        fprintf(request->body, "<p class=\"detail\">%s <code lang=\"en\">",
                phrase(request, P_DETAIL));
        html_words(request->body, detail);
        fputs("</code></p>\n", request->body);
    }
    if (status >= 500)
        fprintf(request->body, "<p><code>%s</code></p>\n", request->id);
    fputs("<p><a href=\"", request->body);
    link_plain(request->body, request, "/");
    fprintf(request->body, "\">%s</a></p>\n</div>\n", phrase(request, P_HOME));
    page_end(request);
}

void problem_write(struct request *request, unsigned status, const char *detail)
{
    if (request->route && request->route->page)
        write_page(request, status, detail);
    else if (request_begin(request, status, "application/problem+json"))
        write_json(request, status, detail);
}
