/* SPDX-License-Identifier: MIT */
/* random.h - numbers for property tests that a seed repeats.
 *
 * The seed is $SEED, or a constant; random_start() prints it. */
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct random {
    uint64_t state;
};

static inline struct random random_start(void)
{
    const char *seed = getenv("SEED");
    struct random random = { seed ? strtoull(seed, NULL, 0) : 20201222 };

    printf("SEED=%llu\n", (unsigned long long)random.state);
    return random;
}

/** Any 64 bits (splitmix64). */
static inline uint64_t random_next(struct random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

/** 0 … below - 1. */
static inline uint32_t random_below(struct random *random, uint32_t below)
{
    return (uint32_t)(random_next(random) % below);
}
