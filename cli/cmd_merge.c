/* SPDX-License-Identifier: MIT */
#include "database.h"
#include "report.h"

struct merge_settings {
    struct writer_settings writer;
};

static const struct option_spec merge_options[] = {
    OPTION_WAIT(struct merge_settings),
    { 0 },
};

static int run_merge(struct run *run)
{
    const struct merge_settings *settings = run->settings;
    const struct muc_writer_options options = { .wait_ms = database_wait_ms(&settings->writer) };
    struct muc_writer *writer;
    struct muc_error err;
    int rc;
    int status = database_open_writer(run->database, false, &options, &writer);

    if (status != STATUS_DONE)
        return status;
    rc = muc_writer_merge(writer, &err);
    muc_writer_close(writer);
    return rc ? complain_error(&err) : STATUS_DONE;
}

const struct command command_merge = {
    .name = "merge",
    .run = run_merge,
    .access = ACCESS_DATABASE,
    .settings_size = sizeof(struct merge_settings),
    .options = merge_options,
    .operands = "",
    .operand_kind = OPTION_TEXT,
    .summary = "merge all segments into one",
    .details = "Make the index as small and fast as it gets. Indexing merges a little by itself; "
               "this is for an archive that is finished, or after much was deleted. Readers go "
               "on.\n"
               "Exit status: 0 done, 4 another writer is at work.",
};
