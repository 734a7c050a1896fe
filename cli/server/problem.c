/* SPDX-License-Identifier: MIT */
#include "server/problem.h"

#include "emit.h"
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

void problem_write(struct request *request, unsigned status, const char *detail)
{
    struct emit json = { 0 };

    if (!request_begin(request, status, "application/problem+json"))
        return;
    json.file = request->body;
    emit_open(&json, '{');
    emit_text(&json, "type", muc_text("about:blank"));
    emit_text(&json, "title", muc_text(problem_title(status)));
    emit_count(&json, "status", status);
    emit_text(&json, "detail", muc_text(detail));
    emit_text(&json, "request_id", muc_text(request->id));
    emit_close(&json, '}');
    emit_line(&json);
}
