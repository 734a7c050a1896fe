/* SPDX-License-Identifier: MIT */
/* index/gone.h - documents whose file is no longer there. */
#pragma once

#include "base/vector.h"
#include "index/writer.h"

/** Files met in a walk, as hashes of their paths. */
struct seen_files {
    uint64_t *at;
    size_t n, room; /* as VECTOR() */
};

bool seen_add(struct seen_files *seen, struct muc_string path);

/** Delete the documents of the files that are remembered under `root` (an absolute path ending in
 *  /) and were not seen. `tally->removed` counts them. With `dry_run` nothing but counting. */
int gone_delete(struct writer *writer, struct muc_string root, struct seen_files *seen,
                bool dry_run, struct muc_tally *tally, struct muc_error *err);
