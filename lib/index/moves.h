/* SPDX-License-Identifier: MIT */
/* index/moves.h - files that are no longer where they were read, found again by what is in them.
 * Documents that are named after the place of their file keep the id that it gave them. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "doc/doc.h"
#include "index/gone.h"
#include "index/writer.h"

struct moved_file {
    uint64_t size, hash;
    struct muc_string path, id; /* where it was; index/files.h. In the arena */
    bool many, taken;
};

struct moves {
    struct arena arena;
    VECTOR(struct moved_file) files; /* in the order of their sizes */
};

/** The files remembered under `root` (an absolute path ending in /) that are not there now. */
int moves_find(struct moves *moves, struct writer *writer, struct muc_string root,
               struct muc_error *err);

/** The one whose content is that of `input`, and that was read as one document or as many, too;
 * NULL if there is none. Nothing is read unless one has this size. MUC_OK; MUC_EIO: it cannot be
 * read; MUC_ENOMEM. */
int moves_match(struct moves *moves, const struct doc_input *input, bool many,
                struct moved_file **out, struct muc_error *err);

/** Those of this size, which a file that cannot be read may be, are not gone yet. */
bool moves_keep(const struct moves *moves, uint64_t size, struct seen_files *seen);

void moves_free(struct moves *moves);
