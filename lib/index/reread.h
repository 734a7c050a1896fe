/* SPDX-License-Identifier: MIT */
/* index/reread.h - what a file had when it was last read and does not have any more.
 *
 * Under --follow-deletes that goes, so that the database is what a rebuild would make of the files:
 * the one document of a file that can no longer be read, a line that was taken out, a member that
 * is not in the archive any more. */
#pragma once

#include "base/slots.h"
#include "index/gone.h"

/** One file that is read again. */
struct reread {
    bool follow;                /* deletes */
    uint64_t had;               /* documents when it was last read; 0: it is new */
    struct muc_string id;       /* index/files.h; empty: it is new */
    bool had_many, loose;       /* as in the record of its file */
    uint64_t n, n_own;          /* documents that it has now; those of them that it had */
    VECTOR(uint64_t) ids;       /* hashes of theirs, each once, where deletes are followed … */
    struct slots of_ids;        /* … and which there are */
    struct shrunk_file *shrunk; /* it may lack some that it had; NULL: it does not */
};

/** The next file; `record` NULL: it is new. `id` outlives the reading. */
void reread_begin(struct reread *reread, bool follow, const struct file_record *record,
                  struct muc_string id);
/** One of its documents; `own`: it is there as one of this file. False if memory is out. */
bool reread_add(struct reread *reread, struct muc_string id, bool own);

/** It was read to its end, or cannot be read. `key`: its path. What it lacks is deleted, or is
 * noted in `seen` for the end of the run. */
int reread_end(struct reread *reread, struct writer *writer, struct muc_string key,
               struct seen_files *seen, bool dry_run, struct muc_tally *tally,
               struct muc_error *err);

/** Complete what is to be remembered of the file, as of one that can be read: documents that stay
 *  are still its own. `failed`: it cannot. */
void reread_record(const struct reread *reread, bool failed, struct file_record *record);
void reread_free(struct reread *reread);
