/* SPDX-License-Identifier: MIT */
/* index/names_file.h - the file in a database's folder that overrides its abbreviations. */
#pragma once

#include "text/abbreviation_file.h"

#define NAMES_FILE "abbreviations.txt"

/** Read it, if it is there (text/abbreviation_file.h); strings are in `arena`.
 *
 * @param[out] bad_line the first line that is none, from 1; 0: all are good.
 * @return MUC_OK, MUC_EIO (it is there and cannot be read), MUC_EINPUT (too large), MUC_ENOMEM. */
int names_file_read(const char *folder, struct arena *arena, struct overrides *out,
                    uint32_t *bad_line, struct muc_error *err);

/** Copy it, if it is there, into another database's folder, which has none. Durable. */
int names_file_copy(const char *folder, const char *target, struct muc_error *err);
