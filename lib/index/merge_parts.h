/* SPDX-License-Identifier: MIT */
/* index/merge_parts.h - what the files of a merge share: merge.c, which puts documents one after
 * the other, merge_reorder.c, which may bring them into another order, merge_columns.c and
 * merge_strings.c for their columns, merge_terms.c for the documents of each term, and
 * merge_prove.c, which is asked before each of these. */
#pragma once

#include "base/error.h"
#include "index/merge_watch.h"
#include "index/segment.h"
#include "index/segment_write.h"

struct input {
    const struct segment *segment;
    uint32_t first; /* new number of its first living document, where they stay in their order */
    uint32_t *map;  /* new number of each document; UINT32_MAX: deleted. NULL: all are alive, and
                     * one behind the other */
    uint32_t *line_map; /* the same of lines (index/standing.h) while they are merged */
};

/** A document of the new segment. */
struct place {
    uint32_t input, doc; /* that it is there */
};

struct merge {
    struct input *inputs;
    size_t n;
    uint32_t n_docs;      /* alive in all inputs */
    struct place *places; /* where each comes from */
    uint32_t window;      /* so many from 0 on, and so on, are in a new order, each among these: a
                           * power of two; 0: all are in the order of the inputs */
    struct segment_writer writer;
    struct merge_watch *watch; /* NULL: nobody is told */
};

static inline int merge_damaged(const struct input *input, const char *what, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: %s; mucluc check says more",
                     input->segment->number, what);
}

static inline const struct segment *merge_segment(const struct merge *merge, struct place place)
{
    return merge->inputs[place.input].segment;
}

/** The new number of a document; UINT32_MAX: it is deleted. */
static inline uint32_t merge_number(const struct input *input, uint32_t doc)
{
    return input->map ? input->map[doc] : input->first + doc;
}

/** Whether the inputs are as they were written: columns ('c'), texts ('t'), or slabs of a family
 *  ('s'). MUC_OK, MUC_EDAMAGED. */
int merge_prove(const struct merge *merge, char letter, enum family family, struct muc_error *err);

/** Bring documents that are numbered into an order that puts like ones together, if they are enough
 *  for that to pay: new maps of all inputs, and the window. */
int merge_reorder(struct merge *merge, size_t memory, struct muc_error *err);

/** All columns, and the writer's lengths and sums of text. */
int merge_columns(struct merge *merge, struct muc_error *err);
/** Write one, which was read to its end in all inputs. */
int merge_column(struct merge *merge, enum column column, struct buffer *value,
                 struct muc_error *err);
/** SOURCE, KIND, LANG, PLACE, BYLINE, NUMBER; TAG. */
int merge_values(struct merge *merge, enum column column, struct muc_error *err);
int merge_tags(struct merge *merge, struct muc_error *err);

/** A family of all inputs, term by term, once the lengths are written. Several threads may each
 *  merge another family. */
int merge_family(struct merge *merge, enum family family, struct muc_error *err);
