/* SPDX-License-Identifier: MIT */
/* index/id_sieve.h - a few bits for each id of a database, which tell of nearly all others that no
 * document has them.
 *
 * Most documents that are added are new. To know that without it, the hashes of all segments are
 * searched, which brings a good part of the file into memory. A Bloom filter (Bloom 1970) in
 * blocks of a line of the cache (Putze, Sanders and Singler 2007): of ids that are not there at
 * most one in two thousand passes; none that is there is stopped. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_sieve {
    uint64_t *words;   /* NULL: everything passes */
    uint64_t n, room;  /* ids added; that it was made for */
    uint32_t n_blocks; /* of 8 words */
};

/** Empty it and make room for `room` ids. False: no memory; then everything passes. */
bool id_sieve_start(struct id_sieve *sieve, uint64_t room);
void id_sieve_free(struct id_sieve *sieve);

size_t id_sieve_bytes(const struct id_sieve *sieve);
/** The ids that one of so many bytes has room for. With more of them it stops fewer: of twice as
 *  many one in eighty passes. */
uint64_t id_sieve_room(size_t bytes);

/** By the XXH3-64 of the id. Nothing happens where there is no sieve. */
void id_sieve_add(struct id_sieve *sieve, uint64_t hash);
bool id_sieve_passes(const struct id_sieve *sieve, uint64_t hash);
