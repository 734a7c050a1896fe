/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alert_writer.h"
#include "database.h"
#include "display.h"
#include "report.h"
#include "words.h"

static const char *const formats[] = { "text", "jsonl", "atom", NULL };
static const struct alert_writer *const writers[] = { &alert_writer_text, &alert_writer_jsonl,
                                                      &alert_writer_atom };

struct alerts_settings {
    struct writer_settings writer;
    unsigned format;
};

static const struct option_spec alerts_options[] = {
    OPTION_FORMAT(struct alerts_settings, formats, "how matches are written (default text)"),
    OPTION_WAIT(struct alerts_settings),
    { 0 },
};

static const struct alert_writer *writer_of(const struct run *run)
{
    const struct alerts_settings *settings = run->settings;

    return writers[settings->format];
}

static void begin(const struct run *run)
{
    if (writer_of(run)->begin)
        writer_of(run)->begin(run->out);
}

static void end(const struct run *run)
{
    if (writer_of(run)->end)
        writer_of(run)->end(run->out);
}

/** The last `n` documents that an alert found, those of them that are still there. */
static int put_matches(struct run *run, const struct muc_index *index,
                       const struct muc_alert *alert, size_t n)
{
    struct muc_error err;

    for (size_t i = alert->n_last - n; i < alert->n_last && !output_failed(run->out); i++) {
        struct muc_stored *stored;
        int rc = muc_index_document(index, alert->last[i], &stored, &err);

        if (rc == MUC_ENOTFOUND)
            continue;
        if (rc)
            return complain_error(&err);
        writer_of(run)->match(run->out, alert, muc_stored_document(stored));
        muc_stored_free(stored);
    }
    return STATUS_DONE;
}

/* ---- operations */

/** The alert of this name in a list, or NULL. */
static const struct muc_alert *named(const struct muc_alerts *alerts, struct muc_string name)
{
    for (size_t i = 0; i < muc_alerts_count(alerts); i++) {
        const struct muc_alert *alert = muc_alerts_at(alerts, i);

        if (alert->name.size == name.size && !memcmp(alert->name.bytes, name.bytes, name.size))
            return alert;
    }
    return NULL;
}

/** The newest state and its alerts. @return an exit status; what failed has been said. */
static int open_alerts(const struct run *run, struct muc_index **index, struct muc_alerts **alerts)
{
    struct muc_error err;
    int status = database_open_stored(run->database, index);

    if (status != STATUS_DONE)
        return status;
    if (!muc_alerts_open(*index, alerts, &err))
        return STATUS_DONE;
    muc_index_close(*index);
    return complain_error(&err);
}

static int open_writer(const struct run *run, struct muc_writer **writer)
{
    const struct alerts_settings *settings = run->settings;
    const struct muc_writer_options options = { .wait_ms = database_wait_ms(&settings->writer) };

    return database_open_writer(run->database, false, &options, writer);
}

/** Say what was not understood of a query that is added: no run ever would. */
static void complain_of(const struct run *run, const char *query)
{
    const struct muc_query asked = { .text = muc_text(query), .count_only = true };
    struct muc_results *results;
    struct muc_index *index;

    if (database_open_index(run->database, &index) != STATUS_DONE)
        return;
    if (!muc_search(index, &asked, &results, NULL)) {
        complain_query(NULL, results);
        muc_results_free(results);
    }
    muc_index_close(index);
}

static int run_add(struct run *run)
{
    char *query = words_join(run->operands + 2, run->n_operands - 2);
    struct muc_writer *writer;
    struct muc_error err;
    int status;

    if (!query) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    status = open_writer(run, &writer);
    if (status == STATUS_DONE) {
        if (muc_writer_alert_add(writer, muc_text(run->operands[1]), muc_text(query), &err))
            status = complain_error(&err);
        muc_writer_close(writer);
    }
    if (status == STATUS_DONE)
        complain_of(run, query);
    free(query);
    return status;
}

static int run_remove(struct run *run)
{
    struct muc_writer *writer;
    struct muc_error err;
    int status = open_writer(run, &writer);
    int rc;

    if (status != STATUS_DONE)
        return status;
    rc = muc_writer_alert_remove(writer, muc_text(run->operands[1]), &err);
    muc_writer_close(writer);
    if (!rc)
        return STATUS_DONE;
    status = complain_error(&err);
    return rc == MUC_ENOTFOUND ? STATUS_NOTHING : status;
}

static void put_time(FILE *file, int64_t seconds)
{
    time_t then = (time_t)seconds;
    char text[32] = "never";
    struct tm tm;

    if (seconds && gmtime_r(&then, &tm))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    fputs(text, file);
}

/** One line an alert: name, documents found so far, last run, query; tabs between. */
static int run_list(struct run *run)
{
    struct muc_alerts *alerts;
    struct muc_index *index;
    int status = open_alerts(run, &index, &alerts);

    if (status != STATUS_DONE)
        return status;
    for (size_t i = 0; i < muc_alerts_count(alerts); i++) {
        const struct muc_alert *alert = muc_alerts_at(alerts, i);

        display_bytes(run->out, alert->name);
        fprintf(run->out->file, "\t%" PRIu64 "\t", alert->known);
        put_time(run->out->file, alert->ran);
        fputc('\t', run->out->file);
        display_bytes(run->out, alert->query);
        fputc('\n', run->out->file);
    }
    status = muc_alerts_count(alerts) ? STATUS_DONE : STATUS_NOTHING;
    muc_alerts_close(alerts);
    muc_index_close(index);
    return status;
}

static int run_last(struct run *run)
{
    struct muc_alerts *alerts;
    struct muc_index *index;
    const struct muc_alert *alert;
    int status = open_alerts(run, &index, &alerts);

    if (status != STATUS_DONE)
        return status;
    if ((alert = named(alerts, muc_text(run->operands[1])))) {
        begin(run);
        status = put_matches(run, index, alert, alert->n_last);
        end(run);
        if (status == STATUS_DONE && !alert->n_last)
            status = STATUS_NOTHING;
    } else {
        complain("there is no alert \"%s\"", run->operands[1]);
        status = STATUS_NOTHING;
    }
    muc_alerts_close(alerts);
    muc_index_close(index);
    return status;
}

/** Tell of the `n` documents just found, so that they count as told once they are written. */
static int tell(struct run *run, struct muc_writer *writer, struct muc_string name, size_t n)
{
    struct muc_alerts *alerts;
    struct muc_index *index;
    const struct muc_alert *alert;
    struct muc_error err;
    int status = open_alerts(run, &index, &alerts);

    if (status != STATUS_DONE)
        return status;
    if ((alert = named(alerts, name)))
        status = put_matches(run, index, alert, n);
    muc_alerts_close(alerts);
    muc_index_close(index);
    fflush(run->out->file);
    if (status == STATUS_DONE && !output_failed(run->out) &&
        muc_writer_alert_told(writer, name, &err))
        status = complain_error(&err);
    return status;
}

static int run_one(struct run *run, struct muc_writer *writer, const struct muc_alert *alert)
{
    struct muc_error err;
    size_t n = 0;

    if (alert->n_untold)
        complain("%.*s: a run was cut off while it told of %zu documents; \"mucluc alerts last\" "
                 "shows them",
                 (int)alert->name.size, alert->name.bytes, alert->n_untold);
    if (muc_writer_alert_run(writer, alert->name, &n, &err))
        return complain_error(&err);
    return n ? tell(run, writer, alert->name, n) : STATUS_DONE;
}

/** All alerts, or the one that is named. One that fails does not keep the others from running. */
static int run_run(struct run *run)
{
    struct muc_writer *writer;
    struct muc_alerts *alerts;
    struct muc_index *index;
    int worst = STATUS_DONE, status = open_writer(run, &writer);

    if (status != STATUS_DONE)
        return status;
    status = open_alerts(run, &index, &alerts);
    if (status != STATUS_DONE) {
        muc_writer_close(writer);
        return status;
    }
    if (run->n_operands == 2 && !named(alerts, muc_text(run->operands[1]))) {
        complain("there is no alert \"%s\"", run->operands[1]);
        worst = STATUS_NOTHING;
    }
    begin(run);
    for (size_t i = 0; i < muc_alerts_count(alerts) && !output_failed(run->out); i++) {
        const struct muc_alert *alert = muc_alerts_at(alerts, i);

        if (run->n_operands == 2 && alert != named(alerts, muc_text(run->operands[1])))
            continue;
        status = run_one(run, writer, alert);
        worst = status > worst ? status : worst;
    }
    end(run);
    muc_alerts_close(alerts);
    muc_index_close(index);
    muc_writer_close(writer);
    return worst;
}

static const struct operation {
    const char *name;
    size_t least, most; /* operands, the name of the operation included */
    const char *usage;
    int (*run)(struct run *run);
} operations[] = {
    { "add", 3, OPERANDS_ANY, "add NAME QUERY...", run_add },
    { "remove", 2, 2, "remove NAME", run_remove },
    { "list", 1, 1, "list", run_list },
    { "run", 1, 2, "run [NAME]", run_run },
    { "last", 2, 2, "last NAME", run_last },
};

static const struct operation *operation_of(const struct run *run)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (!strcmp(run->operands[0], operations[i].name))
            return &operations[i];
    return NULL;
}

static int check_alerts(const struct run *run)
{
    const struct operation *operation = operation_of(run);

    if (!operation)
        return complain_usage("alerts", "%s: no such operation: add, remove, list, run or last",
                              run->operands[0]);
    if (run->n_operands < operation->least || run->n_operands > operation->most)
        return complain_usage("alerts", "it is: alerts %s", operation->usage);
    return STATUS_DONE;
}

static int run_alerts(struct run *run)
{
    return operation_of(run)->run(run);
}

const struct command command_alerts = {
    .name = "alerts",
    .check = check_alerts,
    .run = run_alerts,
    .access = ACCESS_DATABASE,
    .settings_size = sizeof(struct alerts_settings),
    .options = alerts_options,
    .least_operands = 1,
    .most_operands = OPERANDS_ANY,
    .operands = "OPERATION [NAME [QUERY...]]",
    .operand_kind = OPTION_TEXT,
    .summary = "tell of new documents that match a query",
    .details =
        "Queries that are asked again after each night's indexing. \"add NAME QUERY\" remembers "
        "one; what matches it now is no news. \"run [NAME]\" writes what the alerts, or that one, "
        "have not found before, each document once, also if it changes later. \"last NAME\" writes "
        "again what it found last; \"list\" the alerts, with the number of documents known, the "
        "last run and the query; \"remove NAME\" forgets one.\n"
        "With --format atom a run writes a feed, also when there is nothing new: write it to a "
        "file "
        "that feed readers ask for.\n"
        "All words of the query have to match. A run notes what it found before it writes it: cut "
        "off in between, nothing is told twice, and the next run says that \"last\" has more.\n"
        "Exit status: 0 done (also if there is nothing new), 1 no such alert, or nothing to list "
        "or "
        "to write again, 4 another writer is at work.",
};
