/* SPDX-License-Identifier: MIT */
#include "text/known.h"

#include <stdlib.h>
#include <string.h>

enum { LINE = sizeof(struct known_place) };

_Static_assert(LINE == 64, "a place is one line of the cache");

bool known_init(struct known *known)
{
    /* calloc() rather than clearing: most texts and all queries touch a few pages of it */
    known->memory = calloc(KNOWN_PLACES + 1, LINE);
    known->places = (void *)(((uintptr_t)known->memory + LINE - 1) & ~(uintptr_t)(LINE - 1));
    return known->memory;
}

void known_free(struct known *known)
{
    free(known->memory);
}

void known_reset(struct known *known)
{
    memset(known->places, 0, KNOWN_PLACES * sizeof *known->places);
}

void known_add(struct known *known, simde__m128i key, struct known_word word)
{
    struct known_place *place = known_place(known, key);

    memmove(place->keys[1], place->keys[0], (KNOWN_WAYS - 1) * sizeof place->keys[0]);
    memmove(&place->words[1], &place->words[0], (KNOWN_WAYS - 1) * sizeof place->words[0]);
    simde_mm_storeu_si128((void *)place->keys[0], key);
    place->words[0] = word;
}
