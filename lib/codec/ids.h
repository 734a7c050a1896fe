/* SPDX-License-Identifier: MIT */
/* codec/ids.h - short strings by number, in blocks that say once what all of theirs begin with.
 *
 *   ids   := u32 end[m], block{m}                                   m = ceil(n / IDS_BLOCK)
 *   block := u16 start, size{k}, bytes all begin with, the others of each string{k}
 *   start := bytes that all strings of the block begin with, + IDS_WIDE where sizes are not u8 but
 *            u16
 *   size  := bytes of the string behind those
 *
 * end: offset behind the block from the first block's start. k is IDS_BLOCK, in the last block what
 * is left. So a string is read from its block alone, and no other on the way to it. Ids of
 * documents that were given one after the other (paths of a folder, numbers of a list) mostly share
 * all but a few bytes. */
#pragma once

#include "base/buffer.h"
#include "base/bytes.h"

enum { IDS_BLOCK = 16, IDS_WIDE = 0x8000 };

/** Strings opened in place; borrows the bytes. */
struct ids {
    const uint8_t *ends, *blocks;
    size_t size; /* of the blocks */
    uint32_t n;
};

/** Strings one after the other, each of less than IDS_WIDE bytes. */
struct ids_builder {
    struct buffer ends, blocks, open; /* open: the strings of the block that is not full yet … */
    uint32_t sizes[IDS_BLOCK];        /* … and how long they are */
    uint32_t n;
};

void ids_builder_add(struct ids_builder *builder, struct muc_string id);
/** Append them to `out`, which is marked where memory was out, or the format's limits were met; the
 *  builder is empty again. */
void ids_builder_finish(struct ids_builder *builder, struct buffer *out);

/** Append `n` strings: string i is bytes[ends[i - 1]] … bytes[ends[i]] (from 0 for i = 0). */
void ids_encode(struct buffer *out, const uint32_t *ends, uint32_t n, const uint8_t *bytes);

/** In O(1). False: the bytes are too few. */
bool ids_open(struct ids *ids, const uint8_t *at, size_t size, uint32_t n);

/** String `i` < n, written to `room`. Bytes that are damaged or say more than the room holds give
 *  the empty string. */
struct muc_string ids_read(const struct ids *ids, uint32_t i, char *room, size_t room_size);
