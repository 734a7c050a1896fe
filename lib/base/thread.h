/* SPDX-License-Identifier: MIT */
/* base/thread.h - threads of the library's own. */
#pragma once

#include <pthread.h>

/** Start a thread that takes no signals: these are for the program's own threads, whose reading
 * they may have to interrupt. Returns an errno. */
int thread_start(pthread_t *thread, void *(*run)(void *context), void *context);
