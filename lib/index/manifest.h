/* SPDX-License-Identifier: MIT */
/* index/manifest.h - what a segment consists of, so that nothing can be missing unseen; and the
 * list of the segments that are one snapshot. See index/format.h for the bytes. */
#pragma once

#include "base/buffer.h"
#include "base/str.h"
#include "base/vector.h"
#include "index/format.h"

/** One family, one column, or the stored text. */
struct part {
    uint32_t n_values;
    uint64_t bytes;
    uint64_t sum;                                                /* of the seals of the values */
    uint64_t terms, postings, dictionary_bytes, positions_bytes; /* of slabs */
};

struct manifest {
    uint32_t n_docs;
    uint64_t tokens, text_bytes;
    bool reordered; /* like documents stand together, as far as that pays: index/merge.h */
    struct part families[FAMILY_END], columns[COLUMN_END], stored;
};

/** Count a value in, of `size` bytes with this seal (store/store.h). */
void part_count(struct part *part, size_t size, uint64_t seal);

/** The part of a letter and number; NULL: there is no such. */
struct part *manifest_part(struct manifest *manifest, char letter, unsigned which);
uint64_t manifest_bytes(const struct manifest *manifest);
double manifest_average(const struct manifest *manifest);

void manifest_write(const struct manifest *manifest, struct buffer *out);
bool manifest_read(struct muc_string value, struct manifest *manifest);

/** A segment as the list names it. */
struct segment_entry {
    uint32_t number, n_docs, n_deleted;
    uint64_t tokens, text_bytes; /* alive */
    uint64_t bytes;
};

struct segment_list {
    uint64_t snapshot;
    uint32_t next; /* number for the next segment */
    VECTOR(struct segment_entry) entries;
    struct segment_entry standing; /* index/standing.h; n_docs 0: there are none */
};

void segment_list_write(const struct segment_list *list, struct buffer *out);
/** `list` is zeroed or was read before. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int segment_list_read(struct muc_string value, struct segment_list *list, struct muc_error *err);
void segment_list_free(struct segment_list *list);
