/* SPDX-License-Identifier: MIT */
#include "index/id_sieve.h"

#include <stdlib.h>

enum {
    BLOCK_WORDS = 8, /* a line of the cache */
    BLOCK_BITS = 64 * BLOCK_WORDS,
    BLOCK_IDS = 28, /* 18 bits an id */
    ID_BITS = 7,    /* that are set of them */
    PLACE_BITS = 9, /* of a bit's number in its block */
};

bool id_sieve_start(struct id_sieve *sieve, uint64_t room)
{
    uint64_t n_blocks = room / BLOCK_IDS + 1;
    uint64_t *words;

    id_sieve_free(sieve); /* first, since large ones are a good part of a writer's memory */
    if (n_blocks > UINT32_MAX || !(words = calloc((size_t)n_blocks * BLOCK_WORDS, sizeof *words)))
        return false;
    *sieve = (struct id_sieve){ words, 0, room, (uint32_t)n_blocks };
    return true;
}

void id_sieve_free(struct id_sieve *sieve)
{
    free(sieve->words);
    *sieve = (struct id_sieve){ 0 };
}

size_t id_sieve_bytes(const struct id_sieve *sieve)
{
    return (size_t)sieve->n_blocks * BLOCK_WORDS * sizeof *sieve->words;
}

uint64_t id_sieve_room(size_t bytes)
{
    uint64_t n_blocks = bytes / (BLOCK_WORDS * sizeof(uint64_t));

    return n_blocks ? (n_blocks - 1) * BLOCK_IDS : 0;
}

static uint64_t *block_of(const struct id_sieve *sieve, uint64_t hash)
{
    return sieve->words + (size_t)((hash >> 32) * sieve->n_blocks >> 32) * BLOCK_WORDS;
}

/** The numbers of an id's bits, lowest first. Mixed: ids of one block have alike high bits. */
static uint64_t places_of(uint64_t hash)
{
    return hash * 0x9e3779b97f4a7c15; /* 2^64 / the golden ratio */
}

void id_sieve_add(struct id_sieve *sieve, uint64_t hash)
{
    uint64_t places = places_of(hash), *block;

    if (!sieve->words)
        return;
    block = block_of(sieve, hash);
    for (int i = 0; i < ID_BITS; i++, places >>= PLACE_BITS)
        block[places % BLOCK_BITS / 64] |= (uint64_t)1 << places % 64;
    sieve->n++;
}

bool id_sieve_passes(const struct id_sieve *sieve, uint64_t hash)
{
    uint64_t places = places_of(hash);
    const uint64_t *block;
    bool passes = true;

    if (!sieve->words)
        return true;
    block = block_of(sieve, hash);
    for (int i = 0; i < ID_BITS && passes; i++, places >>= PLACE_BITS)
        passes = block[places % BLOCK_BITS / 64] >> places % 64 & 1;
    return passes;
}
