/* SPDX-License-Identifier: MIT */
/* index/standing.h - lines that stand in many documents of a source: mast-heads, standing contacts,
 * what is said at the end of each release.
 *
 * A segment has the hashes of the first and last lines of each text, with its source
 * (COLUMN_LINE); in how many documents a line stands is counted when it is asked, among those that
 * are alive. So the answer does not depend on how the database came about. */
#pragma once

#include "base/vector.h"
#include "index/reader.h"

enum {
    STANDING_FIRST = 4, /* lines at the beginning of a text that may be such … */
    STANDING_LAST = 6,  /* … and at its end */
    STANDING_LINES = STANDING_FIRST + STANDING_LAST,
    STANDING_BYTES = 10, /* shorter lines say nothing that would have to be left out */
    STANDING_LEAST = 5,  /* documents, word for word */
};

/** Lines of a text, in its order. */
struct edge_lines {
    struct muc_range at[STANDING_LINES];
    uint32_t hashes[STANDING_LINES];
    size_t n;
};

void edge_lines_of(struct muc_string source, struct muc_string text, struct edge_lines *lines);

/** Those of a document that stand in many, in the order of the text. None where they are most of
 *  the text: copies of a text are no standing lines. */
struct standing {
    struct muc_range at[STANDING_LINES];
    size_t n;
};

void standing_find(const struct reader *reader, struct muc_string source, struct muc_string text,
                   struct standing *standing);

/* ---- the column */

/** hash << 32 | document. */
struct standing_column {
    VECTOR(uint64_t) entries;
};

/** Append the value; the entries are put in order. False if memory is out. */
bool standing_write(struct standing_column *column, struct buffer *out);

/** A column where it lies: `hashes` rise, `docs` may be any number. */
struct standing_view {
    const uint32_t *hashes, *docs;
    uint32_t n;
};

bool standing_open(struct muc_string value, struct standing_view *view);
