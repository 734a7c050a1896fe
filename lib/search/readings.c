/* SPDX-License-Identifier: MIT */
#include "search/readings.h"

#include "base/error.h"
#include "base/vector.h"
#include "index/terms.h"

/* A form that is rarer among those of its syllable is a slip of the writer. */
#define SHARE_MIN 0.002

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

struct found {
    const char *exact; /* the bytes of the form */
    uint32_t segment;
    struct term_place at;
};

struct finding {
    struct place *place;
    const struct reader *reader;
    struct arena *arena;
    struct deadline *deadline;
    VECTOR(struct written_form) forms; /* rising by bytes */
    VECTOR(struct found) found;
    struct muc_error *err;
};

static struct term_place *new_places(const struct finding *finding)
{
    return arena_zero(finding->arena, finding->reader->n_segments + (size_t)1,
                      sizeof(struct term_place));
}

/** A form in segment number `s`, which gives them rising by bytes; `i`: where it may be at first.
 */
static int add_form(struct finding *finding, uint32_t s, const struct term_iter *iter, size_t *i)
{
    struct muc_string exact = term_exact_form(iter->term);
    struct term_counts counts = { 0 };
    struct written_form *form;
    struct term_place at;
    struct found *found;
    int rc;

    while (*i < finding->forms.n && str_compare(finding->forms.at[*i].exact, exact) < 0)
        ++*i;
    if (*i == finding->forms.n || !str_equal(finding->forms.at[*i].exact, exact)) {
        struct muc_string copy = arena_copy(finding->arena, exact);

        if (!copy.bytes || !vector_reserve(&finding->forms, 1))
            return error_memory(finding->err);
        form = &finding->forms.at[*i];
        memmove(form + 1, form, (finding->forms.n++ - *i) * sizeof *form);
        *form = (struct written_form){ .exact = copy };
    }
    form = &finding->forms.at[*i];
    at = term_iter_place(iter);
    rc = count_place(&finding->reader->segments[s], &at, &counts, finding->err);
    if (rc)
        return rc;
    form->count += counts.occurrences;
    if (!(found = vector_push(&finding->found)))
        return error_memory(finding->err);
    *found = (struct found){ form->exact.bytes, s, at };
    return MUC_OK;
}

/** The forms of a syllable in one segment. */
static int read_forms(struct finding *finding, uint32_t s)
{
    char room[TERM_MAX];
    struct muc_string folded = finding->place->node->words->folded;
    struct muc_string prefix = term_exact(folded, folded, room);
    struct term_iter iter;
    size_t at = 0;
    int rc =
        term_iter_open(&finding->reader->segments[s], FAMILY_EXACT, prefix, &iter, finding->err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, finding->err)) == 1 && str_starts(iter.term, prefix)) {
        if ((rc = add_form(finding, s, &iter, &at)))
            break;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** Keep the most frequent forms, those first, without slips. */
static void keep_readings(const struct finding *finding)
{
    struct place *place = finding->place;
    uint64_t all = 0;

    for (size_t i = 0; i < finding->forms.n; i++) {
        const struct written_form *form = &finding->forms.at[i];
        uint32_t at = place->n;

        if (!form->count) /* what had it is deleted */
            continue;
        if (at == READINGS_MAX && place->readings[at - 1].count >= form->count)
            continue;
        at -= at == READINGS_MAX;
        place->n = at + 1;
        for (; at && place->readings[at - 1].count < form->count; at--)
            place->readings[at] = place->readings[at - 1];
        place->readings[at] = (struct reading){ .exact = form->exact, .count = form->count };
    }
    for (uint32_t i = 0; i < place->n; i++)
        all += place->readings[i].count;
    while (place->n && (double)place->readings[place->n - 1].count < SHARE_MIN * (double)all)
        place->n--;
}

/** Where the readings that are kept were found. */
static int keep_places(const struct finding *finding)
{
    for (uint32_t i = 0; i < finding->place->n; i++) {
        struct reading *reading = &finding->place->readings[i];

        if (!(reading->at = new_places(finding)))
            return error_memory(finding->err);
        for (size_t k = 0; k < finding->found.n; k++)
            if (finding->found.at[k].exact == reading->exact.bytes)
                reading->at[finding->found.at[k].segment] = finding->found.at[k].at;
    }
    return MUC_OK;
}

/** The readings of one place. */
static int find(struct finding *finding)
{
    struct place *place = finding->place;
    const struct query_word *word = place->node->words;
    char room[TERM_MAX];
    int rc = MUC_OK;

    place->n = 0;
    finding->forms.n = finding->found.n = 0;
    if (word->marked) { /* by a repair */
        struct term_counts counts;

        rc = count_term(finding->reader, FAMILY_EXACT, term_exact(word->folded, word->exact, room),
                        &counts, finding->err);
        place->readings[place->n++] =
            (struct reading){ .exact = word->exact, .count = rc ? 0 : counts.occurrences };
        return rc;
    }
    if (!deadline_is_over(finding->deadline)) {
        for (uint32_t s = 0; s < finding->reader->n_segments && !rc; s++)
            rc = read_forms(finding, s);
        if (!rc) {
            keep_readings(finding);
            rc = keep_places(finding);
        }
    }
    if (!place->n)
        place->readings[place->n++] = (struct reading){ .exact = word->exact, .count = 1 };
    return rc;
}

int find_readings(struct place *places, size_t n, const struct reader *reader, struct arena *arena,
                  struct deadline *deadline, struct muc_error *err)
{
    struct finding finding = { .reader = reader, .arena = arena, .deadline = deadline, .err = err };
    int rc = MUC_OK;

    for (size_t p = 0; p < n && !rc; p++) {
        finding.place = &places[p];
        rc = find(&finding);
    }
    vector_free(&finding.forms);
    vector_free(&finding.found);
    return rc;
}
