/* SPDX-License-Identifier: MIT */
/* index/gone.h - documents whose file is no longer there, or no longer has them. */
#pragma once

#include "base/arena.h"
#include "base/slots.h"
#include "base/vector.h"
#include "index/claims.h"
#include "index/writer.h"

/** A file that was read again, and may lack documents that it had. */
struct shrunk_file {
    struct muc_string path;
    bool remembered; /* with these, once what it lacks is deleted; else it is forgotten */
    int64_t mtime;
    uint64_t documents;
};

/** What a walk met: files, as hashes of their paths, and what it could not look at or below. */
struct seen_files {
    VECTOR(uint64_t) files;
    VECTOR(struct muc_string) unread;  /* in the arena */
    VECTOR(struct shrunk_file) shrunk; /* files of many documents, of which some are gone … */
    VECTOR(uint64_t) kept;             /* … and hashes of the ids that they still have */
    struct arena arena;
};

bool seen_add(struct seen_files *seen, struct muc_string path);
/** To be forgotten, unless told otherwise before the next one is added. NULL if memory is out. */
struct shrunk_file *seen_add_shrunk(struct seen_files *seen, struct muc_string path,
                                    const uint64_t *kept, size_t n);
bool seen_add_unread(struct seen_files *seen, struct muc_string path);
void seen_free(struct seen_files *seen);

/** The files that a writer remembers as the first is asked for, and the folders above them. */
struct remembered {
    struct slots of_paths; /* by hashes; which items there are does not matter */
    bool loaded;
};

/** Whether a file is remembered at an absolute path or below: 1, 0, or what failed. */
int gone_remembers(struct remembered *remembered, struct writer *writer, struct muc_string path,
                   struct muc_error *err);
void remembered_free(struct remembered *remembered);

/** Delete the documents of the files that are remembered under `root` (an absolute path ending in
 *  /, or it is the one file that was seen) and were not seen, unless another file that is there has
 * them, and those that shrunk files no longer have. `tally->removed` counts them. With `dry_run`
 * nothing but counting. MUC_EINPUT where files were remembered and none at all was seen, as under a
 * disk that is not mounted: nothing is deleted. */
int gone_delete(struct writer *writer, struct muc_string root, struct seen_files *seen,
                struct claims *claims, bool dry_run, struct muc_tally *tally,
                struct muc_error *err);
