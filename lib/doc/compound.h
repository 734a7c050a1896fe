/* SPDX-License-Identifier: MIT */
/* doc/compound.h - compound files (MS-CFB): what documents of Office before 2007 are in, and newer
 * ones that need a password. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMPOUND_MARK = 8 }; /* bytes that tell one */

bool compound_begins(const uint8_t *head, size_t size);

/** Whether its first streams are those of a document that needs a password. `fd` stays where it
 *  is. */
bool compound_is_encrypted(int fd);
