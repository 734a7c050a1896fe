/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "database.h"
#include "format.h"
#include "interrupt.h"
#include "progress.h"
#include "report.h"

struct merge_settings {
    struct writer_settings writer;
    bool quiet;
};

static const struct option_spec merge_options[] = {
    { .name = "quiet",
      .letter = 'q',
      .target = offsetof(struct merge_settings, quiet),
      .summary = "no progress, no summary" },
    OPTION_WAIT(struct merge_settings),
    { 0 },
};

static bool on_merging(void *context, const struct muc_merging *merging)
{
    progress_merging(context, merging);
    return !interrupt_caught();
}

/** Take over the documents of another database, and commit them. */
static int join(struct muc_writer *writer, const char *path, struct progress *progress)
{
    struct muc_tally tally = { 0 };
    struct muc_error err;

    progress_say(progress, path);
    if (muc_writer_join(writer, path, &tally, &err) || muc_writer_commit(writer, &err)) {
        progress_clear(progress);
        return database_complain(path, &err);
    }
    progress_clear(progress);
    if (progress->on)
        complain("%s: %" PRIu64 " added, %" PRIu64 " changed, %" PRIu64 " as they were", path,
                 tally.added, tally.changed, tally.same);
    return STATUS_DONE;
}

static int merge(struct muc_writer *writer, struct progress *progress)
{
    struct muc_error err;
    int rc;

    progress_say(progress, "merging");
    rc = muc_writer_merge(writer, &err);
    progress_clear(progress);
    return rc ? complain_error(&err) : STATUS_DONE;
}

/** What the database is like; zeros where that cannot be told. */
static struct muc_stats look(const char *database)
{
    struct muc_stats stats = { 0 };
    struct muc_index *index;

    if (muc_index_open(database, &index, NULL))
        return stats;
    muc_index_stats(index, &stats, NULL);
    muc_index_close(index);
    return stats;
}

/** What became of it, and what to do where much of the file is free. */
static void show_summary(const struct muc_stats *before, const struct muc_stats *after)
{
    char documents[FORMAT_NUMBER_SIZE], bytes[FORMAT_NUMBER_SIZE], free[FORMAT_NUMBER_SIZE];

    complain("%ssegments: %" PRIu32 " before, %" PRIu32 " now; documents: %s; file: %s, %s free%s",
             before->snapshot == after->snapshot ? "nothing to do; " : "", before->segments,
             after->segments, format_count(after->documents, documents),
             format_bytes(after->file_bytes, bytes), format_bytes(after->free_bytes, free),
             after->free_bytes > after->file_bytes / 4
                 ? "; \"mucluc backup TARGET\" makes a copy without that"
                 : "");
}

static int run_merge(struct run *run)
{
    const struct merge_settings *settings = run->settings;
    struct progress progress;
    const struct muc_writer_options options = {
        .threads = database_threads(),
        .wait_ms = database_wait_ms(&settings->writer),
        .merging = on_merging,
        .context = &progress,
    };
    struct muc_stats before = { 0 }, after;
    struct muc_writer *writer;
    bool merged = false;
    int status = database_open_writer(run->database, run->n_operands, &options, &writer);

    if (status != STATUS_DONE)
        return status;
    interrupt_catch();
    progress_start(&progress, isatty(STDERR_FILENO) && !settings->quiet);
    if (progress.on)
        before = look(run->database);
    for (size_t i = 0; i < run->n_operands && status == STATUS_DONE && !interrupt_caught(); i++)
        status = join(writer, run->operands[i], &progress);
    if (status == STATUS_DONE && !interrupt_caught()) {
        status = merge(writer, &progress);
        merged = status == STATUS_DONE;
    }
    muc_writer_close(writer);
    if (!merged)
        interrupt_pass_on(); /* one that came too late stopped nothing */
    if (merged && progress.on) {
        after = look(run->database);
        show_summary(&before, &after);
    }
    return status;
}

const struct command command_merge = {
    .name = "merge",
    .run = run_merge,
    .access = ACCESS_DATABASE,
    .settings_size = sizeof(struct merge_settings),
    .options = merge_options,
    .most_operands = OPERANDS_ANY,
    .operands = "[DATABASE...]",
    .operand_kind = OPTION_FOLDER,
    .summary = "merge databases and segments into one",
    .details =
        "Make the index as small and fast as it gets: documents that are alike come to "
        "stand side by side, which answers faster; what is found stays the same, and its "
        "order, but for near copies where hundreds are alike. Only export of all documents "
        "writes them as they stand. Indexing merges a "
        "little by itself and leaves them where they are; this is for an archive that is "
        "finished, or after much was deleted. What was merged so already stays as it is. "
        "Readers go on.\n"
        "With names of other databases their documents are added first, so that parts of an "
        "archive can be made side by side, by year or by source: mucluc merge -d all.db "
        "2019.db 2020.db. The others stay as they are. A document whose id is there already "
        "replaces it; one that is the same changes nothing, so merging again costs little. "
        "What the others remember of files comes along, but neither their alerts nor their "
        "abbreviations.txt.\n"
        "Interrupted (Ctrl-C, SIGTERM) it leaves what it has not finished as it was and ends "
        "by that signal (in a shell, status 130 or 143).\n"
        "Exit status: 0 done, 2 one of the databases is not there (those before it are "
        "merged), 4 another writer is at work, 5 it is damaged, and stays as it is.",
};
