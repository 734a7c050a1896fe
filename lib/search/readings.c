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

struct finding {
    struct place *place;
    const struct reader *reader;
    struct arena *arena;
    struct muc_error *err;
};

static struct term_place *new_places(const struct finding *finding)
{
    return arena_zero(finding->arena, finding->reader->n_segments + (size_t)1,
                      sizeof(struct term_place));
}

/** Keep a form among the most frequent ones; NULL where it is not, or no memory (then rc). */
static struct reading *add_reading(const struct finding *finding, struct muc_string exact,
                                   uint64_t count, int *rc)
{
    struct place *place = finding->place;
    struct reading *worst = &place->readings[0];

    *rc = MUC_OK;
    for (uint32_t i = 0; i < place->n; i++) {
        if (str_equal(place->readings[i].exact, exact)) {
            place->readings[i].count += count;
            return &place->readings[i];
        }
        worst = place->readings[i].count < worst->count ? &place->readings[i] : worst;
    }
    place->all_known &= place->n < READINGS_MAX;
    if (place->n < READINGS_MAX)
        worst = &place->readings[place->n++];
    else if (worst->count >= count)
        return NULL;
    *worst = (struct reading){ .exact = arena_copy(finding->arena, exact), .count = count };
    *rc = worst->exact.bytes ? MUC_OK : error_memory(finding->err);
    return *rc ? NULL : worst;
}

/** A form in segment number `s`. */
static int add_form(const struct finding *finding, uint32_t s, const struct term_iter *iter,
                    bool is_bare)
{
    struct muc_string exact = term_exact_form(iter->term);
    int rc;
    struct reading *reading = add_reading(finding, exact, iter->entry->occurrences, &rc);

    if (reading && !reading->at && !(reading->at = new_places(finding)))
        return error_memory(finding->err);
    if (reading)
        reading->at[s] = term_iter_place(iter);
    if (is_bare)
        finding->place->bare[s] = term_iter_place(iter);
    return rc;
}

/** The forms of a syllable in one segment. */
static int read_forms(const struct finding *finding, uint32_t s)
{
    char room[TERM_MAX];
    struct muc_string folded = finding->place->node->words->folded;
    struct muc_string prefix = term_exact(folded, folded, room);
    struct term_iter iter;
    int rc =
        term_iter_open(&finding->reader->segments[s], FAMILY_EXACT, prefix, &iter, finding->err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, finding->err)) == 1 && str_starts(iter.term, prefix))
        if ((rc = add_form(finding, s, &iter, iter.term.size == prefix.size)))
            break;
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** Keep those that are no slips, the most frequent first. */
static void sort_readings(struct place *place)
{
    uint64_t all = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < place->n; i++)
        all += place->readings[i].count;
    for (uint32_t i = 0; i < place->n; i++) {
        struct reading reading = place->readings[i];
        uint32_t at = n;

        if ((double)reading.count < SHARE_MIN * (double)all)
            continue;
        for (; at && place->readings[at - 1].count < reading.count; at--)
            place->readings[at] = place->readings[at - 1];
        place->readings[at] = reading;
        n++;
    }
    place->n = n;
}

int find_readings(struct place *place, const struct reader *reader, struct arena *arena,
                  struct muc_error *err)
{
    const struct finding finding = { place, reader, arena, err };
    const struct query_word *word = place->node->words;
    char room[TERM_MAX];
    int rc = MUC_OK;

    place->n = 0;
    place->all_known = !word->marked;
    place->bare = NULL;
    if (word->marked) { /* by a repair */
        struct term_counts counts;

        rc = count_term(reader, FAMILY_EXACT, term_exact(word->folded, word->exact, room), &counts,
                        err);
        if (!rc)
            add_reading(&finding, word->exact, counts.occurrences, &rc);
        return rc;
    }
    if (!(place->bare = new_places(&finding)))
        return error_memory(err);
    for (uint32_t s = 0; s < reader->n_segments && !rc; s++)
        rc = read_forms(&finding, s);
    if (!rc && !place->n)
        add_reading(&finding, word->exact, 1, &rc);
    sort_readings(place);
    return rc;
}
