/* SPDX-License-Identifier: MIT */
#include "server/server.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "report.h"
#include "server/answer.h"
#include "server/listen.h"
#include "server/route.h"
#include "server/sandbox.h"
#include "steady.h"

enum {
    TICK_MS = 200,         /* between two looks for a newer state */
    PER_ADDRESS = 64,      /* connections, unless told otherwise */
    IDLE_SECONDS = 30,     /* of a connection without a byte */
    HEAD_SIZE = 24 * 1024, /* bytes of a connection's memory: bounds the head of a request */
    DRAIN_SECONDS = 10,    /* for answers on their way at the end */
    STACK_SIZE = 1 << 20,
    WAITED_MS = 1000,    /* for a thread: long, and reason enough to hang up */
    CLIENT_CLOSED = 499, /* the status that nginx's logs have for it; never sent */
};

/* ---- called by libmicrohttpd, from any of its threads */

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

        atomic_fetch_add(&server->metrics.connections, 1);
        *socket_context = info ? watch_add(&server->watch, (int)info->connect_fd) : NULL;
    } else {
        watch_remove(&server->watch, *socket_context);
        *socket_context = NULL;
        atomic_fetch_sub(&server->metrics.connections, 1);
    }
}

static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
    return request_new(context, target, connection);
}

/** The path is decoded from the target, where a NUL can be told from the end. */
static size_t leave_as_is(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static bool has_body(const struct request *request)
{
    const char *length = request_header(request, "Content-Length");

    return request_header(request, "Transfer-Encoding") || (length && strcmp(length, "0") != 0);
}

/** Takes as long for a wrong token as for the right one. */
static bool is_allowed(const struct request *request)
{
    const char *token = request->server->token, *given = request_header(request, "Authorization");
    size_t size = strlen(token);
    unsigned char difference = 0;

    if (!size || request->route->open)
        return true;
    if (!given || strncmp(given, "Bearer ", 7) != 0 || strlen(given + 7) != size)
        return false;
    for (size_t i = 0; i < size; i++)
        difference |= (unsigned char)(given[7 + i] ^ token[i]);
    return difference == 0;
}

/** Whether nobody waits for the answer any more. One who has just said all that there is to say
 *  looks the same, so it counts only where others wait, or this one has waited, for a thread. */
static bool has_gone(const struct request *request)
{
    struct server *server = request->server;
    char next;

    return request->watched &&
           (atomic_load(&server->n_busy) >= server->settings->threads ||
            watch_age(&server->watch, request->watched) >= WAITED_MS) &&
           recv(request->watched->fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/** Fill the answer. */
static void answer(struct request *request)
{
    bool parsed = request_parse(request);

    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0)
        request_problem(request, 405, "only GET and HEAD: nothing can be changed here");
    else if (has_body(request))
        request_problem(request, 413, "a request has no body here");
    else if (!is_allowed(request))
        request_problem(request, 401, "a bearer token is needed");
    if (!parsed || request->status)
        return;
    if (has_gone(request)) {
        request->status = CLIENT_CLOSED;
        return;
    }
    watch_set(&request->server->watch, request->watched, WATCH_MAKING);
    request->view = view_take(request->server->views);
    if (!request->route->reads || !answer_is_known(request))
        request->route->handle(request);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *upload, size_t *upload_size, void **request_context)
{
    struct request *request = *request_context;
    const union MHD_ConnectionInfo *info;
    struct server *server = context;

    (void)path;
    (void)version;
    (void)upload;
    if (!request)
        return MHD_NO;
    *upload_size = 0;
    if (!request->seen) {
        info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        request->watched = info ? info->socket_context : NULL;
        request->seen = true;
        request->method = method;
        if (!has_body(request)) /* a body is refused at once, and the connection closed */
            return MHD_YES;
    }
    atomic_fetch_add(&server->n_busy, 1);
    answer(request);
    atomic_fetch_sub(&server->n_busy, 1);
    return request->status == CLIENT_CLOSED ? MHD_NO : answer_send(request);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request_context,
                         enum MHD_RequestTerminationCode code)
{
    struct server *server = context;
    struct request *request = *request_context;
    uint64_t took;

    (void)connection;
    if (!request)
        return;
    if (request->status) {
        took = steady_us() - request->start;
        metrics_count(&server->metrics, (unsigned)(request->route - routes), request->status, took,
                      request->sent);
        log_write(&server->log, &(struct log_entry){
                                    .time = request->time,
                                    .id = request->id,
                                    .address = request->address,
                                    .method = request->method,
                                    .target = request->target,
                                    .endpoint = request->route->name,
                                    .status = request->status,
                                    .bytes = request->sent,
                                    .microseconds = took,
                                    .complete = code == MHD_REQUEST_TERMINATED_COMPLETED_OK,
                                });
    }
    watch_set(&server->watch, request->watched, WATCH_WAITING);
    request_free(request);
    *request_context = NULL;
}

__attribute__((format(printf, 2, 0))) static void on_message(void *context, const char *format,
                                                             va_list list)
{
    (void)context; /* what clients do wrong is no news; what the system refuses shows by itself */
    (void)format;
    (void)list;
}

/* ---- the thread that looks after it all */

/** Connections of one address; 0: any number. */
static unsigned per_address(const struct serve_settings *settings,
                            const struct listening *listening)
{
    if (settings->per_address)
        return settings->per_address;
    return listening->local || settings->proxy ? 0 : PER_ADDRESS;
}

static struct MHD_Daemon *start(struct server *server, const struct listening *listening)
{
    const struct serve_settings *settings = server->settings;
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)on_message, NULL }, /* first, to get all messages */
        { MHD_OPTION_LISTEN_SOCKET, listening->fd, NULL },
        { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)settings->threads, NULL },
        { MHD_OPTION_THREAD_STACK_SIZE, STACK_SIZE, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, (intptr_t)settings->connections, NULL },
        { MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)per_address(settings, listening), NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_SIZE, NULL },
        { MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
        { MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_as_is, NULL },
        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, server },
        { MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, server },
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, server },
        { MHD_OPTION_END, 0, NULL },
    };

    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0,
                            NULL, NULL, on_request, server, MHD_OPTION_ARRAY, options,
                            MHD_OPTION_END);
}

/** What has to be done now and then. */
static void tick(struct server *server)
{
    static struct muc_error last; /* said once, not five times a second */
    struct muc_error err;

    if (views_refresh(server->views, &err)) {
        last.code = MUC_OK;
    } else if (err.code != last.code) {
        complain("a newer state of %s cannot be read: %s; still answering from the last one",
                 server->database, err.message);
        last = err;
    }
    atomic_fetch_add(&server->metrics.refused, watch_cut(&server->watch));
}

/** Wait for signals, looking after things meanwhile, until one of them asks for the end. */
static void look_after(struct server *server, const sigset_t *signals)
{
    const struct timespec wait = { 0, TICK_MS * 1000000L };

    for (;;) {
        int number = sigtimedwait(signals, NULL, &wait);

        if (number == SIGTERM || number == SIGINT)
            return;
        if (number == SIGHUP && !log_reopen(&server->log))
            complain("%s: %s: going on with the old log", server->log.path, strerror(errno));
        tick(server);
    }
}

/** No more connections; let answers on their way end. */
static void drain(struct server *server, struct MHD_Daemon *daemon)
{
    const struct timespec wait = { 0, 20 * 1000000L };
    MHD_socket socket = MHD_quiesce_daemon(daemon);

    for (unsigned i = 0; i < DRAIN_SECONDS * 50 && watch_drain(&server->watch); i++)
        nanosleep(&wait, NULL);
    MHD_stop_daemon(daemon);
    (void)socket; /* is closed with `listening` */
}

static int run_daemon(struct server *server, struct listening *listening)
{
    struct MHD_Daemon *daemon;
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before there are other threads */
    signal(SIGPIPE, SIG_IGN);
    if (!sandbox_enter(server->database, server->log.path)) {
        complain("the server cannot give up its rights: %s", strerror(errno));
        return STATUS_SYSTEM;
    }
    daemon = start(server, listening);
    if (!daemon) {
        complain("the server cannot be started: %s", strerror(errno));
        return STATUS_SYSTEM;
    }
    fprintf(stderr, "mucluc: %s is searched at %s%s\n", server->database, listening->url,
            *server->prefix ? server->prefix + 1 : "");
    look_after(server, &signals);
    drain(server, daemon);
    return STATUS_DONE;
}

int server_run(struct server *server)
{
    struct listening listening;
    int status = listen_open(server->settings->listen, &listening);

    if (status != STATUS_DONE)
        return status;
    watch_init(&server->watch);
    if (!log_open(&server->log, server->settings->log)) {
        complain("%s: %s", server->settings->log, strerror(errno));
        status = STATUS_SYSTEM;
    } else {
        status = views_open(server->database, &server->views);
        if (status == STATUS_DONE)
            status = run_daemon(server, &listening);
        views_close(server->views);
    }
    log_close(&server->log);
    watch_destroy(&server->watch);
    listen_close(&listening);
    return status;
}
