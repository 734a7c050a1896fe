/* SPDX-License-Identifier: MIT */
/* search/deadline.h - the time that a query may take.
 *
 * Whatever can take long asks in between whether the time is over, and then leaves the rest out:
 * what was found until then is the answer, which says so. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct deadline {
    uint64_t at; /* of deadline_now(); 0: none */
    bool met;    /* something was left out for it */
};

/** Microseconds of a clock that only rises. */
uint64_t deadline_now(void);

/** Whether the time is over: it stays so. `deadline` may be NULL: there is none. */
bool deadline_is_over(struct deadline *deadline);
