/* SPDX-License-Identifier: MIT */
/* index/unfinished.h - what the writer knows of a segment that is still being built: its ids. */
#pragma once

#include "base/arena.h"
#include "base/slots.h"
#include "base/str.h"
#include "base/vector.h"

struct known_id {
    struct muc_string id;
    uint64_t content;
    uint32_t doc; /* UINT32_MAX: deleted again */
};

struct unfinished {
    uint32_t number; /* of the segment */
    struct arena arena;
    VECTOR(struct known_id) ids;
    struct slots of_ids;      /* into ids */
    VECTOR(uint32_t) deleted; /* documents that later ones replaced, or that were deleted */
};

/** The id if it was ever added here, or NULL. `hash`: XXH3-64 of the id. */
struct known_id *unfinished_find(const struct unfinished *unfinished, struct muc_string id,
                                 uint64_t hash);

/** Document `doc` has this id, whatever had it before. False if memory is out. */
bool unfinished_add(struct unfinished *unfinished, struct muc_string id, uint64_t hash,
                    uint64_t content, uint32_t doc);
/** Note the document of a known id as deleted. False if memory is out. */
bool unfinished_delete(struct unfinished *unfinished, struct known_id *known);
void unfinished_free(struct unfinished *unfinished);
