/* SPDX-License-Identifier: MIT */
/* skipped_types.h - how many files of which endings nobody read. */
#pragma once

#include <stdint.h>

#include "emit.h"

enum { SKIPPED_TYPES_MAX = 64, SKIPPED_ENDING = 12 };

struct skipped_types {
    struct {
        char ending[SKIPPED_ENDING]; /* in small letters, "" for none; the last is of all others */
        uint64_t files;
    } at[SKIPPED_TYPES_MAX];
    unsigned n;
};

void skipped_types_add(struct skipped_types *types, const char *path);

/** "12 .jpg, 3 .xls, 1 without ending": the most frequent first, at most `most`. */
void skipped_types_list(struct skipped_types *types, unsigned most, char *line, size_t room);

/** {"jpg":12,"xls":3,"":1} */
void skipped_types_json(const struct skipped_types *types, struct emit *json);
