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

/** The highest of NEAR impacts, from number `from` to number `to` of them. */
static inline uint8_t near_highest(const uint8_t *impacts, uint32_t from, uint32_t to)
{
    const int above = 8 * (NEAR - 1 - (int)to), all = above + 8 * (int)from;
    simde__m128i most = simde_mm_loadl_epi64((const simde__m128i *)impacts);

    most = simde_mm_sll_epi64(most, simde_mm_cvtsi32_si128(above));
    most = simde_mm_srl_epi64(most, simde_mm_cvtsi32_si128(all));
    most = simde_mm_max_epu8(most, simde_mm_srli_epi64(most, 32));
    most = simde_mm_max_epu8(most, simde_mm_srli_epi64(most, 16));
    most = simde_mm_max_epu8(most, simde_mm_srli_epi64(most, 8));
    return (uint8_t)simde_mm_cvtsi128_si32(most);
}

bool list_range_impact(const struct list *list, uint32_t first, uint32_t last, uint32_t *block,
                       uint8_t *impact)
{
    uint32_t from = *block, to;
    uint8_t most;

    if (from < list->n_blocks && list->n_blocks - from >= NEAR) {
        const struct near near = near_of(list, from);
        uint32_t before = near_before(&near, first), up_to = near_before(&near, last);

        if (up_to < NEAR) {
            *impact = near_highest(list->impacts + from, before, up_to);
            *block = from + up_to;
            return true;
        }
    }
    from = list_seek(list, from, first);
    if (from >= list->n_blocks)
        return false;
    to = list_seek(list, from, last);
    to = to < list->n_blocks ? to : list->n_blocks - 1;
    most = list->impacts[from];
    for (uint32_t i = from + 1; i <= to; i++)
        most = list->impacts[i] > most ? list->impacts[i] : most;
    *block = to;
    *impact = most;
    return true;
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
