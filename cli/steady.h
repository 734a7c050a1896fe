/* SPDX-License-Identifier: MIT */
/* steady.h - how long something takes. */
#pragma once

#include <stdint.h>
#include <time.h>

/** Microseconds of a clock that only rises. */
static inline uint64_t steady_us(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}
