/* SPDX-License-Identifier: MIT */
#include "database.h"
#include "report.h"

struct delete_settings {
    struct writer_settings writer;
};

static const struct option_spec delete_options[] = {
    OPTION_WAIT(struct delete_settings),
    { 0 },
};

static int run_delete(struct run *run)
{
    const struct delete_settings *settings = run->settings;
    const struct muc_writer_options options = { .wait_ms = database_wait_ms(&settings->writer) };
    struct muc_writer *writer;
    struct muc_error err;
    bool unmerged;
    size_t n = 0;
    int rc = MUC_OK;
    int status = database_open_writer(run->database, false, &options, &writer);

    if (status != STATUS_DONE)
        return status;
    for (size_t i = 0; i < run->n_operands && !rc; i++) {
        bool found = false;

        rc = muc_writer_delete(writer, muc_text(run->operands[i]), &found, &err);
        if (!rc && !found)
            complain_no_document(run->operands[i], run->database);
        n += found;
    }
    if (!rc)
        rc = muc_writer_commit(writer, &err);
    unmerged = !rc && database_complain_unmerged(run->database, writer, &err);
    muc_writer_close(writer);
    if (rc)
        return complain_error(&err);
    if (unmerged)
        return STATUS_DAMAGED;
    return n == run->n_operands ? STATUS_DONE : n ? STATUS_INPUTS : STATUS_NOTHING;
}

const struct command command_delete = {
    .name = "delete",
    .run = run_delete,
    .access = ACCESS_DATABASE,
    .settings_size = sizeof(struct delete_settings),
    .options = delete_options,
    .least_operands = 1,
    .most_operands = OPERANDS_ANY,
    .operands = "ID...",
    .operand_kind = OPTION_TEXT,
    .summary = "remove documents from the index",
    .details = "Remove documents by id, in one commit. The files they were read from are not "
               "touched, and are not read again before they change.\n"
               "Exit status: 0 done, 1 there was none of them, 3 there were some, 4 another "
               "writer is at work, 5 the database is damaged (as for index).",
};
