/* SPDX-License-Identifier: MIT */
/* index/reader.h - a committed state opened for reading: segments, postings, columns, documents.
 *
 * index turns documents into segments and reads them back; includes doc, text, codec, store, base.
 * A reader is a fixed view and may be shared by threads: everything but stored text is read in
 * place from the map, without locks. What is read is checked as it is decoded; bad bytes give
 * MUC_EDAMAGED. */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "codec/list.h"
#include "codec/terms.h"
#include "index/format.h"
#include "index/sketch.h"
#include "store/store.h"
#include "text/abbreviation.h"

/** A column with dictionary: source, kind, lang, place, by-line, number. */
struct values {
    uint32_t n;                  /* distinct values */
    const struct muc_string *at; /* value of ordinal o is at[o - 1], sorted by bytes */
    const uint32_t *ordinals;    /* of each document; 0: none */
};

/** Tags: several values a document; document d has ordinals[ends[d - 1] … ends[d]) (from 0 for d =
 * 0), here numbered from 0. */
struct multi_values {
    uint32_t n, n_ordinals;
    const struct muc_string *at;
    const uint32_t *ends, *ordinals;
};

/** The ordinal of a document's value, 0 where it is none. */
static inline uint32_t values_ordinal(const struct values *values, uint32_t doc)
{
    uint32_t ordinal = values->ordinals[doc];

    return ordinal <= values->n ? ordinal : 0;
}

/** The places of a document's tags; none where they cannot be. */
static inline void tags_range(const struct multi_values *tags, uint32_t doc, uint32_t *start,
                              uint32_t *end)
{
    *start = doc ? tags->ends[doc - 1] : 0;
    *end = tags->ends[doc];
    if (*start > *end || *end > tags->n_ordinals)
        *start = *end = 0;
}

/** One segment of a reader. The arrays have n_docs entries. */
struct segment {
    uint32_t number, n_docs, n_deleted;
    double average_length;        /* that the impacts of its lists were computed with */
    const uint16_t *lengths;      /* length codes: index/lengths.h */
    const uint8_t *title_lengths; /* plain tokens; UINT8_MAX: as many or more */
    const uint32_t *dates;        /* packed as in COLUMN_DATE */
    const struct sketch *sketches;
    const uint16_t *parts;   /* of all in SKETCH_ORDERS orders: see index/sketch.h */
    const uint32_t *alike;   /* the documents of these; any number may stand there */
    const uint64_t *deleted; /* bit d: document d is deleted; NULL if none is */
    struct values source, kind, lang, place, byline, doc_number;
    struct multi_values tags;
    struct segment_data *data; /* the rest: index/segment.h */
};

struct reader {
    struct segment *segments; /* oldest first */
    uint32_t n_segments;
    uint64_t snapshot;
    uint64_t number;                 /* no other reader of this process has or had it; not 0 */
    uint64_t n_docs, n_tokens;       /* alive */
    struct standing_table *standing; /* index/standing.h; NULL: no lines stand */
    bool foreign;                    /* of other rules: no term is to be sought in it */
    struct reader_data *data;
};

/** Open the newest state of a store. The store must outlive the reader.
 *  MUC_OK, MUC_EVERSION, MUC_EDAMAGED, MUC_EIO, MUC_ENOMEM; an empty new database is a reader of no
 * segments. */
int reader_open(struct store *store, struct reader **out, struct muc_error *err);

/** The same, also where other rules made its terms, for what is stored beside these. */
int reader_open_stored(struct store *store, struct reader **out, struct muc_error *err);

/** MUC_EVERSION where it is foreign. */
int reader_check_rules(const struct reader *reader, struct muc_error *err);
void reader_close(struct reader *reader);

/** Whether a newer snapshot was committed since. */
bool reader_is_stale(const struct reader *reader);

static inline bool segment_is_deleted(const struct segment *segment, uint32_t doc)
{
    return segment->deleted && segment->deleted[doc / 64] >> doc % 64 & 1;
}

/* ---- postings */

/** A term in one segment. */
struct postings {
    struct list list;
    uint64_t occurrences;
    const uint8_t *positions; /* start of the list's position bytes; NULL in families without */
    size_t positions_size;
};

/** 1 found, 0 not there, MUC_EDAMAGED. `term` as index/terms.h makes it. */
int segment_find(const struct segment *segment, enum family family, struct muc_string term,
                 struct postings *postings, struct muc_error *err);

/** A term that is looked up with others. */
struct term_wanted {
    enum family family;
    struct muc_string term;
    struct postings *at; /* left as it is where the term is not there */
};

/** Look up many at once, which waits less for memory. MUC_OK, MUC_EDAMAGED. */
int segment_find_many(const struct segment *segment, const struct term_wanted *wanted, size_t n,
                      struct muc_error *err);

/** A term that was found in a segment, and has not been looked at: most never are. */
struct term_place {
    struct terms_entry entry;
    const struct slab *slab; /* NULL: the term is nowhere */
};

/** Look up how often several terms of a family are there: `wanted` has them, and gets their places.
 *  At most TERMS_AT_ONCE. MUC_OK, MUC_EDAMAGED. */
enum { TERMS_AT_ONCE = 16 };
struct term_wanted_place {
    struct muc_string term;
    struct term_place at;
};
int segment_find_places(const struct segment *segment, enum family family,
                        struct term_wanted_place *wanted, size_t n, struct muc_error *err);

/** Documents of the list that are alive (exact: deleted ones are looked up, where there are any).
 */
int segment_count_alive(const struct segment *segment, const struct postings *postings, uint32_t *n,
                        struct muc_error *err);
/** The same, and how often these have the term. */
int segment_count_occurrences(const struct segment *segment, const struct postings *postings,
                              uint32_t *n_docs, uint64_t *occurrences, struct muc_error *err);

/** Walk the terms of a family in one segment, from the first that is >= `from`. */
struct term_iter {
    struct muc_string term;          /* the current one; borrowed until the next call */
    uint32_t shared;                 /* of it with the one before: struct terms_iter */
    const struct terms_entry *entry; /* of it; borrowed as well */
    struct term_iter_data *data;
};
int term_iter_open(const struct segment *segment, enum family family, struct muc_string from,
                   struct term_iter *iter, struct muc_error *err);
/** 1: a term; 0: the end; MUC_EDAMAGED. */
int term_iter_next(struct term_iter *iter, struct muc_error *err);
/** The same, but past many of the terms that have less than `least` documents here. */
int term_iter_next_frequent(struct term_iter *iter, uint32_t least, struct muc_error *err);
/** The postings of the current term. */
int term_iter_postings(struct term_iter *iter, struct postings *postings, struct muc_error *err);
/** The bytes of these, of which nothing is looked at. */
struct term_bytes {
    const uint8_t *list, *positions; /* positions: NULL in families without */
    size_t list_size, positions_size;
};
int term_iter_bytes(const struct term_iter *iter, struct term_bytes *bytes, struct muc_error *err);
/** Where the postings are, for term_place_open(). */
struct term_place term_iter_place(const struct term_iter *iter);
/** 1: in `postings`; 0: the term is nowhere; MUC_EDAMAGED. */
int term_place_open(const struct segment *segment, const struct term_place *place,
                    struct postings *postings, struct muc_error *err);
void term_iter_close(struct term_iter *iter);

/* ---- documents */

/** The id, written to `room`. `doc` < n_docs. Damage gives the empty string, which is nobody's id.
 */
struct muc_string segment_id(const struct segment *segment, uint32_t doc, char room[MUC_ID_MAX]);

/** The living document with this id: 1 found, 0 not, MUC_EDAMAGED. */
int reader_find_id(const struct reader *reader, struct muc_string id, uint32_t *segment,
                   uint32_t *doc, struct muc_error *err);

/** Read a stored document into `arena` (decompresses its block). MUC_OK, MUC_EDAMAGED, MUC_ENOMEM.
 */
int segment_document(const struct segment *segment, uint32_t doc, struct arena *arena,
                     struct muc_document *document, struct muc_error *err);

/** The folder of the database. */
const char *reader_path(const struct reader *reader);

/* ---- names */

/** The table of abbreviations for searches (index/names.h), made at the first call. Thread-safe.
 *  MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int reader_names(const struct reader *reader, const struct abbreviations **out,
                 struct muc_error *err);

/** Counts and bytes of everything, for stats. */
int reader_stats(const struct reader *reader, struct muc_stats *stats, struct muc_error *err);
