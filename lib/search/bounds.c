/* SPDX-License-Identifier: MIT */
#include "search/bounds.h"

#define ROUNDING 1.000001 /* scores are sums of rounded numbers, so are bounds */

bool bounds_open(struct bounds *bounds, const struct scorer *scorer, double average,
                 struct arena *arena)
{
    const struct plan *plan = scorer->plan;
    double longer = average / scorer->segment->average_length;

    *bounds = (struct bounds){ .scorer = scorer };
    bounds->scale = ROUNDING / 255 * (longer > 1 ? longer : 1);
    for (size_t i = 0; i < plan->phrases.n; i++)
        bounds->phrases +=
            (2 * plan->phrases.at[i].weight + plan->phrases.at[i].weight_typed) * ROUNDING;
    bounds->blocks = arena_zero(arena, plan->terms.n + 1, sizeof *bounds->blocks);
    return bounds->blocks;
}

static double bound_of(const struct bounds *bounds, size_t i, uint8_t impact)
{
    const struct scored_term *term = &bounds->scorer->plan->terms.at[i];
    double part = impact * bounds->scale;

    return term->weight * (part < 1 && !term->presence ? part : ROUNDING) + term->bonus * ROUNDING;
}

double bounds_of_block(const struct bounds *bounds, size_t i, uint32_t block)
{
    return bound_of(bounds, i, list_impact(&bounds->scorer->terms[i]->postings.list, block));
}

double bounds_of_term(const struct bounds *bounds, size_t i)
{
    return bound_of(bounds, i, bounds->scorer->terms[i]->postings.list.impact);
}

struct window bounds_window(struct bounds *bounds, uint32_t doc)
{
    const struct scorer *scorer = bounds->scorer;
    struct window window = { DOC_END, bounds->phrases };

    for (size_t i = 0; i < scorer->plan->terms.n; i++) {
        const struct list *list;
        uint32_t last;

        if (!scorer->terms[i])
            continue;
        list = &scorer->terms[i]->postings.list;
        if (bounds->blocks[i] < list->n_blocks)
            bounds->blocks[i] = list_seek(list, bounds->blocks[i], doc);
        if (bounds->blocks[i] >= list->n_blocks)
            continue; /* the list has ended */
        window.bound += bounds_of_block(bounds, i, bounds->blocks[i]);
        last = list_last(list, bounds->blocks[i]);
        window.end = last < window.end ? last : window.end;
    }
    return window;
}
