/* SPDX-License-Identifier: MIT */
/* index/segment_write.h - the values of one new segment: slabs, columns, stored text, manifest.
 *
 * An inversion and a merge write through this; the segment stays invisible until a list names it.
 *
 *   segment_writer_start(…);                    columns and lengths, then
 *   family_writer_start(…);                     terms rising by bytes
 *       family_writer_doc(…) …                  documents rising
 *     family_writer_term(…);
 *   family_writer_finish(…);
 *   segment_writer_finish(…); */
#pragma once

#include "codec/list.h"
#include "codec/positions.h"
#include "codec/terms.h"
#include "index/champions.h"
#include "index/format.h"
#include "index/manifest.h"
#include "index/spill.h"

struct segment_writer {
    struct spill *spill;
    uint32_t number;
    struct manifest manifest;
    float *shares; /* of each document: 1 / (k1 (1 - b + b × length / average)) */
};

void segment_writer_start(struct segment_writer *writer, struct spill *spill, uint32_t number);
void segment_writer_free(struct segment_writer *writer);

/** The lengths of all documents, before any term is written. */
int segment_writer_lengths(struct segment_writer *writer, const uint16_t *lengths, uint32_t n_docs,
                           struct muc_error *err);

/** Count and spill one value of part (letter, which); `value` is emptied, also on failure. */
int segment_writer_put(struct segment_writer *writer, char letter, unsigned which,
                       struct muc_string key, struct buffer *value, struct muc_error *err);
/** The same of a column. */
int segment_writer_column(struct segment_writer *writer, enum column column, struct buffer *value,
                          struct muc_error *err);
/** Write the manifest; nothing more is to be written after it. */
int segment_writer_finish(struct segment_writer *writer, struct muc_error *err);

/** Documents of a term; the last two in families with positions only. There is room for those of a
 *  whole block behind any that are not one yet. */
struct posting_block {
    uint32_t n, docs[2 * LIST_BLOCK], freqs[2 * LIST_BLOCK], firsts[2 * LIST_BLOCK];
    VECTOR(uint32_t) steps; /* as firsts: codec/positions.h */
};

/** One family, term by term. */
struct family_writer {
    struct segment_writer *segment;
    enum family family;
    bool with_positions;

    struct terms_builder terms; /* of the open slab */
    struct buffer lists, positions;
    char first[TERM_MAX];
    size_t first_size;

    struct list_builder list;           /* of the open term: its full blocks … */
    struct champions_finder finder;     /* … and the best of these */
    struct posting_block block;         /* the open one */
    size_t list_start, positions_start; /* of the open term in `lists` and `positions` */
    uint32_t n_docs;                    /* of the term, but those of the open block */
    uint64_t occurrences;
};

void family_writer_start(struct family_writer *writer, struct segment_writer *segment,
                         enum family family);
void family_writer_free(struct family_writer *writer);

/** Write the block, which is full, and begin the next one with what is behind it. */
int family_writer_block(struct family_writer *writer, struct muc_error *err);

/** The next documents of the open term, LIST_BLOCK of them at most, were put behind those of
 * `block`: their places in its arrays were filled, and their steps pushed. */
static inline int family_writer_docs(struct family_writer *writer, uint32_t n,
                                     struct muc_error *err)
{
    writer->block.n += n;
    return writer->block.n < LIST_BLOCK ? MUC_OK : family_writer_block(writer, err);
}

/** The next document, whose positions, where the family has them, were put there. */
static inline int family_writer_doc(struct family_writer *writer, uint32_t doc, uint32_t freq,
                                    struct muc_error *err)
{
    writer->block.docs[writer->block.n] = doc;
    writer->block.freqs[writer->block.n] = freq;
    return family_writer_docs(writer, 1, err);
}

/** The documents of the open term as they are written; good until something else is done here. */
struct written_list {
    struct muc_string bytes;
    uint32_t n_docs;
    uint64_t occurrences;
};

/** No more documents come. */
int family_writer_list(struct family_writer *writer, struct written_list *list,
                       struct muc_error *err);
/** Instead of its documents: the list of a term of another family that has the same ones. */
void family_writer_same(struct family_writer *writer, const struct written_list *list);

/** Close the open term; without documents nothing is written. */
int family_writer_term(struct family_writer *writer, struct muc_string term, struct muc_error *err);
int family_writer_finish(struct family_writer *writer, struct muc_error *err);
