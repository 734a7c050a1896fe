/* SPDX-License-Identifier: MIT */
/* text/known.h - the words that have been met, found again by their bytes alone.
 *
 * Nearly every word of a text has been met before and has at most KNOWN_MAX bytes: its 16 bytes
 * from the text on are its key once those behind the word are cleared, compared as two integers.
 * The table forgets: a place holds the two words that came last. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KNOWN_MAX = 15 }; /* bytes of a word; the 16th shows where it ends */

/** Up to KNOWN_MAX bytes of a word, zeros behind; no word has zeros in it. */
struct word_key {
    uint64_t low, high;
};

struct known_word {
    struct word_key key; /* both 0: free */
    uint32_t form;
    bool upper; /* begins with an upper-case letter or a digit */
};

struct known {
    struct known_place *places; /* in memory, each in one line of the processor's cache */
    void *memory;
};

struct known_place {
    struct known_word at[2]; /* the newer first */
    char rest[16];
};

enum { KNOWN_PLACES = 1 << 14 };

bool known_init(struct known *known);
void known_free(struct known *known);
void known_reset(struct known *known);

static inline struct known_place *known_place(const struct known *known, struct word_key key)
{
    uint64_t hash = key.low * UINT64_C(0x9e3779b97f4a7c15) + key.high;

    hash = (hash ^ hash >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return &known->places[(hash ^ hash >> 32) % KNOWN_PLACES];
}

/** The word with these bytes; NULL: not met, or forgotten. */
static inline const struct known_word *known_find(const struct known *known, struct word_key key)
{
    const struct known_place *place = known_place(known, key);

    for (int i = 0; i < 2; i++)
        if (place->at[i].key.low == key.low && place->at[i].key.high == key.high)
            return &place->at[i];
    return NULL;
}

/** Remember a word; its key is not 0. */
void known_add(struct known *known, struct known_word word);
