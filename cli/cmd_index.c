/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "database.h"
#include "idle.h"
#include "index_report.h"
#include "interrupt.h"
#include "progress.h"
#include "report.h"
#include "scratch.h"
#include "skipped_types.h"

enum { COMMIT_EVERY = 600, TYPES_SHOWN = 8 };

struct index_settings {
    struct writer_settings writer;
    const char *encoding, *source, *kind, *report;
    uint32_t jobs, memory, commit_every;
    struct option_list filters;
    bool follow_deletes, track_moves, retry, whole_pages, idle, dry_run, verbose, quiet;
};

#define TARGET(member) .target = offsetof(struct index_settings, member)

static const struct option_spec index_options[] = {
    { .name = "follow-deletes",
      TARGET(follow_deletes),
      .summary = "remove documents whose file is gone; never when the whole PATH is" },
    { .name = "track-moves",
      TARGET(track_moves),
      .summary = "a file that is now elsewhere under PATH, unchanged, keeps its id" },
    { .name = "retry",
      TARGET(retry),
      .summary = "read again what could not be read, or not all of it, also if it did not change" },
    { .name = "whole-pages",
      TARGET(whole_pages),
      .summary = "of web pages keep menus and lists of links too" },
    { .name = "encoding",
      .kind = OPTION_TEXT,
      TARGET(encoding),
      .argument = "NAME",
      .summary = "read files in this encoding: TCVN3, VNI, VISCII, VPS, windows-1258 or a "
                 "name that ICU knows (default: find out)" },
    { .name = "filter",
      .kind = OPTION_LIST,
      TARGET(filters),
      .argument = "TYPE=COMMAND",
      .summary = "read files of this MIME type (image/*, application/x-foo) by a command, which "
                 "gets the file as standard input and writes a text or a web page" },
    { .name = "source",
      .kind = OPTION_TEXT,
      TARGET(source),
      .argument = "NAME",
      .summary = "source of documents that name none" },
    { .name = "kind",
      .kind = OPTION_TEXT,
      TARGET(kind),
      .argument = "NAME",
      .summary = "kind of all documents read, whatever they say of themselves" },
    { .name = "jobs",
      .letter = 'j',
      .kind = OPTION_COUNT,
      TARGET(jobs),
      .argument = "N",
      .least = 1,
      .most = 256,
      .summary = "threads (default: one a processor)" },
    { .name = "memory",
      .kind = OPTION_COUNT,
      TARGET(memory),
      .argument = "MB",
      .least = 16,
      .most = 65536,
      .summary = "memory to build in before parts are written out (default 400)" },
    { .name = "commit-every",
      .kind = OPTION_COUNT,
      TARGET(commit_every),
      .argument = "SECONDS",
      .least = 1,
      .most = 1000000,
      .summary = "keep what a longer run has done so far, so often (default 600)" },
    { .name = "idle", TARGET(idle), .summary = "lowest priority for processor and disk" },
    { .name = "report",
      .kind = OPTION_FILE,
      TARGET(report),
      .argument = "FILE",
      .summary = "write what was done and what failed to FILE, as JSON" },
    OPTION_WAIT(struct index_settings),
    { .name = "dry-run", TARGET(dry_run), .summary = "read and report, change nothing" },
    { .name = "verbose",
      .letter = 'v',
      TARGET(verbose),
      .summary = "say what was done and how it went also when no terminal is there" },
    { .name = "quiet",
      .letter = 'q',
      TARGET(quiet),
      .summary = "no progress, no summary: only what failed" },
    { 0 },
};

/** What the library's events need to know. */
struct indexing {
    const struct index_settings *settings;
    struct progress progress;
    struct index_report report;
    struct muc_tally tally;
    struct skipped_types skipped;
    struct muc_converter converters[OPTION_LIST_MAX];
    bool talkative; /* summary and warnings are wanted */
};

static bool on_event(void *context, const struct muc_event *event)
{
    struct indexing *in = context;

    switch (event->kind) {
    case MUC_EVENT_PROGRESS:
        progress_draw(&in->progress, event->tally);
        break;
    case MUC_EVENT_SKIPPED:
        skipped_types_add(&in->skipped, event->path);
        break;
    case MUC_EVENT_WARNING:
    case MUC_EVENT_FAILED:
        if (interrupt_caught())
            break; /* a line cut in two by it */
        index_report_note(&in->report, event, event->kind == MUC_EVENT_WARNING);
        if (event->kind == MUC_EVENT_WARNING && !in->talkative)
            break;
        progress_clear(&in->progress);
        if (event->line)
            complain("%s:%" PRIu64 ": %s%s", event->path, event->line,
                     event->kind == MUC_EVENT_WARNING ? "warning: " : "", event->message);
        else
            complain("%s: %s%s", event->path, event->kind == MUC_EVENT_WARNING ? "warning: " : "",
                     event->message);
        break;
    }
    return !interrupt_caught();
}

static bool on_merging(void *context, const struct muc_merging *merging)
{
    struct indexing *in = context;

    progress_merging(&in->progress, merging);
    return !interrupt_caught();
}

/** Index one operand. @return MUC_OK also when it is one of the inputs that failed. */
static int index_path(struct indexing *in, struct muc_writer *writer, const char *path,
                      struct muc_error *err)
{
    const struct muc_index_options options = {
        .encoding = in->settings->encoding,
        .source = in->settings->source,
        .kind = in->settings->kind,
        .follow_deletes = in->settings->follow_deletes,
        .track_moves = in->settings->track_moves,
        .retry = in->settings->retry,
        .keep_all = in->settings->whole_pages,
        .converters = in->converters,
        .n_converters = in->settings->filters.n,
        .commit_seconds = in->settings->commit_every ? in->settings->commit_every : COMMIT_EVERY,
        .dry_run = in->settings->dry_run,
        .event = on_event,
        .context = in,
    };

    if (strcmp(path, "-") != 0 && access(path, R_OK) != 0) {
        progress_clear(&in->progress);
        complain("%s: %s", path, strerror(errno));
        index_report_failure(&in->report, path, strerror(errno));
        in->tally.files_failed++;
        return MUC_OK;
    }
    return muc_writer_index(writer, path, &options, &in->tally, err);
}

static void show_summary(struct indexing *in)
{
    const struct muc_tally *t = &in->tally;
    char types[256];

    if (in->skipped.n && in->talkative) {
        skipped_types_list(&in->skipped, TYPES_SHOWN, types, sizeof types);
        complain("skipped, as there is no reader for them: %s", types);
    }
    complain("%sfiles: %" PRIu64 " seen, %" PRIu64 " skipped; documents: %" PRIu64
             " added, %" PRIu64 " changed, %" PRIu64 " removed; %" PRIu64 " failed; %.1f s",
             in->settings->dry_run ? "dry run: " : "", t->files_seen,
             t->files_skipped + t->members_skipped, t->added, t->changed, t->removed,
             t->files_failed + t->failed, progress_seconds(&in->progress));
}

/** All operands, then one commit: all of them or nothing. */
static int index_all(struct indexing *in, struct run *run, struct muc_writer *writer)
{
    struct muc_error err;
    bool stopped;
    int rc = MUC_OK;

    for (size_t i = 0; i < run->n_operands && !rc && !interrupt_caught(); i++)
        rc = index_path(in, writer, run->operands[i], &err);
    stopped = interrupt_caught(); /* from here on nothing is left out any more */
    if (rc == MUC_ESTOPPED)
        rc = MUC_OK;
    if (!rc && !in->settings->dry_run) {
        progress_say(&in->progress, "committing");
        rc = muc_writer_commit(writer, &err);
    }
    progress_clear(&in->progress);
    if (rc) {
        int status = complain_error(&err);
        complain("nothing since the last commit is kept");
        return status;
    }
    if (stopped)
        complain("stopped: what was read so far is %s; run again for the rest",
                 in->settings->dry_run ? "reported" : "committed");
    if (in->talkative ||
        (!stopped && !in->settings->quiet && (in->tally.files_failed || in->tally.failed)))
        show_summary(in);
    if (database_complain_unmerged(run->database, writer, &err)) {
        index_report_note(&in->report,
                          &(struct muc_event){ .path = run->database, .message = err.message },
                          true);
        return STATUS_DAMAGED;
    }
    return stopped || in->tally.files_failed || in->tally.failed ? STATUS_INPUTS : STATUS_DONE;
}

/** "TYPE/SUBTYPE=COMMAND"; without a command if it is not that. */
static struct muc_converter converter_of(const char *value)
{
    size_t size = strcspn(value, "=");
    struct muc_converter converter = { { value, size }, "" };

    if (value[size] && memchr(value, '/', size))
        converter.command = value + size + 1;
    return converter;
}

static int check_index(const struct run *run)
{
    const struct index_settings *settings = run->settings;

    for (size_t i = 0; i < settings->filters.n; i++)
        if (!*converter_of(settings->filters.at[i]).command)
            return complain_usage("index", "--filter takes TYPE/SUBTYPE=COMMAND, not '%.40s'",
                                  settings->filters.at[i]);
    if (settings->quiet && settings->verbose)
        return complain_usage("index", "--quiet and --verbose exclude each other");
    return STATUS_DONE;
}

/** Where the writer works: the database, or for a dry run where there is none a folder in its place
 * that is to be removed. @return NULL: said why. */
static const char *choose_database(const struct run *run, bool dry_run, char **scratch)
{
    struct muc_index *index = NULL;

    *scratch = NULL;
    if (!dry_run)
        return run->database;
    if (muc_index_open(run->database, &index, NULL) == MUC_ENOTFOUND)
        return *scratch = scratch_make();
    muc_index_close(index);
    return run->database;
}

static int run_index(struct run *run)
{
    const struct index_settings *settings = run->settings;
    bool terminal = isatty(STDERR_FILENO);
    struct indexing in = {
        .settings = settings,
        .talkative = !settings->quiet && (settings->verbose || terminal),
    };
    const struct muc_writer_options options = {
        .memory = (size_t)settings->memory << 20,
        .threads = settings->jobs ? settings->jobs : database_threads(),
        .wait_ms = database_wait_ms(&settings->writer),
        .merging = on_merging,
        .context = &in,
    };
    struct muc_writer *writer;
    char *scratch;
    const char *database = choose_database(run, settings->dry_run, &scratch);
    int status = STATUS_SYSTEM;

    for (size_t i = 0; i < settings->filters.n; i++)
        in.converters[i] = converter_of(settings->filters.at[i]);
    if (settings->idle)
        idle_begin();
    progress_start(&in.progress, terminal && !settings->quiet);
    if (database && index_report_open(&in.report, settings->report, database))
        status = database_open_writer(database, true, &options, &writer);
    if (status == STATUS_DONE) {
        interrupt_catch();
        signal(SIGPIPE, SIG_IGN); /* nobody reading our complaints is no reason to stop half-way */
        status = index_all(&in, run, writer);
        muc_writer_close(writer);
    }
    status = index_report_close(&in.report, &in.tally, &in.skipped, progress_seconds(&in.progress),
                                settings->dry_run, status);
    scratch_remove(scratch);
    return status;
}

const struct command command_index = {
    .name = "index",
    .check = check_index,
    .run = run_index,
    .access = ACCESS_DATABASE,
    .settings_size = sizeof(struct index_settings),
    .options = index_options,
    .least_operands = 1,
    .most_operands = OPERANDS_ANY,
    .operands = "PATH...",
    .operand_kind = OPTION_FILE,
    .summary = "add or update documents",
    .details =
        "Index files, folders with all that is in them, or JSON Lines from standard input (-): "
        "plain text, Markdown, web pages (also mht), PDF, Word (doc, docx), RTF, OpenDocument "
        "(odt), books "
        "(epub), JSON and JSON Lines, tables with a header (csv, tsv), feeds (RSS, Atom), "
        "mails (eml) and mailboxes (mbox), whose attachments are called MAIL!/NAME, "
        "archives of the web (warc), whose pages are called by their addresses; "
        "archives (zip, tar, 7z, rar, gz, bz2, xz, zst) as folders, "
        "whose members are called ARCHIVE!/MEMBER. "
        "PDF needs pdftotext of poppler-utils, and doc antiword and catdoc, which run as children "
        "with limits; a hit in a PDF says its page. Files of other types are counted, and read "
        "where "
        "a --filter names a command for them. "
        "The database is made if there is none. Files that did not change are not read again; one "
        "bad file or line is named, the rest is indexed, and it is not tried again until it "
        "changes "
        "(or with --retry). All PATHs become visible together, in one commit at the end; a run of "
        "more than ten minutes commits in between (--commit-every), so that it goes on from there "
        "if it is killed.\n"
        "A document's id is the path of its file relative to PATH and stays so; where another file "
        "that is there has it, folders are put in front (2020/a.txt). --track-moves "
        "finds a file again that was renamed, be it an archive or a mailbox. --follow-deletes "
        "removes nothing where no file at "
        "all is left, as when a disk is not mounted. Symbolic links are followed; one to nothing "
        "is "
        "a warning, or a failure where something was read through it before.\n"
        "Interrupted (Ctrl-C, SIGTERM) it stops after the document at hand, commits what was read "
        "and leaves with status 3; interrupted once more it leaves at once, without that (in a "
        "shell, status 130 or 143).\n"
        "Silent where standard error is no terminal, unless something failed.\n"
        "Exit status: 0 done, 3 some inputs failed or were not reached, 4 another writer is at "
        "work, 5 the database is of another version or damaged (where only "
        "merging met that, a warning says so and what was read is committed), 6 no space or an I/O "
        "error.",
};
