/* SPDX-License-Identifier: MIT */
#include "search/best/ranges.h"

enum { STEPS = 256 }; /* of bounds told apart */

/* One of so many; the last of a kind is for all that is left. */
static const uint32_t shares[][PHASES_MAX] = {
    [RANGES_WINDOWS] = { 128, 16, 1 },
    [RANGES_BLOCKS] = { 128, 32, 8, 3, 1 },
    [RANGES_FORWARDS] = { 1 },
};

bool ranges_start(struct ranges *ranges, enum ranges_kind kind, uint32_t n, struct arena *arena)
{
    *ranges = (struct ranges){ .bounds = arena_alloc(arena, n * sizeof *ranges->bounds),
                               .lasts = arena_alloc(arena, n * sizeof *ranges->lasts),
                               .order = arena_alloc(arena, n * sizeof *ranges->order),
                               .n = n,
                               .kind = kind };
    return ranges->bounds && ranges->lasts && ranges->order;
}

unsigned ranges_phases(const struct ranges *ranges)
{
    unsigned n = 1;

    while (shares[ranges->kind][n - 1] > 1)
        n++;
    return n;
}

/** Tell which steps each phase is for: `phases` gets that of each. `counts` are the ranges of each
 *  step. */
static void share_steps(struct ranges *ranges, const uint32_t counts[STEPS], uint8_t phases[STEPS])
{
    unsigned n = ranges_phases(ranges);
    uint32_t above = 0, step = STEPS;

    for (unsigned phase = 0; phase < n; phase++) {
        uint32_t most = phase + 1 < n ? ranges->n / shares[ranges->kind][phase] : UINT32_MAX;

        while (step > 0 && above <= most) {
            above += counts[--step];
            phases[step] = (uint8_t)phase;
        }
        ranges->ends[phase] = above;
    }
}

void ranges_sort(struct ranges *ranges)
{
    uint32_t counts[STEPS] = { 0 }, next[PHASES_MAX] = { 0 };
    uint8_t phases[STEPS];
    double highest = 0, steps;

    for (uint32_t i = 0; i < ranges->n; i++)
        highest = ranges->bounds[i] > highest ? ranges->bounds[i] : highest;
    steps = highest > 0 ? (STEPS - 1) / highest : 0;
    for (uint32_t i = 0; i < ranges->n; i++)
        if (ranges->bounds[i] >= 0)
            counts[(uint32_t)(ranges->bounds[i] * steps)]++;
    share_steps(ranges, counts, phases);
    for (unsigned phase = 1; phase < PHASES_MAX; phase++)
        next[phase] = ranges->ends[phase - 1];
    for (uint32_t i = 0; i < ranges->n; i++)
        if (ranges->bounds[i] >= 0)
            ranges->order[next[phases[(uint32_t)(ranges->bounds[i] * steps)]]++] = i;
}

bool ranges_begin(struct ranges *ranges, unsigned phase)
{
    ranges->at = phase ? ranges->ends[phase - 1] : 0;
    ranges->end = ranges->ends[phase];
    return ranges->at < ranges->end;
}

bool ranges_take(struct ranges *ranges, double threshold, uint32_t *range)
{
    while (ranges->at < ranges->end) {
        uint32_t i = ranges->order[ranges->at++];

        if (ranges->bounds[i] >= threshold) {
            ranges->bounds[i] = RANGE_DONE;
            *range = i;
            return true;
        }
    }
    return false;
}
