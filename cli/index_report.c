/* SPDX-License-Identifier: MIT */
#include "index_report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "report.h"

static void put_time(struct emit *json, const char *key, time_t seconds)
{
    char text[32];
    struct tm tm;
    size_t size =
        gmtime_r(&seconds, &tm) ? strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) : 0;

    emit_text(json, key, (struct muc_string){ text, size });
}

static void drop(struct index_report *report)
{
    if (report->json.file)
        fclose(report->json.file);
    if (report->unfinished)
        unlink(report->unfinished);
    free(report->unfinished);
    *report = (struct index_report){ 0 };
}

bool index_report_open(struct index_report *report, const char *path, const char *database)
{
    struct emit *json = &report->json;
    size_t room;

    *report = (struct index_report){ .path = path };
    if (!path)
        return true;
    room = strlen(path) + sizeof ".unfinished";
    if ((report->unfinished = malloc(room))) {
        snprintf(report->unfinished, room, "%s.unfinished", path);
        json->file = fopen(report->unfinished, "we");
    }
    if (!json->file) {
        complain("%s: cannot be written: %s", path, strerror(errno));
        free(report->unfinished);
        *report = (struct index_report){ 0 };
        return false;
    }
    emit_open(json, '{');
    emit_text(json, "database", muc_text(database));
    put_time(json, "started", time(NULL));
    emit_name(json, "failures");
    emit_open(json, '[');
    return true;
}

static void put_failure(struct emit *json, const char *path, uint64_t line, const char *message,
                        bool warning)
{
    emit_open(json, '{');
    emit_text(json, "path", muc_text(path));
    if (line)
        emit_count(json, "line", line);
    emit_text(json, "message", muc_text(message));
    emit_name(json, "warning");
    emit_bool(json, warning);
    emit_close(json, '}');
}

void index_report_note(struct index_report *report, const struct muc_event *event, bool warning)
{
    if (report->path)
        put_failure(&report->json, event->path, event->line, event->message, warning);
}

void index_report_failure(struct index_report *report, const char *path, const char *message)
{
    if (report->path)
        put_failure(&report->json, path, 0, message, false);
}

static void put_totals(struct emit *json, const struct muc_tally *tally)
{
    emit_name(json, "files");
    emit_open(json, '{');
    emit_count(json, "seen", tally->files_seen);
    emit_count(json, "unchanged", tally->files_unchanged);
    emit_count(json, "skipped", tally->files_skipped);
    emit_count(json, "moved", tally->files_moved);
    emit_count(json, "failed", tally->files_failed);
    emit_close(json, '}');
    emit_name(json, "documents");
    emit_open(json, '{');
    emit_count(json, "added", tally->added);
    emit_count(json, "changed", tally->changed);
    emit_count(json, "same", tally->same);
    emit_count(json, "removed", tally->removed);
    emit_count(json, "failed", tally->failed);
    emit_close(json, '}');
    emit_count(json, "bytes_read", tally->bytes_read);
}

int index_report_close(struct index_report *report, const struct muc_tally *tally,
                       const struct skipped_types *skipped, double seconds, bool dry_run,
                       int status)
{
    struct emit *json = &report->json;
    bool written;

    if (!report->path)
        return status;
    emit_close(json, ']');
    put_totals(json, tally);
    emit_name(json, "skipped_types");
    skipped_types_json(skipped, json);
    emit_name(json, "seconds");
    emit_number(json, seconds);
    emit_name(json, "dry_run");
    emit_bool(json, dry_run);
    emit_count(json, "status", (uint64_t)status);
    emit_close(json, '}');
    emit_line(json);
    written = !ferror(json->file) && !fflush(json->file) && !fsync(fileno(json->file));
    written = !fclose(json->file) && written;
    json->file = NULL;
    if (!written || rename(report->unfinished, report->path)) {
        complain("%s: cannot be written: %s", report->path, strerror(errno));
        if (status == STATUS_DONE)
            status = STATUS_SYSTEM;
    } else {
        free(report->unfinished); /* it is gone: not to be removed */
        report->unfinished = NULL;
    }
    drop(report);
    return status;
}
