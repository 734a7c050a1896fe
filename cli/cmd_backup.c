/* SPDX-License-Identifier: MIT */
#include "database.h"

static int run_backup(struct run *run)
{
    struct muc_error err;

    if (muc_backup(run->database, run->operands[0], &err))
        return database_complain(run->database, &err);
    return STATUS_DONE;
}

const struct command command_backup = {
    .name = "backup",
    .run = run_backup,
    .access = ACCESS_DATABASE,
    .least_operands = 1,
    .most_operands = 1,
    .operands = "TARGET",
    .operand_kind = OPTION_FOLDER,
    .summary = "copy the database while it is in use",
    .details = "Copy the newest committed state into a new folder, compacted. Readers and a writer "
               "go on. TARGET must not exist or be empty.\n"
               "Exit status: 0 done, 2 TARGET is in use, 6 no space or an I/O error.",
};
