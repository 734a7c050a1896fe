/* SPDX-License-Identifier: MIT */
/* index/names.h - the abbreviations of an archive: those that everybody knows, and what its own
 * documents introduce (text/introduced.h), with how many do. */
#pragma once

#include "base/vector.h"
#include "index/names_file.h"
#include "index/reader.h"

/** What the documents of a reader introduce, and what the file of its folder says of it. */
struct learned_names {
    struct abbreviation_learned *at; /* without short forms that are overridden */
    size_t n, room;                  /* as VECTOR() */
    struct overrides overrides;
    uint32_t bad_line; /* of the file; 0: none */
    struct arena arena;
};
int names_learned(const struct reader *reader, struct learned_names *out, struct muc_error *err);
void names_free(struct learned_names *names);

/** The table for searches: of a short form only the meanings that enough documents give it. Bad
 *  lines of the file are left out. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int names_make(const struct reader *reader, struct abbreviations **out, struct muc_error *err);
