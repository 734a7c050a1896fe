/* SPDX-License-Identifier: MIT */
/* doc/metadata.h - what a file says of its document that has no field of its own: keys and JSON. */
#pragma once

#include "base/arena.h"
#include "doc/doc.h"

enum { METADATA_MAX = MUC_LIST_MAX };

struct metadata {
    struct muc_metadata at[METADATA_MAX];
    size_t n;
};

/** Add a text (UTF-8, without NULs) if it is not empty and not too long for metadata. Copied into
 *  `arena`. MUC_OK, MUC_ENOMEM. */
int metadata_add(struct metadata *metadata, struct muc_string key, struct muc_string text,
                 struct arena *arena, struct muc_error *err);
