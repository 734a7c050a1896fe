/* SPDX-License-Identifier: MIT */
/* codec/random.h - repeatable random numbers for property tests; a failing test prints its seed. */
#pragma once

#include <stdint.h>

/** xorshift64*: `state` is the seed, never 0. */
static inline uint64_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

static inline uint32_t random_below(uint64_t *state, uint64_t limit)
{
    return (uint32_t)(random_next(state) % limit);
}
