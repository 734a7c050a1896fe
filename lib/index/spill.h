/* SPDX-License-Identifier: MIT */
/* index/spill.h - values of unfinished segments on their way to the store.
 *
 * They gather until they are worth a transaction. What is spilled belongs to a segment that no list
 * names, so that it may be committed at any time. May be shared by threads: while one writes,
 * others go on and gather as much again. Writing is also waiting for the disk, so where there are
 * several threads one more may do it, and none of them waits. */
#pragma once

#include <pthread.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "store/store.h"

/* Bytes that are worth a transaction. With a thread that writes it may be twice as many, and the
 * value that each of the others brings just then; as many again are being written. */
enum { SPILL_BYTES = 4 << 20 };

struct spilled {
    struct muc_string key, value; /* owned */
    uint64_t seal;                /* of the two: store/store.h */
};

struct spilled_values {
    struct spilled *at;
    size_t n, room; /* as VECTOR() */
};

struct spill {
    struct store *store;
    pthread_mutex_t lock; /* of what follows; never held while something is written */
    struct spilled_values values;
    size_t bytes;
    bool quit;
    struct muc_error failure;  /* of who wrote; code 0: none */
    pthread_cond_t much, less; /* bytes */
    pthread_mutex_t writing;   /* taken before `lock` */
    pthread_t thread;
    bool threaded;
};

void spill_init(struct spill *spill, struct store *store);
/** From now on a thread writes what spill_put() brings, not the caller. */
void spill_start(struct spill *spill);
void spill_free(struct spill *spill); /* what was not flushed is dropped */

/** Take over the bytes of `value`, which is left empty, also on failure. Once something could not
 * be written, whoever comes next is told, and nothing more is, until spill_drop(). */
int spill_put(struct spill *spill, struct muc_string key, struct buffer *value, uint64_t seal,
              struct muc_error *err);
/** Before spill_put(), of who has much to write and little to do: wait until less than is worth a
 * transaction has gathered, so that the others need not wait. */
void spill_wait(struct spill *spill);
/** Write all that came. */
int spill_flush(struct spill *spill, struct muc_error *err);
/** Forget what was not written, and what failed. */
void spill_drop(struct spill *spill);
