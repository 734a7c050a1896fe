/* SPDX-License-Identifier: MIT */
#include "index/tiers.h"

enum { TIERS = 24, SMALLEST = 1 << 20 }; /* bytes below which all segments are alike */

static unsigned tier_of(const struct segment_entry *entry)
{
    double alive = (double)(entry->n_docs - entry->n_deleted) / (entry->n_docs ? entry->n_docs : 1);
    double bytes = (double)entry->bytes * alive;
    unsigned tier = 0;

    for (; bytes > SMALLEST && tier < TIERS - 1; bytes /= TIERS_MERGE)
        tier++;
    return tier;
}

size_t tiers_choose(const struct segment_list *list, size_t chosen[TIERS_MERGE])
{
    size_t count[TIERS] = { 0 }, n = 0;
    unsigned tier = 0;

    for (size_t i = 0; i < list->entries.n; i++) {
        const struct segment_entry *entry = &list->entries.at[i];

        if (entry->n_deleted > entry->n_docs / 3) {
            chosen[0] = i;
            return 1;
        }
        count[tier_of(entry)]++;
    }
    while (tier < TIERS && count[tier] < TIERS_MERGE)
        tier++;
    for (size_t i = 0; i < list->entries.n && n < TIERS_MERGE && tier < TIERS; i++)
        if (tier_of(&list->entries.at[i]) == tier)
            chosen[n++] = i;
    return n;
}
