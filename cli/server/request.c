/* SPDX-License-Identifier: MIT */
#include "server/request.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#include "report.h"
#include "server/phrases.h"
#include "server/problem.h"
#include "server/route.h"
#include "steady.h"

/** The id that a proxy gave the request, if it is one, else a new one. */
static void choose_id(struct request *request)
{
    const char *given = request_header(request, "X-Request-Id");
    unsigned char random[8] = { 0 };
    size_t size = given ? strspn(given, "0123456789abcdefghijklmnopqrstuvwxyz"
                                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.")
                        : 0;

    if (size && given[size] == '\0' && size < sizeof request->id) {
        memcpy(request->id, given, size + 1);
        return;
    }
    if (getrandom(random, sizeof random, GRND_NONBLOCK) < 0)
        memcpy(random, &request->start, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(request->id + 2 * i, 3, "%02x", random[i]);
}

static void find_address(struct request *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const char *forwarded =
        request->server->settings->proxy ? request_header(request, "X-Forwarded-For") : NULL;
    struct sockaddr_storage address = { 0 };

    if (forwarded) { /* the proxy's own entry is the last one */
        const char *comma = strrchr(forwarded, ',');

        forwarded = comma ? comma + 1 : forwarded;
        snprintf(request->address, sizeof request->address, "%s",
                 forwarded + strspn(forwarded, " "));
        return;
    }
    if (!info || !info->client_addr)
        return;
    if (info->client_addr->sa_family == AF_INET) {
        memcpy(&address, info->client_addr, sizeof(struct sockaddr_in));
        inet_ntop(AF_INET, &((struct sockaddr_in *)&address)->sin_addr, request->address,
                  sizeof request->address);
    } else if (info->client_addr->sa_family == AF_INET6) {
        memcpy(&address, info->client_addr, sizeof(struct sockaddr_in6));
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)&address)->sin6_addr, request->address,
                  sizeof request->address);
    }
}

struct request *request_new(struct server *server, const char *target,
                            struct MHD_Connection *connection)
{
    struct request *request = calloc(1, sizeof *request);

    if (!request)
        return NULL;
    clock_gettime(CLOCK_REALTIME, &request->time);
    request->start = steady_us();
    request->server = server;
    request->connection = connection;
    request->target = strdup(target);
    request->decoded = malloc(strlen(target) + 1);
    if (!request->target || !request->decoded) {
        request_free(request);
        return NULL;
    }
    return request;
}

void request_free(struct request *request)
{
    if (!request)
        return;
    if (request->body)
        fclose(request->body);
    free(request->bytes);
    if (request->stream.next)
        request->stream.close(request->stream.context);
    view_give(request->server->views, request->view);
    free(request->target);
    free(request->decoded);
    free(request);
}

const char *request_header(const struct request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *request_parameter(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->parts.n_parameters; i++)
        if (strcmp(request->parts.parameters[i].name, name) == 0)
            return request->parts.parameters[i].value;
    return NULL;
}

/* ---- the target */

/** Take the prefix from the front of a path that has it: a proxy may have done so already. */
static void strip_prefix(struct request *request)
{
    size_t size = strlen(request->server->prefix);
    struct muc_string *path = &request->path;

    if (size && path->size >= size && memcmp(path->bytes, request->server->prefix, size) == 0 &&
        (path->size == size || path->bytes[size] == '/')) {
        path->bytes += size;
        path->size -= size;
    }
    if (path->size == 0)
        *path = muc_text("/");
}

bool request_parse(struct request *request)
{
    char problem[TARGET_PROBLEM];
    bool good = target_split(request->target, request->decoded, &request->parts, problem);

    choose_id(request);
    find_address(request);
    request->path = request->parts.path;
    strip_prefix(request);
    request->route = route_find(request->path);
    if (!good)
        return request_problem(request, 400, "%s", problem);
    request->language = language_of(request);
    return true;
}

/* ---- parameters as options */

static const struct option_spec *find_option(const struct option_set *sets, size_t n_sets,
                                             const char *name, void **target)
{
    for (size_t i = 0; i < n_sets; i++)
        for (const struct option_spec *spec = sets[i].specs; spec && spec->name; spec++)
            if (strcmp(spec->name, name) == 0) {
                *target = sets[i].target;
                return spec;
            }
    return NULL;
}

static bool refuse_unknown(struct request *request, const struct option_set *sets, size_t n_sets,
                           const char *name)
{
    char list[512] = "none";
    size_t size = 0;

    for (size_t i = 0; i < n_sets; i++)
        for (const struct option_spec *spec = sets[i].specs; spec && spec->name; spec++)
            if (size < sizeof list)
                size += (size_t)snprintf(list + size, sizeof list - size, "%s%s", size ? ", " : "",
                                         spec->name);
    return request_problem(request, 400, "unknown parameter \"%.80s\"; there are: %s", name, list);
}

bool request_options(struct request *request, const struct option_set *sets, size_t n_sets,
                     bool lenient)
{
    for (size_t i = 0; i < request->parts.n_parameters; i++) {
        const struct parameter *parameter = &request->parts.parameters[i];
        struct option_problem problem;
        void *target;
        const struct option_spec *spec = find_option(sets, n_sets, parameter->name, &target);

        if (!lenient && !spec)
            return refuse_unknown(request, sets, n_sets, parameter->name);
        if (!lenient && request_parameter(request, parameter->name) != parameter->value)
            return request_problem(request, 400, "the parameter %.80s is given twice",
                                   parameter->name);
        if (spec && !(lenient && !*parameter->value) &&
            !option_set(spec, target, parameter->value, &problem) && !lenient)
            return request_problem(request, 400, "%s", problem.message);
    }
    return true;
}

/* ---- the answer */

bool request_begin(struct request *request, unsigned status, const char *type)
{
    if (request->body)
        fclose(request->body);
    free(request->bytes);
    request->bytes = NULL;
    request->size = 0;
    request->body = open_memstream(&request->bytes, &request->size);
    request->status = request->body ? status : 500;
    request->type = type;
    return request->body;
}

bool request_problem(struct request *request, unsigned status, const char *detail, ...)
{
    char text[512];
    va_list list;

    va_start(list, detail);
    vsnprintf(text, sizeof text, detail, list);
    va_end(list);
    request->etag[0] = '\0';
    request->cache = "no-store";
    request->file_name = NULL;
    problem_write(request, status, text);
    return false;
}

bool request_error(struct request *request, const struct muc_error *err)
{
    switch (err->code) {
    case MUC_EARGUMENT:
        return request_problem(request, 400, "%s", err->message);
    case MUC_ENOTFOUND:
        return request_problem(request, 404, "%s", err->message);
    case MUC_ENOMEM:
        return request_problem(request, 503, "out of memory; try again later");
    default:
        complain_error(err); /* for whoever runs the server, not for who asks */
        return request_problem(request, 500, "the index could not be read");
    }
}

/** Whether it can be the host of an address: a header may hold anything. */
static bool is_host(const char *host)
{
    return host && *host && strlen(host) < 200 &&
           strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_") ==
               strlen(host);
}

const char *request_base(const struct request *request, char *text, size_t size)
{
    bool proxy = request->server->settings->proxy;
    const char *host = proxy ? request_header(request, "X-Forwarded-Host") : NULL;
    const char *scheme = proxy ? request_header(request, "X-Forwarded-Proto") : NULL;

    if (!is_host(host))
        host = request_header(request, "Host");
    snprintf(text, size, "http%s://%s%s", scheme && strcmp(scheme, "https") == 0 ? "s" : "",
             is_host(host) ? host : "localhost", request->server->prefix);
    return text;
}
