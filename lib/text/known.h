/* SPDX-License-Identifier: MIT */
/* text/known.h - the words that have been met, found again by their bytes alone.
 *
 * Nearly every word of a text has been met before and has at most KNOWN_MAX bytes: these with zeros
 * behind are its key, 16 bytes that are compared at once. The table forgets: a place holds the
 * three words that came last. Which of them it is cannot be foreseen, so no branch asks for it. */
#pragma once

#include <simde/x86/sse2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KNOWN_MAX = 15, /* bytes of a word; the 16th shows where it ends */
    KNOWN_WAYS = 3,
    KNOWN_PLACES_BITS = 14,
    KNOWN_PLACES =
        1 << KNOWN_PLACES_BITS, /* 1 MB: what is not in the second cache is fetched ahead */
};

/** What a word is: its form, and whether it begins with an upper-case letter or a digit. */
struct known_word {
    uint32_t form : 31, upper : 1;
};

/** Three words in one line of the processor's cache, the newest first; keys of 0: free. */
struct known_place {
    uint8_t keys[KNOWN_WAYS][16];
    struct known_word words[KNOWN_WAYS];
    uint32_t rest;
};

struct known {
    struct known_place *places; /* in memory, each in one line */
    void *memory;
};

bool known_init(struct known *known);
void known_free(struct known *known);
void known_reset(struct known *known);

static inline struct known_place *known_place(const struct known *known, simde__m128i key)
{
    uint64_t half[2], hash;

    simde_mm_storeu_si128((void *)half, key);
    hash = (half[0] ^ (half[1] << 27 | half[1] >> 37)) * UINT64_C(0x9e3779b97f4a7c15);
    return &known->places[hash >> (64 - KNOWN_PLACES_BITS)];
}

static inline unsigned known_same(const uint8_t *a, simde__m128i b)
{
    return simde_mm_movemask_epi8(simde_mm_cmpeq_epi8(simde_mm_loadu_si128((const void *)a), b)) ==
           0xffff;
}

/** Begin to bring in what known_find() will look at: a key's place. */
static inline const struct known_place *known_fetch(const struct known *known, simde__m128i key)
{
    const struct known_place *place = known_place(known, key);

    __builtin_prefetch(place);
    return place;
}

/** The word with these bytes, whose place this is; NULL: not met, or forgotten. */
static inline const struct known_word *known_find(const struct known_place *place, simde__m128i key)
{
    unsigned first = known_same(place->keys[0], key), second = known_same(place->keys[1], key),
             third = known_same(place->keys[2], key);

    return first | second | third ? &place->words[second + 2 * third] : NULL;
}

/** Remember a word; its key is not 0. */
void known_add(struct known *known, simde__m128i key, struct known_word word);
