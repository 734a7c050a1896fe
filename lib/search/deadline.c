/* SPDX-License-Identifier: MIT */
#include "search/deadline.h"

#include <stddef.h>
#include <time.h>

uint64_t deadline_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

bool deadline_is_over(struct deadline *deadline)
{
    if (!deadline || !deadline->at)
        return false;
    deadline->met = deadline->met || deadline_now() >= deadline->at;
    return deadline->met;
}
