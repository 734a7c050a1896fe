/* SPDX-License-Identifier: MIT */
#include "server/assets.h"

#include <string.h>

#include "server/page.h"
#include "server/route.h"

const struct asset *asset_find(const char *name, size_t size)
{
    for (const struct asset *asset = assets; asset->name; asset++)
        if (strlen(asset->name) == size && memcmp(asset->name, name, size) == 0)
            return asset;
    return NULL;
}

static void put_file(const struct request *request, const struct asset *asset)
{
    fwrite(asset->bytes, 1, asset->size, request->body);
}

void handle_asset(struct request *request)
{
    const size_t before = strlen(request->route->path);
    const struct asset *asset =
        asset_find(request->path.bytes + before, request->path.size - before);
    const char *version = request_parameter(request, "v");

    if (!asset) {
        request_problem(request, 404, "there is no such file");
        return;
    }
    if (version && strcmp(version, asset->version) == 0)
        request->cache = "public, max-age=31536000, immutable";
    if (request_begin(request, 200, asset->type))
        put_file(request, asset);
}

void handle_help(struct request *request)
{
    const char *name = request->language == LANGUAGE_EN ? "help.en.html" : "help.vi.html";
    const struct asset *asset = asset_find(name, strlen(name));
    const struct page frame = { .name = "help", .title = muc_text(phrase(request, P_HELP)) };

    if (page_begin(request, 200, &frame)) {
        put_file(request, asset);
        page_end(request);
    }
}

void handle_openapi(struct request *request)
{
    const struct asset *asset = asset_find("openapi.json", strlen("openapi.json"));

    if (request_begin(request, 200, asset->type))
        put_file(request, asset);
}

void handle_opensearch(struct request *request)
{
    char base[512];

    if (!request_begin(request, 200, "application/opensearchdescription+xml"))
        return;
    request_base(request, base, sizeof base);
    fputs(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
        "<ShortName>Mục lục</ShortName>\n<Description>Tìm trong kho thông cáo báo chí"
        "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n<Url type=\"text/html\" template=\"",
        request->body);
    html_words(request->body, base);
    fputs("/?q={searchTerms}\"/>\n<Url type=\"application/atom+xml\" template=\"", request->body);
    html_words(request->body, base);
    fputs("/feed.atom?q={searchTerms}\"/>\n</OpenSearchDescription>\n", request->body);
}
