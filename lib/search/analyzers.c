/* SPDX-License-Identifier: MIT */
#include "search/analyzers.h"

#include <stdlib.h>

enum { FORMS_SIZE = 4 << 20 }; /* bytes of forms above which an analyzer starts anew */

void analyzers_init(struct analyzers *analyzers)
{
    pthread_mutex_init(&analyzers->lock, NULL);
    analyzers->n = analyzers->n_rooms = 0;
}

void analyzers_destroy(struct analyzers *analyzers)
{
    while (analyzers->n)
        analyzer_free(analyzers->idle[--analyzers->n]);
    while (analyzers->n_rooms)
        free(analyzers->rooms[--analyzers->n_rooms]);
    pthread_mutex_destroy(&analyzers->lock);
}

int analyzers_take(struct analyzers *analyzers, struct analyzer **out, struct muc_error *err)
{
    struct analyzer *analyzer = NULL;

    pthread_mutex_lock(&analyzers->lock);
    if (analyzers->n)
        analyzer = analyzers->idle[--analyzers->n];
    pthread_mutex_unlock(&analyzers->lock);
    if (!analyzer)
        return analyzer_new(out, err);
    *out = analyzer;
    return MUC_OK;
}

void analyzers_give(struct analyzers *analyzers, struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    if (analyzer_memory(analyzer) > FORMS_SIZE)
        analyzer_reset(analyzer);
    pthread_mutex_lock(&analyzers->lock);
    if (analyzers->n < ANALYZERS_IDLE) {
        analyzers->idle[analyzers->n++] = analyzer;
        analyzer = NULL;
    }
    pthread_mutex_unlock(&analyzers->lock);
    analyzer_free(analyzer);
}

void *analyzers_take_room(struct analyzers *analyzers)
{
    void *room = NULL;

    pthread_mutex_lock(&analyzers->lock);
    if (analyzers->n_rooms)
        room = analyzers->rooms[--analyzers->n_rooms];
    pthread_mutex_unlock(&analyzers->lock);
    return room ? room : malloc(SEARCH_ROOM);
}

void analyzers_give_room(struct analyzers *analyzers, void *room)
{
    pthread_mutex_lock(&analyzers->lock);
    if (room && analyzers->n_rooms < ANALYZERS_IDLE) {
        analyzers->rooms[analyzers->n_rooms++] = room;
        room = NULL;
    }
    pthread_mutex_unlock(&analyzers->lock);
    free(room);
}
