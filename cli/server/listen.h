/* SPDX-License-Identifier: MIT */
/* server/listen.h - the socket that requests come in by. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct listening {
    int fd;
    bool local;     /* no other machine can reach it: loopback, or a socket of the file system */
    char url[128];  /* for a person: http://127.0.0.1:8080/ or unix:/run/mucluc.sock */
    char path[108]; /* socket file to be removed at the end, or "" … */
    dev_t device;   /* … if it is this one still, and not that of a server that took over */
    ino_t inode;
};

/**
 * Take the socket that systemd hands over (LISTEN_FDS), else open `address`: ADDRESS:PORT,
 * [ADDRESS]:PORT, PORT (of 127.0.0.1) or unix:PATH. Port 0 is chosen by the system.
 *
 * @return an exit status; what failed has been said.
 */
int listen_open(const char *address, struct listening *listening);
void listen_close(struct listening *listening);
