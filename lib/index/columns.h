/* SPDX-License-Identifier: MIT */
/* index/columns.h - the per document values of a segment: gathered, written, opened in place.
 *
 * On disk they are little-endian arrays (enum column in index/format.h) that are used where they
 * lie; so this library runs on little-endian machines. */
#pragma once

#include "base/arena.h"
#include "base/slots.h"
#include "index/reader.h"
#include "index/segment_write.h"
#include "index/sketch.h"
#include "index/standing.h"

/** Distinct strings in the order of their coming. */
struct value_set {
    struct arena arena;
    VECTOR(struct muc_string) values;
    struct slots of_values; /* into values */
    VECTOR(uint32_t) of;    /* values of the documents, one after the other: number + 1, 0: none */
};

/** One document's row. */
struct column_row {
    struct muc_string id, source, kind, lang, place, byline, number;
    const struct muc_string *tags;
    size_t n_tags;
    uint64_t content;
    uint32_t date, text_size;
    uint16_t length;       /* code */
    uint32_t title_length; /* plain tokens */
    const struct sketch *sketch;
    const uint32_t *lines; /* hashes: index/standing.h */
    size_t n_lines;
};

/** The columns of a segment being written. */
struct columns {
    uint32_t n;
    VECTOR(uint16_t) lengths;
    VECTOR(uint8_t) title_lengths;
    VECTOR(uint32_t) dates, text_sizes, id_ends, tag_ends;
    VECTOR(uint64_t) contents;
    VECTOR(struct sketch) sketches;
    struct standing_column lines;
    struct buffer ids;
    struct value_set source, kind, lang, place, byline, number, tags;
};

int columns_add(struct columns *columns, const struct column_row *row, struct muc_error *err);
size_t columns_memory(const struct columns *columns);
/** Write them all; also sets the writer's lengths and sums of text. */
int columns_write(struct columns *columns, struct segment_writer *writer, struct muc_error *err);
void columns_free(struct columns *columns); /* leaves them empty and usable */

/* ---- reading: false if the bytes contradict the format, NULL where memory is out. To open a
 * column takes the same time whatever the number of documents: their numbers are not looked at. */

/** `value` where it is aligned to `alignment`, else a copy in `arena`. */
const void *column_aligned(struct muc_string value, size_t alignment, struct arena *arena);

/** SOURCE, KIND, LANG, PLACE, BYLINE, NUMBER of `n_docs` documents. MUC_OK, MUC_EDAMAGED,
 * MUC_ENOMEM. */
int column_values(struct muc_string value, uint32_t n_docs, struct arena *arena,
                  struct values *values, struct muc_error *err);
int column_tags(struct muc_string value, uint32_t n_docs, struct arena *arena,
                struct multi_values *tags, struct muc_error *err);

/** Whether all documents' numbers are those of values. */
bool values_are_good(const struct values *values, uint32_t n_docs);
bool tags_are_good(const struct multi_values *tags, uint32_t n_docs);

static inline uint32_t date_pack(struct muc_date date)
{
    return (uint32_t)date.year << 16 | (uint32_t)date.month << 8 | date.day;
}

static inline struct muc_date date_unpack(uint32_t packed)
{
    return (struct muc_date){ (int16_t)(packed >> 16), (uint8_t)(packed >> 8), (uint8_t)packed };
}
