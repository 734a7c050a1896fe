/* SPDX-License-Identifier: MIT */
/* index/writer.h - documents in, committed segments out; the one writer of a store.
 *
 * Added documents are inverted in memory; when that is full a segment that no list names yet is
 * written; writer_commit() names them all in one transaction. Afterwards segments are merged by
 * tiers (index/merge.h). */
#pragma once

#include "base/str.h"
#include "index/files.h"
#include "store/store.h"

struct arena;
struct clashes;
struct writer;

/** Takes the writer's lock and sweeps away what an interrupted writer left. */
int writer_open(struct store *store, const struct muc_writer_options *options, struct writer **out,
                struct muc_error *err);
void writer_close(struct writer *writer); /* drops what is not committed */

enum outcome {
    OUTCOME_ADDED,
    OUTCOME_CHANGED, /* replaced one with the same id */
    OUTCOME_SAME,    /* one with the same id and content is there: nothing was done */
};

/** Whether nothing failed for good: MUC_OK, or that failure. */
int writer_usable(const struct writer *writer, struct muc_error *err);

/** Wait until nothing is being written or merged, so that the memory for that is free for a large
 *  document, which has yet to be read. */
int writer_rest(struct writer *writer, struct muc_error *err);

/** Add or replace. `outcome` may be NULL. */
int writer_add(struct writer *writer, const struct muc_document *document, enum outcome *outcome,
               struct muc_error *err);
/** What writer_add() would come to; nothing is changed. */
int writer_try(struct writer *writer, const struct muc_document *document, enum outcome *outcome,
               struct muc_error *err);
/** The path of the document that the last of these replaced, into `arena`; "": it is not known yet,
 *  or there was none. To be called before anything else is. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int writer_replaced(const struct writer *writer, struct arena *arena, struct muc_string *path,
                    struct muc_error *err);
struct clashes *writer_clashes(struct writer *writer);
int writer_delete(struct writer *writer, struct muc_string id, bool *found, struct muc_error *err);

/** What the index remembers of files: pending changes are seen by later calls, written by the
 * commit. */
int writer_file_get(struct writer *writer, struct muc_string path, struct file_record *record,
                    bool *found, struct muc_error *err);
/** The same by the key of the path, which is borrowed as the record is. */
int writer_file_at(struct writer *writer, const char key[FILE_KEY], struct muc_string *path,
                   struct file_record *record, bool *found, struct muc_error *err);
int writer_file_put(struct writer *writer, struct muc_string path, const struct file_record *record,
                    struct muc_error *err);
int writer_file_delete(struct writer *writer, struct muc_string path, struct muc_error *err);
/** The records whose path begins with `prefix`. `visit` may put and delete records. */
int writer_files(struct writer *writer, struct muc_string prefix, file_visit *visit, void *context,
                 struct muc_error *err);

/** The living documents of the finished segments, as stored. `visit` must not change the writer. */
int writer_documents(struct writer *writer,
                     int (*visit)(void *context, const struct muc_document *document,
                                  struct muc_error *err),
                     void *context, struct muc_error *err);

/** Add the living documents of the newest state of another store, whose text rules are the same, as
 * writer_add() would; and what it remembers of files. The totals are added to `tally`. */
int writer_join(struct writer *writer, struct store *other, struct muc_tally *tally,
                struct muc_error *err);

/** One transaction, durable; nothing is written when nothing changed. */
int writer_commit(struct writer *writer, struct muc_error *err);
int writer_merge(struct writer *writer, struct muc_error *err);
/** Whether nothing damaged kept commits from merging: MUC_OK, or MUC_EDAMAGED. */
int writer_unmerged(const struct writer *writer, struct muc_error *err);
