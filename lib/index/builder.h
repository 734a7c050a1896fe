/* SPDX-License-Identifier: MIT */
/* index/builder.h - documents into new segments, by the caller's thread or by several.
 *
 * Each thread inverts into a segment of its own. Documents are handed over in batches, and where a
 * document will stand is known when it is given: the caller keeps count, the thread writes. A
 * thread that is given its first document only when the others have their hands full costs small
 * commits no extra segment. */
#pragma once

#include "index/manifest.h"
#include "index/spill.h"

struct builder;

/** @param memory bytes for all threads together.
 *  @param next   number for the next segment; counted up as they are begun. */
int builder_new(struct spill *spill, size_t memory, unsigned threads, uint32_t *next,
                struct builder **out, struct muc_error *err);
/** From the next segments on: bytes for all threads together. */
void builder_memory(struct builder *builder, size_t memory);
void builder_free(struct builder *builder); /* what is not finished is dropped */

/** Where the next document will stand. May wait for a thread to have room. */
int builder_place(struct builder *builder, uint32_t *segment, uint32_t *doc, struct muc_error *err);

/** Add the document at the place that builder_place() told. It is prepared (index/prepare.h); it is
 *  copied or used up. Whatever fails is final. */
int builder_add(struct builder *builder, const struct muc_document *document, uint64_t content,
                struct muc_error *err);

/** Wait until the threads have done what they were given, so that no more is in memory than what
 *  they keep from document to document. A large document is added in that state, by the caller
 *  himself: so there is one at a time, and no copy of it. */
int builder_rest(struct builder *builder, struct muc_error *err);

/** Write all that was added. */
int builder_finish(struct builder *builder, struct muc_error *err);

/** Take the next segment that is finished; false: there is none now. Its values may still wait in
 *  the spill. */
bool builder_take(struct builder *builder, struct segment_entry *entry);
