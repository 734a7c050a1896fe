/* SPDX-License-Identifier: MIT */
/* server/watch.h - cuts off connections that take too long over one thing.
 *
 * The time-outs of libmicrohttpd begin anew with each byte, so one byte now and then would hold a
 * connection, and with an answer being read slowly also its view of the index, for ever. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/** What a connection is at; each has a time of its own. */
enum watch_stage {
    WATCH_WAITING,   /* for a request, or the rest of its head */
    WATCH_MAKING,    /* an answer, until there is something to be sent: the library bounds that */
    WATCH_ANSWERING, /* until the last byte was taken */
    WATCH_STREAMING, /* the same for an export */
};

struct watched {
    struct watched *next, *before;
    int fd;
    enum watch_stage stage;
    uint64_t since; /* milliseconds */
    bool cut;
};

struct watch {
    pthread_mutex_t lock;
    struct watched *first;
};

void watch_init(struct watch *watch);
void watch_destroy(struct watch *watch);

/** NULL: no memory; the connection is then not watched. */
struct watched *watch_add(struct watch *watch, int fd);
void watch_remove(struct watch *watch, struct watched *watched);
void watch_set(struct watch *watch, struct watched *watched, enum watch_stage stage);

/** Milliseconds since the stage was set. */
uint64_t watch_age(struct watch *watch, const struct watched *watched);

/** Cut off what is too slow. @return how many. */
unsigned watch_cut(struct watch *watch);

/** From now on connections without a request are cut at once. @return how many are left. */
unsigned watch_drain(struct watch *watch);
