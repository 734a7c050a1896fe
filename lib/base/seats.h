/* SPDX-License-Identifier: MIT */
/* base/seats.h - what threads take for a while and give back: it is made when its seat is first
 * taken, and stays there for the next one.
 *
 * A seat is taken at one stroke, so nobody waits, and given back by a plain store. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { SEATS = 8 }; /* whoever finds all taken makes one for once */

struct seat {
    void *what; /* of whoever has taken it; NULL: not made yet */
    atomic_bool taken;
};

/** Zeroed: all free and empty. */
struct seats {
    struct seat at[SEATS];
};

/** NULL: all are taken. */
static inline struct seat *seats_take(struct seats *seats)
{
    for (size_t i = 0; i < SEATS; i++) {
        atomic_bool *taken = &seats->at[i].taken;

        if (!atomic_load_explicit(taken, memory_order_relaxed) && /* costs less than to take */
            !atomic_exchange_explicit(taken, true, memory_order_acquire))
            return &seats->at[i];
    }
    return NULL;
}

static inline void seat_give(struct seat *seat)
{
    atomic_store_explicit(&seat->taken, false, memory_order_release);
}
