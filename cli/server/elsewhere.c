/* SPDX-License-Identifier: MIT */
/* elsewhere.c - in the place of the server in the program that is started for every search: it is a
 * program of its own, mucluc-serve, since its libraries take longer to load than a search takes. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "server/server.h"

#define NAME "mucluc-serve"

/** Beside this program, as it is built; else where it is installed. */
int server_run(struct server *server)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - sizeof NAME);
    char *slash;

    if (size > 0) {
        path[size] = '\0';
        if ((slash = strrchr(path, '/'))) {
            memcpy(slash + 1, NAME, sizeof NAME);
            execv(path, server->arguments);
        }
    }
    execv(MUCLUC_LIBEXEC "/" NAME, server->arguments);
    complain("%s: cannot be started: %s", MUCLUC_LIBEXEC "/" NAME, strerror(errno));
    return STATUS_SYSTEM;
}
