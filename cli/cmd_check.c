/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "database.h"
#include "display.h"
#include "report.h"

static void report_fault(void *context, const char *fault)
{
    struct output *out = context;

    display_clean(out->file, muc_text(fault));
    fputc('\n', out->file);
}

static int run_check(struct run *run)
{
    uint64_t n = 0;
    struct muc_error err;

    if (muc_check(run->database, report_fault, run->out, &n, &err))
        return database_complain(run->database, &err);
    if (n == 0)
        return STATUS_DONE;
    complain("%s: %" PRIu64 " fault%s: restore a backup, or index into a new database",
             run->database, n, n == 1 ? "" : "s");
    return STATUS_DAMAGED;
}

const struct command command_check = {
    .name = "check",
    .run = run_check,
    .access = ACCESS_DATABASE,
    .operands = "",
    .operand_kind = OPTION_TEXT,
    .summary = "prove the database sound",
    .details = "Read everything and compare every checksum, list and count. One line on standard "
               "output for each fault, nothing if there is none.\n"
               "Exit status: 0 sound, 5 damaged.",
};
