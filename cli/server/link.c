/* SPDX-License-Identifier: MIT */
#include "server/link.h"

#include <string.h>

#include "html.h"

/** What makes a search, in the order in which addresses have it. */
static const char *const kept[] = { "q",      "match", "accents", "sort", "from", "to",
                                    "source", "kind",  "lang",    "tag",  "rank", "hl" };
enum { KEPT = sizeof kept / sizeof *kept };

static void put_parameter(FILE *file, const char *name, const char *value, bool *any)
{
    fprintf(file, "%s%s=", *any ? "&amp;" : "?", name);
    html_part(file, muc_text(value), false);
    *any = true;
}

static bool is_changed(const char *name, const struct change *changes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(changes[i].name, name) == 0)
            return true;
    return false;
}

static void put_parameters(FILE *file, const struct request *request, const struct change *changes,
                           size_t n)
{
    bool any = false;

    for (size_t k = 0; k < KEPT; k++) {
        const char *value = request_parameter(request, kept[k]);

        if (value && *value && !is_changed(kept[k], changes, n))
            put_parameter(file, kept[k], value, &any);
    }
    for (size_t i = 0; i < n; i++)
        if (changes[i].value)
            put_parameter(file, changes[i].name, changes[i].value, &any);
}

void link_write(FILE *file, const struct request *request, const char *path,
                const struct change *changes, size_t n)
{
    fprintf(file, "%s%s", request->server->prefix, path);
    put_parameters(file, request, changes, n);
}

void link_parameters(FILE *file, const struct request *request, const char *path)
{
    fputs(path, file);
    put_parameters(file, request, NULL, 0);
}

void link_here(FILE *file, const struct request *request, const struct change *changes, size_t n)
{
    fputs(request->server->prefix, file);
    html_part(file, request->path, true);
    put_parameters(file, request, changes, n);
}

static void put_language(FILE *file, const struct request *request, bool any)
{
    const char *language = request_parameter(request, "hl");

    if (language && *language)
        put_parameter(file, "hl", language, &any);
}

void link_plain(FILE *file, const struct request *request, const char *path)
{
    fprintf(file, "%s%s", request->server->prefix, path);
    put_language(file, request, false);
}

/** Whether browsers would change a path with this id in it: segments that are empty, . or .. */
static bool is_folded(struct muc_string id)
{
    const char *at = id.bytes, *end = id.bytes + id.size;

    for (;;) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        size_t size = (size_t)((slash ? slash : end) - at);

        if (size == 0 || (size == 1 && *at == '.') || (size == 2 && memcmp(at, "..", 2) == 0))
            return true;
        if (!slash)
            return false;
        at = slash + 1;
    }
}

void link_document_path(FILE *file, struct muc_string id)
{
    fputs("/documents/", file);
    html_part(file, id, !is_folded(id));
}

static void put_document(FILE *file, const struct request *request, struct muc_string id)
{
    fputs(request->server->prefix, file);
    link_document_path(file, id);
}

void link_document(FILE *file, const struct request *request, struct muc_string id)
{
    put_document(file, request, id);
    put_parameters(file, request, NULL, 0);
}

void link_other_document(FILE *file, const struct request *request, struct muc_string id)
{
    put_document(file, request, id);
    put_language(file, request, false);
}

void link_all(FILE *file, const struct request *request, const char *name, struct muc_string value)
{
    fprintf(file, "%s/?%s=", request->server->prefix, name);
    html_part(file, value, false);
    fputs("&amp;sort=-date", file);
    put_language(file, request, true);
}

void link_fields(FILE *file, const struct request *request, const char *const *without)
{
    for (size_t k = 0; k < KEPT; k++) {
        const char *value = request_parameter(request, kept[k]);
        bool left_out = !value || !*value;

        for (size_t i = 0; without[i]; i++)
            left_out = left_out || strcmp(without[i], kept[k]) == 0;
        if (left_out)
            continue;
        fprintf(file, "<input type=\"hidden\" name=\"%s\" value=\"", kept[k]);
        html_words(file, value);
        fputs("\">", file);
    }
}
