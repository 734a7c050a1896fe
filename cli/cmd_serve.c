/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "server/server.h"

#define TARGET(member) .target = offsetof(struct serve_settings, member)

static const struct option_spec serve_options[] = {
    { .name = "listen",
      .letter = 'l',
      .kind = OPTION_TEXT,
      TARGET(listen),
      .argument = "WHERE",
      .summary =
          "ADDRESS:PORT or unix:PATH (default 127.0.0.1:8080: this machine alone; port 0: any "
          "that is free)" },
    { .name = "prefix",
      .kind = OPTION_TEXT,
      TARGET(prefix),
      .argument = "PATH",
      .summary = "the path below which a proxy offers it, such as /luu-tru" },
    { .name = "proxy",
      TARGET(proxy),
      .summary = "believe X-Forwarded-For, -Host and -Proto: only behind a proxy that sets them" },
    { .name = "token-file",
      .kind = OPTION_FILE,
      TARGET(token_file),
      .argument = "FILE",
      .summary = "answer only requests with the bearer token in the file" },
    { .name = "log",
      .kind = OPTION_FILE,
      TARGET(log),
      .argument = "FILE",
      .summary = "a line of JSON for each request (default -: standard output; none if empty); "
                 "begun anew by SIGHUP" },
    { .name = "threads",
      .kind = OPTION_COUNT,
      TARGET(threads),
      .argument = "N",
      .least = 2,
      .most = 256,
      .summary = "that answer (default: twice the processors)" },
    { .name = "connections",
      .kind = OPTION_COUNT,
      TARGET(connections),
      .argument = "N",
      .least = 8,
      .most = 100000,
      .summary = "open at a time (default 2048)" },
    { .name = "per-address",
      .kind = OPTION_COUNT,
      TARGET(per_address),
      .argument = "N",
      .least = 1,
      .most = 100000,
      .summary = "of one address (default 64; on this machine and behind a proxy any number)" },
    { .name = "query-time",
      .kind = OPTION_COUNT,
      TARGET(query_ms),
      .argument = "MS",
      .least = 10,
      .most = 600000,
      .summary =
          "milliseconds after which a query is answered with what was found (default 5000)" },
    { 0 },
};

/** Read the token: the first line of the file. */
static int read_token(const char *path, char token[256])
{
    FILE *file = fopen(path, "re");
    size_t size;

    if (!file) {
        complain("%s: %s", path, strerror(errno));
        return STATUS_USAGE;
    }
    if (!fgets(token, 256, file))
        token[0] = '\0';
    fclose(file);
    size = strcspn(token, "\r\n");
    token[size] = '\0';
    for (size_t i = 0; i < size; i++)
        if (token[i] <= ' ' || token[i] > '~') /* no header would have it */
            size = 0;
    if (size < 16 || size > 250) {
        complain("%s: a token has 16 to 250 characters of ASCII, no blanks", path);
        return STATUS_USAGE;
    }
    return STATUS_DONE;
}

static int check_serve(const struct run *run)
{
    const struct serve_settings *settings = run->settings;
    const char *prefix = settings->prefix;

    if (prefix &&
        (*prefix != '/' || strlen(prefix) > 200 ||
         strspn(prefix, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/") !=
             strlen(prefix) ||
         strstr(prefix, "//")))
        return complain_usage("serve", "--prefix takes a path of plain letters such as /luu-tru");
    return STATUS_DONE;
}

static int run_serve(struct run *run)
{
    struct serve_settings settings = *(const struct serve_settings *)run->settings;
    struct server *server = calloc(1, sizeof *server);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int status = STATUS_DONE;

    if (!server) {
        complain("out of memory");
        return STATUS_SYSTEM;
    }
    settings.listen = settings.listen ? settings.listen : "127.0.0.1:8080";
    settings.log = settings.log ? settings.log : "-";
    settings.threads = settings.threads ? settings.threads
                       : processors > 2 ? (uint32_t)processors * 2
                                        : 4;
    settings.connections = settings.connections ? settings.connections : 2048;
    settings.query_ms = settings.query_ms ? settings.query_ms : 5000;
    server->settings = &settings;
    server->database = run->database;
    server->arguments = run->arguments;
    if (settings.prefix)
        snprintf(server->prefix, sizeof server->prefix, "%s", settings.prefix);
    for (size_t size = strlen(server->prefix); size && server->prefix[size - 1] == '/';)
        server->prefix[--size] = '\0';
    if (settings.token_file)
        status = read_token(settings.token_file, server->token);
    if (status == STATUS_DONE)
        status = server_run(server);
    free(server);
    return status;
}

const struct command command_serve = {
    .name = "serve",
    .check = check_serve,
    .run = run_serve,
    .access = ACCESS_DATABASE,
    .settings_size = sizeof(struct serve_settings),
    .options = serve_options,
    .operands = "",
    .operand_kind = OPTION_TEXT,
    .summary = "answer searches over HTTP, with a page for people",
    .details =
        "Offer the database to browsers (/) and programs (/api/v1/). Nothing can be changed by "
        "it; what is committed meanwhile is found within a second. Where another database "
        "is put in its place, the server has to be started anew. Takes a socket from systemd where "
        "there is one.\n"
        "SIGTERM ends it when the answers on their way are sent, SIGHUP begins the log anew.",
};
