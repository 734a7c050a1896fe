/* SPDX-License-Identifier: MIT */
/* index/segment.h - the inside of an open segment: for the reader, the writer and the merge. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "codec/ids.h"
#include "index/manifest.h"
#include "index/reader.h"
#include "index/standing.h"

/** A value of a family: a dictionary with the lists and positions of its terms. */
struct slab {
    struct terms terms;
    const uint8_t *lists, *positions;
    uint64_t lists_size, positions_size;
};

/** The values of one family, or of the stored text, in the order of their keys. */
struct directory {
    atomic_bool ready; /* loaded at the first use */
    struct directory_value {
        struct muc_string key; /* what follows the fixed part: first term, or first document */
        struct muc_string value;
        uint64_t head; /* of the key: most are told apart by that, side by side with the others */
        _Atomic(const struct slab *) slab; /* of a family; NULL until its first use */
    } * at;
    size_t n, room; /* as VECTOR() */
};

enum { DIRECTORY_STORED = 0, DIRECTORIES = FAMILY_END }; /* others: the family's number */

struct ZSTD_DCtx_s;

struct segment_data {
    struct store_read *read;
    struct manifest manifest;
    struct arena arena;     /* dictionaries of columns, copies of misaligned ones, open slabs */
    uint64_t *deleted;      /* segment->deleted, if there is one */
    uint32_t *deleted_docs; /* the same as a rising array of n_deleted; NULL if none */
    const uint32_t *id_docs, *text_sizes;
    const uint64_t *id_hashes, *contents;
    struct ids ids;
    struct standing_view lines;
    _Atomic(struct ZSTD_DCtx_s *) zstd; /* for stored text; NULL: somebody uses it, or nobody did */
    pthread_mutex_t lock;               /* of the loading of directories and slabs */
    struct directory directories[DIRECTORIES];
};

/** Open what `entry` names. `segment` is filled on success alone. MUC_OK, MUC_EDAMAGED,
 * MUC_ENOMEM, MUC_EIO. `read` must outlive it. */
int segment_open(struct store_read *read, const struct segment_entry *entry,
                 struct segment *segment, struct muc_error *err);
void segment_close(struct segment *segment); /* a zeroed one is fine */

/** Whether all that columns say of the documents can be: MUC_OK, MUC_EDAMAGED. */
int segment_prove_columns(const struct segment *segment, struct muc_error *err);

/** The directory of a family or of the stored text; loads it once. */
int segment_directory(const struct segment *segment, unsigned which,
                      const struct directory **directory, struct muc_error *err);

/** The document with this id that is not deleted: 1 found, 0 not, MUC_EDAMAGED. `hash`: XXH3-64 of
 *  the id. */
int segment_find_id(const struct segment *segment, struct muc_string id, uint64_t hash,
                    uint32_t *doc, struct muc_error *err);

struct stored_block;
struct stored_raw;
/** Unpack a block of its stored text (index/stored.h). MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int segment_unpack(const struct segment *segment, const struct stored_block *block,
                   struct muc_string frame, struct stored_raw *raw, struct muc_error *err);

/** The stored value that holds document `doc`, and the document's number in there. */
int segment_stored(const struct segment *segment, uint32_t doc, struct muc_string *value,
                   uint32_t *first, struct muc_error *err);
