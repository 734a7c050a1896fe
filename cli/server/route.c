/* SPDX-License-Identifier: MIT */
#include "server/route.h"

#include <string.h>

/** API paths are answered to programs, all others to people. */
static bool is_api(struct muc_string path)
{
    return path.size >= 5 && memcmp(path.bytes, "/api/", 5) == 0;
}

static void handle_nothing(struct request *request)
{
    request_problem(request, 404, "there is nothing at this address");
}

const struct route routes[] = {
    { "search", "/api/v1/search", handle_search, .reads = true },
    { "similar", "/api/v1/similar", handle_similar, .reads = true },
    { "suggest", "/api/v1/suggest", handle_suggest, .reads = true },
    { "document", "/api/v1/documents/", handle_document, .reads = true },
    { "stats", "/api/v1/stats", handle_stats, .reads = true },
    { "page", "/", handle_page, .reads = true, .page = true },
    { "document-page", "/documents/", handle_document_page, .reads = true, .page = true },
    { "feed", "/feed.atom", handle_feed, .reads = true },
    { "export-csv", "/export.csv", handle_export_csv },
    { "export-jsonl", "/export.jsonl", handle_export_jsonl },
    { "export-ris", "/export.ris", handle_export_ris },
    { "export-bib", "/export.bib", handle_export_bib },
    { "help", "/help", handle_help, .page = true },
    { "asset", "/assets/", handle_asset },
    { "openapi", "/openapi.json", handle_openapi },
    { "opensearch", "/opensearch.xml", handle_opensearch },
    { "healthz", "/healthz", handle_health, .open = true },
    { "metrics", "/metrics", handle_metrics },
    { "api-other", "", handle_nothing },
    { "other", "", handle_nothing, .page = true },
};
const size_t n_routes = sizeof routes / sizeof *routes;

const struct route *route_find(struct muc_string path)
{
    for (size_t i = 0; i + 2 < n_routes; i++) {
        size_t size = strlen(routes[i].path);
        bool folder = size > 1 && routes[i].path[size - 1] == '/';

        if ((folder ? path.size > size : path.size == size) &&
            memcmp(path.bytes, routes[i].path, size) == 0)
            return &routes[i];
    }
    return &routes[n_routes - (is_api(path) ? 2 : 1)];
}
