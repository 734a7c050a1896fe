/* SPDX-License-Identifier: MIT */
#include "command.h"
#include "help.h"
#include "report.h"

static int run_help(struct run *run)
{
    const struct command *command;

    if (run->n_operands == 0) {
        help_program(run->out);
        return STATUS_DONE;
    }
    command = command_find(run->operands[0]);
    if (!command)
        return complain_usage("help", "unknown command '%.40s'", run->operands[0]);
    help_command(run->out, command);
    return STATUS_DONE;
}

const struct command command_help = {
    .name = "help",
    .run = run_help,
    .most_operands = 1,
    .operands = "[COMMAND]",
    .operand_kind = OPTION_TEXT,
    .summary = "tell more of a command",
    .details = "Show what a command does and which options it takes.",
};
