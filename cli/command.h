/* SPDX-License-Identifier: MIT */
/* command.h - what a subcommand is: one file cmd_NAME.c, one row in commands.c.
 *
 * A row says what main() does before run(): which options it parses into the command's settings,
 * how many operands it lets through, whether it opens the index. The same row is the command's
 * --help, its section of the manual page and its shell completions. The tools use the public header
 * of the library alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "mucluc/mucluc.h"
#include "options.h"
#include "output.h"

/** Exit statuses; permanent, the same for every command. */
enum status {
    STATUS_DONE = 0,
    STATUS_NOTHING = 1, /* nothing found */
    STATUS_USAGE = 2,
    STATUS_INPUTS = 3, /* some inputs failed or were left out; the rest is done */
    STATUS_BUSY = 4,
    STATUS_DAMAGED = 5, /* or of another version */
    STATUS_SYSTEM = 6,
};

/** What main() has ready before run(). */
enum access {
    ACCESS_NONE,     /* no database */
    ACCESS_DATABASE, /* its path */
    ACCESS_READ,     /* its path, and the index opened */
    ACCESS_STORED,   /* the same, also where its terms are of other rules */
};

/** Options that every command takes. */
struct common_settings {
    const char *database;
    unsigned color; /* enum color_choice */
    bool help;
    bool version; /* before a command only */
};

/** One run of a command. */
struct run {
    const struct command *command;
    const void *settings; /* the struct that the command's options speak of; zeros by default */
    char **operands;
    size_t n_operands;
    const char *database;    /* path, unless ACCESS_NONE */
    struct muc_index *index; /* ACCESS_READ, ACCESS_STORED */
    struct output *out;      /* results go here */
    char **arguments;        /* as the program was given them, NULL at the end */
};

#define OPERANDS_ANY ((size_t)-1)

struct command {
    const char *name;
    int (*check)(const struct run *run); /* before anything is opened: whether the options and
                                            operands go together; NULL: any do */
    int (*run)(struct run *run);         /* both return an exit status */
    enum access access;
    size_t settings_size;              /* 0: none */
    const struct option_spec *options; /* NULL: none of its own */
    const struct option_spec *shared;  /* a table several commands have, or NULL */
    size_t least_operands, most_operands;
    const char *operands;          /* such as "QUERY…"; "" if none */
    enum option_kind operand_kind; /* what completions offer: OPTION_FILE, _FOLDER or _TEXT */
    const char *summary;           /* one line, no full stop */
    const char *details; /* sentences for --help and the manual page; one newline: a paragraph */
};

/** All commands, in the order in which they are shown; NULL at the end. */
extern const struct command *const commands[];

/** Options before a command, and those that every command takes (struct common_settings). */
extern const struct option_spec program_options[];
const struct option_spec *command_common_options(const struct command *command);

const struct command *command_find(const char *name);

extern const struct command command_index, command_search, command_show, command_delete,
    command_analyze, command_terms, command_stats, command_check, command_merge, command_backup,
    command_export, command_similar, command_suggest, command_alerts, command_serve, command_help;
