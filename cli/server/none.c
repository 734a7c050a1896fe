/* SPDX-License-Identifier: MIT */
/* none.c - in the place of the server where it was left out of the build. */
#include "report.h"
#include "server/server.h"

int server_run(struct server *server)
{
    (void)server;
    complain("this program was built without its server: libmicrohttpd and zlib were not there");
    return STATUS_USAGE;
}
