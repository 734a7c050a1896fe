/* SPDX-License-Identifier: MIT */
/* The marks that a query typed with some lacks on other words. */
#include "base/error.h"
#include "search/repair/slips_parts.h"
#include "search/repair/ways.h"

/** What no pair of the archive stands for stays as it was typed: it may be another word. */
static void take_marks(struct slips *slips, const struct place *places)
{
    for (size_t i = 0; i < slips->at.n; i++) {
        struct slot *slot = &slips->at.at[i];
        const struct place *place = &places[i];
        const struct reading *taken = &place->readings[place->taken];

        if (place->node->words->marked || !place->paired)
            continue;
        slot->exact = taken->exact;
        slot->count = taken->count;
        slot->changed = !str_equal(slot->exact, slot->word->exact);
        slot->open = false;
    }
}

int slips_restore(struct slips *slips)
{
    struct arena *arena = slips->lookups->arena;
    const size_t n = slips->at.n;
    struct place *places = arena_zero(arena, n, sizeof *places);
    struct node *nodes = arena_zero(arena, n, sizeof *nodes);
    struct query_word *words = arena_zero(arena, n, sizeof *words);
    struct pair_counts counts;
    int rc;

    if (!places || !nodes || !words)
        return error_memory(slips->err);
    for (size_t i = 0; i < n; i++) {
        words[i] = *slips->at.at[i].word;
        nodes[i] = (struct node){ .kind = NODE_WORD, .words = &words[i], .n_words = 1 };
        places[i].node = &nodes[i];
    }
    if ((rc = find_readings(places, n, slips->lookups, slips->err)) ||
        (rc = pair_counts_start(&counts, slips->lookups, slips->err)) ||
        (rc = take_way(places, n, &counts, slips->err)))
        return rc;
    take_marks(slips, places);
    return MUC_OK;
}
