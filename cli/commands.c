/* SPDX-License-Identifier: MIT */
/* commands.c - the table of subcommands: a new one is a file cmd_NAME.c and a row here. */
#include <string.h>

#include "command.h"

const struct command *const commands[] = {
    &command_index,
    &command_search,
    &command_show,
    &command_export,
    &command_delete,
    &command_similar,
    &command_suggest,
    &command_terms,
    &command_stats,
    &command_check,
    &command_merge,
    &command_backup,
    &command_alerts,
    &command_analyze,
    &command_serve,
    &command_help,
    NULL,
};

static const char *const color_names[] = { "auto", "always", "never", NULL };

#define OPTION_COLOR                                                                               \
    {                                                                                              \
        .name = "color", .kind = OPTION_CHOICE, .choices = color_names, .argument = "WHEN",        \
        .target = offsetof(struct common_settings, color),                                         \
        .summary = "colour and bold type; auto: on a terminal, unless NO_COLOR is set"             \
    }
#define OPTION_DATABASE                                                                            \
    {                                                                                              \
        .name = "database", .letter = 'd', .kind = OPTION_FOLDER, .argument = "DB",                \
        .target = offsetof(struct common_settings, database),                                      \
        .summary = "the database, a folder (default: $MUCLUC_DB, else mucluc in $XDG_DATA_HOME, "  \
                   "else ~/.local/share/mucluc)"                                                   \
    }
#define OPTION_HELP                                                                                \
    {                                                                                              \
        .name = "help", .letter = 'h', .target = offsetof(struct common_settings, help),           \
        .summary = "show this and leave"                                                           \
    }

static const struct option_spec common_options[] = {
    OPTION_DATABASE, OPTION_COLOR, OPTION_HELP, { 0 }
};

const struct option_spec program_options[] = {
    OPTION_DATABASE,
    OPTION_COLOR,
    OPTION_HELP,
    { .name = "version",
      .letter = 'V',
      .target = offsetof(struct common_settings, version),
      .summary = "show the version, the rules of text analysis with it, and leave" },
    { 0 },
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

const struct option_spec *command_common_options(const struct command *command)
{
    return common_options + (command->access == ACCESS_NONE); /* the first row is --database */
}
