/* SPDX-License-Identifier: MIT */
/* main.c - finds the command, parses its options, opens what it needs, runs it. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "database.h"
#include "help.h"
#include "report.h"

/** Leave after something was written for its own sake. */
static int finish(struct output *out, int status)
{
    int closed = output_close(out);

    return closed != STATUS_DONE ? closed : status;
}

static int show_version(struct output *out)
{
    fprintf(out->file, "mucluc %s\n%s\n", muc_version(), muc_rules_version());
    return finish(out, STATUS_DONE);
}

static int check_usage(const struct run *run)
{
    const struct command *command = run->command;

    if (run->n_operands > command->most_operands)
        return complain_usage(command->name, "unexpected '%s'",
                              run->operands[command->most_operands]);
    if (run->n_operands < command->least_operands)
        return complain_usage(command->name, "%s is missing", command->operands);
    for (size_t i = 0; command->operand_kind == OPTION_FOLDER && i < run->n_operands; i++)
        if (!*run->operands[i])
            return complain_usage(command->name, "the name of a folder is empty");
    return command->check ? command->check(run) : STATUS_DONE;
}

/** Have ready what the command needs and run it. */
static int run_command(struct run *run, const struct common_settings *common)
{
    char *path = NULL;
    int status = STATUS_DONE;

    if (run->command->access != ACCESS_NONE) {
        status = database_path(run->command->name, common->database, &path);
        if (status != STATUS_DONE)
            return status;
        run->database = path;
    }
    if (run->command->access == ACCESS_READ)
        status = database_open_index(path, &run->index);
    else if (run->command->access == ACCESS_STORED)
        status = database_open_stored(path, &run->index);
    if (status == STATUS_DONE)
        status = finish(run->out, run->command->run(run));
    muc_index_close(run->index);
    free(path);
    return status;
}

static int parse_and_run(const struct command *command, struct common_settings *common, int argc,
                         char **argv, char **arguments)
{
    void *settings = calloc(1, command->settings_size + 1);
    const struct option_set sets[] = {
        { command->options, settings },
        { command->shared, settings },
        { command_common_options(command), common },
    };
    struct option_problem problem;
    struct output out;
    struct run run = { .command = command,
                       .settings = settings,
                       .operands = argv,
                       .out = &out,
                       .arguments = arguments };
    int n, status;

    if (!settings) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    n = options_parse(sets, sizeof sets / sizeof sets[0], false, argc, argv, &problem);
    if (n < 0) {
        status = complain_usage(command->name, "%s", problem.message);
        goto out;
    }
    output_open(&out, common->color);
    if (common->help) {
        help_command(&out, command);
        status = finish(&out, STATUS_DONE);
        goto out;
    }
    run.n_operands = (size_t)n;
    status = check_usage(&run);
    if (status == STATUS_DONE)
        status = run_command(&run, common);
out:
    free(settings);
    return status;
}

static int complain_unknown(const char *name)
{
    const char *names[64];
    const char *nearest;
    size_t n = 0;

    for (; commands[n]; n++)
        names[n] = commands[n]->name;
    names[n] = NULL;
    nearest = options_nearest(name, names);
    if (nearest)
        return complain_usage("", "unknown command '%.40s' (did you mean %s?)", name, nearest);
    return complain_usage("", "unknown command '%.40s'", name);
}

static int run_program(int argc, char **argv, char **arguments)
{
    struct common_settings common = { 0 };
    const struct option_set set = { program_options, &common };
    const struct command *command;
    struct option_problem problem;
    struct output out;
    int n;

    if (!setlocale(LC_CTYPE, "C.UTF-8")) /* text is UTF-8 whatever the terminal is told */
        setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_DFL); /* a reader that leaves early ends us quietly */
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like others */

    n = options_parse(&set, 1, true, argc - 1, argv + 1, &problem);
    if (n < 0)
        return complain_usage("", "%s", problem.message);
    output_open(&out, common.color);
    if (common.version)
        return show_version(&out);
    if (common.help) {
        help_program(&out);
        return finish(&out, STATUS_DONE);
    }
    if (n == 0)
        return complain_usage("", "a command is missing");
    command = command_find(argv[1]);
    if (!command)
        return complain_unknown(argv[1]);
    return parse_and_run(command, &common, n - 1, argv + 2, arguments);
}

/** Have something stand where a standard stream was closed, or a file of the database would come to
 *  have its number, and be written what is said. What stands there cannot be read or written, so
 *  that whoever needs the stream is told. False: it cannot be had. */
static bool hold_streams(void)
{
    static const int wrong_ways[] = { O_WRONLY, O_RDONLY, O_RDONLY };

    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", wrong_ways[fd]) != fd)
            return false;
    return true;
}

int main(int argc, char **argv)
{
    char **arguments; /* parsing moves them */
    int status;

    if (!hold_streams()) /* nor is there anywhere to say so */
        return STATUS_SYSTEM;
    if (!(arguments = malloc((size_t)(argc + 1) * sizeof *arguments))) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    memcpy(arguments, argv, (size_t)(argc + 1) * sizeof *arguments);
    status = run_program(argc, argv, arguments);
    free(arguments);
    return status;
}
