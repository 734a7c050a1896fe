/* SPDX-License-Identifier: MIT */
/* index/reread.h - what a file had when it was last read and does not have any more.
 *
 * Under --follow-deletes that goes, so that the database is what a rebuild would make of the files:
 * the one document of a file that can no longer be read, a line that was taken out, a member that
 * is not in the archive any more. */
#pragma once

#include "index/gone.h"

/** One file that is read again. */
struct reread {
    bool follow;          /* deletes */
    uint64_t had;         /* documents when it was last read; 0: it is new */
    struct muc_string id; /* index/files.h; empty: it is new */
    bool had_many;
    uint64_t n, n_new;    /* documents that it has now; those of them that are new */
    VECTOR(uint64_t) ids; /* hashes of theirs, where deletes are followed */
};

/** The next file; `record` NULL: it is new. `id` outlives the reading. */
void reread_begin(struct reread *reread, bool follow, const struct file_record *record,
                  struct muc_string id);
bool reread_add(struct reread *reread, struct muc_string id, bool is_new);

/** It was read to its end, or cannot be read. `key`: its path. */
int reread_end(struct reread *reread, struct writer *writer, struct muc_string key,
               struct seen_files *seen, bool dry_run, struct muc_tally *tally,
               struct muc_error *err);

/** What is to be remembered of a file that cannot be read, as of one that can: documents that stay
 *  are still its own. */
void reread_failed(const struct reread *reread, struct file_record *record);
