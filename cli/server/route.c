/* SPDX-License-Identifier: MIT */
#include "server/route.h"

#include <string.h>

static void handle_nothing(struct request *request)
{
    request_problem(request, 404, "there is nothing at this address");
}

const struct route routes[] = {
    { "search", "/api/v1/search", handle_search, .reads = true },
    { "document", "/api/v1/documents/", handle_document, .reads = true },
    { "stats", "/api/v1/stats", handle_stats, .reads = true },
    { "healthz", "/healthz", handle_health, .open = true },
    { "metrics", "/metrics", handle_metrics },
    { "other", "", handle_nothing },
};
const size_t n_routes = sizeof routes / sizeof *routes;

const struct route *route_find(struct muc_string path)
{
    for (size_t i = 0; i + 1 < n_routes; i++) {
        size_t size = strlen(routes[i].path);
        bool folder = size > 1 && routes[i].path[size - 1] == '/';

        if ((folder ? path.size > size : path.size == size) &&
            memcmp(path.bytes, routes[i].path, size) == 0)
            return &routes[i];
    }
    return &routes[n_routes - 1];
}
