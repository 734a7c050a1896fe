/* SPDX-License-Identifier: MIT */
#include "server/log.h"

#include <string.h>

#include "emit.h"

/** With room for any line, so that each is written whole. */
static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "ae");

    if (file)
        setvbuf(file, NULL, _IOFBF, 1 << 16);
    return file;
}

bool log_open(struct access_log *log, const char *path)
{
    log->path = path;
    log->file = NULL;
    pthread_mutex_init(&log->lock, NULL);
    if (strcmp(path, "-") == 0)
        log->file = stdout;
    else if (*path && !(log->file = open_file(path)))
        return false;
    return true;
}

bool log_reopen(struct access_log *log)
{
    FILE *file;

    if (!log->file || log->file == stdout)
        return true;
    if (!(file = open_file(log->path)))
        return false;
    pthread_mutex_lock(&log->lock);
    fclose(log->file);
    log->file = file;
    pthread_mutex_unlock(&log->lock);
    return true;
}

void log_write(struct access_log *log, const struct log_entry *entry)
{
    struct emit json = { 0 };
    char date[32];
    struct tm utc;

    gmtime_r(&entry->time.tv_sec, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(date + strlen(date), sizeof date - strlen(date), ".%03ldZ",
             entry->time.tv_nsec / 1000000 % 1000);
    pthread_mutex_lock(&log->lock); /* before the file is looked at: log_reopen closes it */
    if (!(json.file = log->file)) {
        pthread_mutex_unlock(&log->lock);
        return;
    }
    emit_open(&json, '{');
    emit_text(&json, "time", muc_text(date));
    emit_text(&json, "id", muc_text(entry->id));
    emit_text(&json, "address", muc_text(entry->address));
    emit_text(&json, "method", muc_text(entry->method));
    emit_text(&json, "target", muc_text(entry->target));
    emit_text(&json, "endpoint", muc_text(entry->endpoint));
    emit_count(&json, "status", entry->status);
    emit_count(&json, "bytes", entry->bytes);
    emit_count(&json, "took_us", entry->microseconds);
    emit_name(&json, "complete");
    emit_bool(&json, entry->complete);
    emit_close(&json, '}');
    emit_line(&json);
    fflush(json.file); /* whoever follows the log sees each request at once */
    pthread_mutex_unlock(&log->lock);
}

void log_close(struct access_log *log)
{
    if (log->file && log->file != stdout)
        fclose(log->file);
    pthread_mutex_destroy(&log->lock);
}
