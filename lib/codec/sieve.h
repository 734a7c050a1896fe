/* SPDX-License-Identifier: MIT */
/* codec/sieve.h - a few bits for each string of a set, which tell of nearly all others that they
 * are none of it: a look-up of what is nowhere ends in one place in memory.
 *
 *   sieve := u64 words[sieve_words(n)]      of n strings
 *
 * Each string has up to four bits, all in one word, by its hash: a Bloom filter (Bloom 1970) in
 * blocks (Putze, Sanders and Singler 2007). Of strings that are not there about one in thirty
 * passes; none that is there is stopped. */
#pragma once

#include <string.h>

#include "base/hash.h"
#include "base/str.h"

enum { SIEVE_STRINGS = 8 /* to a word, on average */ };

static inline uint32_t sieve_words(uint32_t n)
{
    return n / SIEVE_STRINGS + (n % SIEVE_STRINGS > 0);
}

static inline uint64_t sieve_hash(struct muc_string s)
{
    return XXH3_64bits(s.bytes, s.size);
}

/** The word of a string, out of `n_words` > 0. */
static inline uint32_t sieve_word(uint64_t hash, uint32_t n_words)
{
    return (uint32_t)((hash >> 32) * n_words >> 32);
}

/** Its bits there. */
static inline uint64_t sieve_bits(uint64_t hash)
{
    return (uint64_t)1 << (hash & 63) | (uint64_t)1 << (hash >> 6 & 63) |
           (uint64_t)1 << (hash >> 12 & 63) | (uint64_t)1 << (hash >> 18 & 63);
}

/** Whether a string may be one of the set. */
static inline bool sieve_passes(const uint8_t *words, uint32_t n_words, uint64_t hash)
{
    uint64_t bits = sieve_bits(hash), word;

    memcpy(&word, words + sizeof word * sieve_word(hash, n_words), sizeof word);
    return (word & bits) == bits;
}
