/* SPDX-License-Identifier: MIT */
#include "search/readings.h"

#include "base/error.h"
#include "index/terms.h"

/* A form that is rarer among those of its syllable is a slip of the writer. */
#define SHARE_MIN 0.002

int count_term(const struct reader *reader, enum family family, struct muc_string term,
               struct term_counts *counts, struct muc_error *err)
{
    struct term_counts all = { 0 };

    for (uint32_t s = 0; s < reader->n_segments; s++) {
        struct postings postings;
        int rc = segment_find(&reader->segments[s], family, term, &postings, err);

        if (rc < 0)
            return rc;
        all.occurrences += rc ? postings.occurrences : 0;
        all.docs += rc ? postings.list.n : 0;
    }
    *counts = all;
    return MUC_OK;
}

/** Keep a form among the most frequent ones. */
static int add_reading(struct place *place, struct muc_string exact, uint64_t count,
                       struct arena *arena, struct muc_error *err)
{
    struct reading *worst = &place->readings[0];

    for (uint32_t i = 0; i < place->n; i++) {
        if (str_equal(place->readings[i].exact, exact)) {
            place->readings[i].count += count;
            return MUC_OK;
        }
        worst = place->readings[i].count < worst->count ? &place->readings[i] : worst;
    }
    if (place->n < READINGS_MAX)
        worst = &place->readings[place->n++];
    else if (worst->count >= count)
        return MUC_OK;
    *worst = (struct reading){ .exact = arena_copy(arena, exact), .count = count };
    return worst->exact.bytes ? MUC_OK : error_memory(err);
}

/** The forms of a syllable in one segment. */
static int read_forms(struct place *place, const struct segment *segment, struct arena *arena,
                      struct muc_error *err)
{
    char room[TERM_MAX];
    struct muc_string folded = place->node->words->folded;
    struct muc_string prefix = term_exact(folded, folded, room);
    struct term_iter iter;
    int rc = term_iter_open(segment, FAMILY_EXACT, prefix, &iter, err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1 && str_starts(iter.term, prefix))
        if ((rc = add_reading(place, term_exact_form(iter.term), iter.entry.occurrences, arena,
                              err)))
            break;
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

static void drop_slips(struct place *place)
{
    uint64_t all = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < place->n; i++)
        all += place->readings[i].count;
    for (uint32_t i = 0; i < place->n; i++)
        if ((double)place->readings[i].count >= SHARE_MIN * (double)all)
            place->readings[n++] = place->readings[i];
    place->n = n;
}

int find_readings(struct place *place, const struct reader *reader, struct arena *arena,
                  struct muc_error *err)
{
    const struct query_word *word = place->node->words;
    char room[TERM_MAX];
    int rc = MUC_OK;

    place->n = 0;
    if (word->marked) { /* by a repair */
        struct term_counts counts;

        rc = count_term(reader, FAMILY_EXACT, term_exact(word->folded, word->exact, room), &counts,
                        err);
        return rc ? rc : add_reading(place, word->exact, counts.occurrences, arena, err);
    }
    for (uint32_t s = 0; s < reader->n_segments && !rc; s++)
        rc = read_forms(place, &reader->segments[s], arena, err);
    if (!rc && !place->n)
        rc = add_reading(place, word->exact, 1, arena, err);
    drop_slips(place);
    return rc;
}
