/* SPDX-License-Identifier: MIT */
#include "search/ranges.h"

enum { STEPS = 256 }; /* of bounds told apart */

bool ranges_start(struct ranges *ranges, uint32_t n, struct arena *arena)
{
    *ranges = (struct ranges){ .bounds = arena_zero(arena, n + (size_t)1, sizeof(double)), .n = n };
    return ranges->bounds;
}

void ranges_sort(struct ranges *ranges)
{
    static const uint32_t shares[PHASES] = { 128, 16, 1 };
    uint32_t counts[STEPS] = { 0 }, above = 0, step = STEPS;
    double highest = 0, steps;

    for (uint32_t i = 0; i < ranges->n; i++)
        highest = ranges->bounds[i] > highest ? ranges->bounds[i] : highest;
    steps = highest > 0 ? (STEPS - 1) / highest : 0;
    for (uint32_t i = 0; i < ranges->n; i++)
        if (ranges->bounds[i] >= 0)
            counts[(uint32_t)(ranges->bounds[i] * steps)]++;
    for (unsigned phase = 0; phase + 1 < PHASES && steps > 0; phase++) {
        while (step > 0 && above <= ranges->n / shares[phase])
            above += counts[--step];
        ranges->cuts[phase] = step / steps;
    }
}

void ranges_begin(struct ranges *ranges, unsigned phase)
{
    ranges->at = 0;
    ranges->cut = ranges->cuts[phase];
}

bool ranges_take(struct ranges *ranges, double threshold, uint32_t *range)
{
    double least = ranges->cut > threshold ? ranges->cut : threshold;

    while (ranges->at < ranges->n) {
        uint32_t i = ranges->at++;

        if (ranges->bounds[i] >= least) {
            ranges->bounds[i] = RANGE_DONE;
            *range = i;
            return true;
        }
    }
    return false;
}
