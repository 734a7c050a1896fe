/* SPDX-License-Identifier: MIT */
/* server/log.h - one line of JSON for each request. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

struct access_log {
    const char *path; /* "-": standard output; "": none */
    FILE *file;       /* NULL: none */
    pthread_mutex_t lock;
};

struct log_entry {
    struct timespec time; /* of the request's coming */
    const char *id, *address, *method, *target, *endpoint;
    unsigned status;
    uint64_t bytes, microseconds;
    bool complete; /* all of the answer was sent */
};

/** False: errno says why not. */
bool log_open(struct access_log *log, const char *path);
/** After the file was moved away: begin it anew. The old one stays where that fails. */
bool log_reopen(struct access_log *log);
void log_write(struct access_log *log, const struct log_entry *entry);
void log_close(struct access_log *log);
