/* SPDX-License-Identifier: MIT */
#include "server/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "command.h"
#include "report.h"

enum {
    BACKLOG = 1024,
    HANDED_OVER = 3, /* the first descriptor that systemd passes */
};

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, address, sizeof in);
        return ntohl(in.sin_addr.s_addr) >> 24 == 127;
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, address, sizeof in6);
        return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
    }
    return address->sa_family == AF_UNIX;
}

/** Fill `url` and `local` from what the socket is bound to. */
static void describe(struct listening *listening)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    char host[NI_MAXHOST], port[NI_MAXSERV];

    if (getsockname(listening->fd, (struct sockaddr *)&address, &size) != 0)
        return;
    listening->local = is_loopback((struct sockaddr *)&address);
    if (address.ss_family == AF_UNIX) {
        struct sockaddr_un un;

        memcpy(&un, &address, sizeof un);
        snprintf(listening->url, sizeof listening->url, "unix:%.*s",
                 (int)(sizeof listening->url - sizeof "unix:"), un.sun_path);
    } else if (getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
                           NI_NUMERICHOST | NI_NUMERICSERV) == 0) {
        bool six = address.ss_family == AF_INET6;

        snprintf(listening->url, sizeof listening->url, "http://%s%.64s%s:%.8s/", six ? "[" : "",
                 host, six ? "]" : "", port);
    }
}

static int open_unix(const char *path, struct listening *listening)
{
    struct sockaddr_un un = { .sun_family = AF_UNIX };
    struct stat st;

    if (!*path || strlen(path) >= sizeof un.sun_path)
        return complain_usage("serve", "--listen: a socket's path has 1 to %zu bytes",
                              sizeof un.sun_path - 1);
    strcpy(un.sun_path, path); /* fits, see above */
    if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
        unlink(path); /* of a server that is gone, or that is to be replaced */
    listening->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening->fd < 0 || bind(listening->fd, (struct sockaddr *)&un, sizeof un) != 0 ||
        listen(listening->fd, BACKLOG) != 0) {
        complain("%s: cannot listen: %s", path, strerror(errno));
        return STATUS_SYSTEM;
    }
    if (lstat(path, &st) == 0) {
        strcpy(listening->path, path);
        listening->device = st.st_dev;
        listening->inode = st.st_ino;
    }
    return STATUS_DONE;
}

static int bind_one(const struct addrinfo *info)
{
    int on = 1, fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int saved;

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

/** A number of at most 65535: of more getaddrinfo() takes the remainder. */
static bool is_port(const char *text)
{
    size_t size = strspn(text, "0123456789");

    return size && !text[size] && size < 10 && strtoul(text, NULL, 10) <= UINT16_MAX;
}

/** Split ADDRESS:PORT; without a colon it is a port of 127.0.0.1. */
static bool split_address(const char *address, char host[256], const char **port)
{
    const char *colon = strrchr(address, ':');
    const char *start = address;
    size_t size = colon ? (size_t)(colon - address) : 0;

    *port = colon ? colon + 1 : address;
    if (size > 2 && start[0] == '[' && start[size - 1] == ']') {
        start++;
        size -= 2;
    }
    if (size >= 256 || !is_port(*port))
        return false;
    snprintf(host, 256, "%.*s", (int)size, start);
    if (!size)
        strcpy(host, "127.0.0.1");
    return true;
}

static int open_inet(const char *address, struct listening *listening)
{
    const struct addrinfo hints = { .ai_family = AF_UNSPEC,
                                    .ai_socktype = SOCK_STREAM,
                                    .ai_flags = AI_NUMERICSERV | AI_PASSIVE };
    struct addrinfo *found = NULL;
    const char *port;
    char host[256];
    int rc;

    if (!split_address(address, host, &port))
        return complain_usage("serve", "--listen takes ADDRESS:PORT or unix:PATH, not '%.80s'",
                              address);
    rc = getaddrinfo(host, port, &hints, &found);
    if (rc) {
        complain("%s: %s", address, gai_strerror(rc));
        return STATUS_USAGE;
    }
    errno = 0;
    for (const struct addrinfo *info = found; info && listening->fd < 0; info = info->ai_next)
        listening->fd = bind_one(info);
    freeaddrinfo(found);
    if (listening->fd < 0) {
        complain("%s: cannot listen: %s", address, strerror(errno));
        return STATUS_SYSTEM;
    }
    return STATUS_DONE;
}

/** Whether systemd hands a socket to this very process. */
static bool is_handed_over(void)
{
    const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");

    return pid && fds && strtol(pid, NULL, 10) == (long)getpid() && strtol(fds, NULL, 10) >= 1;
}

int listen_open(const char *address, struct listening *listening)
{
    int status = STATUS_DONE;

    *listening = (struct listening){ .fd = -1 };
    if (is_handed_over()) {
        listening->fd = HANDED_OVER;
        fcntl(listening->fd, F_SETFD, FD_CLOEXEC);
        fcntl(listening->fd, F_SETFL, fcntl(listening->fd, F_GETFL) | O_NONBLOCK);
    } else if (strncmp(address, "unix:", 5) == 0) {
        status = open_unix(address + 5, listening);
    } else {
        status = open_inet(address, listening);
    }
    if (status == STATUS_DONE)
        describe(listening);
    else
        listen_close(listening);
    return status;
}

void listen_close(struct listening *listening)
{
    struct stat st;

    if (*listening->path && lstat(listening->path, &st) == 0 && st.st_dev == listening->device &&
        st.st_ino == listening->inode)
        unlink(listening->path);
    if (listening->fd >= 0)
        close(listening->fd);
    *listening = (struct listening){ .fd = -1 };
}
