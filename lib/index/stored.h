/* SPDX-License-Identifier: MIT */
/* index/stored.h - documents as they were given, in compressed blocks: see index/format.h. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "index/segment_write.h"

enum {
    STORED_BLOCK = 8 << 10, /* raw bytes that close a block: what a hit costs to read */
    STORED_VALUE = 1 << 20, /* compressed bytes that close a value */
    STORED_LEVEL = 1,       /* zstd's: 3 takes 8 % less room and twice the time */
};

struct stored_block {
    uint32_t n_docs, raw, end;
};

struct stored_writer {
    struct segment_writer *segment;
    struct ZSTD_CCtx_s *zstd;
    struct buffer raw; /* the open block */
    VECTOR(uint32_t) ends;
    struct buffer frames; /* the open value */
    VECTOR(struct stored_block) blocks;
    uint32_t first, next; /* document that the open value begins with; the next one */
};

void stored_writer_start(struct stored_writer *writer, struct segment_writer *segment);
void stored_writer_free(struct stored_writer *writer);
/** The next document. */
int stored_writer_add(struct stored_writer *writer, const struct muc_document *document,
                      struct muc_error *err);
/** The next document, as a record got from stored_read(). */
int stored_writer_record(struct stored_writer *writer, struct muc_string record,
                         struct muc_error *err);
/** The next documents, as a block of another segment has them, compressed. */
int stored_writer_block(struct stored_writer *writer, const struct stored_block *block,
                        struct muc_string frame, struct muc_error *err);
/** Whether the open block is none or large enough to be closed for that. */
bool stored_writer_takes_block(const struct stored_writer *writer);
int stored_writer_finish(struct stored_writer *writer, struct muc_error *err);
size_t stored_writer_memory(const struct stored_writer *writer);

/** A block's documents, decompressed. */
struct stored_raw {
    uint8_t *at; /* owned */
    uint32_t n_docs, records;
};

/** Where document `doc`, counted from the value's first, is: its block, and its number in there. */
int stored_find(struct muc_string value, uint32_t doc, struct stored_block *block,
                struct muc_string *frame, uint32_t *within, struct muc_error *err);
struct ZSTD_DCtx_s;
/** `zstd` is used for it, which making anew takes longer than to unpack. */
int stored_unpack(struct ZSTD_DCtx_s *zstd, const struct stored_block *block,
                  struct muc_string frame, struct stored_raw *raw, struct muc_error *err);
void stored_raw_free(struct stored_raw *raw);
/** Record `i` < n_docs, borrowed; bytes is NULL where it is bad. */
struct muc_string stored_record(const struct stored_raw *raw, uint32_t i);

/** Parse a record; the strings are borrowed from it, the arrays are in `arena`. */
int stored_parse(struct muc_string record, struct arena *arena, struct muc_document *document,
                 struct muc_error *err);
