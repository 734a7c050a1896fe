/* SPDX-License-Identifier: MIT */
/* Columns of strings of several segments: each has its strings in order, so they are merged as
 * terms are; then a document's ordinal is looked up. */
#include "index/merge_parts.h"

/** The strings of an input's column. */
struct strings {
    const struct muc_string *at;
    uint32_t *ranks; /* owned; of each: whether a living document has it, then its ordinal */
    uint32_t n, next;
};

/** Move on to the next string that is in use. */
static void pass_unused(struct strings *strings)
{
    while (strings->next < strings->n && !strings->ranks[strings->next])
        strings->next++;
}

/** Append those in use, each once, and rank them. */
static void merge_strings(struct strings *all, size_t n_all, struct buffer *value)
{
    uint32_t n = 0;

    buffer_u32(value, 0);
    for (size_t i = 0; i < n_all; i++)
        pass_unused(&all[i]);
    for (;;) {
        struct muc_string lowest = { NULL, 0 };
        bool found = false;

        for (size_t i = 0; i < n_all; i++)
            if (all[i].next < all[i].n &&
                (!found || str_compare(all[i].at[all[i].next], lowest) < 0)) {
                lowest = all[i].at[all[i].next];
                found = true;
            }
        if (!found)
            break;
        buffer_sized(value, lowest);
        n++;
        for (size_t i = 0; i < n_all; i++)
            if (all[i].next < all[i].n && str_equal(all[i].at[all[i].next], lowest)) {
                all[i].ranks[all[i].next++] = n;
                pass_unused(&all[i]);
            }
    }
    if (!value->failed)
        memcpy(value->at, &n, sizeof n);
    buffer_pad(value, 4);
}

static const struct values *values_of(const struct segment *segment, enum column column)
{
    return column == COLUMN_SOURCE   ? &segment->source
           : column == COLUMN_KIND   ? &segment->kind
           : column == COLUMN_LANG   ? &segment->lang
           : column == COLUMN_PLACE  ? &segment->place
           : column == COLUMN_BYLINE ? &segment->byline
                                     : &segment->doc_number;
}

/** The strings of each input, none in use; NULL: no memory. */
static struct strings *strings_start(const struct merge *merge, enum column column)
{
    struct strings *all = calloc(merge->n + 1, sizeof *all);
    bool ok = all;

    for (size_t i = 0; i < merge->n && ok; i++) {
        const struct segment *segment = merge->inputs[i].segment;
        bool tags = column == COLUMN_TAG;

        all[i].at = tags ? segment->tags.at : values_of(segment, column)->at;
        all[i].n = tags ? segment->tags.n : values_of(segment, column)->n;
        ok = (all[i].ranks = calloc(all[i].n + (size_t)1, sizeof *all[i].ranks));
    }
    for (size_t i = 0; i < merge->n && all && !ok; i++)
        free(all[i].ranks);
    if (!ok)
        free(all);
    return ok ? all : NULL;
}

static void strings_free(struct strings *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(all[i].ranks);
    free(all);
}

int merge_values(struct merge *merge, enum column column, struct muc_error *err)
{
    struct strings *all = strings_start(merge, column);
    struct buffer value = { 0 };

    if (!all)
        return error_memory(err);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < merge->n_docs; i++) {
            const struct place place = merge->places[i];
            const struct values *values = values_of(merge_segment(merge, place), column);
            uint32_t ordinal = values_ordinal(values, place.doc);

            if (pass)
                buffer_u32(&value, ordinal ? all[place.input].ranks[ordinal - 1] : 0);
            else if (ordinal)
                all[place.input].ranks[ordinal - 1] = 1;
        }
        if (!pass)
            merge_strings(all, merge->n, &value);
    }
    strings_free(all, merge->n);
    return merge_column(merge, column, &value, err);
}

/** A walk over the tags of all living documents. */
enum tags_pass { TAGS_USE, TAGS_ENDS, TAGS_ORDINALS };

static void pass_tags(const struct merge *merge, struct strings *all, enum tags_pass pass,
                      struct buffer *value)
{
    uint32_t n_tags = 0;

    for (uint32_t i = 0; i < merge->n_docs; i++) {
        const struct place place = merge->places[i];
        const struct multi_values *tags = &merge_segment(merge, place)->tags;
        uint32_t at, end;

        tags_range(tags, place.doc, &at, &end);
        n_tags += end - at;
        if (pass == TAGS_ENDS)
            buffer_u32(value, n_tags);
        for (; at < end && pass != TAGS_ENDS; at++) {
            uint32_t *rank = &all[place.input].ranks[tags->ordinals[at]];

            if (pass == TAGS_USE)
                *rank = 1;
            else
                buffer_u32(value, *rank - 1);
        }
    }
}

int merge_tags(struct merge *merge, struct muc_error *err)
{
    struct strings *all = strings_start(merge, COLUMN_TAG);
    struct buffer value = { 0 };

    if (!all)
        return error_memory(err);
    for (enum tags_pass pass = TAGS_USE; pass <= TAGS_ORDINALS; pass++) {
        pass_tags(merge, all, pass, &value);
        if (pass == TAGS_USE)
            merge_strings(all, merge->n, &value);
    }
    strings_free(all, merge->n);
    return merge_column(merge, COLUMN_TAG, &value, err);
}
