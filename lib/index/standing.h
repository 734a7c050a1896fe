/* SPDX-License-Identifier: MIT */
/* index/standing.h - lines that stand in many documents of a source: mast-heads, standing contacts,
 * what is said at the end of each release.
 *
 * A segment has of each document the hashes of the first and last lines of its text, with its
 * source (COLUMN_LINE). Those that stand in STANDING_LEAST living documents are the documents of a
 * segment of their own, by rising hash, which the list of segments names apart; so what a query
 * finds in such a line is found as in any text. With each commit the lines of what came or went are
 * counted anew (index/standing_count.h): what stands does not depend on how the database came
 * about. */
#pragma once

#include "base/vector.h"
#include "index/manifest.h"
#include "index/reader.h"

enum {
    STANDING_FIRST = 4, /* lines at the beginning of a text that may be such … */
    STANDING_LAST = 6,  /* … and at its end */
    STANDING_LINES = STANDING_FIRST + STANDING_LAST,
    STANDING_BYTES = 10,  /* shorter lines say nothing that would have to be left out … */
    STANDING_MOST = 4096, /* … and longer ones are texts */
    STANDING_LEAST = 5,   /* documents, word for word */
};

/** Lines of a text, in its order. */
struct edge_lines {
    struct muc_range at[STANDING_LINES];
    uint32_t hashes[STANDING_LINES];
    size_t n;
};

void edge_lines_of(struct muc_string source, struct muc_string text, struct edge_lines *lines);

/* ---- those that stand */

/** They are numbered as the documents of their segment. */
struct standing_table {
    struct segment segment;
    uint64_t *filter; /* a bit for some of the bits of each hash: most others are told by that */
    unsigned shift;   /* of a hash to the number of its bit */
};

/** Open what the list of segments says of them; NULL where there are none. MUC_OK, MUC_EDAMAGED,
 *  MUC_EIO, MUC_ENOMEM. */
int standing_table_open(struct store_read *read, const struct segment_entry *entry,
                        struct standing_table **out, struct muc_error *err);
void standing_table_close(struct standing_table *table);

/** The number of a line; UINT32_MAX: it is none of them. `table` may be NULL. */
uint32_t standing_number(const struct standing_table *table, uint32_t hash);

/** Those that a document has, which is none where they are most of it: copies of a text are no
 *  standing lines. Returns their number. */
uint32_t standing_of(const struct standing_table *table, const struct segment *segment,
                     uint32_t doc, uint32_t numbers[STANDING_LINES]);
/** Ask for the memory that this waits for. */
void standing_ahead(const struct segment *segment, uint32_t doc);

/** The same of a document as stored, in the order of its text. */
struct standing {
    struct muc_range at[STANDING_LINES];
    size_t n;
};

void standing_find(const struct standing_table *table, const struct muc_document *document,
                   struct standing *standing);

/* ---- the column */

struct standing_column {
    VECTOR(uint32_t) ends, hashes; /* ends: of each document, its place behind the last one */
};

/** The next document. False: no memory. */
bool standing_add(struct standing_column *column, const uint32_t *hashes, size_t n);
void standing_column_free(struct standing_column *column);

/** Append the value. False: no memory. */
bool standing_write(const struct standing_column *column, struct buffer *out);

/** A column where it lies; any numbers may stand there. */
struct standing_view {
    const uint32_t *ends, *hashes; /* as they were added */
    const uint32_t *places;        /* of the hashes, by which they rise */
    uint32_t n;
};

bool standing_open(struct muc_string value, uint32_t n_docs, struct standing_view *view);

/** The hashes of a document; their number. */
static inline uint32_t standing_hashes(const struct standing_view *view, uint32_t doc,
                                       const uint32_t **hashes)
{
    uint32_t from = doc ? view->ends[doc - 1] : 0, to = view->ends[doc];

    *hashes = view->hashes + from;
    return to <= view->n && from <= to && to - from <= STANDING_LINES ? to - from : 0;
}
