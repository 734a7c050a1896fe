/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mucluc/mucluc.h"

enum {
    NAME_MAX_TRIED = 32, /* a longer name is no slip of the pen */
    NAMES_MAX = 64,
};

/** The arguments still to be read. */
struct arguments {
    const struct option_set *sets;
    size_t n_sets;
    char **next, **end;
    struct option_problem *problem;
};

__attribute__((format(printf, 2, 3))) static bool refuse(struct option_problem *problem,
                                                         const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(problem->message, sizeof problem->message, format, list);
    va_end(list);
    return false;
}

/** Fewest letters changed, added, left out or swapped to make `b` of `a`. */
static unsigned distance(const char *a, const char *b)
{
    unsigned rows[3][NAME_MAX_TRIED + 1]; /* the one before the last, the last, this one */
    size_t n_a = strlen(a), n_b = strlen(b);

    if (n_a > NAME_MAX_TRIED || n_b > NAME_MAX_TRIED)
        return NAME_MAX_TRIED;
    for (size_t j = 0; j <= n_b; j++)
        rows[1][j] = (unsigned)j;
    for (size_t i = 1; i <= n_a; i++) {
        rows[2][0] = (unsigned)i;
        for (size_t j = 1; j <= n_b; j++) {
            unsigned best = rows[1][j - 1] + (a[i - 1] != b[j - 1]);
            if (rows[1][j] + 1 < best)
                best = rows[1][j] + 1;
            if (rows[2][j - 1] + 1 < best)
                best = rows[2][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                rows[0][j - 2] + 1 < best)
                best = rows[0][j - 2] + 1;
            rows[2][j] = best;
        }
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
    }
    return rows[1][n_b];
}

const char *options_nearest(const char *wrong, const char *const *names)
{
    size_t size = strlen(wrong);
    unsigned best = size < 4 ? 2 : 3; /* one slip in a short name, two in a longer one */
    const char *nearest = NULL;

    for (; *names; names++) {
        unsigned d = distance(wrong, *names);
        if (size >= 3 && strncmp(*names, wrong, size) == 0)
            d = 1; /* the beginning of a name is as good as one slip */
        if (d < best) {
            best = d;
            nearest = *names;
        }
    }
    return nearest;
}

static bool unknown_name(struct arguments *in, const char *name)
{
    const char *names[NAMES_MAX + 1];
    const char *nearest;
    size_t n = 0;

    for (size_t i = 0; i < in->n_sets; i++)
        for (const struct option_spec *s = in->sets[i].specs; s && s->name && n < NAMES_MAX; s++)
            names[n++] = s->name;
    names[n] = NULL;
    nearest = options_nearest(name, names);
    if (nearest)
        return refuse(in->problem, "unknown option --%.40s (did you mean --%s?)", name, nearest);
    return refuse(in->problem, "unknown option --%.40s", name);
}

static bool set_count(const struct option_spec *spec, const char *value, uint32_t *setting,
                      struct option_problem *problem)
{
    char *end;
    unsigned long long n;

    errno = 0;
    n = strtoull(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end || errno || n < spec->least || n > spec->most)
        return refuse(problem, "--%s takes a number from %u to %u, not '%.40s'", spec->name,
                      (unsigned)spec->least, (unsigned)spec->most, value);
    *setting = (uint32_t)n;
    return true;
}

static bool set_choice(const struct option_spec *spec, const char *value, unsigned *setting,
                       struct option_problem *problem)
{
    const char *nearest = options_nearest(value, spec->choices);
    char list[128] = "";
    size_t size = 0;

    for (unsigned i = 0; spec->choices[i]; i++) {
        if (strcmp(spec->choices[i], value) == 0) {
            *setting = i;
            return true;
        }
        if (size < sizeof list)
            size += (size_t)snprintf(list + size, sizeof list - size, "%s%s", i ? ", " : "",
                                     spec->choices[i]);
    }
    if (nearest)
        return refuse(problem, "--%s knows no '%.40s' (did you mean %s?)", spec->name, value,
                      nearest);
    return refuse(problem, "--%s knows no '%.40s', only %s", spec->name, value, list);
}

static bool add_to_list(const struct option_spec *spec, const char *value, struct option_list *list,
                        struct option_problem *problem)
{
    if (list->n == OPTION_LIST_MAX)
        return refuse(problem, "--%s can be given %d times", spec->name, OPTION_LIST_MAX);
    list->at[list->n++] = value;
    return true;
}

static bool set_value(const struct option_spec *spec, void *target, const char *value,
                      struct option_problem *problem)
{
    void *setting = (char *)target + spec->target;

    switch (spec->kind) {
    case OPTION_FLAG:
        *(bool *)setting = true;
        return true;
    case OPTION_FOLDER:
        if (!*value) /* as of a variable of the shell that is not set */
            return refuse(problem, "--%s is empty", spec->name);
        *(const char **)setting = value;
        return true;
    case OPTION_TEXT:
    case OPTION_FILE:
        *(const char **)setting = value;
        return true;
    case OPTION_COUNT:
        return set_count(spec, value, setting, problem);
    case OPTION_CHOICE:
        return set_choice(spec, value, setting, problem);
    case OPTION_DATE:
        if (muc_date_parse(muc_text(value), setting, NULL) == MUC_OK)
            return true;
        return refuse(problem, "--%s takes a date such as 2020, 2020-12 or 22/12/2020, not '%.40s'",
                      spec->name, value);
    case OPTION_LIST:
        return add_to_list(spec, value, setting, problem);
    }
    return false;
}

bool option_set(const struct option_spec *spec, void *target, const char *value,
                struct option_problem *problem)
{
    static const char *const words[] = { "", "1", "true", "0", "false" };
    char *message = problem->message;

    if (spec->kind == OPTION_FLAG) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strcmp(value, words[i]) == 0) {
                *(bool *)((char *)target + spec->target) = i < 3;
                return true;
            }
        return refuse(problem, "%s is 1 or 0, not '%.40s'", spec->name, value);
    }
    if (set_value(spec, target, value, problem))
        return true;
    if (strncmp(message, "--", 2) == 0) /* with the NUL behind it */
        memmove(message, message + 2, strlen(message) - 1);
    return false;
}

/** Give an option its value; `value` is what was attached to it, or NULL. */
static bool take(struct arguments *in, const struct option_spec *spec, void *target,
                 const char *value)
{
    if (spec->kind == OPTION_FLAG && value)
        return refuse(in->problem, "--%s takes no value", spec->name);
    if (spec->kind != OPTION_FLAG && !value) {
        if (in->next == in->end)
            return refuse(in->problem, "--%s needs a value: %s", spec->name, spec->argument);
        value = *in->next++;
    }
    return set_value(spec, target, value, in->problem);
}

static bool take_long(struct arguments *in, const char *name)
{
    const char *equals = strchr(name, '=');
    size_t size = equals ? (size_t)(equals - name) : strlen(name);

    for (size_t i = 0; i < in->n_sets; i++)
        for (const struct option_spec *s = in->sets[i].specs; s && s->name; s++)
            if (strlen(s->name) == size && memcmp(s->name, name, size) == 0)
                return take(in, s, in->sets[i].target, equals ? equals + 1 : NULL);
    if (equals) {
        char bare[NAME_MAX_TRIED + 1];
        snprintf(bare, sizeof bare, "%.*s", (int)(size < sizeof bare ? size : sizeof bare), name);
        return unknown_name(in, bare);
    }
    return unknown_name(in, name);
}

/** A bundle of letters, the last of which may have its value attached. */
static bool take_letters(struct arguments *in, const char *letters)
{
    while (*letters) {
        const struct option_spec *spec = NULL;
        void *target = NULL;

        for (size_t i = 0; i < in->n_sets && !spec; i++)
            for (const struct option_spec *s = in->sets[i].specs; s && s->name && !spec; s++)
                if (s->letter == *letters) {
                    spec = s;
                    target = in->sets[i].target;
                }
        if (!spec)
            return refuse(in->problem,
                          "unknown option -%.40s (write -- before words that begin with a dash)",
                          letters);
        letters++;
        if (spec->kind != OPTION_FLAG)
            return take(in, spec, target, *letters ? letters : NULL);
        if (!take(in, spec, target, NULL))
            return false;
    }
    return true;
}

int options_parse(const struct option_set *sets, size_t n_sets, bool stop, int argc, char **argv,
                  struct option_problem *problem)
{
    struct arguments in = { sets, n_sets, argv, argv + argc, problem };
    bool ended = false;
    int n = 0;

    while (in.next < in.end) {
        char *argument = *in.next++;

        if (ended || argument[0] != '-' || argument[1] == '\0') {
            argv[n++] = argument;
            ended = ended || stop;
        } else if (strcmp(argument, "--") == 0) {
            ended = true;
        } else if (!(argument[1] == '-' ? take_long(&in, argument + 2)
                                        : take_letters(&in, argument + 1))) {
            return -1;
        }
    }
    return n;
}
