/* SPDX-License-Identifier: MIT */
/* Where in a list documents are, and what they have at most: its skip table. */
#include <simde/x86/sse2.h>

#include "codec/list_parts.h"

/* Most blocks that are looked for are near: so many are asked at once, for where it is cannot be
 * foreseen. */
enum { NEAR = 8 };

/** The last documents of NEAR blocks from `from` on, which the list has; to be compared as signed
 *  numbers. */
struct near {
    simde__m128i low, high;
};

static inline struct near near_of(const struct list *list, uint32_t from)
{
    const simde__m128i sign = simde_mm_set1_epi32(INT32_MIN);
    const simde__m128i *at = (const void *)(list->last + 4 * (size_t)from);

    return (struct near){ simde_mm_xor_si128(simde_mm_loadu_si128(at), sign),
                          simde_mm_xor_si128(simde_mm_loadu_si128(at + 1), sign) };
}

/** How many of them end before `doc`. */
static inline uint32_t near_before(const struct near *near, uint32_t doc)
{
    const simde__m128i wanted = simde_mm_set1_epi32((int32_t)(doc ^ (uint32_t)INT32_MIN));
    simde__m128i before = simde_mm_packs_epi32(simde_mm_cmpgt_epi32(wanted, near->low),
                                               simde_mm_cmpgt_epi32(wanted, near->high));

    before = simde_mm_packs_epi16(before, simde_mm_setzero_si128());
    return (uint32_t)__builtin_ctz(~(uint32_t)simde_mm_movemask_epi8(before));
}

uint32_t list_seek(const struct list *list, uint32_t from, uint32_t doc)
{
    uint32_t low = from, left;

    if (list->n_blocks <= 1 || from >= list->n_blocks)
        return from;
    if (list->n_blocks - from >= NEAR) {
        const struct near near = near_of(list, from);
        uint32_t n = near_before(&near, doc);

        if (n < NEAR)
            return from + n;
        low += NEAR;
    }
    for (left = list->n_blocks - low; left; left /= 2) { /* those below `low` end before it */
        uint32_t more = left - left / 2;

        low += more & -(uint32_t)(entry_u32(list->last, low + more - 1) < doc);
    }
    return low;
}

/** The highest of the first `n` of NEAR impacts, and 1. */
static inline uint8_t near_highest(const uint8_t *impacts, uint32_t n)
{
    const simde__m128i above = simde_mm_cvtsi32_si128(8 * (NEAR - (int)n));
    simde__m128i most = simde_mm_loadl_epi64((const simde__m128i *)impacts);

    most = simde_mm_sll_epi64(most, above);
    most = simde_mm_max_epu8(most, simde_mm_srli_epi64(most, 32));
    most = simde_mm_max_epu8(most, simde_mm_srli_epi64(most, 16));
    most = simde_mm_max_epu8(most, simde_mm_srli_epi64(most, 8));
    most = simde_mm_max_epu8(most, simde_mm_cvtsi32_si128(1));
    return (uint8_t)simde_mm_cvtsi128_si32(most);
}

/** The same of blocks `from` … `to`, those of them that the list has. */
static uint8_t highest(const struct list *list, uint32_t from, uint32_t to)
{
    uint8_t most = 1;

    for (uint32_t i = from; i <= to && i < list->n_blocks; i++)
        most = list->impacts[i] > most ? list->impacts[i] : most;
    return most;
}

/** The highest impact of the blocks from `from` on that may hold documents of a range up to `last`,
 *  0: there is none; `from` is moved to the first block that may hold some behind the range. */
static inline uint8_t next_impact(const struct list *list, uint32_t last, uint32_t *from)
{
    uint32_t to, near_by = NEAR;
    uint8_t impact;

    if (*from >= list->n_blocks)
        return 0;
    if (list->n_blocks - *from >= NEAR) {
        const struct near near = near_of(list, *from);

        near_by = near_before(&near, last);
    }
    if (near_by < NEAR) {
        impact = near_highest(list->impacts + *from, near_by + 1);
        to = *from + near_by;
    } else {
        to = list_seek(list, *from, last);
        impact = highest(list, *from, to);
    }
    *from = to + (to < list->n_blocks && entry_u32(list->last, to) == last);
    return impact;
}

/* Where a range begins in the list is known when the one before was looked at: so that nothing
 * waits for that, ranges from several places on are looked at in turn. */
void list_impacts(const struct list *list, const uint32_t *lasts, uint32_t n, uint8_t *impacts)
{
    enum { PLACES = 4 };
    const uint32_t share = n / PLACES;
    uint32_t from[PLACES] = { 0 };

    for (uint32_t k = 1; k < PLACES && share; k++)
        from[k] = list_seek(list, 0, lasts[share * k - 1] + 1);
    for (uint32_t i = 0; i < share; i++)
        for (uint32_t k = 0; k < PLACES; k++)
            impacts[share * k + i] = next_impact(list, lasts[share * k + i], &from[k]);
    for (uint32_t i = share * PLACES; i < n; i++)
        impacts[i] = next_impact(list, lasts[i], &from[PLACES - 1]);
}

uint32_t list_last(const struct list *list, uint32_t block)
{
    return list->n_blocks > 1 && block < list->n_blocks ? entry_u32(list->last, block) : UINT32_MAX;
}

uint32_t list_positions_at(const struct list *list, uint32_t block)
{
    return list->position_starts && block < list->n_blocks
               ? entry_of(list->position_starts, list->position_bytes, block)
               : 0;
}
