/* SPDX-License-Identifier: MIT */
/* base/slots.h - where in an array of the caller's the things with a hash are: open addressing.
 *
 *   struct slots slots = { 0 };
 *   slots_add(&slots, hash, i);                 item i of the array; false: no memory
 *   for (uint64_t at = hash; (i = slots_next(&slots, hash, &at)) != SLOTS_NONE;)
 *       if (array[i] is the one) ...            all items with the hash, in the order of adding
 *   slots_replace(&slots, at, k);               item k in the place of the last one that was found
 *   slots_free(&slots);
 *
 * The low bits of a hash have to be good, and items with one hash few: they are walked through one
 * by one. Nothing is ever taken out. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define SLOTS_NONE UINT32_MAX

struct slots_item {
    uint64_t hash;
    uint32_t item; /* + 1; 0: free */
};

struct slots {
    struct slots_item *at;
    size_t n, room; /* room: a power of two, at least twice n; or 0 */
};

/** The next item with a hash, from `*at` on, which is the hash itself at first. */
static inline uint32_t slots_next(const struct slots *slots, uint64_t hash, uint64_t *at)
{
    if (!slots->room)
        return SLOTS_NONE;
    for (;;) {
        const struct slots_item *item = &slots->at[(*at)++ & (slots->room - 1)];

        if (!item->item)
            return SLOTS_NONE;
        if (item->hash == hash)
            return item->item - 1;
    }
}

static inline void slots_put(struct slots *slots, struct slots_item item)
{
    uint64_t at = item.hash;

    while (slots->at[at & (slots->room - 1)].item)
        at++;
    slots->at[at & (slots->room - 1)] = item;
    slots->n++;
}

/** Room for one more. False if memory is out: all stays as it was. */
static inline bool slots_reserve(struct slots *slots)
{
    enum { FIRST = 64 };
    struct slots larger = { .room = slots->room ? 2 * slots->room : FIRST };
    size_t start = 0;

    if (slots->n < slots->room / 2)
        return true;
    if (!(larger.at = calloc(larger.room, sizeof *larger.at)))
        return false;
    while (start < slots->room && slots->at[start].item) /* a run may go on from end to beginning */
        start++;
    for (size_t i = 0; i < slots->room; i++) {
        const struct slots_item *item = &slots->at[(start + i) & (slots->room - 1)];

        if (item->item)
            slots_put(&larger, *item);
    }
    free(slots->at);
    *slots = larger;
    return true;
}

static inline bool slots_add(struct slots *slots, uint64_t hash, uint32_t item)
{
    if (!slots_reserve(slots))
        return false;
    slots_put(slots, (struct slots_item){ hash, item + 1 });
    return true;
}

/** `at`: as slots_next() left it. */
static inline void slots_replace(struct slots *slots, uint64_t at, uint32_t item)
{
    slots->at[(at - 1) & (slots->room - 1)].item = item + 1;
}

static inline void slots_free(struct slots *slots)
{
    free(slots->at);
    *slots = (struct slots){ 0 };
}
