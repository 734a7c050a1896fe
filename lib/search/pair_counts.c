/* SPDX-License-Identifier: MIT */
#include "search/pair_counts.h"

#include "base/error.h"
#include "index/terms.h"

int pair_counts_start(struct pair_counts *counts, struct lookups *lookups, struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    struct term_finder *finders =
        arena_alloc(lookups->arena, (reader->n_segments + (size_t)1) * sizeof *finders);

    if (!finders)
        return error_memory(err);
    for (uint32_t s = 0; s < reader->n_segments; s++)
        term_finder_start(&finders[s], &reader->segments[s], FAMILY_PAIR);
    *counts = (struct pair_counts){ lookups, finders };
    return MUC_OK;
}

/** The readings of a place in the order of their bytes. */
static void sort_readings(const struct place *place, uint8_t order[READINGS_MAX])
{
    for (uint32_t i = 0; i < place->n; i++) {
        uint32_t at = i;

        for (;
             at && str_compare(place->readings[order[at - 1]].exact, place->readings[i].exact) > 0;
             at--)
            order[at] = order[at - 1];
        order[at] = (uint8_t)i;
    }
}

static uint32_t most_frequent(const struct place *place)
{
    uint32_t most = 0;

    for (uint32_t i = 1; i < place->n; i++)
        most = place->readings[i].count > place->readings[most].count ? i : most;
    return most;
}

/** Two places whose readings are counted together. */
struct counting {
    struct pair_counts *counts;
    const struct place *first, *second;
    struct term_counts (*out)[READINGS_MAX];
    uint64_t left; /* occurrences of the pair, whatever its marks, not yet found */
    struct muc_error *err;
};

static int count_pair(struct counting *counting, uint32_t h, uint32_t i)
{
    struct pair_counts *counts = counting->counts;
    struct muc_string last = counting->first->readings[h].exact;
    struct muc_string next = counting->second->readings[i].exact;
    struct term_counts *out = &counting->out[h][i];
    char room[TERM_MAX];

    if (last.size + next.size >= TERM_MAX)
        return MUC_OK;
    for (uint32_t s = 0; s < counts->lookups->reader->n_segments; s++) {
        struct terms_entry entry;
        int rc = term_finder_find(&counts->finders[s], term_pair(last, next, room), &entry,
                                  counting->err);

        if (rc < 0)
            return rc;
        out->occurrences += rc ? entry.occurrences : 0;
        out->docs += rc ? entry.n_docs : 0;
    }
    counting->left -= out->occurrences < counting->left ? out->occurrences : counting->left;
    return MUC_OK;
}

/** Occurrences of the two words next to each other, whatever their marks. */
static int count_any(struct counting *counting)
{
    const struct query_word words[2] = { *counting->first->node->words,
                                         *counting->second->node->words };
    struct lookups *lookups = counting->counts->lookups;
    const struct lookup *any;
    int rc;

    counting->left = UINT64_MAX;
    if (!pair_fits(&words[0], &words[1]))
        return MUC_OK;
    if ((rc = lookups_pair(lookups, false, words, &any, counting->err)))
        return rc;
    counting->left = 0;
    for (uint32_t s = 0; s < lookups->reader->n_segments; s++)
        counting->left += any->at[s].list.n ? any->at[s].occurrences : 0;
    return MUC_OK;
}

int pair_counts_read(struct pair_counts *counts, const struct place *first,
                     const struct place *second, struct term_counts out[][READINGS_MAX],
                     struct muc_error *err)
{
    struct counting counting = { counts, first, second, out, 0, err };
    uint32_t h = most_frequent(first), i = most_frequent(second);
    uint8_t before[READINGS_MAX], behind[READINGS_MAX];
    int rc;

    memset(out, 0, first->n * sizeof *out);
    if (deadline_is_over(counts->lookups->deadline)) /* there is no time for more */
        return MUC_OK;
    rc = count_any(&counting);
    if (rc || !counting.left || (rc = count_pair(&counting, h, i)) || !counting.left)
        return rc;
    sort_readings(first, before);
    sort_readings(second, behind);
    for (uint32_t k = 0; k < first->n * second->n && !rc && counting.left; k++) {
        uint32_t a = before[k / second->n], b = behind[k % second->n];

        if (a != h || b != i)
            rc = count_pair(&counting, a, b);
    }
    return rc;
}
