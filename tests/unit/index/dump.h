/* SPDX-License-Identifier: MIT */
/* dump.h - all that a reader gives, as lines that do not depend on segments: two indexes of the
 * same documents have equal dumps, however they were built. */
#pragma once

#include "base/buffer.h"
#include "index/reader.h"

/** Lines "family term id frequency positions…" and "id title text date tags…", sorted; NUL behind.
 */
void dump(const struct reader *reader, struct buffer *out);
