/* SPDX-License-Identifier: MIT */
#include "search/pair_counts.h"

#include "base/error.h"
#include "index/terms.h"

/* One part in so many of the occurrences of a pair, whatever its marks, is of slips and of forms so
 * rare that they decide nothing: they are not looked for. */
enum { REST = 500 };

int pair_counts_start(struct pair_counts *counts, struct lookups *lookups, struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    struct term_finder *finders =
        arena_alloc(lookups->arena, (reader->n_segments + (size_t)1) * sizeof *finders);
    uint64_t *left = arena_alloc(lookups->arena, (reader->n_segments + (size_t)1) * sizeof *left);

    if (!finders || !left)
        return error_memory(err);
    for (uint32_t s = 0; s < reader->n_segments; s++)
        term_finder_start(&finders[s], &reader->segments[s], FAMILY_PAIR);
    *counts = (struct pair_counts){ lookups, finders, left };
    return MUC_OK;
}

/** Two places whose readings are counted together. */
struct counting {
    struct pair_counts *counts;
    const struct place *first, *second;
    struct term_counts (*out)[READINGS_MAX];
    uint64_t all, left; /* occurrences in all segments; those not yet found */
    struct muc_error *err;
};

/** Whether so few of the occurrences of a pair are left that they do not matter: of all segments,
 *  so that it is the same however the documents are spread over them. */
static bool is_rest(const struct counting *counting)
{
    return counting->left <= counting->all / REST;
}

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
        uint64_t found;
        int rc;

        if (!counts->left[s]) /* it has no other pair of the two */
            continue;
        rc = term_finder_find(&counts->finders[s], term_pair(last, next, room), &entry,
                              counting->err);
        if (rc < 0)
            return rc;
        if (!rc)
            continue;
        out->occurrences += entry.occurrences;
        out->docs += entry.n_docs;
        found = entry.occurrences < counts->left[s] ? entry.occurrences : counts->left[s];
        counts->left[s] -= found;
        counting->left -= found;
    }
    return MUC_OK;
}

/** Occurrences of the two words next to each other, whatever their marks. */
static int count_any(struct counting *counting)
{
    const struct query_word words[2] = { *counting->first->node->words,
                                         *counting->second->node->words };
    struct pair_counts *counts = counting->counts;
    struct lookups *lookups = counts->lookups;
    const struct lookup *any;
    int rc;

    if (!pair_fits(&words[0], &words[1]))
        return MUC_OK;
    if ((rc = lookups_pair(lookups, false, words, &any, counting->err)))
        return rc;
    for (uint32_t s = 0; s < lookups->reader->n_segments; s++) {
        counts->left[s] = any->at[s].list.n ? any->at[s].occurrences : 0;
        counting->all += counts->left[s];
    }
    counting->left = counting->all;
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

int pair_counts_read(struct pair_counts *counts, const struct place *first,
                     const struct place *second, struct term_counts out[][READINGS_MAX],
                     struct muc_error *err)
{
    struct counting counting = { counts, first, second, out, 0, 0, err };
    uint8_t before[READINGS_MAX], behind[READINGS_MAX];
    int rc;

    memset(out, 0, first->n * sizeof *out);
    if (deadline_is_over(counts->lookups->deadline)) /* there is no time for more */
        return MUC_OK;
    rc = count_any(&counting);
    for (uint32_t k = 0; k < 4 && !is_rest(&counting) && !rc; k++) /* of the most frequent ones */
        if (k / 2 < first->n && k % 2 < second->n)
            rc = count_pair(&counting, k / 2, k % 2);
    if (rc || is_rest(&counting))
        return rc;
    sort_readings(first, before);
    sort_readings(second, behind);
    for (uint32_t k = 0; k < first->n * second->n && !is_rest(&counting) && !rc; k++) {
        uint32_t h = before[k / second->n], i = behind[k % second->n];

        if (h > 1 || i > 1)
            rc = count_pair(&counting, h, i);
    }
    return rc;
}
