/* SPDX-License-Identifier: MIT */
/* index/content.h - what is in a file, as its record has it (index/files.h). */
#pragma once

#include <stdint.h>

#include "mucluc/mucluc.h"

/** XXH3-64 of a file that has `size` bytes, whose place does not change. MUC_OK; MUC_EIO: it has
 *  not, or cannot be read; MUC_ENOMEM. */
int content_hash(int fd, uint64_t size, uint64_t *hash, struct muc_error *err);
