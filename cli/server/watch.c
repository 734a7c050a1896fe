/* SPDX-License-Identifier: MIT */
#include "server/watch.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

static const uint64_t limits_ms[] = {
    [WATCH_WAITING] = 30 * 1000,
    [WATCH_MAKING] = UINT64_MAX,
    [WATCH_ANSWERING] = 60 * 1000,
    [WATCH_STREAMING] = 30 * 60 * 1000,
};

static uint64_t now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

void watch_init(struct watch *watch)
{
    *watch = (struct watch){ 0 };
    pthread_mutex_init(&watch->lock, NULL);
}

void watch_destroy(struct watch *watch)
{
    pthread_mutex_destroy(&watch->lock);
}

struct watched *watch_add(struct watch *watch, int fd)
{
    struct watched *watched = calloc(1, sizeof *watched);

    if (!watched)
        return NULL;
    watched->fd = fd;
    watched->since = now_ms();
    pthread_mutex_lock(&watch->lock);
    watched->next = watch->first;
    if (watched->next)
        watched->next->before = watched;
    watch->first = watched;
    pthread_mutex_unlock(&watch->lock);
    return watched;
}

void watch_remove(struct watch *watch, struct watched *watched)
{
    if (!watched)
        return;
    pthread_mutex_lock(&watch->lock);
    if (watched->before)
        watched->before->next = watched->next;
    else
        watch->first = watched->next;
    if (watched->next)
        watched->next->before = watched->before;
    pthread_mutex_unlock(&watch->lock);
    free(watched);
}

void watch_set(struct watch *watch, struct watched *watched, enum watch_stage stage)
{
    if (!watched)
        return;
    pthread_mutex_lock(&watch->lock);
    watched->stage = stage;
    watched->since = now_ms();
    pthread_mutex_unlock(&watch->lock);
}

uint64_t watch_age(struct watch *watch, const struct watched *watched)
{
    uint64_t since;

    pthread_mutex_lock(&watch->lock);
    since = watched->since;
    pthread_mutex_unlock(&watch->lock);
    return now_ms() - since;
}

/** The descriptor is open: it is closed only after watch_remove(). */
static void cut(struct watched *watched)
{
    watched->cut = true;
    shutdown(watched->fd, SHUT_RDWR);
}

unsigned watch_cut(struct watch *watch)
{
    unsigned n = 0;
    uint64_t now;

    pthread_mutex_lock(&watch->lock);
    now = now_ms(); /* not before: waiting for the lock, it could fall behind `since` */
    for (struct watched *w = watch->first; w; w = w->next)
        if (!w->cut && now - w->since > limits_ms[w->stage]) {
            cut(w);
            n++;
        }
    pthread_mutex_unlock(&watch->lock);
    return n;
}

unsigned watch_drain(struct watch *watch)
{
    unsigned n = 0;

    pthread_mutex_lock(&watch->lock);
    for (struct watched *w = watch->first; w; w = w->next) {
        if (!w->cut && w->stage == WATCH_WAITING)
            cut(w);
        n += w->stage != WATCH_WAITING;
    }
    pthread_mutex_unlock(&watch->lock);
    return n;
}
