/* SPDX-License-Identifier: MIT */
#include "search/filter.h"

#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "search/matcher.h"

enum { NOWHERE = UINT32_MAX }; /* an ordinal that no document has */

static const struct values *column_of(const struct segment *segment, const char *field)
{
    return strcmp(field, "source") == 0   ? &segment->source
           : strcmp(field, "kind") == 0   ? &segment->kind
           : strcmp(field, "lang") == 0   ? &segment->lang
           : strcmp(field, "place") == 0  ? &segment->place
           : strcmp(field, "byline") == 0 ? &segment->byline
           : strcmp(field, "number") == 0 ? &segment->doc_number
                                          : NULL; /* tag */
}

int filter_open(const struct muc_query *query, struct filter *filter, struct muc_error *err)
{
    static const char *const fields[] = { "source", "kind",   "lang",  "tag",
                                          "place",  "byline", "number" };

    if (query->n_filters > MUC_FILTERS_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "filter", "at most %d values can be asked for",
                         MUC_FILTERS_MAX);
    for (size_t i = 0; i < query->n_filters; i++) {
        const char *field = query->filters[i].field ? query->filters[i].field : "";
        size_t f = 0;

        while (f < sizeof fields / sizeof *fields && strcmp(fields[f], field) != 0)
            f++;
        if (f == sizeof fields / sizeof *fields)
            return error_set(err, MUC_EARGUMENT, 0, "filter",
                             "no field \"%.40s\" to ask a value of; there are source, kind, lang, "
                             "tag, place, byline, number",
                             field);
    }
    filter->from = date_from(query->from);
    filter->to = date_to(query->to);
    filter->wanted = query->filters;
    filter->n = query->n_filters;
    return MUC_OK;
}

/** Number of a value from 1, or NOWHERE. */
static uint32_t find_value(const struct muc_string *at, uint32_t n, struct muc_string value)
{
    for (uint32_t i = 0; i < n; i++)
        if (str_equal(at[i], value))
            return i + 1;
    return NOWHERE;
}

void filter_begin_segment(struct filter *filter, const struct segment *segment)
{
    for (size_t i = 0; i < filter->n; i++) {
        const struct values *column = column_of(segment, filter->wanted[i].field);
        struct muc_string value = filter->wanted[i].value;

        filter->columns[i] = column;
        if (value.size == 0)
            filter->ordinals[i] = 0; /* documents without a value */
        else if (column)
            filter->ordinals[i] = find_value(column->at, column->n, value);
        else
            filter->ordinals[i] = find_value(segment->tags.at, segment->tags.n, value);
    }
}

static bool has_tag(const struct multi_values *tags, uint32_t doc, uint32_t wanted)
{
    uint32_t start, end;

    tags_range(tags, doc, &start, &end);
    if (wanted == 0)
        return start == end;
    for (uint32_t i = start; i < end; i++)
        if (tags->ordinals[i] == wanted - 1)
            return true;
    return false;
}

bool filter_has_values(const struct filter *filter, const struct segment *segment, uint32_t doc)
{
    for (size_t i = 0; i < filter->n; i++) {
        const struct values *column = filter->columns[i];

        if (column ? values_ordinal(column, doc) != filter->ordinals[i]
                   : !has_tag(&segment->tags, doc, filter->ordinals[i]))
            return false;
    }
    return true;
}
