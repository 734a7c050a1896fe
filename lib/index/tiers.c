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

static uint64_t alive(const struct segment_entry *entry)
{
    return entry->n_docs - entry->n_deleted;
}

/** The oldest segments of a tier that may become one. */
static size_t choose_of(const struct segment_list *list, const bool *taken, uint32_t least,
                        unsigned tier, size_t chosen[TIERS_MOST])
{
    uint64_t n_docs = 0;
    size_t n = 0;

    for (size_t i = 0; i < list->entries.n && n < TIERS_MOST; i++) {
        const struct segment_entry *entry = &list->entries.at[i];

        if (taken[i] || entry->number < least || tier_of(entry) != tier ||
            n_docs + alive(entry) > TIERS_DOCS)
            continue;
        n_docs += alive(entry);
        chosen[n++] = i;
    }
    return n;
}

size_t tiers_choose(const struct segment_list *list, const bool *taken, uint32_t least,
                    size_t wanted, size_t chosen[TIERS_MOST])
{
    size_t count[TIERS] = { 0 }, n;

    for (size_t i = 0; i < list->entries.n; i++) {
        const struct segment_entry *entry = &list->entries.at[i];

        if (taken[i] || entry->number < least)
            continue;
        if (entry->n_deleted > entry->n_docs / 3) {
            chosen[0] = i;
            return 1;
        }
        count[tier_of(entry)]++;
    }
    for (unsigned tier = 0; tier < TIERS; tier++)
        if (count[tier] >= wanted &&
            (n = choose_of(list, taken, least, tier, chosen)) >= TIERS_FEWEST)
            return n;
    return 0;
}

size_t tiers_fit(const struct segment_list *list, size_t from, size_t end)
{
    uint64_t n_docs = alive(&list->entries.at[from]);
    size_t at = from + 1;

    while (at < end && (n_docs += alive(&list->entries.at[at])) <= TIERS_DOCS)
        at++;
    return at - from;
}
