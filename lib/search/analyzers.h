/* SPDX-License-Identifier: MIT */
/* search/analyzers.h - analyzers that have read before: making one costs more than most searches.
 *
 * An analyzer belongs to one thread at a time; here threads take one and give it back. */
#pragma once

#include <pthread.h>

#include "text/analyzer.h"

enum { ANALYZERS_IDLE = 8 }; /* kept for the next ones */

struct analyzers {
    pthread_mutex_t lock;
    struct analyzer *idle[ANALYZERS_IDLE];
    size_t n;
};

void analyzers_init(struct analyzers *analyzers);
void analyzers_destroy(struct analyzers *analyzers);

/** One for this thread. MUC_OK, MUC_ENOMEM, MUC_EIO. */
int analyzers_take(struct analyzers *analyzers, struct analyzer **out, struct muc_error *err);
void analyzers_give(struct analyzers *analyzers, struct analyzer *analyzer); /* NULL is fine */
