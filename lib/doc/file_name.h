/* SPDX-License-Identifier: MIT */
/* doc/file_name.h - names of files as parts of ids.
 *
 * Names that are not UTF-8, as old archives have them, stay apart from each other: each of their
 * bytes above 0x7f is written %E9. */
#pragma once

#include "base/buffer.h"

void file_name_put(struct muc_string name, struct buffer *out);
