/* SPDX-License-Identifier: MIT */
/* options.h - options as tables: parsed here, and written out by help.c and the manual's generator.
 *
 * As in GNU programs: --name=value or --name value, short letters in bundles (-vn5), options
 * before, between and after operands, "--" ends them, the last of several wins. Names are never
 * shortened: a shortened name would change its meaning with the next release. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What an option takes, and so the type of its setting. */
enum option_kind {
    OPTION_FLAG,   /* nothing; bool */
    OPTION_TEXT,   /* const char * */
    OPTION_FILE,   /* const char *, completed by names of files */
    OPTION_FOLDER, /* const char *, completed by names of folders */
    OPTION_COUNT,  /* uint32_t between `least` and `most` */
    OPTION_CHOICE, /* unsigned: which of `choices` */
    OPTION_DATE,   /* struct muc_date */
    OPTION_LIST,   /* struct option_list: may be given several times */
};

enum { OPTION_LIST_MAX = 32 };

struct option_list {
    const char *at[OPTION_LIST_MAX];
    size_t n;
};

struct option_spec {
    const char *name; /* without dashes; NULL ends a table */
    char letter;      /* or 0 */
    enum option_kind kind;
    size_t target;              /* offset of the setting */
    const char *argument;       /* its name in help; NULL for flags */
    const char *const *choices; /* NULL at the end */
    uint32_t least, most;
    const char *summary; /* what it does, no full stop */
};

/* Rows that several commands have, each with the setting of that name in a struct of its own. */
#define OPTION_FORMAT(type, names, words)                                                          \
    {                                                                                              \
        .name = "format", .letter = 'f', .kind = OPTION_CHOICE, .target = offsetof(type, format),  \
        .argument = "FORMAT", .choices = (names), .summary = (words)                               \
    }
#define OPTION_LIMIT(type, highest, words)                                                         \
    {                                                                                              \
        .name = "limit", .letter = 'n', .kind = OPTION_COUNT, .target = offsetof(type, limit),     \
        .argument = "N", .least = 1, .most = (highest), .summary = (words)                         \
    }
#define OPTION_OFFSET(type, highest, words)                                                        \
    {                                                                                              \
        .name = "offset", .kind = OPTION_COUNT, .target = offsetof(type, offset), .argument = "N", \
        .most = (highest), .summary = (words)                                                      \
    }

/** A table and the struct that it fills. */
struct option_set {
    const struct option_spec *specs; /* NULL: empty */
    void *target;
};

/** Why a command line cannot be understood, in one line. */
struct option_problem {
    char message[256];
};

/** Give an option the value that a parameter of its name has elsewhere: a flag is set by "", 1 and
 *  true, not by 0 and false. False with `problem`, which names it without dashes. */
bool option_set(const struct option_spec *spec, void *target, const char *value,
                struct option_problem *problem);

/**
 * Parse argv[0 … argc), move the operands to its front.
 *
 * @param stop at the first operand: what follows are operands, whatever they look like.
 * @return how many operands, or -1 with `problem`.
 */
int options_parse(const struct option_set *sets, size_t n_sets, bool stop, int argc, char **argv,
                  struct option_problem *problem);

/** The name in `names` (NULL at the end) that someone who wrote `wrong` may have meant, or NULL. */
const char *options_nearest(const char *wrong, const char *const *names);
