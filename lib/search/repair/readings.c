/* SPDX-License-Identifier: MIT */
#include "search/repair/readings.h"

#include <math.h>

#include "base/error.h"
#include "base/vector.h"
#include "index/terms.h"

/* A form that is rarer among those of its syllable is a slip of the writer. Words are rarer than
 * one thinks: of nguội there is one among a thousand người. */
#define SHARE_MIN 0.0005

/* The pairs of a form that is met n times are trusted as if SMOOTHING × √n others had been seen.
 * Found by trying on titles held out. */
#define SMOOTHING 6.0

double reading_unseen(const struct reading *reading)
{
    return SMOOTHING * sqrt((double)reading->count + 1);
}

double reading_share(const struct reading *reading, uint64_t n_tokens)
{
    return (double)(reading->count + 1) / ((double)n_tokens + 1);
}

static struct reading make_reading(struct muc_string exact, uint64_t count,
                                   const struct reader *reader)
{
    struct reading reading = { .exact = exact, .count = count };
    const double unseen = reading_unseen(&reading);

    reading.alone = log(reading_share(&reading, reader->n_tokens));
    reading.behind = reading.alone - TOGETHER * reading.alone;
    reading.nowhere = log(unseen / (unseen + (double)count));
    return reading;
}

/** Add what a segment has of a term. */
static int count_postings(const struct segment *segment, const struct postings *postings,
                          struct term_counts *all, struct muc_error *err)
{
    uint64_t occurrences;
    uint32_t docs;
    int rc = segment_count_occurrences(segment, postings, &docs, &occurrences, err);

    if (rc)
        return rc;
    all->occurrences += occurrences;
    all->docs += docs;
    return MUC_OK;
}

int count_place(const struct segment *segment, const struct term_place *place,
                struct term_counts *counts, struct muc_error *err)
{
    struct postings postings;
    int rc;

    if (!segment->n_deleted || !place->slab) {
        counts->occurrences += place->slab ? place->entry.occurrences : 0;
        counts->docs += place->slab ? place->entry.n_docs : 0;
        return MUC_OK;
    }
    rc = term_place_open(segment, place, &postings, err);
    return rc < 0 ? rc : count_postings(segment, &postings, counts, err);
}

int count_term(const struct reader *reader, enum family family, struct muc_string term,
               struct term_counts *counts, struct muc_error *err)
{
    struct term_counts all = { 0 };

    for (uint32_t s = 0; s < reader->n_segments; s++) {
        struct postings postings;
        int rc = segment_find(&reader->segments[s], family, term, &postings, err);

        if (rc < 0 || (rc && (rc = count_postings(&reader->segments[s], &postings, &all, err)) < 0))
            return rc;
    }
    *counts = all;
    return MUC_OK;
}

/** A form of the syllable, with all its occurrences. */
struct written_form {
    struct muc_string exact; /* in the arena */
    uint64_t count;
};

struct finding {
    struct lookups *lookups;
    struct muc_string folded;
    VECTOR(struct written_form) forms; /* rising by bytes */
    struct muc_error *err;
};

/** A form in segment number `s`, which gives them rising by bytes; `i`: where it may be at first.
 */
static int add_form(struct finding *finding, uint32_t s, const struct term_iter *iter, size_t *i)
{
    struct muc_string exact = term_exact_form(iter->term);
    struct term_counts counts = { 0 };
    struct written_form *form;
    struct term_place at;
    int rc;

    while (*i < finding->forms.n && str_compare(finding->forms.at[*i].exact, exact) < 0)
        ++*i;
    if (*i == finding->forms.n || !str_equal(finding->forms.at[*i].exact, exact)) {
        struct muc_string copy = arena_copy(finding->lookups->arena, exact);

        if (!copy.bytes || !vector_reserve(&finding->forms, 1))
            return error_memory(finding->err);
        form = &finding->forms.at[*i];
        memmove(form + 1, form, (finding->forms.n++ - *i) * sizeof *form);
        *form = (struct written_form){ .exact = copy };
    }
    at = term_iter_place(iter);
    rc = count_place(&finding->lookups->reader->segments[s], &at, &counts, finding->err);
    finding->forms.at[*i].count += counts.occurrences;
    return rc;
}

/** The forms of a syllable in one segment. */
static int read_forms(struct finding *finding, uint32_t s)
{
    char room[TERM_MAX];
    struct muc_string prefix = term_exact(finding->folded, finding->folded, room);
    struct term_iter iter;
    size_t at = 0;
    int rc = term_iter_open(&finding->lookups->reader->segments[s], FAMILY_EXACT, prefix, &iter,
                            finding->err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, finding->err)) == 1 && str_starts(iter.term, prefix)) {
        if ((rc = add_form(finding, s, &iter, &at)))
            break;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** The most frequent forms, those first, without slips; their number. */
static uint32_t choose_readings(const struct finding *finding,
                                struct reading readings[READINGS_MAX])
{
    uint64_t all = 0;
    uint32_t n = 0;

    for (size_t i = 0; i < finding->forms.n; i++) {
        const struct written_form *form = &finding->forms.at[i];
        uint32_t at = n;

        if (!form->count) /* what had it is deleted */
            continue;
        if (at == READINGS_MAX && readings[at - 1].count >= form->count)
            continue;
        at -= at == READINGS_MAX;
        n = at + 1;
        for (; at && readings[at - 1].count < form->count; at--)
            readings[at] = readings[at - 1];
        readings[at] = (struct reading){ .exact = form->exact, .count = form->count };
    }
    for (uint32_t i = 0; i < n; i++)
        all += readings[i].count;
    while (n && (double)readings[n - 1].count < SHARE_MIN * (double)all)
        n--;
    return n;
}

/** Look for the readings of a syllable, which live as long as lookups do. */
static int look_for(struct finding *finding, const struct known_readings **out)
{
    const struct reader *reader = finding->lookups->reader;
    struct arena *arena = finding->lookups->terms->arena;
    struct reading readings[READINGS_MAX];
    struct known_readings *known;
    uint32_t n = 0;
    int rc = MUC_OK;

    finding->forms.n = 0;
    for (uint32_t s = 0; s < reader->n_segments && !rc; s++)
        rc = read_forms(finding, s);
    if (rc)
        return rc;
    n = choose_readings(finding, readings);
    if (!(known = arena_alloc(arena, sizeof *known + n * sizeof *readings)))
        return error_memory(finding->err);
    known->n = n;
    for (uint32_t i = 0; i < n; i++) {
        known->at[i] =
            make_reading(arena_copy(arena, readings[i].exact), readings[i].count, reader);
        if (!known->at[i].exact.bytes)
            return error_memory(finding->err);
    }
    *out = known;
    return MUC_OK;
}

/** The readings of a syllable: they are kept beside what it is with whatever marks. NULL: they are
 *  not known, and the time is over. */
static int find_known(struct finding *finding, const struct query_word *word,
                      const struct known_readings **out)
{
    const struct lookup *any;
    int rc = lookups_word(finding->lookups, false, FIELD_ANY, word, &any, finding->err);

    if (!rc && !any->forms->readings && !deadline_is_over(finding->lookups->deadline)) {
        finding->folded = word->folded;
        rc = look_for(finding, &any->forms->readings);
    }
    *out = rc ? NULL : any->forms->readings;
    return rc;
}

/** The word itself, which is in `count` places, as its only reading. */
static int take_itself(struct finding *finding, struct place *place, uint64_t count)
{
    struct reading *itself = arena_alloc(finding->lookups->arena, sizeof *itself);

    if (!itself)
        return error_memory(finding->err);
    *itself = make_reading(place->node->words->exact, count, finding->lookups->reader);
    place->readings = itself;
    place->n = 1;
    return MUC_OK;
}

/** The readings of one place. */
static int find(struct finding *finding, struct place *place)
{
    const struct query_word *word = place->node->words;
    const struct known_readings *known;
    char room[TERM_MAX];
    int rc;

    place->n = 0;
    place->whole = false;
    if (word->marked) { /* by a repair */
        struct term_counts counts;

        rc = count_term(finding->lookups->reader, FAMILY_EXACT,
                        term_exact(word->folded, word->exact, room), &counts, finding->err);
        return rc ? rc : take_itself(finding, place, counts.occurrences);
    }
    if ((rc = find_known(finding, word, &known)))
        return rc;
    if (!known || !known->n)
        return take_itself(finding, place, 1);
    place->readings = known->at;
    place->n = known->n;
    place->whole = true;
    return MUC_OK;
}

int find_readings(struct place *places, size_t n, struct lookups *lookups, struct muc_error *err)
{
    struct finding finding = { .lookups = lookups, .err = err };
    int rc = MUC_OK;

    for (size_t p = 0; p < n && !rc; p++)
        rc = find(&finding, &places[p]);
    vector_free(&finding.forms);
    return rc;
}
