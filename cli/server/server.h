/* SPDX-License-Identifier: MIT */
/* server/server.h - what all requests share, and starting and stopping it.
 *
 * cli/server answers HTTP by libmicrohttpd and finds things by the public header of the library; it
 * may include what the command line has for JSON, options and dates. The one invariant: nothing
 * that a request says is trusted, and nothing is ever written but the log. */
#pragma once

#include <stdatomic.h>

#include "command.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/view.h"
#include "server/watch.h"

/** The options of mucluc serve. */
struct serve_settings {
    const char *listen, *prefix, *log, *token_file;
    uint32_t threads, connections, per_address, query_ms;
    bool proxy;
};

struct server {
    const struct serve_settings *settings;
    const char *database;
    char **arguments; /* of the program */
    char prefix[256]; /* "" or /path, no slash at its end */
    char token[256];  /* "" if none is asked for */
    struct views *views;
    struct access_log log;
    struct watch watch;
    struct metrics metrics;
    atomic_uint n_exports; /* being streamed */
    atomic_uint n_busy;    /* threads that make an answer */
};

/** Answer requests until SIGTERM or SIGINT. @return an exit status. */
int server_run(struct server *server);
