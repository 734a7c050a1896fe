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
#include "utf8.h"

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
    struct timespec steady;

    if (!request)
        return NULL;
    clock_gettime(CLOCK_REALTIME, &request->time);
    clock_gettime(CLOCK_MONOTONIC, &steady);
    request->start = (uint64_t)steady.tv_sec * 1000000 + (uint64_t)steady.tv_nsec / 1000;
    request->server = server;
    request->connection = connection;
    request->target = strdup(target);
    /* path, names and values are no longer than written; the NUL behind each stands for the ?, = or
     * & behind it, or for the end */
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
    for (size_t i = 0; i < request->n_parameters; i++)
        if (strcmp(request->parameters[i].name, name) == 0)
            return request->parameters[i].value;
    return NULL;
}

/* ---- the target */

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/** Decode [at, end) to `out`, a NUL behind it. What is no %XX stands for itself. @return bytes. */
static size_t decode(const char *at, const char *end, bool form, char *out)
{
    char *start = out;

    for (; at < end; at++) {
        if (*at == '%' && end - at > 2 && hex(at[1]) >= 0 && hex(at[2]) >= 0) {
            *out++ = (char)(hex(at[1]) << 4 | hex(at[2]));
            at += 2;
        } else {
            *out++ = form && *at == '+' ? ' ' : *at;
        }
    }
    *out = '\0';
    return (size_t)(out - start);
}

static bool is_text(const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        uint32_t c;

        i += utf8_decode(text + i, size - i, &c);
        if (c == UTF8_BAD || c == 0)
            return false;
    }
    return true;
}

/** One NAME=VALUE, to `*out`, which moves on. */
static bool add_parameter(struct request *request, const char *at, const char *end, char **out)
{
    const char *equals = memchr(at, '=', (size_t)(end - at));
    struct parameter *parameter = &request->parameters[request->n_parameters];
    size_t name_size, size;

    if (request->n_parameters == REQUEST_PARAMETERS)
        return request_problem(request, 400, "more than %d parameters", REQUEST_PARAMETERS);
    parameter->name = *out;
    name_size = decode(at, equals ? equals : end, true, *out);
    *out += name_size + (equals != NULL); /* a NUL for each sign of the target, see request_new() */
    parameter->value = *out;
    size = equals ? decode(equals + 1, end, true, *out) : 0;
    *out += size + 1;
    if (!is_text(parameter->name, name_size))
        return request_problem(request, 400, "the name of a parameter is not UTF-8 text");
    if (!is_text(parameter->value, size))
        return request_problem(request, 400, "the parameter %.40s is not UTF-8 text",
                               parameter->name);
    request->n_parameters++;
    return true;
}

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
    const char *target = request->target, *question = strchr(target, '?'), *at;
    char *out = request->decoded;

    choose_id(request);
    find_address(request);
    request->path.bytes = out;
    request->path.size = decode(target, question ? question : target + strlen(target), false, out);
    out += request->path.size + 1;
    strip_prefix(request);
    request->route = route_find(request->path);
    for (at = question ? question + 1 : ""; *at; at += *at == '&') {
        size_t size = strcspn(at, "&");

        if (size && !add_parameter(request, at, at + size, &out))
            return false;
        at += size;
    }
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
    for (size_t i = 0; i < request->n_parameters; i++) {
        const struct parameter *parameter = &request->parameters[i];
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
