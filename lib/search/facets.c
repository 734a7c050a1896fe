/* SPDX-License-Identifier: MIT */
#include "search/facets.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "index/columns.h"

enum { YEARS = 10000, MONTHS = 13 }; /* month 0: not known */

static const char *const names_of[FACETS] = { "source", "kind", "lang", "place", "byline",
                                              "number", "tag",  "year", "month" };

int facets_parse(const char *names, struct facets *facets, struct muc_error *err)
{
    struct muc_string left = str_c(names);

    if (!left.size) { /* then nobody asks for the rest */
        facets->n = 0;
        return MUC_OK;
    }
    *facets = (struct facets){ 0 };
    while (left.size) {
        struct muc_string name = str_cut(&left, ',');
        size_t i = 0;

        while (i < FACETS && !str_equal(str_c(names_of[i]), name))
            i++;
        if (i == FACETS)
            return error_set(
                err, MUC_EARGUMENT, 0, "facet",
                "no facet \"%.*s\"; there are source, kind, lang, place, byline, number, tag, "
                "year, month",
                (int)(name.size < 40 ? name.size : 40), name.bytes);
        for (size_t k = 0; k < facets->n; k++)
            if (facets->wanted[k] == i)
                return error_set(err, MUC_EARGUMENT, 0, "facet", "facet %s is named twice",
                                 names_of[i]);
        facets->wanted[facets->n++] = (enum facet)i;
    }
    return MUC_OK;
}

static const struct values *values_of(const struct segment *segment, enum facet facet)
{
    switch (facet) {
    case FACET_SOURCE:
        return &segment->source;
    case FACET_KIND:
        return &segment->kind;
    case FACET_PLACE:
        return &segment->place;
    case FACET_BYLINE:
        return &segment->byline;
    case FACET_NUMBER:
        return &segment->doc_number;
    default:
        return &segment->lang;
    }
}

static uint32_t n_values(const struct segment *segment, enum facet facet)
{
    return facet == FACET_TAG ? segment->tags.n : values_of(segment, facet)->n;
}

static bool is_date(enum facet facet)
{
    return facet == FACET_YEAR || facet == FACET_MONTH;
}

int facets_begin_segment(struct facets *facets, const struct segment *segment,
                         struct muc_error *err)
{
    for (size_t i = 0; i < facets->n; i++) {
        enum facet facet = facets->wanted[i];
        uint64_t **counts = is_date(facet) ? &facets->months : &facets->in_segment[facet];

        if (is_date(facet) && *counts)
            continue;
        *counts = calloc(is_date(facet) ? YEARS * MONTHS : n_values(segment, facet) + (size_t)1,
                         sizeof **counts);
        if (!*counts)
            return error_memory(err);
    }
    return MUC_OK;
}

static void count_tags(struct facets *facets, const struct segment *segment, uint32_t doc)
{
    const struct multi_values *tags = &segment->tags;
    uint32_t start, end;

    tags_range(tags, doc, &start, &end);
    for (uint32_t i = start; i < end; i++)
        if (tags->ordinals[i] < tags->n)
            facets->in_segment[FACET_TAG][tags->ordinals[i] + 1]++;
    facets->missing[FACET_TAG] += start == end;
}

static uint32_t month_of(uint32_t date)
{
    struct muc_date day = date_unpack(date);

    return day.year > 0 && day.year < YEARS && day.month < MONTHS
               ? (uint32_t)day.year * MONTHS + day.month
               : 0;
}

void facets_count(struct facets *facets, const struct segment *segment, uint32_t doc)
{
    bool dated = false;

    for (size_t i = 0; i < facets->n; i++) {
        enum facet facet = facets->wanted[i];
        uint32_t month = is_date(facet) ? month_of(segment->dates[doc]) : 0, ordinal;

        if (facet == FACET_TAG) {
            count_tags(facets, segment, doc);
        } else if (is_date(facet)) {
            facets->missing[facet] += !month || (facet == FACET_MONTH && month % MONTHS == 0);
            if (!dated)
                facets->months[month]++;
            dated = true;
        } else {
            ordinal = values_ordinal(values_of(segment, facet), doc);
            facets->in_segment[facet][ordinal]++;
            facets->missing[facet] += !ordinal;
        }
    }
}

int facets_end_segment(struct facets *facets, const struct segment *segment, struct muc_error *err)
{
    for (size_t i = 0; i < facets->n; i++) {
        enum facet facet = facets->wanted[i];
        uint64_t *counts = facets->in_segment[facet];

        if (is_date(facet))
            continue;
        for (uint32_t value = 1; value <= n_values(segment, facet); value++) {
            struct facet_count *total;

            if (!counts[value])
                continue;
            if (!(total = vector_push(&facets->totals[facet])))
                return error_memory(err);
            total->value = facet == FACET_TAG ? segment->tags.at[value - 1]
                                              : values_of(segment, facet)->at[value - 1];
            total->count = counts[value];
        }
        free(counts);
        facets->in_segment[facet] = NULL;
    }
    return MUC_OK;
}

/* ---- giving out */

static int by_value(const void *a, const void *b)
{
    return str_compare(((const struct facet_count *)a)->value,
                       ((const struct facet_count *)b)->value);
}

static int by_count(const void *a, const void *b)
{
    const struct facet_count *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return str_compare(x->value, y->value);
}

/** Add up the counts of equal values, and put the most frequent first. */
static void join_counts(struct facets *facets, enum facet facet)
{
    struct facet_count *at = facets->totals[facet].at;
    size_t n = 0;

    if (!facets->totals[facet].n)
        return;
    qsort(at, facets->totals[facet].n, sizeof *at, by_value);
    for (size_t i = 0; i < facets->totals[facet].n; i++) {
        if (n && str_equal(at[n - 1].value, at[i].value))
            at[n - 1].count += at[i].count;
        else
            at[n++] = at[i];
    }
    facets->totals[facet].n = n;
    qsort(at, n, sizeof *at, by_count);
}

/** Years, or months, in the order of time. */
static int date_counts(struct facets *facets, enum facet facet, struct arena *arena,
                       struct muc_error *err)
{
    for (uint32_t year = 1; year < YEARS && facets->months; year++) {
        const uint64_t *months = facets->months + (size_t)year * MONTHS;
        uint64_t all = 0;

        for (int month = 0; month < MONTHS; month++) {
            struct facet_count *total;
            char name[16];

            all += months[month];
            if (facet == FACET_YEAR ? month < MONTHS - 1 || !all : !month || !months[month])
                continue;
            if (facet == FACET_YEAR)
                snprintf(name, sizeof name, "%04u", year);
            else
                snprintf(name, sizeof name, "%04u-%02d", year, month);
            if (!(total = vector_push(&facets->totals[facet])))
                return error_memory(err);
            total->count = facet == FACET_YEAR ? all : months[month];
            if (!(total->value = arena_copy(arena, str_c(name))).bytes)
                return error_memory(err);
        }
    }
    return MUC_OK;
}

static int give_out(struct facets *facets, enum facet facet, size_t most, struct arena *arena,
                    struct muc_facet *out, struct muc_error *err)
{
    struct muc_facet_value *values;
    size_t n = facets->totals[facet].n;

    if (n > most && !is_date(facet))
        n = most;
    if (!(values = arena_zero(arena, n + 1, sizeof *values)))
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        values[i].value = arena_copy(arena, facets->totals[facet].at[i].value);
        if (!values[i].value.bytes)
            return error_memory(err);
        values[i].count = facets->totals[facet].at[i].count;
    }
    *out = (struct muc_facet){ str_c(names_of[facet]), values, n, facets->missing[facet] };
    return MUC_OK;
}

int facets_finish(struct facets *facets, size_t most, struct arena *arena, struct muc_facet **out,
                  struct muc_error *err)
{
    struct muc_facet *given = arena_zero(arena, facets->n + 1, sizeof *given);
    int rc = given ? MUC_OK : error_memory(err);

    for (size_t i = 0; i < facets->n && !rc; i++) {
        enum facet facet = facets->wanted[i];

        if (is_date(facet))
            rc = date_counts(facets, facet, arena, err);
        else
            join_counts(facets, facet);
        if (!rc)
            rc = give_out(facets, facet, most, arena, &given[i], err);
    }
    if (!rc)
        *out = given;
    return rc;
}

void facets_reset(struct facets *facets)
{
    if (!facets->n)
        return;
    for (int i = 0; i < FACETS; i++) {
        free(facets->in_segment[i]);
        facets->in_segment[i] = NULL;
        facets->totals[i].n = 0;
        facets->missing[i] = 0;
    }
    free(facets->months);
    facets->months = NULL;
}

void facets_free(struct facets *facets)
{
    facets_reset(facets);
    for (int i = 0; i < FACETS && facets->n; i++)
        vector_free(&facets->totals[i]);
}
