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

void list_impacts(const struct list *list, const uint32_t *lasts, uint32_t n, uint8_t *impacts)
{
    uint32_t from = 0; /* the first block that ends in the range at hand, or behind it */

    for (uint32_t i = 0; i < n; i++) {
        uint32_t to, near_by = NEAR;

        if (from >= list->n_blocks) {
            impacts[i] = 0;
            continue;
        }
        if (list->n_blocks - from >= NEAR) {
            const struct near near = near_of(list, from);

            near_by = near_before(&near, lasts[i]);
        }
        if (near_by < NEAR) {
            impacts[i] = near_highest(list->impacts + from, near_by + 1);
            to = from + near_by;
        } else {
            to = list_seek(list, from, lasts[i]);
            impacts[i] = highest(list, from, to);
        }
        from = to + (to < list->n_blocks && entry_u32(list->last, to) == lasts[i]);
    }
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
