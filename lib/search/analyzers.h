/* SPDX-License-Identifier: MIT */
/* search/analyzers.h - analyzers that have read before, and memory that searches have used: making
 * one costs more than most searches, and memory that goes back to the system has to be got again.
 *
 * Each belongs to one thread at a time; here threads take one and give it back. */
#pragma once

#include <pthread.h>

#include "text/analyzer.h"

enum { ANALYZERS_IDLE = 8 };      /* kept for the next ones */
enum { SEARCH_ROOM = 640 << 10 }; /* bytes, of which hardly a query touches all */

struct analyzers {
    pthread_mutex_t lock;
    struct analyzer *idle[ANALYZERS_IDLE];
    size_t n;
    void *rooms[ANALYZERS_IDLE]; /* of SEARCH_ROOM */
    size_t n_rooms;
};

void analyzers_init(struct analyzers *analyzers);
void analyzers_destroy(struct analyzers *analyzers);

/** One for this thread. MUC_OK, MUC_ENOMEM, MUC_EIO. */
int analyzers_take(struct analyzers *analyzers, struct analyzer **out, struct muc_error *err);
void analyzers_give(struct analyzers *analyzers, struct analyzer *analyzer); /* NULL is fine */

/** Memory of SEARCH_ROOM bytes for one thread, NULL: there is none. */
void *analyzers_take_room(struct analyzers *analyzers);
void analyzers_give_room(struct analyzers *analyzers, void *room); /* NULL is fine */
