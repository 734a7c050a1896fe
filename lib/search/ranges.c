/* SPDX-License-Identifier: MIT */
#include "search/ranges.h"

enum { STEPS = 256 }; /* of bounds told apart */

/* One of so many; the last of a kind is for all that is left. */
static const uint32_t shares[][PHASES_MAX] = {
    [RANGES_WINDOWS] = { 128, 16, 1 },
    [RANGES_BLOCKS] = { 128, 32, 8, 3, 1 },
};

bool ranges_start(struct ranges *ranges, enum ranges_kind kind, uint32_t n, struct arena *arena)
{
    *ranges = (struct ranges){ .bounds = arena_zero(arena, n + (size_t)1, sizeof(double)),
                               .n = n,
                               .kind = kind };
    return ranges->bounds;
}

unsigned ranges_phases(const struct ranges *ranges)
{
    unsigned n = 1;

    while (shares[ranges->kind][n - 1] > 1)
        n++;
    return n;
}

void ranges_sort(struct ranges *ranges)
{
    unsigned last = ranges_phases(ranges) - 1;
    uint32_t counts[STEPS] = { 0 }, above = 0, step = STEPS;
    double highest = 0, steps;

    for (uint32_t i = 0; i < ranges->n; i++)
        highest = ranges->bounds[i] > highest ? ranges->bounds[i] : highest;
    steps = highest > 0 ? (STEPS - 1) / highest : 0;
    for (uint32_t i = 0; i < ranges->n; i++)
        if (ranges->bounds[i] >= 0)
            counts[(uint32_t)(ranges->bounds[i] * steps)]++;
    for (unsigned phase = 0; phase < last && steps > 0; phase++) {
        while (step > 0 && above <= ranges->n / shares[ranges->kind][phase])
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
