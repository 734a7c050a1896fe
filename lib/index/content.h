/* SPDX-License-Identifier: MIT */
/* index/content.h - what is in a file, as its record has it (index/files.h). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** XXH3-64 of a file that has `size` bytes, whose place does not change; false if it has not, or
 *  cannot be read. */
bool content_hash(int fd, uint64_t size, uint64_t *hash);
