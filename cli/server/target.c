/* SPDX-License-Identifier: MIT */
#include "server/target.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "utf8.h"

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/** Decode [at, end) to `out`, a NUL behind it. @return bytes. */
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

__attribute__((format(printf, 2, 3))) static bool fail(char problem[TARGET_PROBLEM],
                                                       const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(problem, TARGET_PROBLEM, format, list);
    va_end(list);
    return false;
}

/** One NAME=VALUE, to `*out`, which moves on. */
static bool add_parameter(struct target *target, const char *at, const char *end, char **out,
                          char problem[TARGET_PROBLEM])
{
    const char *equals = memchr(at, '=', (size_t)(end - at));
    struct parameter *parameter = &target->parameters[target->n_parameters];
    size_t name_size, size;

    if (target->n_parameters == TARGET_PARAMETERS)
        return fail(problem, "more than %d parameters", TARGET_PARAMETERS);
    parameter->name = *out;
    name_size = decode(at, equals ? equals : end, true, *out);
    *out += name_size + (equals != NULL); /* a NUL for each sign of the target, see below */
    parameter->value = *out;
    size = equals ? decode(equals + 1, end, true, *out) : 0;
    *out += size + 1;
    if (!is_text(parameter->name, name_size))
        return fail(problem, "the name of a parameter is not UTF-8 text");
    if (!is_text(parameter->value, size))
        return fail(problem, "the parameter %.40s is not UTF-8 text", parameter->name);
    target->n_parameters++;
    return true;
}

/** Where the path begins: behind the origin of a whole address, which servers have to take, too
 * (RFC 9112, 3.2.2). */
static const char *path_of(const char *text)
{
    size_t scheme = !strncasecmp(text, "http://", 7)    ? 7
                    : !strncasecmp(text, "https://", 8) ? 8
                                                        : 0;

    return scheme ? text + scheme + strcspn(text + scheme, "/?") : text;
}

/* Path, names and values are no longer than written; the NUL behind each stands for the ?, = or &
 * behind it, or for the end. So all of them have room where the target had. */
bool target_split(const char *text, char *room, struct target *target, char problem[TARGET_PROBLEM])
{
    const char *path = path_of(text), *question = strchr(path, '?');
    const char *end = question ? question : path + strlen(path);
    char *out = room;

    target->n_parameters = 0;
    target->path.bytes = out;
    target->path.size = decode(path, end, false, out);
    out += target->path.size + 1;
    for (const char *at = question ? question + 1 : ""; *at; at += *at == '&') {
        size_t size = strcspn(at, "&");

        if (size && !add_parameter(target, at, at + size, &out, problem))
            return false;
        at += size;
    }
    return true;
}
