/* SPDX-License-Identifier: MIT */
/* index/names.h - the abbreviations of an archive: those that everybody knows, and what its own
 * documents introduce (text/introduced.h), with how many do. */
#pragma once

#include "base/vector.h"
#include "index/reader.h"
#include "text/abbreviation.h"

/** Everything the documents of a reader introduce, by the short form; strings in `arena`. */
struct learned_names {
    struct abbreviation_learned *at;
    size_t n, room; /* as VECTOR() */
};
int names_learned(const struct reader *reader, struct arena *arena, struct learned_names *out,
                  struct muc_error *err);

/** The table for searches: of a short form only the meanings that enough documents give it.
 *  MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int names_make(const struct reader *reader, struct abbreviations **out, struct muc_error *err);
