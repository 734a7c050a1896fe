/* SPDX-License-Identifier: MIT */
/* codec/list.h - the documents of one term and their frequencies: blocks of 128, a skip table.
 *
 * codec turns integers into bytes and back; pure; includes base only. A list is read in place: it
 * is opened in O(1), a block is found by binary search in the skip table and decoded alone,
 * documents apart from frequencies. The one invariant: what list_builder wrote is what list_* read;
 * bytes that nobody wrote give a refusal or some numbers, never a read outside of them.
 *
 *   list    := single | short | long      by the number of documents, known from outside
 *   single  := varint(document << 1 | (frequency > 1)), [ varint(frequency - 2) ]            n = 1
 *   short   := u8 impact, block                                                 n <= LIST_BLOCK
 *   long    := u8 impact, u8 e - 1 | (p - 1) << 2, u32 last[m], e end[m], { p positions[m] },
 *              u8 impact[m], champions, block{m}
 *                                                                         m = ceil(n/LIST_BLOCK)
 *   block   := documents, frequencies     see list.c for the packing
 *   champions := u16 rest, u8 c, { block of these c documents, as of a short list }     c may be 0
 *
 * last: the highest document of a block; end: offset behind the block from the first block's start;
 * positions: where the block's positions begin in the list's position bytes (families with
 * positions); e and p: bytes of such a number, 2 … 4. impact: upper bound of the BM25
 * term-frequency part over the block, in 1/255, rounded up; the first is the highest of them. A
 * single has none: 255. champions: the documents with the highest parts, told apart from the others
 * (a champion list: Manning, Raghavan, Schütze, Introduction to Information Retrieval, §7.1.3);
 * rest: upper bound of the parts of all others, in 1/65535, rounded up. */
#pragma once

#include "codec/dense.h"
#include "codec/pack.h"

enum { LIST_BLOCK = 128, CHAMPIONS_MOST = 16 };

/** A list opened in place; borrows the bytes. */
struct list {
    uint32_t n; /* documents */
    uint32_t n_blocks;
    const uint8_t *last, *ends, *position_starts, *impacts; /* NULL for lists of one block */
    uint8_t end_bytes, position_bytes;                      /* of their numbers: 2 … 4 */
    const uint8_t *champions;                               /* NULL for lists of one block */
    const uint8_t *blocks;                                  /* first block */
    const uint8_t *end;
    uint8_t impact; /* highest of all blocks */
};

/** Write a list of 1 … LIST_BLOCK rising documents, of frequencies of 1 or more. */
void list_write_short(struct buffer *out, const uint32_t *docs, const uint32_t *freqs, uint32_t n,
                      uint8_t impact);

/** Read such a list, which is not opened for that: the number of its documents, n; 0 if the bytes
 * are bad. There is room for LIST_BLOCK, as wherever a block is read. */
uint32_t list_read_short(const uint8_t *at, size_t size, uint32_t n, uint32_t *docs,
                         uint32_t *freqs);

/** A list of one full block or more. */
struct list_builder {
    struct buffer last, ends, positions, impacts, blocks;
    uint32_t n, previous; /* documents so far; the last of them */
    bool with_positions;
};

/** The documents of a list that are told again, rising, and what no other one is above. */
struct champions {
    uint32_t n; /* 0 … CHAMPIONS_MOST */
    uint16_t rest;
    uint32_t docs[CHAMPIONS_MOST], freqs[CHAMPIONS_MOST];
};

void list_builder_start(struct list_builder *builder, bool with_positions);

/**
 * Add the next documents: LIST_BLOCK of them, fewer only in the last block.
 *
 * @param docs rising, above those of the block before.
 * @param freqs 1 or more each.
 * @param positions_at offset of the block's positions (ignored without positions).
 */
void list_builder_block(struct list_builder *builder, const uint32_t *docs, const uint32_t *freqs,
                        uint32_t n, uint8_t impact, uint32_t positions_at);

/** Append the list to `out` and begin the next one; false if memory was out anywhere. `champions`:
 *  of a list of several blocks, NULL: they are not known. */
bool list_builder_finish(struct list_builder *builder, const struct champions *champions,
                         struct buffer *out);
void list_builder_free(struct list_builder *builder);

/** @param n documents in the list, from the dictionary. False: the bytes cannot be a list. */
bool list_open(struct list *list, const uint8_t *at, size_t size, uint32_t n, bool with_positions);

/** Documents of block `block`; their number, 0 if the bytes are bad. `docs` has room for
 * LIST_BLOCK. */
uint32_t list_docs(const struct list *list, uint32_t block, uint32_t *docs);

/** Both: of a block that is not full the frequencies lie behind all documents, so that reading them
 *  later means to read these twice. Their number, 0 if bad. */
uint32_t list_both(const struct list *list, uint32_t block, uint32_t *docs, uint32_t *freqs);

/** Of a list of several blocks; false: the bytes are bad. */
bool list_champions(const struct list *list, struct champions *champions);

/** A block in its place. */
struct list_block {
    const uint8_t *at, *end;
    const uint8_t *freqs; /* of a full one, behind its documents; NULL: not known yet */
    uint32_t n;           /* documents */
    uint32_t before;      /* what its first gap counts from */
    uint32_t last;        /* the last document; UINT32_MAX: not known (one block) */
};

/** Find full block `i`, which is asked more than one thing. False: it is not full, or not there, or
 *  its bytes are bad. */
bool list_block_open(const struct list *list, uint32_t i, struct list_block *block);

/** The documents of a block in their place, where they are a bit each; false: they are not, or the
 *  bytes are bad (list_block_docs() tells). Whether they are LIST_BLOCK is not looked at. */
bool list_block_dense(struct list_block *block, struct dense *dense);

/** The documents of a block; false: its bytes are bad. */
bool list_block_docs(struct list_block *block, uint32_t *docs);

/** The frequencies of a block; false: its bytes are bad. */
bool list_block_freqs(struct list_block *block, uint32_t *freqs);

/** The frequencies of a block, each less 1, in their place (codec/pack.h); false: its bytes are
 *  bad. */
bool list_block_freqs_open(struct list_block *block, struct packed *freqs);

/** Set the bits of the documents of blocks from `block` on, as long as these are a bit each and all
 *  their documents are in [start, start + 64 × n_words), bit 0 that of `start`. Returns the first
 *  block left. */
uint32_t list_fill(const struct list *list, uint32_t block, uint32_t start, uint32_t n_words,
                   uint64_t *bits);

/** Frequencies of block `block`, in the order of its documents; their number, 0 if bad. */
uint32_t list_freqs(const struct list *list, uint32_t block, uint32_t *freqs);

/** Documents of block `block`, one of the list's. */
static inline uint32_t list_block_size(const struct list *list, uint32_t block)
{
    return block + 1 < list->n_blocks ? LIST_BLOCK : list->n - block * LIST_BLOCK;
}

/** First block >= `from` whose last document is >= `doc`; n_blocks if there is none. (Lists of one
 *  block have no skip table: for them the answer is `from`.) */
uint32_t list_seek(const struct list *list, uint32_t from, uint32_t doc);

/** Of each of `n` ranges of documents, one behind the other from document 0 on, of which `lasts`
 *  are the last documents: the highest impact of the blocks that may hold some of them, at least 1;
 *  0: there is no such block. For lists of several blocks. */
void list_impacts(const struct list *list, const uint32_t *lasts, uint32_t n, uint8_t *impacts);

uint32_t list_last(const struct list *list, uint32_t block); /* UINT32_MAX: not known (one block) */

static inline uint8_t list_impact(const struct list *list, uint32_t block)
{
    return list->n_blocks > 1 && block < list->n_blocks ? list->impacts[block] : list->impact;
}

uint32_t list_positions_at(const struct list *list, uint32_t block); /* 0 for lists of one block */
